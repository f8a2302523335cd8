import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import type { OptionCount, Sums } from './item-analysis.rules.ts';

/** Which answers are looked at. */
export interface Slice { cohort?: string | undefined; language?: string | undefined; channel?: string | undefined }
export type SumsRow = Sums & { versionId: string; questionId: string };

/** Attempts that stand for a person in a pre- or post-test, with what they came to. $1 is what `of` speaks of; $2–$4 are the slice. */
const taken = (of: string): string => `select a.id, a.person_id, a.form_id, f.kind, a.points, a.submitted_at, s.cohort, a.language from attempt a join form f on f.id = a.form_id join sitting s on s.id = a.sitting_id
  where a.counts and f.kind in ('pre', 'post') and a.points is not null and ${of}
    and ($2::text is null or s.cohort = $2) and ($3::text is null or a.language = $3) and ($4::text is null or a.channel = $4)`;
const OF_COURSE = 'f.course_slug = $1';
const OF_QUESTION = 'f.id in (select i.form_id from form_item i join question_version v on v.id = i.question_version_id where v.question_id = $1)';

const SUMS = `count(*) filter (where t.kind = 'pre')::int as "nPre", coalesce(sum(m.credit) filter (where t.kind = 'pre'), 0)::float8 as pre, count(*) filter (where t.kind = 'pre' and m.choice = 'unknown')::int as unknown,
  count(*) filter (where t.kind = 'post')::int as "nPost", coalesce(sum(m.credit) filter (where t.kind = 'post'), 0)::float8 as post, coalesce(sum(m.credit * m.credit) filter (where t.kind = 'post'), 0)::float8 as "postSquares",
  coalesce(sum(t.points - m.credit) filter (where t.kind = 'post'), 0)::float8 as rest, coalesce(sum((t.points - m.credit) * (t.points - m.credit)) filter (where t.kind = 'post'), 0)::float8 as "restSquares",
  coalesce(sum(m.credit * (t.points - m.credit)) filter (where t.kind = 'post'), 0)::float8 as product`;

/**
 * Each attempt with the form of its partner: a person's first pre-test and first post-test of a cohort are partners. What both forms ask is a pair, so
 * pairs need no join of answers to answers.
 */
const PARTNERED = `select t.id, t.kind = 'post' as post, t.points, t.points * t.points as squared, case t.turn when 1 then (array_agg(t.form_id) filter (where t.turn = 1) over other)[1] end as partner
  from (select t.*, row_number() over (partition by t.person_id, t.cohort, t.kind order by t.submitted_at, t.id) as turn from (${taken(OF_COURSE)}) t) t
  window other as (partition by t.person_id, t.cohort order by t.kind groups between unbounded preceding and unbounded following exclude group)`;

/** Sums over the answers to a question version: before or after, in a pair or not. Grouping by two booleans keeps the planner hashing, not sorting, whatever the number of answers. */
const PARTS = `select m.question_version_id as id, t.post, i.form_id is not null as paired, count(*) as n, count(*) filter (where m.choice = 'unknown') as unknown,
    sum(m.credit) as c, sum(m.credit * m.credit) as cc, sum(t.points) as p, sum(t.squared) as pp, sum(m.credit * t.points) as cp
  from mark m join partnered t on t.id = m.attempt_id left join form_item i on i.form_id = t.partner and i.question_version_id = m.question_version_id group by 1, 2, 3`;
const sum = (what: string, where: string): string => `coalesce(sum(${what}) filter (where ${where}), 0)`;

/** The sums behind item analysis: one pass over the marks, whose cost grows with their number. */
@Injectable()
export class ItemAnalysisQueries {
  constructor(private readonly db: Db) {}

  /** Sums per question version of a course. */
  async ofCourse(courseSlug: string, slice: Slice = {}): Promise<SumsRow[]> {
    // The rest of a test is its points without the question: Σ(p−c), Σ(p−c)² and Σc(p−c) follow from the sums of p, p², cp, c and c².
    return this.db.rows<SumsRow>(
      `with partnered as materialized (${PARTNERED}), part as (${PARTS})
       select s.id as "versionId", v.question_id as "questionId", ${sum('s.n', 'not s.post')}::int as "nPre", ${sum('s.c', 'not s.post')}::float8 as pre, ${sum('s.unknown', 'not s.post')}::int as unknown,
          ${sum('s.n', 's.post')}::int as "nPost", ${sum('s.c', 's.post')}::float8 as post, ${sum('s.cc', 's.post')}::float8 as "postSquares", ${sum('s.p - s.c', 's.post')}::float8 as rest,
          ${sum('s.pp - 2 * s.cp + s.cc', 's.post')}::float8 as "restSquares", ${sum('s.cp - s.cc', 's.post')}::float8 as product,
          ${sum('s.n', 's.post and s.paired')}::int as pairs, ${sum('case when s.post then s.c else -s.c end', 's.paired')}::float8 as gain
        from part s join question_version v on v.id = s.id group by s.id, v.question_id`, [courseSlug, ...bound(slice)]);
  }

  /** The same of one question, all versions together, by a property of the attempt. */
  async grouped(questionId: string, by: 'cohort' | 'language'): Promise<(Sums & { name: string })[]> {
    return this.db.rows(
      `with taken as (${taken(OF_QUESTION)}) select t.${by} as name, ${SUMS}, 0 as pairs, 0::float8 as gain
        from mark m join taken t on t.id = m.attempt_id join question_version v on v.id = m.question_version_id where v.question_id = $1 and t.${by} is not null group by t.${by} order by t.${by}`, [questionId, null, null, null]);
  }

  /** How often each answer to the versions of a course was given in post-tests, in all and by the upper and the lower third of those who sat them. */
  async options(courseSlug: string, slice: Slice = {}): Promise<Map<string, OptionCount[]>> {
    const rows = await this.db.rows<OptionCount & { versionId: string }>(
      `with taken as materialized (select t.id, ntile(3) over (partition by t.form_id order by t.points, t.id) as third from (${taken(OF_COURSE)}) t where t.kind = 'post')
       select m.question_version_id as "versionId", m.choice, count(*)::int as n, count(*) filter (where t.third = 3)::int as upper, count(*) filter (where t.third = 1)::int as lower
        from mark m join taken t on t.id = m.attempt_id where m.choice is not null group by m.question_version_id, m.choice`, [courseSlug, ...bound(slice)]);
    const counts = new Map<string, OptionCount[]>();
    for (const { versionId, ...c } of rows) counts.set(versionId, [...(counts.get(versionId) ?? []), c]);
    return counts;
  }
}

const bound = (s: Slice): (string | null)[] => [s.cohort ?? null, s.language ?? null, s.channel ?? null];
