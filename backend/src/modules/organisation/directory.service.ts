import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { addPerson, correctPerson, DirectoryRow, getPerson, listPeople } from '@lantoa/shared/organisation';
import type { Permission } from '@lantoa/shared/permissions';
import { readPhone } from '@lantoa/shared/rules/phone';
import { fold } from '@lantoa/shared/rules/text';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { PeopleService, personView } from '#modules/people';
import { PostingsService } from './postings.service.ts';
import { UnitsService } from './units.service.ts';

type Row = DirectoryRow & { total: number };

/** People by the units that they have a posting in; nobody outside the asker's units is ever shown or found. */
@Injectable()
export class DirectoryService {
  constructor(private readonly db: Db, private readonly people: PeopleService, private readonly postings: PostingsService, private readonly units: UnitsService, private readonly audit: Audit) {}

  async list(actor: Actor, { query }: ArgsOf<typeof listPeople>) {
    const reach = await actor.reach('person.read');
    const wanted = query.unitId ? await this.units.territory([query.unitId]) : null;
    const phone = query.q ? readPhone(query.q) : null;
    const rows = await this.db.rows<Row>(
      `select p.id, p.code, p.name, p.birth_year as "birthYear", p.sex, p.phone, p.version, post.position, post.unit_name as "unitName", count(*) over ()::int as total
        from person p left join lateral (
          select q.unit_id, q.position, (select v.name from unit_version v where v.unit_id = q.unit_id order by v.valid desc limit 1) as unit_name
            from posting q where q.person_id = p.id order by q.valid desc limit 1) post on true
        where p.merged_into_id is null and ($1::uuid[] is null or exists (select 1 from posting q where q.person_id = p.id and q.unit_id = any($1)))
          and ($2::uuid[] is null or exists (select 1 from posting q where q.person_id = p.id and q.unit_id = any($2)))
          and ($3::text is null or p.name_folded like '%' || $3 || '%' or p.phone = $4 or p.phone like '%' || $5 or p.code ilike $3 || '%'
            or exists (select 1 from posting q join unit_version v on v.unit_id = q.unit_id where q.person_id = p.id and v.name_folded like '%' || $3 || '%'))
        order by p.sort_key, p.id limit $6 offset $7`,
      [reach === 'everywhere' ? null : [...reach], wanted && [...wanted], query.q ? fold(query.q).replace(/[%_\\]/g, '\\$&') : null,
        phone && 'phone' in phone ? phone.phone : null, /^\d{3,}$/.test(query.q ?? '') ? query.q : null, query.limit, query.offset]);
    return { items: rows as DirectoryRow[], total: rows[0]?.total ?? 0 };
  }

  async get(actor: Actor, { params }: ArgsOf<typeof getPerson>) {
    await this.mustSee(actor, params.personId, 'person.read');
    // Phone and year of birth are shown: whose page was opened by whom is kept.
    if (actor.personId !== params.personId) await this.audit.record(actor, 'person.seen', { type: 'person', id: params.personId });
    return { person: personView(await this.people.find(params.personId)), postings: await this.postings.of(params.personId) };
  }

  add(actor: Actor, { body }: ArgsOf<typeof addPerson>) {
    return this.db.transaction(async () => {
      const { unitId, position, from = clock.today(), ...given } = body;
      if (!reaches(await actor.reach('person.write'), unitId)) throw problem('organisation.unit-not-found');
      await this.units.validOn(unitId, from);
      const person = await this.people.create(actor, given);
      await this.postings.open({ personId: person.id, unitId, position, body: null, locality: null, from });
      return personView(person);
    });
  }

  async correct(actor: Actor, { params, body }: ArgsOf<typeof correctPerson>) {
    await this.mustSee(actor, params.personId, 'person.write');
    return personView(await this.people.correct(actor, params.personId, body));
  }

  /** Somebody outside the asker's units does not exist for the asker: 404 and not 403. */
  async mustSee(actor: Actor, personId: string, permission: Permission): Promise<void> {
    const reach = await actor.reach(permission);
    if (reach === 'everywhere') return;
    const seen = await this.db.rows('select 1 from posting where person_id = $1 and unit_id = any($2::uuid[]) limit 1', [personId, [...reach]]);
    if (!seen.length) throw problem('people.not-found');
  }
}
