import fc from 'fast-check';
import { addDays } from '@lantoa/shared/rules/days';
import { CURVE, type Memory, recallOn, remember, replay } from '@lantoa/shared/rules/memory';

const DAY = '2026-01-01';
const after = (days: number[], right: boolean[]) => days.map((d, i) => ({ questionId: 'q', day: addDays(DAY, d), right: right[i] ?? true }));

test('right answers at growing distances make a memory that lasts; a wrong one breaks it', () => {
  const good = replay(after([0, 7, 30, 90], [])).get('q') as Memory;
  const failed = replay(after([0, 7, 30, 90], [true, true, true, false])).get('q') as Memory;
  expect(recallOn(good, addDays(DAY, 180))).toBeGreaterThan(0.85);
  expect(failed.stability).toBeLessThan(good.stability / 4);
  expect(failed.lastRight).toBe(false);
});

test('refreshers after 7, 30, 90 and 180 days keep recall after a year at about 0.9, without them it falls below 0.65', () => {
  const kept = replay(after([0, 7, 30, 90, 180], [])).get('q') as Memory;
  const left = replay(after([0], [])).get('q') as Memory;
  expect(recallOn(kept, addDays(DAY, 365))).toBeGreaterThan(0.88);
  expect(recallOn(left, addDays(DAY, 365))).toBeLessThan(0.65);
});

test('what was never asked is not known; a second answer on the same day says nothing', () => {
  expect(recallOn(null, DAY)).toBe(0);
  const first = remember(null, { day: DAY, right: false });
  expect(remember(first, { day: DAY, right: true })).toBe(first);
});

test('the order in which answers arrive changes nothing: phone and server come to the same', () => {
  const review = fc.record({ questionId: fc.constantFrom('a', 'b', 'c'), day: fc.nat(400).map((n) => addDays(DAY, n)), right: fc.boolean() });
  // Of two answers on one day the first one counts; here they agree.
  const log = fc.array(review, { maxLength: 40 }).map((rs) => [...new Map(rs.map((r) => [`${r.questionId} ${r.day}`, r])).values()]);
  fc.assert(fc.property(log, fc.infiniteStream(fc.nat()), (reviews, order) => {
    const arrived = reviews.map((r) => ({ r, at: order.next().value })).sort((a, b) => a.at - b.at).map(({ r }) => r);
    expect(replay(arrived)).toEqual(replay(reviews));
  }));
});

test('the curve of the database is the curve of the phone', () => {
  fc.assert(fc.property(fc.double({ min: 0.1, max: 400, noNaN: true }), fc.nat(700), (stability, days) => {
    const inSql = (1 + (CURVE.factor * days) / stability) ** CURVE.decay;
    expect(recallOn({ stability, difficulty: 5, lastDay: DAY, lastRight: true }, addDays(DAY, days))).toBeCloseTo(inSql, 5);
  }));
});
