import fc from 'fast-check';
import { outlookOf, reachedIn } from './forecast.rules.ts';

const none = new Map<number, number>();
const steady = Array.from({ length: 26 }, () => 10);

describe('how many will have passed', () => {
  test('a steady pace goes on, without doubt', () => expect(outlookOf({ passed: 100, target: 200, pace: steady, fills: [], planned: none }, 3)).toEqual([{ week: 0, expected: 110, low: 110, high: 110 }, { week: 1, expected: 120, low: 120, high: 120 }, { week: 2, expected: 130, low: 130, high: 130 }]));
  test('an uneven pace has the same middle and a wide interval: after four weeks ± 1.96 × √(4 × 10.2² + 16 × 10.2² ÷ 26)', () => {
    const [, , , last] = outlookOf({ passed: 100, target: 0, pace: Array.from({ length: 26 }, (_, i) => (i % 2 ? 20 : 0)), fills: [], planned: none }, 4);
    // Spread 10.198: √(416 + 64) = 21.9; × 1.96 = 42.9.
    expect(last).toEqual({ week: 3, expected: 140, low: 100, high: 183 });
  });
  test('a planned class brings its places times what classes brought so far', () => expect(outlookOf({ passed: 0, target: 100, pace: [], fills: [0.9, 0.7], planned: new Map([[1, 50]]) }, 2).map((o) => o.expected)).toEqual([0, 40]));
  test('a small planned class does not slow a faster pace', () => expect(outlookOf({ passed: 0, target: 100, pace: steady, fills: [1, 1], planned: new Map([[0, 5]]) }, 1)[0]?.expected).toBe(10));
  test('not beyond the target', () => expect(outlookOf({ passed: 100, target: 115, pace: steady, fills: [], planned: none }, 3).map((o) => [o.expected, o.high])).toEqual([[110, 110], [115, 115], [115, 115]]));
  test('never below what is reached, never upside down, never falling', () => fc.assert(fc.property(fc.nat(500), fc.array(fc.nat(60), { maxLength: 26 }), fc.array(fc.double({ min: 0, max: 1.2, noNaN: true }), { maxLength: 8 }), fc.dictionary(fc.constantFrom('0', '1', '5'), fc.integer({ min: 1, max: 80 })), (passed, pace, fills, planned) => {
    const o = outlookOf({ passed, target: 0, pace, fills, planned: new Map(Object.entries(planned).map(([k, v]) => [Number(k), v])) }, 8);
    for (const [i, x] of o.entries()) expect([x.low >= passed, x.low <= x.expected, x.expected <= x.high, x.expected >= (o[i - 1]?.expected ?? passed)]).toEqual([true, true, true, true]);
  })));
});

describe('when the target is reached', () => {
  const c = { passed: 100, target: 130, pace: steady, fills: [], planned: none };
  test('in the week that the middle gets there', () => expect(reachedIn(c, outlookOf(c))).toBe(3));
  test('already, and not within a year', () => expect([reachedIn({ ...c, target: 90 }, []), reachedIn({ ...c, target: 5000 }, outlookOf(c))]).toEqual([0, null]));
});
