import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { Secrets } from '#platform/secrets';
import { liesIn, placesOf, type Roots } from '#modules/cascade';

/** Classes of a programme `$1` that count and ended in the period until `$2`, from `$5` on. */
const HELD = "training_class c join tier t on t.id = c.tier_id where t.programme_id = $1 and c.status in ('approved', 'report-submitted', 'report-returned', 'completed') and c.ends_on between $5::date and $2::date";
const DAYS = '(select count(*) from class_session s where s.class_id = c.id) / 2.0';

export interface ParticipantRow { level: string; topic: string; days: number; position: string; people: number; women: number; men: number; unsaid: number; passed: number }
export interface ClassRow { code: string; title: string; level: string; heldAt: string; startsOn: string; endsOn: string; days: number; people: number; women: number; passed: number; n: number; sum: number }

/** Counts of attendances and classes in a period. */
@Injectable()
export class ReportsQueries {
  constructor(private readonly db: Db, private readonly secrets: Secrets) {}

  participants(programmeId: string, from: string, to: string, roots: Roots): Promise<ParticipantRow[]> {
    return this.db.rows(
      `select t.name as level, coalesce(v.title, t.course_slug) as topic, ${DAYS} as days, (array_agg(btrim(e.position) order by e.added_at))[1] as position, count(*)::int as people,
          (count(*) filter (where e.sex = 'female'))::int as women, (count(*) filter (where e.sex = 'male'))::int as men, (count(*) filter (where e.sex is null))::int as unsaid, (count(*) filter (where e.outcome = 'passed'))::int as passed
         from ${HELD.replace(' where', ` join enrolment e on e.class_id = c.id and e.duplicate_of_id is null and e.outcome is distinct from 'absent' left join course_version v on v.id = c.course_version_id where`)} and ${liesIn('e.unit_id')}
         group by t.position, t.name, v.title, t.course_slug, 3, lower(btrim(e.position)) order by t.position, 2, 3, 5 desc, 4`, [programmeId, to, ...placesOf(roots), from]);
  }

  /** Per tier and ethnic group. The groups are sealed in the database, so they are opened and counted here. */
  async ethnicity(programmeId: string, from: string, to: string, roots: Roots): Promise<{ level: string; ethnicity: string; people: number; women: number; passed: number }[]> {
    const rows = await this.db.rows<{ position: number; level: string; sealed: Buffer; woman: boolean; passed: boolean }>(
      `select t.position, t.name as level, x.sealed, bool_or(e.sex = 'female') is true as woman, bool_or(e.outcome = 'passed') is true as passed
         from ${HELD.replace(' where', ` join enrolment e on e.class_id = c.id and e.duplicate_of_id is null and e.outcome is distinct from 'absent' join person_ethnicity x on x.person_id = e.person_id where`)} and ${liesIn('e.unit_id')}
         group by t.position, t.name, x.person_id, x.sealed`, [programmeId, to, ...placesOf(roots), from]);
    const counts = new Map<string, { position: number; level: string; ethnicity: string; people: number; women: number; passed: number }>();
    for (const r of rows) {
      const ethnicity = this.secrets.open(r.sealed).toString('utf8');
      const key = `${r.position} ${ethnicity}`;
      const count = counts.get(key) ?? { position: r.position, level: r.level, ethnicity, people: 0, women: 0, passed: 0 };
      counts.set(key, { ...count, people: count.people + 1, women: count.women + Number(r.woman), passed: count.passed + Number(r.passed) });
    }
    return [...counts.values()].sort((a, b) => a.position - b.position || b.people - a.people || (a.ethnicity < b.ethnicity ? -1 : 1)).map(({ position: _, ...c }) => c);
  }

  classes(programmeId: string, from: string, to: string, roots: Roots): Promise<ClassRow[]> {
    return this.db.rows(
      `select c.code, c.title, t.name as level, c.unit_name as "heldAt", c.starts_on as "startsOn", c.ends_on as "endsOn", ${DAYS} as days, p.people, p.women, p.passed, coalesce(s.n, 0) as n, coalesce(s.sum, 0) as sum
         from ${HELD.replace(' where', ` cross join lateral (select count(*)::int as people, (count(*) filter (where e.sex = 'female'))::int as women, (count(*) filter (where e.outcome = 'passed'))::int as passed from enrolment e where e.class_id = c.id and e.duplicate_of_id is null and e.outcome is distinct from 'absent') p
           left join lateral (select sum(q.post_n) as n, sum(q.post_sum) as sum from cascade_part q where q.source_id = c.id) s on true where`)} and ${liesIn('c.unit_id')} order by c.ends_on, c.code`, [programmeId, to, ...placesOf(roots), from]);
  }

  /** Women and days in the classes of each tier. */
  held(programmeId: string, from: string, to: string, roots: Roots): Promise<{ tier: number; women: number; days: number }[]> {
    return this.db.rows(
      `select t.position as tier, coalesce(sum(${DAYS}) filter (where ${liesIn('c.unit_id')}), 0)::float8 as days, coalesce(sum((select count(*) from enrolment e where e.class_id = c.id and e.duplicate_of_id is null and e.outcome is distinct from 'absent' and e.sex = 'female' and ${liesIn('e.unit_id')})), 0)::int as women
         from ${HELD} group by 1`, [programmeId, to, ...placesOf(roots), from]);
  }

  /** Official codes of units on a day; those without one are left out. */
  async codes(unitIds: readonly string[], day: string): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ id: string; code: string }>('select unit_id as id, code from unit_version where unit_id = any($1::uuid[]) and valid @> $2::date and code is not null', [unitIds, day]);
    return new Map(rows.map((r) => [r.id, r.code]));
  }
}
