import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';

export interface SittingResult { sittingId: string; personId: string; attemptId: string; right: number; total: number; score: number; passed: boolean | null; anchorRight: number; anchorTotal: number; overtime: boolean; submittedAt: Date }
export interface QuestionResult { questionVersionId: string; stem: string; topic: string; lessonSlug: string | null; cardSlug: string | null; n: number; right: number; worstChoice: string | null; worstCount: number }

/** What came out, for the modules behind the class. Only attempts that count. */
@Injectable()
export class ResultsQueries {
  constructor(private readonly db: Db) {}

  ofSittings(sittingIds: string[]): Promise<SittingResult[]> {
    return this.db.rows<SittingResult>(
      `select sitting_id as "sittingId", person_id as "personId", id as "attemptId", right_count as "right", total_count as total, score, passed, anchor_right as "anchorRight", anchor_total as "anchorTotal", overtime, submitted_at as "submittedAt"
        from attempt where sitting_id = any($1::uuid[]) and counts`, [sittingIds]);
  }

  /** How many sit, and how many have handed in. */
  async progress(sittingId: string): Promise<{ seats: number; started: number; submitted: number }> {
    return this.db.row(
      `select (select count(*) from seat where sitting_id = $1)::int as seats, (select count(distinct person_id) from attempt where sitting_id = $1)::int as started,
          (select count(*) from attempt where sitting_id = $1 and counts)::int as submitted`, [sittingId]);
  }

  /** Per question of a sitting: how many answered right, and the wrong option that most people chose, in its own words. */
  questions(sittingId: string): Promise<QuestionResult[]> {
    return this.db.rows<QuestionResult>(
      `with m as (select k.* from mark k join attempt a on a.id = k.attempt_id where a.sitting_id = $1 and a.counts),
            worst as (select distinct on (question_version_id) question_version_id, choice, count(*)::int as n from m where not "right" and choice is not null and choice <> 'unknown'
              group by question_version_id, choice order by question_version_id, count(*) desc, choice)
       select v.id as "questionVersionId", v.stem, v.topic, v.lesson_slug as "lessonSlug", v.card_slug as "cardSlug", count(*)::int as n, count(*) filter (where m."right")::int as "right",
          (select o ->> 'text' from jsonb_array_elements(v.options) o where o ->> 'id' = worst.choice) as "worstChoice", coalesce(worst.n, 0) as "worstCount"
        from m join question_version v on v.id = m.question_version_id left join worst on worst.question_version_id = v.id
        group by v.id, worst.choice, worst.n order by count(*) filter (where m."right")::numeric / count(*), v.stem`, [sittingId]);
  }
}
