import { addMonths, type Day } from '@lantoa/shared/rules/days';
import type { TrainerFigures, Trainers } from '@lantoa/shared/lineage';
import { points, SHOWN_FROM } from '../measures.rules.ts';
import { meanOf, type Sample, together, varianceOf } from '../statistics.rules.ts';

/** After so many months without a class somebody should call. */
export const IDLE_MONTHS = 6;
const Z = 1.959964;
/** Numbers of learners at which the limits are drawn. */
const DRAWN = [10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480];

export interface Trained { certifiedOn: Day | null; validUntil: Day | null; lastTaughtOn: Day | null }

/** Why somebody should call a trainer, on a day: has a right to teach and never did; the certificate has run out; taught last more than half a year ago. `null`: nothing, or no right that could be used. */
export function alarmOf(t: Trained, day: Day): TrainerFigures['alarm'] {
  if (t.validUntil !== null && t.validUntil <= day) return 'expired';
  if (t.validUntil === null) return null;
  if (t.lastTaughtOn === null) return 'never-taught';
  return addMonths(t.lastTaughtOn, IDLE_MONTHS) < day ? 'no-class' : null;
}

/** What somebody reached a month since they were certified; months begun count whole, the first one too. */
export function yieldSince(certifiedOn: Day, day: Day, people: number): { day: Day; months: number; perMonth: number } {
  let months = 1;
  while (addMonths(certifiedOn, months) < day) months++;
  return { day: certifiedOn, months, perMonth: Math.round((people / months) * 10) / 10 };
}

/** What the trainers of a group have in common: the mean gain of a learner (beyond that of the tier, about 0), the spread of learners of one trainer, and the spread of trainers. Shares (0–1), variances. */
export interface Common { mean: number; within: number; between: number }

/**
 * Mean and both variances from trainers with ten pairs or more, by the moments of a one-way analysis of variance with unequal groups (Searle, Casella, McCulloch, Variance Components, 1992, §3.6).
 * `null` with fewer than two of them: there is nothing to compare.
 */
export function commonOf(gains: readonly Sample[]): Common | null {
  const used = gains.filter((g) => g.n >= SHOWN_FROM);
  if (used.length < 2) return null;
  const all = together(used);
  const within = used.reduce((sum, g) => sum + varianceOf(g) * (g.n - 1), 0) / (all.n - used.length);
  const square = used.reduce((sum, g) => sum + g.n * (meanOf(g) - meanOf(all)) ** 2, 0) / (used.length - 1);
  const size = (all.n - used.reduce((sum, g) => sum + g.n ** 2, 0) / all.n) / (used.length - 1);
  return { mean: meanOf(all), within, between: Math.max(0, (square - within) / size) };
}

/** 95 % control limits at `n` learners if trainers did not differ at all (funnel plot; Spiegelhalter, Statistics in Medicine 24:1185, 2005). Shares. */
export const limitsAt = (c: Common, n: number): { low: number; high: number } => ({ low: c.mean - Z * Math.sqrt(c.within / n), high: c.mean + Z * Math.sqrt(c.within / n) });

/**
 * What to expect of a trainer: the own mean drawn towards that of all, the more the fewer learners there were (empirical Bayes; Efron and Morris, JASA 70:311, 1975). With no spread between
 * trainers it is the common mean; with many learners the own.
 */
export function expectedOf(c: Common, own: Sample): number {
  if (own.n === 0) return c.mean;
  const weight = c.between === 0 ? 0 : c.between / (c.between + c.within / own.n);
  return c.mean + weight * (meanOf(own) - c.mean);
}

/**
 * How far a trainer's learners gained more or less than their tiers do (`own`: gains beyond the mean of the tier; `usual`: that mean), the gain to expect of the next class, and whether it lies outside the limits. Fewer than ten
 * learners judge nobody.
 */
export function judged(c: Common | null, own: Sample, usual: number): Pick<TrainerFigures, 'against' | 'expected' | 'outside'> {
  const expected = c && own.n > 0 ? points(usual + expectedOf(c, own)) : null;
  if (own.n < SHOWN_FROM) return { against: null, expected, outside: null };
  const { low, high } = c ? limitsAt(c, own.n) : { low: -Infinity, high: Infinity };
  return { against: points(meanOf(own)), expected, outside: meanOf(own) < low ? 'below' : meanOf(own) > high ? 'above' : null };
}

/** The funnel in points: the common mean and the limits, up to the largest number of learners. */
export function funnelOf(c: Common | null, gains: readonly Sample[]): Trainers['funnel'] {
  if (!c) return null;
  const most = Math.max(...gains.map((g) => g.n));
  const at = [...DRAWN.filter((n) => n < most), most];
  return { mean: points(c.mean), spread: points(Math.sqrt(c.within)), limits: at.map((n) => { const l = limitsAt(c, n); return { n, low: points(l.low), high: points(l.high) }; }) };
}
