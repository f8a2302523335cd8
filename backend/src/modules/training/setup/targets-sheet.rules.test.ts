import { readTargets } from './targets-sheet.rules.ts';

test('a sheet as an office makes it: titles, numbers with dots, a total', () => expect(readTargets([['CHỈ TIÊU TẬP HUẤN NĂM 2026'], [null], ['STT', 'Đơn vị', 'Chỉ tiêu (người)'], [1, 'Xã Đắk Pék', 120], [2, 'Xã Bờ Y', '1.200'], [3, 'Xã Xốp', 'nhiều'], [4, 'Xã Mường Hoong', null], [null, 'Tổng cộng', 1320]])).toEqual([
  { row: 4, typed: 'Xã Đắk Pék', people: 120, odd: false }, { row: 5, typed: 'Xã Bờ Y', people: 1200, odd: false }, { row: 6, typed: 'Xã Xốp', people: null, odd: true }, { row: 7, typed: 'Xã Mường Hoong', people: null, odd: false },
]));
test('no header: nothing is guessed', () => expect(readTargets([['một', 'hai'], ['Xã Xốp', 10]])).toBeNull());
