import { Injectable } from '@nestjs/common';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import type { getRecall } from '@lantoa/shared/refreshers';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { placesOf, type Roots, ScopesService } from '#modules/cascade';
import { MemoryService } from './memory.service.ts';
import { GROUP_FROM, postedOn, recallOf } from './refreshers.queries.ts';

interface Row { recall: number; people: number }
const shown = <R extends Row>(r: R): Omit<R, 'recall'> & { recall: number | null } => ({ ...r, recall: r.people >= GROUP_FROM ? r.recall : null });

/** `recall` of each memory on `$1` of people in post in the units asked for (`$3`, `$4`), with unit and topic; of the course `$2`, where one is named. */
const MEMORIES = `held as (select m.person_id, m.question_id, ${recallOf('$1')} as recall from question_memory m),
  here as (select distinct on (p.id) p.id as person_id, u.unit_id from person p join ${postedOn('p.id', '$1')} u on true where p.merged_into_id is null and ($3::uuid[] is null or exists (select 1 from unnest($3::uuid[], $4::date[]) as s(id, day) join unit_ancestor l on l.ancestor_id = s.id and l.unit_id = u.unit_id and l.valid @> s.day))),
  known as (select h.recall, h.person_id, w.unit_id, q.course_slug, v.topic from held h join here w on w.person_id = h.person_id join question q on q.id = h.question_id and ($2::text is null or q.course_slug = $2) join lateral (select x.topic from question_version x where x.question_id = q.id order by x.number desc limit 1) v on true)`;

/** What people in post remember today, by what their answers predict. Shown from ten people on. */
@Injectable()
export class RecallService {
  constructor(private readonly db: Db, private readonly scopes: ScopesService, private readonly memory: MemoryService) {}

  async recall(actor: Actor, { query }: ArgsOf<typeof getRecall>): Promise<OutputOf<typeof getRecall>> {
    const today = clock.today();
    const roots = await this.scopes.roots(actor, query.unitId, today);
    await this.memory.catchUp();
    const params = [today, query.courseSlug ?? null, ...placesOf(roots)];
    const [all] = await this.db.rows<Row>(`with ${MEMORIES} select coalesce(avg(recall), 0)::float8 as recall, count(distinct person_id)::int as people from known`, params);
    const topics = await this.db.rows<Row & { courseTitle: string; topic: string }>(
      `with ${MEMORIES} select (select v.title from course c join course_version v on v.course_id = c.id where c.slug = k.course_slug order by v.number desc limit 1) as "courseTitle", k.topic, avg(k.recall)::float8 as recall, count(distinct k.person_id)::int as people
        from known k group by k.course_slug, k.topic order by 3, 2`, params);
    const courses = await this.db.rows<{ slug: string; title: string }>('select distinct on (c.slug) c.slug, v.title from course c join course_version v on v.course_id = c.id order by c.slug, v.number desc');
    const [unit] = query.unitId ? await this.db.rows<{ name: string }>('select name from unit_version where unit_id = $1 order by valid @> $2::date desc, valid desc limit 1', [query.unitId, today]) : [];
    return { asOf: today, unitName: unit?.name ?? null, all: shown(all ?? { recall: 0, people: 0 }), courses, topics: topics.map(shown), units: (await this.units(roots, query.unitId, params)).map(shown) };
  }

  /** The units right below the one that was asked for, or below the highest. */
  private units(roots: Roots, unitId: string | undefined, params: unknown[]): Promise<(Row & { unitId: string; name: string })[]> {
    const above = unitId ? [unitId] : (roots?.map((r) => r.unitId) ?? null);
    return this.db.rows(
      `with ${MEMORIES}, top as (select v.unit_id from unit_version v where v.valid @> $1::date and ($5::uuid[] is null and v.parent_id is null or v.unit_id = any($5::uuid[])))
        select v.unit_id as "unitId", v.name, avg(k.recall)::float8 as recall, count(distinct k.person_id)::int as people
          from top t join unit_version v on v.parent_id = t.unit_id and v.valid @> $1::date join unit_ancestor l on l.ancestor_id = v.unit_id and l.valid @> $1::date join known k on k.unit_id = l.unit_id group by v.unit_id, v.name order by 3, 2`, [...params, above]);
  }
}
