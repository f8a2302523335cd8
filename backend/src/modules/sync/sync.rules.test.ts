import fc from 'fast-check';
import type { Operation } from '@lantoa/shared/sync';
import { correctedAt, missingBelow, outcomeOf, together } from './sync.rules.ts';

test.each([[200, 'done'], [204, 'done'], [400, 'refused'], [403, 'refused'], [404, 'refused'], [409, 'refused'], [401, 'again'], [408, 'again'], [429, 'again'], [500, 'again'], [503, 'again']])('an answer of %d means %s', (status, outcome) => {
  expect(outcomeOf(status)).toBe(outcome);
});

test('a clock that is ahead or behind is put right, and nothing was done after it was heard of', () => {
  const heard = new Date('2026-11-26T10:00:00Z');
  expect(correctedAt(new Date('2026-11-29T09:00:00Z'), 3 * 86_400_000, heard).toISOString()).toBe('2026-11-26T09:00:00.000Z');
  expect(correctedAt(new Date('2026-11-26T08:00:00Z'), -3_600_000, heard).toISOString()).toBe('2026-11-26T09:00:00.000Z');
  expect(correctedAt(new Date('2026-11-26T11:00:00Z'), 0, heard)).toEqual(heard);
});

test('missing numbers are those below the highest that were never heard of', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (heard) => {
    const missing = missingBelow(heard, 1000);
    const all = [...heard, ...missing].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: Math.max(0, ...heard) }, (_, i) => i + 1));
  }));
  expect(missingBelow([100], 50)).toHaveLength(50);
});

test('neighbours of one list are done together, in their order; others stand alone', () => {
  const op = (seq: number, endpoint: string, id: string): Operation => ({ opId: `${seq}`, seq, endpoint, input: { params: { id }, body: {} }, deviceAt: '2026-11-26T00:00:00Z' });
  const operations = [op(1, 'start', 'a'), op(2, 'save', 'a'), op(3, 'save', 'a'), op(4, 'save', 'b'), op(5, 'start', 'c'), op(6, 'start', 'c'), op(7, 'save', 'a'), op(8, 'save', 'a'), op(9, 'save', 'a')];
  expect(together(operations, (name) => (name === 'save' ? 'answers' : undefined), 2).map((g) => g.map((o) => o.seq))).toEqual([[1], [2, 3], [4], [5], [6], [7, 8], [9]]);
});
