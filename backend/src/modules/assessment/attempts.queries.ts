import { Injectable } from '@nestjs/common';
import type { GivenAnswer } from '@lantoa/shared/assessment';
import { Db } from '#platform/db';
import type { FinalAnswer, Marked } from './scoring.rules.ts';

@Injectable()
export class AttemptsQueries {
  constructor(private readonly db: Db) {}

  /** Adds answers; one whose id is known already is left as it is. */
  async insertAnswers(attemptId: string, answers: readonly GivenAnswer[], receivedAt: Date, late: boolean): Promise<void> {
    await this.db.rows(
      `insert into answer (id, attempt_id, question_version_id, choice, revision, answered_at, received_at, late)
        select a.id, $1, a.q, a.choice, a.revision, a.at, $7, $8 from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::timestamptz[]) as a(id, q, choice, revision, at) on conflict (id) do nothing`,
      [attemptId, answers.map((a) => a.id), answers.map((a) => a.questionVersionId), answers.map((a) => a.choice), answers.map((a) => a.revision), answers.map((a) => a.answeredAt), receivedAt, late]);
  }

  /** The answer that counts for each question: the highest revision that came in time; among equals the one received last. */
  finalAnswers(attemptId: string): Promise<(FinalAnswer & { answeredAt: Date })[]> {
    return this.db.rows(
      `select distinct on (question_version_id) question_version_id as "questionVersionId", choice, answered_at as "answeredAt" from answer
        where attempt_id = $1 and not late order by question_version_id, revision desc, received_at desc, id desc`, [attemptId]);
  }

  async insertMarks(attemptId: string, marks: readonly Marked[]): Promise<void> {
    await this.db.rows(
      'insert into mark (attempt_id, question_version_id, choice, "right", credit) select $1, m.q, m.choice, m.ok, m.credit from unnest($2::uuid[], $3::text[], $4::bool[], $5::float8[]) as m(q, choice, ok, credit)',
      [attemptId, marks.map((m) => m.questionVersionId), marks.map((m) => m.choice), marks.map((m) => m.right), marks.map((m) => m.credit)]);
  }

  async wrongQuestions(attemptId: string): Promise<string[]> {
    return (await this.db.rows<{ id: string }>('select question_version_id as id from mark where attempt_id = $1 and not "right"', [attemptId])).map((r) => r.id);
  }

  /** Lesson ids by slug, in the newest version of a course. */
  async lessonIds(courseSlug: string): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ slug: string; id: string }>(
      'select distinct on (l.slug) l.slug, l.id from lesson l join course_version v on v.id = l.course_version_id join course c on c.id = v.course_id where c.slug = $1 order by l.slug, v.number desc', [courseSlug]);
    return new Map(rows.map((r) => [r.slug, r.id]));
  }
}
