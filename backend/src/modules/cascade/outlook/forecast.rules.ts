import { addDays, type Day } from '@lantoa/shared/rules/days';

const Z = 1.959964;
/** Weeks looked back for the pace, and ahead for the answer. */
export const PACE_WEEKS = 26;
export const AHEAD_WEEKS = 52;
/** Where no class has ended yet, so much of a planned class is believed in; half as much either way. */
const FILL_UNKNOWN = { mean: 0.8, spread: 0.2 };

export interface Course {
  /** People who have passed by now, and the target. */
  passed: number; target: number;
  /** People who passed in each of the last weeks, oldest first, weeks without any included. */
  pace: readonly number[];
  /** Of each class that has ended: people who passed ÷ places planned. */
  fills: readonly number[];
  /** Places of classes that are planned, by the week ahead that they end in (0: this one). */
  planned: ReadonlyMap<number, number>;
}
export interface Outlook { week: number; expected: number; low: number; high: number }

const meanOf = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / Math.max(1, x.length);
const spreadOf = (x: readonly number[]): number => (x.length < 2 ? 0 : Math.sqrt(x.reduce((sum, v) => sum + (v - meanOf(x)) ** 2, 0) / (x.length - 1)));

/**
 * How many will have passed after each of the next weeks, with a 95 % interval. A week brings what its planned classes bring (places × the share that passed in classes held so far) or what the last
 * half year brought on average, whichever is more: what is planned is certain soon and thin later. The interval adds up the spread of weeks and, because the average itself is only estimated
 * from T weeks, h²σ²/T after h weeks (mean method, Hyndman and Athanasopoulos, Forecasting, 3rd ed., §5.2 and §5.5). It never falls below what has been reached, and ends
 * at the target where there is one: nobody plans beyond.
 */
export function outlookOf(c: Course, weeks = AHEAD_WEEKS): Outlook[] {
  const pace = meanOf(c.pace);
  const spread = spreadOf(c.pace);
  const fill = c.fills.length >= 2 ? { mean: meanOf(c.fills), spread: spreadOf(c.fills) } : FILL_UNKNOWN;
  const end = c.target > 0 ? Math.max(c.target, c.passed) : Infinity;
  let expected = c.passed;
  let variance = 0;
  let paced = 0;
  return Array.from({ length: weeks }, (_, week) => {
    const places = c.planned.get(week) ?? 0;
    if (places * fill.mean >= pace && places > 0) {
      expected += places * fill.mean;
      variance += (places * fill.spread) ** 2;
    } else {
      expected += pace;
      paced++;
      variance += spread ** 2;
    }
    const half = Z * Math.sqrt(variance + (paced ** 2 * spread ** 2) / Math.max(1, c.pace.length));
    const within = (n: number) => Math.min(end, Math.max(c.passed, Math.round(n)));
    return { week, expected: within(expected), low: within(expected - half), high: within(expected + half) };
  });
}

/** The first week ahead after which the target is expected to be reached; 0 when it is already, `null` when not within the weeks looked at. */
export function reachedIn(c: Course, outlook: readonly Outlook[]): number | null {
  if (c.passed >= c.target) return 0;
  const hit = outlook.find((o) => o.expected >= c.target);
  return hit ? hit.week + 1 : null;
}

/** The last day of a week ahead. */
export const endOfWeek = (today: Day, week: number): Day => addDays(today, 7 * (week + 1) - 1);
