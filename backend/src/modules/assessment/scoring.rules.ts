/** The key of a form: the right option of each question, in the form's order. */
export interface KeyItem { questionVersionId: string; rightOption: string; anchor: boolean }
export interface FinalAnswer { questionVersionId: string; choice: string }
export interface Marked { questionVersionId: string; choice: string | null; right: boolean }
export interface Score {
  marks: Marked[];
  /** Questions with an answer; "I don't know yet" is one. */
  answered: number;
  right: number;
  total: number;
  /** Share right of all questions, 0–1. An unanswered question is not right. */
  share: number;
  anchorRight: number;
  anchorTotal: number;
}

/** Marks the answers against the key. Answers to questions outside the form do not count. */
export function score(key: readonly KeyItem[], answers: readonly FinalAnswer[]): Score {
  const given = new Map(answers.map((a) => [a.questionVersionId, a.choice]));
  const marks = key.map((k): Marked => {
    const choice = given.get(k.questionVersionId) ?? null;
    return { questionVersionId: k.questionVersionId, choice, right: choice === k.rightOption };
  });
  const right = marks.filter((m) => m.right).length;
  const anchors = key.flatMap((k, i) => (k.anchor ? [marks[i] as Marked] : []));
  return {
    marks, right, total: key.length, answered: marks.filter((m) => m.choice !== null).length, share: key.length ? right / key.length : 0,
    anchorRight: anchors.filter((m) => m.right).length, anchorTotal: anchors.length,
  };
}

/** How many right answers reach the pass mark (a share, 0–1): the smallest whole number that does. */
export const neededToPass = (passMark: number, total: number): number => Math.max(0, Math.ceil(passMark * total - 1e-9));

/** Did a score pass? `null` where the form has no pass mark. */
export const passes = (right: number, total: number, passMark: number | null): boolean | null => (passMark === null ? null : right >= neededToPass(passMark, total));
