import { readPhoneCell } from './phone-cell.rules.ts';

test.each([
  ['0905 123 456', []], ['0905.123.456', []], ['(+84) 905-123-456', []], ['84905123456', []], ['905123456', ['phone-lost-zero']], ['9.05123456E8', ['phone-lost-zero']], ['ĐT: 0905123456', []], ['0905123456 (Zalo)', []], ['O905123456', []],
  ['0905123456/0912345678', ['phone-two']], ['0905 123 456 - 0912 345 678', ['phone-two']], ['0905123456; 0912345678', ['phone-two']], ['0905123456\n0912345678', ['phone-two']], ['09051234560912345678', ['phone-two']], ['0905 123 456 0912 345 678', ['phone-two']], ['0905123456/457', ['phone-two']],
  ["'0905123456", []], ['０９０５１２３４５６', []],
])('%s is 0905 123 456', (typed, problems) => expect(readPhoneCell(typed)).toEqual({ phone: '+84905123456', problems }));
test('a prefix of before 2018 becomes the one of today', () => expect(readPhoneCell('0163 7123 456')).toEqual({ phone: '+84337123456', problems: ['phone-old-prefix'] }));
test('a landline stays one', () => expect(readPhoneCell('0260 3862 123')).toEqual({ phone: '+842603862123', problems: [] }));
test.each([['091234567', 'phone-length'], ['12345', 'phone-length'], ['chưa có', 'phone-format'], ['xxx', 'phone-format']])('%s is none: %s', (typed, code) => expect(readPhoneCell(typed)).toEqual({ phone: null, problems: [code] }));
