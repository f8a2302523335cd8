import { arranged } from '@lantoa/shared/rules/arranged';
import { rightChoice } from '@lantoa/shared/rules/marking';
import type { AskedQuestion, AttemptResult, Attempt as AttemptView } from '@lantoa/shared/assessment';
import type { Attempt } from './attempt.entity.ts';
import { isGraded } from './attempts.policy.ts';
import type { FullForm } from './forms.service.ts';
import { neededToPass } from './scoring.rules.ts';

const REVIEW_AT_MOST = 3;

/** The questions of a form in their own order; keys and reasons only where feedback is given at once. */
export function askedQuestions(form: FullForm): AskedQuestion[] {
  const withKey = !isGraded(form.kind);
  return form.questions.map((q) => ({
    questionVersionId: q.questionVersionId, kind: q.kind, stem: q.stem, picture: q.picture, topic: q.topic, lessonSlug: q.lessonSlug, cardSlug: q.cardSlug,
    options: q.options.map((o) => ({ id: o.id, text: o.text, picture: o.picture ?? null, ...(withKey && { right: o.right, reason: o.reason }) })),
    matches: q.options.flatMap((o) => o.match ?? []), ...(withKey && { answer: rightChoice(q.kind, q.options) }),
  }));
}

/** A form for a phone that will ask it without network. */
export const formView = (form: FullForm) => ({ formId: form.id, courseSlug: form.courseSlug, kind: form.kind, title: form.title, questions: askedQuestions(form) });

/** The questions as one attempt sees them: options in its own order, which phone and server can make again. */
export const attemptView = (attempt: Attempt, form: FullForm, saved: AttemptView['saved']): AttemptView => ({
  id: attempt.id, formId: form.id, courseSlug: form.courseSlug, kind: form.kind, title: form.title, startedAt: attempt.startedAt.toISOString(), allowedSeconds: attempt.allowedSeconds, submittedAt: attempt.submittedAt?.toISOString() ?? null,
  questions: askedQuestions(form).map((q) => arranged(q, attempt.id)), saved: saved.map((s) => ({ questionVersionId: s.questionVersionId, choice: s.choice })),
});

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
