import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import type { QuestionCell, TopicCell } from './losses.rules.ts';

/** One row per enrolment in a class that has ended by the day and was not thrown away. */
export interface Record { tierId: string; classId: string; personId: string; unitId: string; passed: boolean; preRight: number | null; preTotal: number | null; postRight: number | null; postTotal: number | null; endsOn: string }

/** Marks of anchors in attempts that count, of people enrolled in classes that have ended by the day. */
const JUDGED = `training_class c join tier t on t.id = c.tier_id join enrolment e on e.class_id = c.id and e.duplicate_of_id is null
    join attempt a on a.person_id = e.person_id and a.counts and a.sitting_id in (c.pre_sitting_id, c.post_sitting_id) join mark m on m.attempt_id = a.id
    join question_version v on v.id = m.question_version_id join question q on q.id = v.question_id and q.anchor
  where t.programme_id = $1 and c.ends_on <= $2::date and c.status in ('approved', 'report-submitted', 'report-returned', 'completed') and ($3::uuid[] is null or e.unit_id = any($3))`;

/** Facts that the measures are made of; no measure is computed in SQL. */
@Injectable()
export class CascadeQueries {
  constructor(private readonly db: Db) {}

  /** `units`: only people who came from one of these; `null` for all. */
  records(programmeId: string, day: string, units: string[] | null): Promise<Record[]> {
    return this.db.rows<Record>(
      `select c.tier_id as "tierId", c.id as "classId", e.person_id as "personId", e.unit_id as "unitId", coalesce(e.outcome = 'passed', false) as passed, c.ends_on as "endsOn",
          pre.anchor_right as "preRight", pre.anchor_total as "preTotal", post.anchor_right as "postRight", post.anchor_total as "postTotal"
        from enrolment e join training_class c on c.id = e.class_id join tier t on t.id = c.tier_id
        left join attempt pre on pre.sitting_id = c.pre_sitting_id and pre.person_id = e.person_id and pre.counts
        left join attempt post on post.sitting_id = c.post_sitting_id and post.person_id = e.person_id and post.counts
        where t.programme_id = $1 and e.duplicate_of_id is null and c.ends_on <= $2::date and c.status in ('approved', 'report-submitted', 'report-returned', 'completed') and ($3::uuid[] is null or e.unit_id = any($3))`, [programmeId, day, units]);
  }

  /** Targets in force on the day, by tier and unit. */
  targets(programmeId: string, day: string, units: string[] | null): Promise<{ tierId: string; unitId: string; people: number }[]> {
    return this.db.rows('select g.tier_id as "tierId", g.unit_id as "unitId", g.people from tier_target g join tier t on t.id = g.tier_id where t.programme_id = $1 and g.valid @> $2::date and ($3::uuid[] is null or g.unit_id = any($3))', [programmeId, day, units]);
  }

  /** Places in approved classes that have ended by the day: the plan to date. */
  planned(programmeId: string, day: string, units: string[] | null): Promise<{ tierId: string; people: number }[]> {
    return this.db.rows(
      `select c.tier_id as "tierId", sum(c.expected)::int as people from training_class c join tier t on t.id = c.tier_id
        where t.programme_id = $1 and c.ends_on <= $2::date and c.status not in ('draft', 'submitted', 'returned', 'cancelled') and ($3::uuid[] is null or c.unit_id = any($3)) group by c.tier_id`, [programmeId, day, units]);
  }

  trainers(programmeId: string, day: string, units: string[] | null): Promise<{ tierId: string; personId: string; classId: string }[]> {
    return this.db.rows(
      `select c.tier_id as "tierId", x.person_id as "personId", c.id as "classId" from class_trainer x join training_class c on c.id = x.class_id join tier t on t.id = c.tier_id
        where t.programme_id = $1 and c.ends_on <= $2::date and c.status in ('approved', 'report-submitted', 'report-returned', 'completed') and x.person_id is not null and ($3::uuid[] is null or c.unit_id = any($3))`, [programmeId, day, units]);
  }

  async lateReports(programmeId: string, day: string, units: string[] | null): Promise<number> {
    const { n } = await this.db.row<{ n: number }>(
      `select count(*)::int as n from training_class c join tier t on t.id = c.tier_id join lateral (select x.report_days from tier_rule x where x.tier_id = t.id order by x.valid @> c.starts_on desc, x.valid limit 1) r on true
        where t.programme_id = $1 and c.status in ('approved', 'report-returned') and c.ends_on + r.report_days < $2::date and ($3::uuid[] is null or c.unit_id = any($3))`, [programmeId, day, units]);
    return n;
  }

  /** People whose newest certificate of the programme has run out by the day. */
  async expired(typeIds: string[], day: string, units: string[] | null): Promise<number> {
    const { n } = await this.db.row<{ n: number }>(
      `select count(*)::int as n from (select distinct on (person_id, type_id) valid_until from register_entry where kind = 'issue' and type_id = any($1::uuid[]) and issued_on <= $2::date and ($3::uuid[] is null or unit_id = any($3)) order by person_id, type_id, issued_on desc) e where e.valid_until <= $2::date`, [typeIds, day, units]);
    return n;
  }

  async anchors(programmeId: string): Promise<number> {
    const { n } = await this.db.row<{ n: number }>(
      `select count(distinct q.id)::int as n from tier t join lateral (select f.id from form f where f.course_slug = t.course_slug and f.slug = t.post_form_slug order by f.number desc limit 1) f on true
        join form_item i on i.form_id = f.id join question_version v on v.id = i.question_version_id join question q on q.id = v.question_id and q.anchor where t.programme_id = $1`, [programmeId]);
    return n;
  }

  learnedIn(personId: string) {
    return this.db.rows<{ classId: string; code: string; title: string; endedOn: string; trainers: string[] }>(
      `select c.id as "classId", c.code, c.title, c.ends_on as "endedOn", (select coalesce(array_agg(x.name order by x.name), '{}') from class_trainer x where x.class_id = c.id) as trainers
        from enrolment e join training_class c on c.id = e.class_id where e.person_id = $1 and c.status <> 'cancelled' order by c.ends_on desc`, [personId]);
  }

  taught(personId: string) {
    return this.db.rows<{ classId: string; code: string; title: string; endedOn: string; learners: number; passed: number }>(
      `select c.id as "classId", c.code, c.title, c.ends_on as "endedOn", (select count(*) from enrolment e where e.class_id = c.id)::int as learners, (select count(*) from enrolment e where e.class_id = c.id and e.outcome = 'passed')::int as passed
        from class_trainer x join training_class c on c.id = x.class_id where x.person_id = $1 and c.status <> 'cancelled' order by c.ends_on desc`, [personId]);
  }

  /** Trainer → learner, through classes. */
  edges(): Promise<{ trainer: string; learner: string }[]> {
    return this.db.rows("select distinct x.person_id as trainer, e.person_id as learner from class_trainer x join enrolment e on e.class_id = x.class_id join training_class c on c.id = x.class_id where x.person_id is not null and c.status <> 'cancelled'");
  }

  /** Shares right on anchors, one a person and topic, gathered by class: before and after. */
  async topics(programmeId: string, day: string, units: string[] | null): Promise<TopicCell[]> {
    const rows = await this.db.rows<{ topic: string; tier: number; classId: string; code: string; preN: number; preSum: number; preSquares: number; postN: number; postSum: number; postSquares: number }>(
      `with share as (select t.position as tier, c.id as class_id, c.code, v.topic, a.sitting_id = c.post_sitting_id as post, a.person_id, avg(m."right"::int::float8) as share
           from ${JUDGED} group by 1, 2, 3, 4, 5, 6)
         select topic, tier, class_id as "classId", code, count(*) filter (where not post)::int as "preN", coalesce(sum(share) filter (where not post), 0) as "preSum", coalesce(sum(share * share) filter (where not post), 0) as "preSquares",
             count(*) filter (where post)::int as "postN", coalesce(sum(share) filter (where post), 0) as "postSum", coalesce(sum(share * share) filter (where post), 0) as "postSquares"
           from share group by 1, 2, 3, 4 order by 1, 2, 4`, [programmeId, day, units]);
    return rows.map((r) => ({ topic: r.topic, tier: r.tier, classId: r.classId, code: r.code, before: { n: r.preN, sum: r.preSum, squares: r.preSquares }, after: { n: r.postN, sum: r.postSum, squares: r.postSquares } }));
  }

  /** How often each anchor was right in the post-tests of each tier. */
  questions(programmeId: string, day: string, units: string[] | null): Promise<QuestionCell[]> {
    return this.db.rows(
      `select v.topic, t.position as tier, v.question_id as "questionId", (array_agg(v.stem order by v.number desc))[1] as stem, count(*)::int as n, (count(*) filter (where m."right"))::int as "right"
         from ${JUDGED} and a.sitting_id = c.post_sitting_id group by 1, 2, 3 order by 1, 2, 3`, [programmeId, day, units]);
  }
}
