import { readTable, yearOf } from './roster-table.rules.ts';

const HEAD = ['STT', 'Họ và tên', 'Năm sinh', 'Nam', 'Nữ', 'Dân tộc', 'Chức vụ', 'Đơn vị', 'Số điện thoại', 'Ghi chú'];
const TITLES = [['HỘI LIÊN HIỆP PHỤ NỮ TỈNH KON TUM'], ['DANH SÁCH HỌC VIÊN'], [null]];
const sheet = (...rows: (string | number | Date | null)[][]) => readTable('Danh sách', [...TITLES, HEAD, ...rows]);

test('a person below title rows, with the marks of the sex in two columns', () => {
  expect(sheet([1, 'Y Blŏ', 1987, null, 'x', 'Xơ Đăng', 'Tuyên truyền viên', 'Thôn Chốt, Xã Bờ Y', '0905 123 456', null])?.rows).toEqual([
    { row: 5, name: 'Y Blŏ', birthYear: 1987, sex: 'female', ethnicity: 'Xơ Đăng', position: 'Tuyên truyền viên', unit: 'Thôn Chốt, Xã Bờ Y', phone: '+84905123456', phoneTyped: '0905 123 456', problems: [] },
  ]);
});

test('a phone that lost its zero gets it back, and says so', () => expect(sheet([1, 'A Thiu', 1990, 'x', null, '', '', 'Xã Xốp', 912534411, null])?.rows[0]).toMatchObject({ phone: '+84912534411', problems: ['phone-lost-zero'] }));
test('a phone of nine digits that begins with zero is one short', () => expect(sheet([1, 'A Thiu', 1990, 'x', null, '', '', 'Xã Xốp', '091234567', null])?.rows[0]).toMatchObject({ phone: null, problems: ['phone-length'] }));
test('the total line is not a person, and its number is read', () => expect(sheet([1, 'A Thiu', 1990, 'x', null, '', '', 'Xã Xốp', null, null], [null], [null, 'Danh sách này có 1 người.'])).toMatchObject({ rows: [{ name: 'A Thiu' }], ignored: [{ row: 7 }], said: 1 }));
test('a numbered row without a name is a person with a problem', () => expect(sheet([1, null, null, null, null, null, null, null, null, null])?.rows[0]?.problems).toEqual(['name-missing', 'birth-year-missing', 'sex-missing', 'unit-missing']));
test('both sexes ticked', () => expect(sheet([1, 'A', 1990, 'x', 'x', '', '', 'Xã Xốp', null, null])?.rows[0]).toMatchObject({ sex: null, problems: ['sex-both'] }));
test('markup and formulas are refused, a name with an apostrophe is not', () => {
  expect(sheet([1, '<b>A</b>', 1990, 'x', null, '', '', 'Xã Xốp', null, null])?.rows[0]?.problems).toEqual(['cell-markup']);
  expect(sheet([1, '=HYPERLINK("x")', 1990, 'x', null, '', '', 'Xã Xốp', null, null])?.rows[0]?.problems).toEqual(['cell-formula']);
  expect(sheet([1, "Ksor H'Nhŭng", 1990, null, 'x', '', '', 'Xã Xốp', '+84905123456', null])?.rows[0]?.problems).toEqual([]);
});
test('a header in two rows', () => {
  const reading = readTable('S', [['TT', 'Họ tên', 'Giới tính', null, 'Năm sinh', 'Đơn vị'], [null, null, 'Nam', 'Nữ', null, null], [1, 'Y Xuân', null, 'x', '2/9/1990', 'Xã Xốp']]);
  expect(reading?.rows[0]).toMatchObject({ row: 3, name: 'Y Xuân', sex: 'female', birthYear: 1990 });
});
test('no header: nothing is guessed', () => expect(readTable('S', [['một', 'hai'], ['Y Xuân', 1990]])).toBeNull());
test.each([[1987, 1987], ['1987', 1987], ['1/12/1987', 1987], ['1/12/87', 1987], [new Date('1987-12-01'), 1987], ['không rõ', null], [null, null]])('the year in %p', (cell, year) => expect(yearOf(cell)).toBe(year));
