import fc from 'fast-check';
import type { Sample } from '../statistics.rules.ts';
import { alarmOf, commonOf, expectedOf, funnelOf, judged, limitsAt, yieldSince } from './trainers.rules.ts';

/** `n` learners of whom half gained `low` and half `high`. */
const gains = (n: number, low: number, high: number): Sample => ({ n, sum: (n / 2) * (low + high), squares: (n / 2) * (low ** 2 + high ** 2) });

describe('whom to call', () => {
  const day = '2026-06-01';
  test.each([
    ['the certificate has run out', { certifiedOn: '2024-05-01', validUntil: '2026-05-01', lastTaughtOn: '2026-04-01' }, 'expired'],
    ['may teach and never did', { certifiedOn: '2026-01-01', validUntil: '2028-01-01', lastTaughtOn: null }, 'never-taught'],
    ['no class for more than six months', { certifiedOn: '2025-01-01', validUntil: '2027-01-01', lastTaughtOn: '2025-11-30' }, 'no-class'],
    ['six months to the day is in time', { certifiedOn: '2025-01-01', validUntil: '2027-01-01', lastTaughtOn: '2025-12-01' }, null],
    ['no right to teach: nobody to call', { certifiedOn: null, validUntil: null, lastTaughtOn: null }, null],
  ] as const)('%s', (_, trained, alarm) => expect(alarmOf(trained, day)).toBe(alarm));
});

test('what somebody reached a month: the first month counts whole', () => expect([yieldSince('2026-01-15', '2026-01-20', 30), yieldSince('2026-01-15', '2026-04-15', 30), yieldSince('2026-01-15', '2026-04-16', 30)]).toEqual([{ day: '2026-01-15', months: 1, perMonth: 30 }, { day: '2026-01-15', months: 3, perMonth: 10 }, { day: '2026-01-15', months: 4, perMonth: 7.5 }]));

describe('the funnel', () => {
  // Two trainers of 20: means .4 and .6, each spread ± .1. Within: 2 × 20 × .01 ÷ 38 = .010526; between: (.4 − .010526) ÷ 20 = .019474.
  const two = [gains(20, 0.3, 0.5), gains(20, 0.5, 0.7)];
  const common = commonOf(two) as NonNullable<ReturnType<typeof commonOf>>;
  test('mean and both variances, worked out by hand', () => expect([common.mean, common.within, common.between].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([0.5, 0.010526, 0.019474]));
  test('limits at 20 learners: .5 ± 1.96 × √(.010526 ÷ 20) = .5 ± .045', () => expect([limitsAt(common, 20).low, limitsAt(common, 20).high].map((x) => Math.round(x * 1000))).toEqual([455, 545]));
  test('both lie outside; each is expected nearer to the middle: weight .019474 ÷ (.019474 + .000526) = .974', () => expect(two.map((g) => judged(common, g, 0))).toEqual([{ against: 40, expected: 40.3, outside: 'below' }, { against: 60, expected: 59.7, outside: 'above' }]));
  test('fewer than ten learners: no gain is shown and nobody is judged, but something can be expected', () => expect(judged(common, gains(8, 0.9, 0.9), -0.2)).toEqual({ against: null, expected: 67.5, outside: null }));
  test('nobody to compare with: no funnel', () => expect([commonOf([gains(20, 0.3, 0.5), gains(8, 0, 1)]), funnelOf(null, two)]).toEqual([null, null]));
  test('what is expected lies between the own mean and that of all', () => fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: -1, max: 1, noNaN: true }), (n, mean) => {
    const e = expectedOf(common, { n, sum: n * mean, squares: n * mean ** 2 });
    expect(e >= Math.min(mean, common.mean) - 1e-9 && e <= Math.max(mean, common.mean) + 1e-9).toBe(true);
  })));
});
