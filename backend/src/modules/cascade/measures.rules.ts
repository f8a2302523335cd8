import { type Interval, marginOf, meanOf, type Sample, welch, wilson } from './statistics.rules.ts';

/** Below this many people no mean is shown: one person would be recognisable, and chance is larger than the difference. */
export const SHOWN_FROM = 10;
/** A mean in points (0–100, one decimal) over `n` people, with the half-width of its 95 % interval; `null` where it is hidden. */
export interface Score { mean: number | null; n: number; margin: number | null }

/** Shares (0–1) as points with one decimal, half up; what lies within a hundred-millionth of a half is one, because sums of shares are kept to a billionth. */
export const points = (share: number): number => Math.round(Number((share * 1000).toFixed(5))) / 10;
const shown = (s: Sample): boolean => s.n >= SHOWN_FROM;
const marginPoints = (s: Sample): number | null => { const m = marginOf(s); return m === null ? null : points(m); };

/**
 * Score (screens.md §5.1): the mean over people of the share right on anchor questions, in points. Never the whole test, because tests of tiers may differ. `n` counts people with at least one anchor;
 * below 10 the mean is hidden. The sample holds one share (0–1) a person.
 */
export const scoreOf = (s: Sample): Score => (shown(s) ? { mean: points(meanOf(s)), n: s.n, margin: marginPoints(s) } : { mean: null, n: s.n, margin: null });

/** Drop between tiers: post-test mean of the tier before minus that of this one, in points, with its 95 % interval (Welch). Negative is possible and fine; `null` when either is hidden. */
export function dropBetween(before: Sample | undefined, here: Sample): { points: number; low: number; high: number } | null {
  const w = before && shown(before) && shown(here) ? welch(before, here) : null;
  return w && { points: points(w.difference), low: points(w.low), high: points(w.high) };
}

/** Gain: mean of (post − pre) over people who sat both, in points, with the number of pairs; hidden below 10 pairs. The sample holds one difference (−1 to 1) a person. */
export const gainOf = (s: Sample): { points: number | null; pairs: number; margin: number | null } => (shown(s) ? { points: points(meanOf(s)), pairs: s.n, margin: marginPoints(s) } : { points: null, pairs: s.n, margin: null });

/**
 * Retention: share right 90 ± 14 days after the class (or about 30, or 180) ÷ share right in the post-test, on the same questions by the same people (mean over mean, so that somebody who knew nothing does not divide by
 * zero). 1 is all kept; more is possible. Hidden below 10 people, and where nothing was right in the post-test.
 */
export const retentionOf = (k: { n: number; post: number; later: number }): { share: number | null; n: number } => ({ share: k.n >= SHOWN_FROM && k.post > 0 ? k.later / k.post : null, n: k.n });

/** Reach: people who passed as of the day ÷ target on the day, 0–1 and beyond; `null` without a target. Somebody in two classes of the tier counts once, where they passed first, so that units add up. */
export const reachOf = (passed: number, target: number): number | null => (target > 0 ? passed / target : null);

/** How far behind the plan to date: places in approved classes that have ended minus people who passed; 0 when ahead. Not a straight line between start and end. */
export const behindPlan = (planned: number, passed: number): number => Math.max(0, planned - passed);

/** A share with its 95 % interval (Wilson); `null` of nothing. */
export const shareOf = (part: number, of: number): { share: number } & Interval | null => (of > 0 ? { share: part / of, ...wilson(part, of) } : null);

/** Coverage gap: lowest units (villages, or communes without villages) that are there on the day without enough certified people in post on that day. */
export const emptyPlaces = (places: number, covered: number): number => places - covered;

/** Certificates past their validity: people who were certified and have none in force. */
export const expiredOf = (certified: number, inForce: number): number => certified - inForce;
