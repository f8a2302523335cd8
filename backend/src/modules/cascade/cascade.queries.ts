import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import type { QuestionCell, TopicCell } from './losses.rules.ts';
import { liesIn, placesOf, type Roots } from './scopes.service.ts';

/** A class counts once it is approved. */
const COUNTS = "('approved', 'report-submitted', 'report-returned', 'completed')";
/** Marks of anchors in attempts that count, of people enrolled in classes that have ended by the day. */
const JUDGED = `training_class c join tier t on t.id = c.tier_id join enrolment e on e.class_id = c.id and e.duplicate_of_id is null
    join attempt a on a.person_id = e.person_id and a.counts and a.sitting_id in (c.pre_sitting_id, c.post_sitting_id) join mark m on m.attempt_id = a.id
    join question_version v on v.id = m.question_version_id join question q on q.id = v.question_id and q.anchor
  where t.programme_id = $1 and c.ends_on <= $2::date and c.status in ${COUNTS} and ${liesIn('e.unit_id')}`;

/** Facts that are read where they stand, because they are few or asked for seldom. */
@Injectable()
export class CascadeQueries {
  constructor(private readonly db: Db) {}

  async anchors(programmeId: string): Promise<number> {
    const { n } = await this.db.row<{ n: number }>(
      `select count(distinct q.id)::int as n from tier t join lateral (select f.id from form f where f.course_slug = t.course_slug and f.slug = t.post_form_slug order by f.number desc limit 1) f on true
        join form_item i on i.form_id = f.id join question_version v on v.id = i.question_version_id join question q on q.id = v.question_id and q.anchor where t.programme_id = $1`, [programmeId]);
    return n;
  }

  /** Shares right on anchors, one a person and topic, gathered by class: before and after. */
  async topics(programmeId: string, day: string, roots: Roots): Promise<TopicCell[]> {
    const rows = await this.db.rows<{ topic: string; tier: number; classId: string; code: string; preN: number; preSum: number; preSquares: number; postN: number; postSum: number; postSquares: number }>(
      `with share as (select t.position as tier, c.id as class_id, c.code, v.topic, a.sitting_id = c.post_sitting_id as post, a.person_id, avg(m."right"::int::float8) as share
           from ${JUDGED} group by 1, 2, 3, 4, 5, 6)
         select topic, tier, class_id as "classId", code, count(*) filter (where not post)::int as "preN", coalesce(sum(share) filter (where not post), 0) as "preSum", coalesce(sum(share * share) filter (where not post), 0) as "preSquares",
             count(*) filter (where post)::int as "postN", coalesce(sum(share) filter (where post), 0) as "postSum", coalesce(sum(share * share) filter (where post), 0) as "postSquares"
           from share group by 1, 2, 3, 4 order by 1, 2, 4`, [programmeId, day, ...placesOf(roots)]);
    return rows.map((r) => ({ topic: r.topic, tier: r.tier, classId: r.classId, code: r.code, before: { n: r.preN, sum: r.preSum, squares: r.preSquares }, after: { n: r.postN, sum: r.postSum, squares: r.postSquares } }));
  }

  /** How often each anchor was right in the post-tests of each tier. */
  questions(programmeId: string, day: string, roots: Roots): Promise<QuestionCell[]> {
    return this.db.rows(
      `select v.topic, t.position as tier, v.question_id as "questionId", (array_agg(v.stem order by v.number desc))[1] as stem, count(*)::int as n, (count(*) filter (where m."right"))::int as "right"
         from ${JUDGED} and a.sitting_id = c.post_sitting_id group by 1, 2, 3 order by 1, 2, 3`, [programmeId, day, ...placesOf(roots)]);
  }
}
