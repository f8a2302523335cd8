import { cardOf, corrected } from './attendance.rules.ts';
import { hallCode, isHallCode } from './hall-code.ts';

const KEY = Buffer.from('0123456789abcdef');
const at = (iso: string) => new Date(`2026-12-01T${iso}Z`);

describe('the code of the hall', () => {
  const { code, changesAt } = hallCode(KEY, at('01:00:10'));
  test('it changes every half minute', () => {
    expect(changesAt).toEqual(at('01:00:30'));
    expect(hallCode(KEY, at('01:00:29')).code).toBe(code);
    expect(hallCode(KEY, at('01:00:30')).code).not.toBe(code);
  });
  test.each([['01:00:12', true], ['01:01:50', true], ['01:05:00', false], ['00:50:00', false]])('scanned at %s: %s', (when, ok) => expect(isHallCode(KEY, code, at(when))).toBe(ok));
  test('of another session, or made up', () => expect([isHallCode(Buffer.from('another key'), code, at('01:00:12')), isHallCode(KEY, code.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), at('01:00:12')), isHallCode(KEY, 'x', at('01:00:12'))]).toEqual([false, false, false]));
});

test('a clock that is three days ahead does no harm', () => expect(corrected('2026-12-04T01:00:00Z', '2026-12-04T01:10:00Z', at('01:10:00'))).toEqual(at('01:00:00')));
test('nothing was done later than now', () => expect(corrected('2026-12-04T01:00:00Z', undefined, at('01:10:00'))).toEqual(at('01:10:00')));
test.each([['https://x.vn/vao/k#abcdefghijklmnopqrstuvwxyz', { slip: 'abcdefghijklmnopqrstuvwxyz' }], ['https://x.vn/v/abcdefghijklmnop', { certificate: 'abcdefghijklmnop' }], ['https://x.vn/other', null]])('%s', (code, card) => expect(cardOf(code)).toEqual(card));
