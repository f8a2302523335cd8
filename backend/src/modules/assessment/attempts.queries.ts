import { Injectable } from '@nestjs/common';
import type { GivenAnswer } from '@lantoa/shared/assessment';
import { isCarried } from '@lantoa/shared/rules/answer-code';
import { Db } from '#platform/db';
import type { Attempt, Sitting } from './attempt.entity.ts';
import type { FinalAnswer, Marked } from './scoring.rules.ts';

export type TimedAnswer = FinalAnswer & { answeredAt: Date };
export type Outcome = Required<{ [K in 'answeredCount' | 'rightCount' | 'points' | 'totalCount' | 'anchorRight' | 'anchorTotal' | 'score']: number }> & { submittedAt: Date; passed: boolean | null; late: boolean; overtime: boolean };

const COLUMNS = `a.id, a.form_id as "formId", a.person_id as "personId", a.sitting_id as "sittingId", a.series_id as "seriesId", a.number, a.channel, a.language, a.started_at as "startedAt", a.allowed_seconds as "allowedSeconds", a.submitted_at as "submittedAt",
  a.answered_count as "answeredCount", a.right_count as "rightCount", a.points, a.total_count as "totalCount", a.anchor_right as "anchorRight", a.anchor_total as "anchorTotal", a.score, a.passed, a.late, a.overtime, a.counts`;

@Injectable()
export class AttemptsQueries {
  constructor(private readonly db: Db) {}

  /** What decides whether an attempt may be started, once its series is locked: is there one of this id already, the sitting and a seat in it, and what this person has tried before in the series. */
  async atDoor(attemptId: string, personId: string, sittingId: string | null, seriesId: string): Promise<{ known: boolean; sitting: Pick<Sitting, 'formId' | 'closedAt' | 'timeLimitMinutes' | 'extraTime'> | null; seated: boolean; earlier: number; counted: boolean }> {
    const [row] = await this.db.prepared<{ known: boolean; formId: string | null; closedAt: Date | null; timeLimitMinutes: number | null; extraTime: boolean; seated: boolean; earlier: number; counted: boolean }>(
      `select exists (select 1 from attempt where id = $1) as known, s.form_id as "formId", s.closed_at as "closedAt", s.time_limit_minutes as "timeLimitMinutes", s.extra_time as "extraTime",
          exists (select 1 from seat where sitting_id = $3 and person_id = $2) as seated, a.earlier, a.counted
        from (select count(*)::int as earlier, coalesce(bool_or(counts), false) as counted from attempt where person_id = $2 and series_id = $4) a left join sitting s on s.id = $3`, [attemptId, personId, sittingId, seriesId]);
    const { known, seated, earlier, counted, formId, ...sitting } = row as NonNullable<typeof row>;
    return { known, seated, earlier, counted, sitting: formId === null ? null : { formId, ...sitting } };
  }

  async begin(a: Attempt): Promise<void> {
    await this.db.prepared(
      'insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, language, started_at, allowed_seconds, late, overtime, counts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, false, false)',
      [a.id, a.formId, a.personId, a.sittingId, a.seriesId, a.number, a.channel, a.language, a.startedAt, a.allowedSeconds]);
  }

  /** One's own attempt. */
  async own(attemptId: string, personId: string): Promise<Attempt | undefined> {
    return (await this.db.prepared<Attempt>(`select ${COLUMNS} from attempt a where a.id = $1 and a.person_id = $2`, [attemptId, personId]))[0];
  }

  /**
   * The attempt, held until the transaction ends, and with it everything of this person in the same series: two phones that hand in at once come one after the other.
   * `closed`: its sitting is over.
   */
  async hold(attemptId: string, personId: string): Promise<{ attempt: Attempt; closed: boolean } | null> {
    const [row] = await this.db.prepared<Attempt & { closed: boolean }>(
      `select ${COLUMNS}, coalesce(s.closed_at is not null, false) as closed, pg_advisory_xact_lock(hashtextextended('attempts:' || a.person_id || ':' || a.series_id, 0)) as held
        from attempt a left join sitting s on s.id = a.sitting_id where a.id = $1 and a.person_id = $2 for update of a`, [attemptId, personId]);
    return row ? { attempt: row, closed: row.closed } : null;
  }

  /** Adds answers, one whose id is known being left as it is, as is one that came by a code before the camera and by its phone (`isCarried`), and gives those that count: for each question the highest revision that came in time; among equals the one received last. */
  keep(attemptId: string, answers: readonly GivenAnswer[], receivedAt: Date, late: boolean): Promise<TimedAnswer[]> {
    return this.db.prepared(
      `with given as (insert into answer (id, attempt_id, question_version_id, choice, revision, answered_at, received_at, late)
          select a.id, $1, a.q, a.choice, a.revision, a.at, $7, $8 from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::timestamptz[]) as a(id, q, choice, revision, at)
            where not ($9 and exists (select 1 from answer o where o.attempt_id = $1 and o.question_version_id = a.q and o.choice = a.choice and '8' in (substr(o.id::text, 15, 1), substr(a.id::text, 15, 1)))) on conflict (id) do nothing returning *)
        select distinct on (question_version_id) question_version_id as "questionVersionId", choice, answered_at as "answeredAt"
          from (select * from answer where attempt_id = $1 union all select * from given) w where not late order by question_version_id, revision desc, received_at desc, id desc`,
      [attemptId, answers.map((a) => a.id), answers.map((a) => a.questionVersionId), answers.map((a) => a.choice), answers.map((a) => a.revision), answers.map((a) => a.answeredAt), receivedAt, late, late || answers.some((a) => isCarried(a.id))]);
  }

  finalAnswers(attemptId: string): Promise<TimedAnswer[]> {
    return this.keep(attemptId, [], new Date(0), false);
  }

  /** Writes the marks and what the attempt came to. It counts for its sitting unless it is late or another one does already. @returns whether it counts */
  async finish(attempt: Attempt, marks: readonly Marked[], outcome: Outcome): Promise<boolean> {
    const [row] = await this.db.prepared<{ counts: boolean }>(
      `with m as (insert into mark (attempt_id, question_version_id, choice, "right", credit) select $1, m.q, m.choice, m.ok, m.credit from unnest($2::uuid[], $3::text[], $4::bool[], $5::float8[]) as m(q, choice, ok, credit))
        update attempt a set submitted_at = $6, answered_count = $7, right_count = $8, points = $9, total_count = $10, anchor_right = $11, anchor_total = $12, score = $13, passed = $14, late = $15, overtime = $16,
            counts = a.sitting_id is not null and not $15 and not exists (select 1 from attempt o where o.person_id = a.person_id and o.series_id = a.series_id and o.counts)
          where a.id = $1 returning a.counts`,
      [attempt.id, marks.map((m) => m.questionVersionId), marks.map((m) => m.choice), marks.map((m) => m.right), marks.map((m) => m.credit), outcome.submittedAt, outcome.answeredCount, outcome.rightCount, outcome.points, outcome.totalCount, outcome.anchorRight, outcome.anchorTotal, outcome.score, outcome.passed, outcome.late, outcome.overtime]);
    return row?.counts ?? false;
  }

  async wrongQuestions(attemptId: string): Promise<string[]> {
    return (await this.db.prepared<{ id: string }>('select question_version_id as id from mark where attempt_id = $1 and not "right"', [attemptId])).map((r) => r.id);
  }

  /** Lesson ids by slug, in the newest version of a course. */
  async lessonIds(courseSlug: string): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ slug: string; id: string }>(
      'select distinct on (l.slug) l.slug, l.id from lesson l join course_version v on v.id = l.course_version_id join course c on c.id = v.course_id where c.slug = $1 order by l.slug, v.number desc', [courseSlug]);
    return new Map(rows.map((r) => [r.slug, r.id]));
  }
}
