import { shuffled } from './shuffle.ts';

/** A question as one attempt sees it: options and right-hand sides in an order that the attempt's id decides, the same on the phone and on the server. "Đúng" and "Sai" keep their places. */
export function arranged<Q extends { questionVersionId: string; kind: string; options: readonly unknown[]; matches: readonly unknown[] }>(question: Q, attemptId: string): Q {
  const seed = attemptId + question.questionVersionId;
  return { ...question, options: question.kind === 'true-false' ? question.options : shuffled(question.options, seed), matches: shuffled(question.matches, `${seed} matches`) };
}
