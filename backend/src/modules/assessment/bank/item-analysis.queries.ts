import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import type { OptionCount, Sums } from './item-analysis.rules.ts';

/** Which answers are looked at. */
export interface Slice { cohort?: string | undefined; language?: string | undefined; channel?: string | undefined }
export type SumsRow = Sums & { versionId: string; questionId: string };

/** Attempts that stand for a person in a pre- or post-test, with what they came to. $1 is what `of` speaks of; $2–$4 are the slice. */
const taken = (of: string): string => `select a.id, a.person_id, a.form_id, f.kind, a.points, s.cohort, a.language from attempt a join form f on f.id = a.form_id join sitting s on s.id = a.sitting_id
  where a.counts and f.kind in ('pre', 'post') and a.points is not null and ${of}
    and ($2::text is null or s.cohort = $2) and ($3::text is null or a.language = $3) and ($4::text is null or a.channel = $4)`;
const OF_COURSE = 'f.course_slug = $1';
const OF_QUESTION = 'f.id in (select i.form_id from form_item i join question_version v on v.id = i.question_version_id where v.question_id = $1)';

const SUMS = `count(*) filter (where t.kind = 'pre')::int as "nPre", coalesce(sum(m.credit) filter (where t.kind = 'pre'), 0)::float8 as pre, count(*) filter (where t.kind = 'pre' and m.choice = 'unknown')::int as unknown,
  count(*) filter (where t.kind = 'post')::int as "nPost", coalesce(sum(m.credit) filter (where t.kind = 'post'), 0)::float8 as post, coalesce(sum(m.credit * m.credit) filter (where t.kind = 'post'), 0)::float8 as "postSquares",
  coalesce(sum(t.points - m.credit) filter (where t.kind = 'post'), 0)::float8 as rest, coalesce(sum((t.points - m.credit) * (t.points - m.credit)) filter (where t.kind = 'post'), 0)::float8 as "restSquares",
  coalesce(sum(m.credit * (t.points - m.credit)) filter (where t.kind = 'post'), 0)::float8 as product`;

/** Pairs: one person's first pre- and post-test with the same question version. */
const PAIRS = `select b.question_version_id as id, count(*)::int as pairs, sum(b.credit - a.credit)::float8 as gain
  from (select m.question_version_id, t.person_id, t.cohort, m.credit from mark m join taken t on t.id = m.attempt_id where t.kind = 'post') b
  join (select m.question_version_id, t.person_id, t.cohort, m.credit from mark m join taken t on t.id = m.attempt_id where t.kind = 'pre') a
    on a.question_version_id = b.question_version_id and a.person_id = b.person_id and a.cohort is not distinct from b.cohort
  group by b.question_version_id`;

/** The sums behind item analysis: one pass over the marks, whose cost grows with their number. */
@Injectable()
export class ItemAnalysisQueries {
  constructor(private readonly db: Db) {}

  /** Sums per question version of a course. */
  async ofCourse(courseSlug: string, slice: Slice = {}): Promise<SumsRow[]> {
    return this.db.rows<SumsRow>(
      `with taken as materialized (${taken(OF_COURSE)}), sums as (select m.question_version_id as id, ${SUMS} from mark m join taken t on t.id = m.attempt_id group by m.question_version_id), paired as (${PAIRS})
       select s.id as "versionId", v.question_id as "questionId", s."nPre", s.pre, s.unknown, s."nPost", s.post, s."postSquares", s.rest, s."restSquares", s.product, coalesce(p.pairs, 0)::int as pairs, coalesce(p.gain, 0)::float8 as gain
        from sums s join question_version v on v.id = s.id left join paired p on p.id = s.id`, [courseSlug, ...bound(slice)]);
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
