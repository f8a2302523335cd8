import type { AskedQuestion, AttemptResult, Attempt as AttemptView } from '@lantoa/shared/assessment';
import type { Attempt } from './attempt.entity.ts';
import { isGraded } from './attempts.policy.ts';
import type { FormQuestion, FullForm } from './forms.service.ts';
import { neededToPass } from './scoring.rules.ts';
import { shuffled } from './shuffle.rules.ts';

const REVIEW_AT_MOST = 3;

/** The questions as one attempt sees them: options in its own order, keys and reasons only where feedback is given at once. */
export function attemptView(attempt: Attempt, form: FullForm, saved: AttemptView['saved']): AttemptView {
  const withKey = !isGraded(form.kind);
  const asked = (q: FormQuestion): AskedQuestion => ({
    questionVersionId: q.questionVersionId, stem: q.stem, topic: q.topic, lessonSlug: q.lessonSlug, cardSlug: q.cardSlug,
    options: shuffled(q.options, attempt.id + q.questionVersionId).map((o) => (withKey ? o : { id: o.id, text: o.text })),
  });
  return { id: attempt.id, formId: form.id, kind: form.kind, title: form.title, startedAt: attempt.startedAt.toISOString(), submittedAt: attempt.submittedAt?.toISOString() ?? null, questions: form.questions.map(asked), saved };
}

/** What an attempt came to, as stored when it was handed in. A pre-test shows nothing but that it was received. */
export function resultView(attempt: Attempt, form: FullForm, wrong: readonly string[], lessonIds: ReadonlyMap<string, string>): AttemptResult {
  const hidden = form.kind === 'pre';
  const review = form.questions.filter((q) => wrong.includes(q.questionVersionId)).slice(0, REVIEW_AT_MOST);
  const total = attempt.totalCount ?? form.questions.length;
  return {
    id: attempt.id, kind: form.kind, title: form.title, submittedAt: (attempt.submittedAt ?? attempt.startedAt).toISOString(), answered: attempt.answeredCount ?? 0, total,
    right: hidden ? null : attempt.rightCount, score: hidden ? null : attempt.score, passed: hidden ? null : attempt.passed,
    needed: hidden || form.passMark === null ? null : neededToPass(form.passMark, total), counts: attempt.counts,
    triesLeft: form.maxAttempts === null ? null : Math.max(0, form.maxAttempts - attempt.number),
    review: hidden ? [] : review.map((q) => ({ stem: q.stem, lessonId: lessonIds.get(q.lessonSlug ?? '') ?? null, cardSlug: q.cardSlug })),
  };
}
