import { commonSecrets } from './guessable-secrets.ts';
import { passwordFault, pinFault, slipDigits } from './secrets.rules.ts';

test.each([
  ['123456', 'sequence'], ['654321', 'sequence'], ['111111', 'repeated'], ['12345', 'format'], ['12a456', 'format'], ['198741', 'birth-year'], ['696969', 'common'], ['147258', 'common'], ['482913', null],
])('PIN %s of somebody born in 1987: %s', async (pin, fault) => expect(pinFault(pin, 1987, await commonSecrets())).toBe(fault));

test.each([
  ['ngắn quá', 'short'], ['aaaaaaaaaaaa', 'repeated'], ['xin chào KT-47392', 'own-data'], ['1234567890', 'common'], ['Qwertyuiop', 'common'], ['football2026!', 'common'], ['cà phê chồn 3 ly', null],
])('password "%s": %s', async (password, fault) => expect(passwordFault(password, ['KT-47392', ''], await commonSecrets())).toBe(fault));

test('a slip code is read with or without its gap', () => expect(slipDigits('4829 13-57')).toBe('48291357'));
