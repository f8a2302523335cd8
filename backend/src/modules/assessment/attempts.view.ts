import { rightChoice } from '@lantoa/shared/rules/marking';
import type { AskedQuestion, AttemptResult, Attempt as AttemptView } from '@lantoa/shared/assessment';
import type { Attempt } from './attempt.entity.ts';
import { isGraded } from './attempts.policy.ts';
import type { FormQuestion, FullForm } from './forms.service.ts';
import { neededToPass } from './scoring.rules.ts';
import { shuffled } from './shuffle.rules.ts';

const REVIEW_AT_MOST = 3;

/**
 * The questions as one attempt sees them: options in its own order, which the server can make again; keys and reasons only where feedback is given at once.
 * "Đúng" and "Sai" keep their places.
 */
export function attemptView(attempt: Attempt, form: FullForm, saved: AttemptView['saved']): AttemptView {
  const withKey = !isGraded(form.kind);
  const asked = (q: FormQuestion): AskedQuestion => {
    const seed = attempt.id + q.questionVersionId;
    const options = q.kind === 'true-false' ? q.options : shuffled(q.options, seed);
    return {
      questionVersionId: q.questionVersionId, kind: q.kind, stem: q.stem, picture: q.picture, topic: q.topic, lessonSlug: q.lessonSlug, cardSlug: q.cardSlug,
      options: options.map((o) => ({ id: o.id, text: o.text, picture: o.picture ?? null, ...(withKey && { right: o.right, reason: o.reason }) })),
      matches: shuffled(q.options.flatMap((o) => o.match ?? []), `${seed} matches`), ...(withKey && { answer: rightChoice(q.kind, q.options) }),
    };
  };
  return {
    id: attempt.id, formId: form.id, courseSlug: form.courseSlug, kind: form.kind, title: form.title, startedAt: attempt.startedAt.toISOString(), allowedSeconds: attempt.allowedSeconds, submittedAt: attempt.submittedAt?.toISOString() ?? null,
    questions: form.questions.map(asked), saved: saved.map((s) => ({ questionVersionId: s.questionVersionId, choice: s.choice })),
  };
}

/** What an attempt came to, as stored when it was handed in. A pre-test shows nothing but that it was received. */
export function resultView(attempt: Attempt, form: FullForm, wrong: readonly string[], lessonIds: ReadonlyMap<string, string>): AttemptResult {
  const hidden = form.kind === 'pre';
  const review = form.questions.filter((q) => wrong.includes(q.questionVersionId)).slice(0, REVIEW_AT_MOST);
  const total = attempt.totalCount ?? form.questions.length;
  return {
    id: attempt.id, kind: form.kind, title: form.title, submittedAt: (attempt.submittedAt ?? attempt.startedAt).toISOString(), answered: attempt.answeredCount ?? 0, total,
    right: hidden ? null : attempt.rightCount, points: hidden ? null : attempt.points, score: hidden ? null : attempt.score, passed: hidden ? null : attempt.passed,
    needed: hidden || form.passMark === null ? null : neededToPass(form.passMark, total), counts: attempt.counts,
    triesLeft: form.maxAttempts === null ? null : Math.max(0, form.maxAttempts - attempt.number),
    review: hidden ? [] : review.map((q) => ({ stem: q.stem, lessonId: lessonIds.get(q.lessonSlug ?? '') ?? null, cardSlug: q.cardSlug })),
  };
}
