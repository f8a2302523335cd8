import jstat from 'jstat';

/** A sample as its size, sum and sum of squares: all that means, variances and tests need, and it adds up. */
export interface Sample { n: number; sum: number; squares: number }
export interface Interval { low: number; high: number }

export const meanOf = (s: Sample): number => s.sum / s.n;
/** Unbiased variance (n − 1); 0 for fewer than two. */
export const varianceOf = (s: Sample): number => (s.n < 2 ? 0 : Math.max(0, (s.squares - s.sum ** 2 / s.n) / (s.n - 1)));
/** Several samples as one. */
export const together = (samples: readonly Sample[]): Sample => samples.reduce((a, b) => ({ n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares }), { n: 0, sum: 0, squares: 0 });

/** Half the width of the 95 % interval of the mean (Student's t), in the unit of the sample; `null` with fewer than two. */
export const marginOf = (s: Sample): number | null => (s.n < 2 ? null : jstat.studentt.inv(0.975, s.n - 1) * Math.sqrt(varianceOf(s) / s.n));

/** 95 % interval of a share of `right` in `n`, 0–1, good also for small n and shares near 0 or 1 (Wilson, JASA 22:209, 1927). */
export function wilson(right: number, n: number): Interval {
  const z = 1.959964;
  if (n === 0) return { low: 0, high: 1 };
  const p = right / n;
  const middle = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Difference of two means (first − second) with its 95 % interval, variances not assumed equal (Welch, Biometrika 34:28, 1947; degrees of freedom by Satterthwaite). In the unit of the samples. `null`
 * with fewer than two in either.
 */
export function welch(a: Sample, b: Sample): { difference: number } & Interval | null {
  if (a.n < 2 || b.n < 2) return null;
  const difference = meanOf(a) - meanOf(b);
  const [va, vb] = [varianceOf(a) / a.n, varianceOf(b) / b.n];
  if (va + vb === 0) return { difference, low: difference, high: difference };
  const df = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const half = jstat.studentt.inv(0.975, df) * Math.sqrt(va + vb);
  return { difference, low: difference - half, high: difference + half };
}

/**
 * How much of the spread lies between groups (0: none; 1: all), as the intraclass correlation of a one-way analysis of variance with unequal groups (Donner, International Statistical Review 54:67, 1986),
 * and how probable such a spread between groups is by chance (F test). `null` with fewer than two groups of two.
 */
export function betweenGroups(groups: readonly Sample[]): { share: number; p: number } | null {
  const used = groups.filter((g) => g.n >= 2);
  const all = together(used);
  if (used.length < 2) return null;
  const [dfBetween, dfWithin] = [used.length - 1, all.n - used.length];
  const between = used.reduce((sum, g) => sum + g.n * (meanOf(g) - meanOf(all)) ** 2, 0) / dfBetween;
  const within = used.reduce((sum, g) => sum + varianceOf(g) * (g.n - 1), 0) / dfWithin;
  if (between === 0) return { share: 0, p: 1 };
  if (within === 0) return { share: 1, p: 0 };
  const size = (all.n - used.reduce((sum, g) => sum + g.n ** 2, 0) / all.n) / dfBetween;
  return { share: Math.max(0, (between - within) / (between + (size - 1) * within)), p: 1 - jstat.centralF.cdf(between / within, dfBetween, dfWithin) };
}
