import { creditOf, type MarkedOption, type QuestionKind } from '@lantoa/shared/rules/marking';

/** The key of a form: kind and options of each question, in the form's order. */
export interface KeyItem { questionVersionId: string; kind: QuestionKind; options: readonly MarkedOption[]; rightChoice: string; anchor: boolean }
export interface FinalAnswer { questionVersionId: string; choice: string }
export interface Marked { questionVersionId: string; choice: string | null; right: boolean; credit: number }
export interface Score {
  marks: Marked[];
  /** Questions with an answer; "I don't know yet" is one. */
  answered: number;
  /** Questions with full credit. */
  right: number;
  /** Credit of all questions together; partly right answers count in part. */
  points: number;
  total: number;
  /** Points ÷ questions, 0–1. An unanswered question is worth nothing. */
  share: number;
  anchorRight: number;
  anchorTotal: number;
}

/** Marks the answers against the key. Answers to questions outside the form do not count. */
export function score(key: readonly KeyItem[], answers: readonly FinalAnswer[]): Score {
  const given = new Map(answers.map((a) => [a.questionVersionId, a.choice]));
  const marks = key.map((k): Marked => {
    const choice = given.get(k.questionVersionId) ?? null;
    const credit = creditOf(k.kind, k.options, choice);
    return { questionVersionId: k.questionVersionId, choice, credit, right: credit === 1 };
  });
  const points = marks.reduce((sum, m) => sum + m.credit, 0);
  const anchors = key.flatMap((k, i) => (k.anchor ? [marks[i] as Marked] : []));
  return {
    marks, right: marks.filter((m) => m.right).length, points, total: key.length, answered: marks.filter((m) => m.choice !== null).length, share: key.length ? points / key.length : 0,
    anchorRight: anchors.filter((m) => m.right).length, anchorTotal: anchors.length,
  };
}

/** How many points reach the pass mark (a share, 0–1): the smallest whole number that does. */
export const neededToPass = (passMark: number, total: number): number => Math.max(0, Math.ceil(passMark * total - 1e-9));

/** Do the points reach the pass mark? `null` where the form has no pass mark. */
export const passes = (points: number, total: number, passMark: number | null): boolean | null => (passMark === null ? null : points >= passMark * total - 1e-9);

/** Half as much time again. */
const EXTRA = 1.5;
const GRACE_SECONDS = 60;

/** Seconds for a test with a limit in minutes; `null` without one. */
export const secondsAllowed = (minutes: number | null, extraTime: boolean): number | null => (minutes === null ? null : Math.round(minutes * 60 * (extraTime ? EXTRA : 1)));

/** Did answering take longer than allowed? First and last answer by the phone's own clock, so that a wrong one does no harm; with a minute's grace. */
export const isOvertime = (allowedSeconds: number | null, answeredAt: readonly Date[]): boolean => {
  const times = answeredAt.map((d) => d.getTime());
  return allowedSeconds !== null && times.length > 0 && Math.max(...times) - Math.min(...times) > (allowedSeconds + GRACE_SECONDS) * 1000;
};
