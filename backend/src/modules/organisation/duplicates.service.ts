import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { keepApart, mergePeople } from '@lantoa/shared/people-merge';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { isNearName, MergesService } from '#modules/people';
import { DirectoryService } from './directory.service.ts';

export interface Side { id: string; code: string; name: string; birthYear: number | null; sex: 'female' | 'male' | null; phone: string | null; version: number; unitName: string | null; classes: number; certificates: number; attempts: number; hasAccount: boolean }
const AT_MOST = 100;

/** Records that may be one person, among the people that somebody may change. */
@Injectable()
export class DuplicatesService implements OnModuleInit {
  constructor(private readonly db: Db, private readonly merges: MergesService, private readonly directory: DirectoryService) {}

  onModuleInit(): void {
    this.merges.follows({ table: 'posting', key: 'id', clash: 'exists (select 1 from posting k where k.person_id = $1 and k.unit_id = x.unit_id and k.position = x.position and k.valid && x.valid)' });
  }

  /** Pairs with the same phone and nearly the same name, or the same name and a birth year that agrees or is not known, which nobody has looked at. */
  async list(actor: Actor) {
    const reach = await actor.reach('person.write');
    const pairs = await this.db.rows<{ one: string; other: string; sameName: boolean; oneName: string; otherName: string }>(
      `with mine as (select p.* from person p where p.merged_into_id is null and ($1::uuid[] is null or exists (select 1 from posting q where q.person_id = p.id and q.unit_id = any($1))))
        select a.id as one, b.id as other, a.name_folded = b.name_folded as "sameName", a.name as "oneName", b.name as "otherName" from mine a join mine b on a.id < b.id
          and ((a.phone = b.phone) or (a.name_folded = b.name_folded and (a.birth_year = b.birth_year or a.birth_year is null or b.birth_year is null)
            and exists (select 1 from posting x join posting y on x.unit_id = y.unit_id where x.person_id = a.id and y.person_id = b.id)))
          where not exists (select 1 from person_apart k where k.one_id = a.id and k.other_id = b.id) order by a.sort_key limit 1000`, [reach === 'everywhere' ? null : [...reach]]);
    const like = pairs.filter((p) => p.sameName || isNearName(p.oneName, p.otherName)).slice(0, AT_MOST);
    const sides = await this.sides([...new Set(like.flatMap((p) => [p.one, p.other]))]);
    return { items: like.flatMap((p) => { const [one, other] = [sides.get(p.one), sides.get(p.other)]; return one && other ? [{ one, other }] : []; }) };
  }

  async merge(actor: Actor, { params, body }: ArgsOf<typeof mergePeople>) {
    for (const id of [params.personId, body.otherId]) await this.directory.mustSee(actor, id, 'person.write');
    return { mergeId: await this.merges.merge(actor, params.personId, body.otherId, body.keep) };
  }

  async merged(actor: Actor, personId: string) {
    await this.directory.mustSee(actor, personId, 'person.read');
    return this.merges.of(personId);
  }

  async undo(actor: Actor, mergeId: string) {
    const merge = await this.merges.find(mergeId);
    await this.directory.mustSee(actor, merge.keptId, 'person.write');
    await this.merges.undo(actor, mergeId);
    return {};
  }

  async apart(actor: Actor, { params, body }: ArgsOf<typeof keepApart>) {
    if (params.personId === body.otherId) throw problem('people.merge-refused');
    for (const id of [params.personId, body.otherId]) await this.directory.mustSee(actor, id, 'person.write');
    await this.merges.keepApart(actor, params.personId, body.otherId);
    return {};
  }

  private async sides(ids: string[]): Promise<Map<string, Side>> {
    const rows = await this.db.rows<Side>(
      `select p.id, p.code, p.name, p.birth_year as "birthYear", p.sex, p.phone, p.version,
          (select v.name from posting q join unit_version v on v.unit_id = q.unit_id where q.person_id = p.id order by q.valid desc, v.valid desc limit 1) as "unitName",
          (select count(*) from enrolment e where e.person_id = p.id)::int as classes, (select count(*) from register_entry r where r.person_id = p.id and r.kind = 'issue')::int as certificates,
          (select count(*) from attempt a where a.person_id = p.id)::int as attempts, exists (select 1 from account a where a.person_id = p.id) as "hasAccount"
        from person p where p.id = any($1::uuid[])`, [ids]);
    return new Map(rows.map((r) => [r.id, r]));
  }
}
