import fc from 'fast-check';
import { behindPlan, dropBetween, emptyPlaces, expiredOf, gainOf, reachOf, retentionOf, scoreOf, shareOf } from './measures.rules.ts';
import type { Sample } from './statistics.rules.ts';

const of = (shares: readonly number[]): Sample => ({ n: shares.length, sum: shares.reduce((a, b) => a + b, 0), squares: shares.reduce((a, b) => a + b * b, 0) });
const people = (n: number, share: number): Sample => of(Array.from({ length: n }, () => share));
const mixed = of([...Array.from({ length: 5 }, () => 0.5), ...Array.from({ length: 5 }, () => 1)]);

describe('score', () => {
  // Standard deviation of five halves and five wholes .2635; t for 9 degrees 2.262; .2635 ÷ √10 × 2.262 = .1885.
  test('the mean share of anchors right, on 0–100, with its margin', () => expect(scoreOf(mixed)).toEqual({ mean: 75, n: 10, margin: 18.9 }));
  test('a half is rounded up, also where the sum, kept to a billionth, falls just short of it', () => expect([17.7, 17.7 - 1e-8].map((sum) => scoreOf({ n: 24, sum, squares: 14 }).mean)).toEqual([73.8, 73.8]));
  test('hidden below ten people', () => expect(scoreOf(people(9, 0.5))).toEqual({ mean: null, n: 9, margin: null }));
  test('always between 0 and 100', () => fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10 }), (shares) => {
    const { mean } = scoreOf(of(shares));
    expect(mean).toBeGreaterThanOrEqual(0);
    expect(mean).toBeLessThanOrEqual(100);
  })));
});

describe('drop between tiers', () => {
  test('points lost, with the interval', () => expect(dropBetween(people(150, 0.842), people(600, 0.739))).toEqual({ points: 10.3, low: 10.3, high: 10.3 }));
  test('a gain is a negative drop', () => expect(dropBetween(people(50, 0.7), people(50, 0.75))?.points).toBe(-5));
  test('the first tier has none, nor has a hidden one', () => expect([dropBetween(undefined, people(50, 0.7)), dropBetween(people(4, 0.9), people(50, 0.7))]).toEqual([null, null]));
});

test('gain counts pairs only, and hides fewer than ten', () => expect([gainOf(people(10, 0.25)), gainOf(people(9, 0.25))]).toEqual([{ points: 25, pairs: 10, margin: 0 }, { points: null, pairs: 9, margin: null }]));
test('reach says nothing without a target, and may pass 1', () => expect([reachOf(2, 4), reachOf(6, 4), reachOf(1, 0)]).toEqual([0.5, 1.5, null]));
test('retention: later ÷ then, of ten people or more', () => expect([retentionOf({ n: 10, post: 8, later: 6 }), retentionOf({ n: 9, post: 8, later: 6 }), retentionOf({ n: 12, post: 0, later: 3 })]).toEqual([{ share: 0.75, n: 10 }, { share: null, n: 9 }, { share: null, n: 12 }]));
test('behind the plan, and never ahead of it', () => expect([behindPlan(100, 80), behindPlan(80, 100)]).toEqual([20, 0]));
test('places with nobody, and certificates that have run out, are what is left over', () => expect([emptyPlaces(102, 2), expiredOf(10, 7)]).toEqual([100, 3]));
test('a share has an interval that holds it; nothing has none', () => {
  expect(shareOf(0, 0)).toBeNull();
  fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, p) => {
    const s = shareOf(Math.floor(p * n), n) as { share: number; low: number; high: number };
    expect(s.low <= s.share + 1e-12 && s.share <= s.high + 1e-12 && s.low >= 0 && s.high <= 1).toBe(true);
  }));
});
