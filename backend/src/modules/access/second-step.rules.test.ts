import fc from 'fast-check';
import { codeAt, enrolmentOf, recoveryDigits, stepOf } from './second-step.rules.ts';

/** RFC 6238, appendix B: the ASCII secret of its SHA-1 vectors; the last six of its eight digits. */
const RFC = new TextEncoder().encode('12345678901234567890');
test.each([[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037']])('the code of RFC 6238 at second %i', (second, code) => {
  const at = new Date(second * 1000);
  expect([codeAt(RFC, at), stepOf(RFC, code, at, -1)]).toEqual([code, Math.floor(second / 30)]);
});
test('a code is good for one step of a wrong clock either way, once, and never again after a later one', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }), fc.integer({ min: -3, max: 3 }), (secret, second, drift) => {
    const at = new Date(second * 1000);
    const step = Math.floor(second / 30) + drift;
    const code = codeAt(secret, new Date(step * 30_000));
    const found = stepOf(secret, code, at, 0);
    if (Math.abs(drift) <= 1) expect(stepOf(secret, code, at, found as number)).toBeNull();
    // By chance two steps may have the same code; then it is the nearer one.
    if (found !== null && Math.abs(drift) <= 1) expect(codeAt(secret, new Date(found * 30_000))).toBe(code);
    expect(stepOf(secret, code, at, Math.floor(second / 30) + 1)).toBeNull();
  }));
});
test('what is no code is none; spaces do not matter', () => {
  const at = new Date(59_000);
  expect(['', '28708', '2870822', 'abcdef', "1' or '1'='1"].map((c) => stepOf(RFC, c, at, -1))).toEqual([null, null, null, null, null]);
  expect(stepOf(RFC, ' 287 082 ', at, -1)).toBe(1);
  expect(recoveryDigits(' ABCD-2345 ef ')).toBe('abcd2345ef');
});
test('an app can take the secret by address or by hand', () => {
  expect(enrolmentOf(RFC, 'QB 123')).toEqual({ link: expect.stringMatching(/^otpauth:\/\/totp\/Lan%20To%E1%BA%A3:QB%20123\?.*secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ/), typed: 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ' });
});
