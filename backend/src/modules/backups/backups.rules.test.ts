import fc from 'fast-check';
import { isDue, isLate, toForget } from './backups.rules.ts';

const at = (iso: string) => new Date(iso);
const NOW = at('2026-11-27T03:00:00Z');
const DAY = 86_400_000;

test('each of a week, one a week for five more, one a month for a year', () => {
  const daily = Array.from({ length: 500 }, (_, i) => ({ at: new Date(NOW.getTime() - i * DAY) }));
  const gone = new Set(toForget(daily, NOW));
  const kept = daily.filter((c) => !gone.has(c)).map((c) => Math.round((NOW.getTime() - c.at.getTime()) / DAY));
  expect(kept.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(kept.filter((d) => d >= 7 && d < 42).length).toBeGreaterThanOrEqual(5);
  expect(kept.filter((d) => d >= 42).length).toBeGreaterThanOrEqual(10);
  expect(kept.length).toBeLessThan(28);
});
test('the newest stays, whatever its age, and forgetting again forgets nothing more', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 900 * 24 }), { minLength: 1, maxLength: 60 }), (hours) => {
    const copies = hours.map((h) => ({ at: new Date(NOW.getTime() - h * 3_600_000) }));
    const gone = new Set(toForget(copies, NOW));
    const left = copies.filter((c) => !gone.has(c));
    expect(Math.max(...left.map((c) => c.at.getTime()))).toBe(Math.max(...copies.map((c) => c.at.getTime())));
    expect(toForget(left, NOW)).toEqual([]);
  }));
});
test('late after a day and two hours', () => {
  expect([isLate(at("2026-11-26T01:30:00Z"), NOW), isLate(at("2026-11-26T00:30:00Z"), NOW)]).toEqual([false, true]);
});
test('due once after two at night in Vietnam, also when the program stood still then', () => {
  // 03:00 UTC is ten in the morning there; two o’clock was 19:00 UTC of the day before.
  expect([isDue(at('2026-11-26T18:59:00Z'), NOW, 2), isDue(at('2026-11-26T19:01:00Z'), NOW, 2)]).toEqual([true, false]);
  expect(isDue(at('2026-11-26T19:01:00Z'), at('2026-11-27T18:59:00Z'), 2)).toBe(false);
  expect(isDue(at('2026-11-26T19:01:00Z'), at('2026-11-27T19:00:00Z'), 2)).toBe(true);
});
