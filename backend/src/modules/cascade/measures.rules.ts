/** Below this many people no mean is shown: one person would be recognisable, and chance is larger than the difference. */
export const SHOWN_FROM = 10;

export interface Share { right: number; total: number }
export interface Score { mean: number | null; n: number }

const round1 = (x: number): number => Math.round(x * 10) / 10;

/**
 * Score (screens.md §5.1): the mean over people of the share right on anchor questions, on 0–100 with one decimal. Never the whole test, because
 * tests of tiers may differ. `n` counts people with at least one anchor; below 10 the mean is `null`.
 */
export function scoreOf(shares: readonly Share[]): Score {
  const counted = shares.filter((s) => s.total > 0);
  const mean = counted.reduce((sum, s) => sum + s.right / s.total, 0) / Math.max(1, counted.length);
  return { mean: counted.length >= SHOWN_FROM ? round1(mean * 100) : null, n: counted.length };
}

/** Drop between tiers: post-test mean of the tier before minus that of this one, in points. Negative is possible and fine; `null` when either is hidden. */
export function dropBetween(before: Score | undefined, here: Score): number | null {
  return before && before.mean !== null && here.mean !== null ? round1(before.mean - here.mean) : null;
}

/** Gain: mean of (post − pre) over people who sat both, in points, with the number of pairs; `null` below 10 pairs. */
export function gainOf(pairs: readonly { pre: Share; post: Share }[]): { points: number | null; pairs: number } {
  const share = (s: Share) => s.right / s.total;
  const counted = pairs.filter((p) => p.pre.total > 0 && p.post.total > 0);
  const mean = counted.reduce((sum, p) => sum + share(p.post) - share(p.pre), 0) / Math.max(1, counted.length);
  return { points: counted.length >= SHOWN_FROM ? round1(mean * 100) : null, pairs: counted.length };
}

/** Reach: distinct people who passed ÷ target, 0–1 and beyond; `null` without a target. One person in two classes counts once. */
export const reachOf = (passedPeople: ReadonlySet<string>, target: number): number | null => (target > 0 ? passedPeople.size / target : null);

/** Everybody reached through a person, at any depth: the learners of the classes taught, their learners, and so on. A circle is walked once. */
export function descendantsOf(personId: string, learnersOf: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const waiting = [personId];
  for (let p = waiting.pop(); p !== undefined; p = waiting.pop()) {
    for (const learner of learnersOf.get(p) ?? []) {
      if (learner === personId || found.has(learner)) continue;
      found.add(learner);
      waiting.push(learner);
    }
  }
  return found;
}
