import fc from 'fast-check';
import { addDays, daysBetween } from '@lantoa/shared/rules/days';
import { type Askable, calendarOf, comesForward, pickQuestions } from '@lantoa/shared/rules/refreshers';

const memory = (stability: number, lastDay: string, lastRight = true) => ({ stability, difficulty: 5, lastDay, lastRight });

test('a certificate of 24 months: after 7, 30, 90 and 180 days, half-yearly, and 30 days before it ends', () => {
  expect(calendarOf('2024-12-01', '2026-12-01')).toEqual([
    { stage: 'd7', dueOn: '2024-12-08' }, { stage: 'd30', dueOn: '2024-12-31' }, { stage: 'd90', dueOn: '2025-03-01' }, { stage: 'd180', dueOn: '2025-05-30' },
    { stage: 'm12', dueOn: '2025-12-01' }, { stage: 'm18', dueOn: '2026-06-01' }, { stage: 'before-expiry', dueOn: '2026-11-01' },
  ]);
});

test('whatever its length, refreshers of a certificate are in order, apart, and end before it does', () => {
  fc.assert(fc.property(fc.integer({ min: 60, max: 2000 }), (days) => {
    const stages = calendarOf('2024-02-29', addDays('2024-02-29', days));
    for (let i = 1; i < stages.length; i++) expect(daysBetween(stages[i - 1]?.dueOn as string, stages[i]?.dueOn as string)).toBeGreaterThanOrEqual(14);
    expect(stages.at(-1)).toEqual({ stage: 'before-expiry', dueOn: addDays('2024-02-29', days - 30) });
  }));
});

const DAY = '2026-06-01';
const bank = (seen: number, failed: number, fresh: number): Askable[] => [
  ...Array.from({ length: seen }, (_, i) => ({ questionId: `seen${i}`, topic: 't', memory: memory(5 + i * 10, '2026-01-01') })),
  ...Array.from({ length: failed }, (_, i) => ({ questionId: `failed${i}`, topic: 't', memory: memory(1000, '2026-05-20', false) })),
  ...Array.from({ length: fresh }, (_, i) => ({ questionId: `fresh${i}`, topic: 't', memory: null })),
];

test('ten questions: six that are about to be forgotten, two that were wrong, two that are new', () => {
  const picked = pickQuestions(bank(20, 5, 20), 10, DAY, 'somebody');
  const of = (kind: string) => picked.filter((id) => id.startsWith(kind));
  expect([of('seen').length, of('failed').length, of('fresh').length]).toEqual([6, 2, 2]);
  expect(of('seen').sort()).toEqual(['seen0', 'seen1', 'seen2', 'seen3', 'seen4', 'seen5']);
});

test('what one kind lacks another fills; no question twice; never more than there are', () => {
  fc.assert(fc.property(fc.nat(12), fc.nat(12), fc.nat(12), fc.integer({ min: 5, max: 10 }), fc.string(), (seen, failed, fresh, n, seed) => {
    const picked = pickQuestions(bank(seen, failed, fresh), n, DAY, seed);
    expect(picked).toHaveLength(Math.min(n, seen + failed + fresh));
    expect(new Set(picked).size).toBe(picked.length);
  }));
  expect(pickQuestions(bank(0, 0, 30), 5, DAY, 'a')).not.toEqual(pickQuestions(bank(0, 0, 30), 5, DAY, 'b'));
});

test('a topic that has faded brings the next one forward, at most once in fourteen days', () => {
  expect([comesForward(true, addDays(DAY, -13), DAY), comesForward(true, addDays(DAY, -14), DAY), comesForward(true, null, DAY), comesForward(false, null, DAY)]).toEqual([false, true, true, false]);
});
