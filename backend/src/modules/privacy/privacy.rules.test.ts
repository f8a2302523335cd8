import fc from 'fast-check';
import { addDays } from '@lantoa/shared/rules/days';
import { addWorkingDays, dueDays, isLate, standingOf } from './privacy.rules.ts';

test('two working days: from a Thursday to Monday, from a Saturday to Tuesday', () => {
  expect([addWorkingDays('2026-11-26', 2), addWorkingDays('2026-11-28', 2), addWorkingDays('2026-11-23', 2)]).toEqual(['2026-11-30', '2026-12-01', '2026-11-25']);
});
test('the days of the decree: ten to look and to put right, fifteen to withdraw, twenty to delete', () => {
  expect((['view', 'correct', 'withdraw', 'erase'] as const).map((k) => dueDays(k, '2026-11-02').doneBy)).toEqual(['2026-11-12', '2026-11-12', '2026-11-17', '2026-11-22']);
});
test('a working day never falls on a weekend, and n of them take at least n days', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 20 }), (from, n) => {
    const day = addDays('2024-01-01', from);
    const end = addWorkingDays(day, n);
    expect([0, 6]).not.toContain(new Date(`${end}T00:00:00Z`).getUTCDay());
    expect(end >= addDays(day, n)).toBe(true);
  }));
});
test('late without an answer after two working days, or undone after its day; what has ended is not late', () => {
  const r = { state: 'open', answeredOn: null, answerBy: '2026-11-04', doneBy: '2026-11-12' };
  expect([isLate(r, '2026-11-04'), isLate(r, '2026-11-05'), isLate({ ...r, state: 'answered', answeredOn: '2026-11-03' }, '2026-11-12'), isLate({ ...r, state: 'answered', answeredOn: '2026-11-03' }, '2026-11-13'), isLate({ ...r, state: 'done' }, '2027-01-01')]).toEqual([false, true, false, true, false]);
});

describe('an incident', () => {
  const found = new Date('2026-11-20T08:00:00Z');
  const after = (hours: number) => new Date(found.getTime() + hours * 3_600_000);
  test.each([
    ['open, and in time until the last second of 72 hours', [], 72, { state: 'open', late: false }],
    ['late from then on', [], 72.001, { state: 'open', late: true }],
    ['notes and words to the people do not report it', ['note', 'told'], 80, { state: 'open', late: true }],
    ['reported', ['note', 'reported'], 80, { state: 'reported', late: false }],
    ['closed, whatever came before', ['reported', 'closed'], 80, { state: 'closed', late: false }],
  ] as const)('%s', (_, kinds, hours, standing) => expect(standingOf(found, kinds.map((kind) => ({ kind })), after(hours))).toEqual({ ...standing, reportBy: new Date('2026-11-23T08:00:00Z') }));
});
