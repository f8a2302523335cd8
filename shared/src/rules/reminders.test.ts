import { fillIn, mayDisturb, mayRemind, nextChannel, smsParts, stageOf } from '@lantoa/shared/rules/reminders';

test.each([['2026-11-27T23:59:00Z', false], ['2026-11-28T00:00:00Z', true], ['2026-11-28T11:59:00Z', true], ['2026-11-28T12:00:00Z', false]])('%s: may people be disturbed? %s', (at, may) => expect(mayDisturb(new Date(at))).toBe(may));

test.each([['2026-11-26', null], ['2026-11-27', 'due'], ['2026-11-29', 'due'], ['2026-11-30', 'late'], ['2026-12-18', 'late'], ['2026-12-19', null]])('a refresher due on 27 November is on %s: %s', (today, stage) => expect(stageOf('2026-11-27', today)).toBe(stage));

test('at most once a week', () => {
  expect(mayRemind(null, '2026-11-27')).toBe(true);
  expect(mayRemind('2026-11-21', '2026-11-27')).toBe(false);
  expect(mayRemind('2026-11-20', '2026-11-27')).toBe(true);
});

test('a push first, then a message, then a letter; never the same one twice', () => {
  expect(nextChannel(['email', 'push', 'gateway'], [])).toBe('push');
  expect(nextChannel(['email', 'push', 'gateway'], ['push'])).toBe('gateway');
  expect(nextChannel(['push'], ['push'])).toBeNull();
  expect(nextChannel(['in-app'], [])).toBeNull();
});

test('a text knows how many messages it is', () => {
  expect(smsParts('Lan Toa: con bai on 5 cau')).toEqual({ characters: 25, parts: 1, plain: true });
  expect(smsParts('ô'.repeat(71))).toEqual({ characters: 71, parts: 2, plain: false });
  expect(smsParts('a'.repeat(161)).parts).toBe(2);
  expect(fillIn('{n} câu, hạn {day}, {unknown}', { n: 5, day: '27/11' })).toBe('5 câu, hạn 27/11, {unknown}');
});
