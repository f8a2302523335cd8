import fc from 'fast-check';
import { quietName, yearOf, yearOfAge } from './roster-cells.rules.ts';
import { type Cell } from './roster-columns.rules.ts';
import { readTable } from './roster-table.rules.ts';

const HEAD = ['STT', 'Họ và tên', 'Năm sinh', 'Nam', 'Nữ', 'Dân tộc', 'Chức vụ', 'Đơn vị', 'Số điện thoại', 'Ghi chú'];
const TITLES = [['HỘI LIÊN HIỆP PHỤ NỮ TỈNH KON TUM'], ['DANH SÁCH HỌC VIÊN'], [null]];
const read = (table: readonly (readonly Cell[])[]) => readTable('Danh sách', table, { year: 2022 });
const sheet = (...rows: (string | number | Date | null)[][]) => read([...TITLES, HEAD, ...rows]);
const people = (table: readonly (readonly Cell[])[]) => read(table)?.rows.map((r) => [r.name, r.birthYear, r.sex, r.unit]);

test('a person below title rows, with the marks of the sex in two columns', () => {
  expect(sheet([1, 'Y Blŏ', 1987, null, 'x', 'Xơ Đăng', 'Tuyên truyền viên', 'Thôn Chốt, Xã Bờ Y', '0905 123 456', null])?.rows).toEqual([
    { line: 0, sheet: 'Danh sách', row: 5, name: 'Y Blŏ', birthYear: 1987, sex: 'female', ethnicity: 'Xơ Đăng', position: 'Tuyên truyền viên', unit: 'Thôn Chốt, Xã Bờ Y', phone: '+84905123456', phoneTyped: '0905 123 456', typedName: null, problems: [] },
  ]);
});

test('a phone that lost its zero gets it back, and says so', () => expect(sheet([1, 'A Thiu', 1990, 'x', null, '', '', 'Xã Xốp', 912534411, null])?.rows[0]).toMatchObject({ phone: '+84912534411', problems: ['phone-lost-zero'] }));
test('a phone of nine digits that begins with zero is one short', () => expect(sheet([1, 'A Thiu', 1990, 'x', null, '', '', 'Xã Xốp', '091234567', null])?.rows[0]).toMatchObject({ phone: null, problems: ['phone-length'] }));
test('the total line is not a person, and its number is read', () => expect(sheet([1, 'A Thiu', 1990, 'x', null, '', '', 'Xã Xốp', null, null], [null], [null, 'Danh sách này có 1 người.'])).toMatchObject({ rows: [{ name: 'A Thiu' }], ignored: [{ row: 7 }], said: 1 }));
test('a numbered row without a name is a person with a problem', () => expect(sheet([1, null, 1990, null, null, null, null, 'Xã Xốp', null, null])?.rows[0]?.problems).toEqual(['name-missing', 'sex-missing']));
test('numbers that stand ready for people who did not come are nobody', () => expect(sheet([1, 'A Thiu', 1990, 'x', null, '', '', 'Xã Xốp', null, null], [2, null, null, null, null, null, null, null, null, null], [3, null, null, null, null, null, null, null, null, null])?.rows).toHaveLength(1));
test('both sexes ticked', () => expect(sheet([1, 'A', 1990, 'x', 'x', '', '', 'Xã Xốp', null, null])?.rows[0]).toMatchObject({ sex: null, problems: ['sex-both'] }));
test('markup and formulas are refused, a name with an apostrophe is not', () => {
  expect(sheet([1, '<b>A</b>', 1990, 'x', null, '', '', 'Xã Xốp', null, null])?.rows[0]?.problems).toEqual(['cell-markup']);
  expect(sheet([1, '=HYPERLINK("x")', 1990, 'x', null, '', '', 'Xã Xốp', null, null])?.rows[0]?.problems).toEqual(['cell-formula']);
  expect(sheet([1, "Ksor H'Nhŭng", 1990, null, 'x', '', '', 'Xã Xốp', '+84905123456', null])?.rows[0]?.problems).toEqual([]);
});
test('no header: nothing is guessed', () => expect(read([['một', 'hai'], ['Y Xuân', 1990]])).toBeNull());

describe('headers', () => {
  test('in two rows, the sex below', () => expect(people([['TT', 'Họ tên', 'Giới tính', null, 'Năm sinh', 'Đơn vị'], [null, null, 'Nam', 'Nữ', null, null], [1, 'Y Xuân', null, 'x', '2/9/1990', 'Xã Xốp']])).toEqual([['Y Xuân', 1990, 'female', 'Xã Xốp']]));
  test('the year below the sex', () => expect(people([['TT', 'Họ và tên', 'Năm sinh', null, 'Đơn vị'], [null, null, 'Nam', 'Nữ', null], [1, 'Y Xuân', null, 1990, 'Xã Xốp'], [2, 'A Thiu', '1/1/1985', null, 'Xã Xốp']])).toEqual([['Y Xuân', 1990, 'female', 'Xã Xốp'], ['A Thiu', 1985, 'male', 'Xã Xốp']]));
  test('day, month and year apart: Nam is a man, Năm a year', () => expect(people([['TT', 'Họ và tên', 'Ngày sinh', null, null, 'Nam', 'Nữ', 'Xã'], [null, null, 'Ngày', 'Tháng', 'Năm', null, null, null], [1, 'Y Xuân', 2, 9, 1990, null, 'x', 'Xã Xốp']])).toEqual([['Y Xuân', 1990, 'female', 'Xã Xốp']]));
  test('the name in two columns, with headers of their own or one merged over both', () => {
    expect(people([['TT', 'Họ đệm', 'Tên', 'Năm sinh', 'Xã'], [1, 'Nguyễn Thị', 'Hoa', 1990, 'Xã Xốp']])).toEqual([['Nguyễn Thị Hoa', 1990, null, 'Xã Xốp']]);
    expect(people([['TT', 'Họ và tên', null, 'Năm sinh', 'Xã'], [1, 'Nguyễn Thị', 'Hoa', 1990, 'Xã Xốp'], [2, 'A', 'Thiu', 1985, 'Xã Xốp']])).toEqual([['Nguyễn Thị Hoa', 1990, null, 'Xã Xốp'], ['A Thiu', 1985, null, 'Xã Xốp']]);
  });
  test('village, commune and district in columns of their own', () => expect(people([['TT', 'Họ và tên', 'Năm sinh', 'Thôn', 'Xã', 'Huyện'], [1, 'Y Xuân', 1990, 'Chốt', 'Bờ Y', 'Ngọc Hồi']])?.[0]?.[3]).toBe('Thôn Chốt, Bờ Y, Ngọc Hồi'));
  test('position and unit in one column', () => expect(read([['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ - Đơn vị công tác'], [1, 'Y Xuân', 1990, 'Chủ tịch Hội LHPN xã Xốp']])?.rows[0]).toMatchObject({ position: 'Chủ tịch Hội LHPN xã Xốp', unit: 'Chủ tịch Hội LHPN xã Xốp' }));
  test('the numbers of the columns below it are no person', () => expect(people([['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'], ['(1)', '(2)', '(3)', '(4)'], [1, 'Y Xuân', 1990, 'Xã Xốp']])).toHaveLength(1));
  test('one that comes again on the next page, with its columns in another order', () => expect(people([['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'], [1, 'Y Xuân', 1990, 'Xã Xốp'], ['TT', 'Năm sinh', 'Họ và tên', 'Đơn vị'], [2, 1985, 'A Thiu', 'Xã Xốp']])).toEqual([['Y Xuân', 1990, null, 'Xã Xốp'], ['A Thiu', 1985, null, 'Xã Xốp']]));
  test('a column for women only: a blank is a man, and says so', () => expect(read([['TT', 'Họ và tên', 'Năm sinh', 'Nữ', 'Đơn vị'], [1, 'Y Xuân', 1990, 'x', 'Xã Xốp'], [2, 'A Thiu', 1985, null, 'Xã Xốp']])?.rows.map((r) => [r.sex, r.problems])).toEqual([['female', []], ['male', ['sex-inferred']]]));
  test('ages count from the day that the office wrote', () => expect(read([['TT', 'Họ và tên', 'Tuổi', 'Đơn vị'], [1, 'Y Xuân', 32, 'Xã Xốp'], [null, null, null, 'Đắk Glei, ngày 5 tháng 11 năm 2020']])?.rows[0]).toMatchObject({ birthYear: 1988, problems: ['birth-year-from-age', 'sex-missing'] }));
});

describe('sections, totals and signatures', () => {
  const TABLE = ['TT', 'Họ và tên', 'Năm sinh', 'Thôn', 'Số điện thoại'];
  test('the commune in a row of its own, behind a numeral and before a count', () => expect(people([TABLE, ['I', 'XÃ ĐẮK PÉK (2 người)', null, null, null], [1, 'Y Xuân', 1990, 'Đắk Trấp', null], [2, 'A Thiu', 1985, null, null], ['II. Xã Xốp: 1 người', null, null, null, null], [1, 'Y Blŏ', 1987, null, null]])?.map((p) => p[3])).toEqual(['Thôn Đắk Trấp, XÃ ĐẮK PÉK', 'XÃ ĐẮK PÉK', 'Xã Xốp']));
  test('district, commune and village, each ending those below it', () => expect(people([TABLE, ['A. Huyện Đăk Glei'], ['1. Xã Xốp'], ['Thôn Long Ri'], [1, 'Y Xuân', 1990, null, null], ['2. Xã Đắk Pék'], [1, 'A Thiu', 1985, null, null], ['B. Huyện Ngọc Hồi'], [1, 'Y Blŏ', 1987, null, null]])?.map((p) => p[3])).toEqual(['Thôn Long Ri, Xã Xốp, Huyện Đăk Glei', 'Xã Đắk Pék, Huyện Đăk Glei', 'Huyện Ngọc Hồi']));
  test('what a person’s own cell says already is not said twice', () => expect(people([['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'], ['I. Xã Xốp'], [1, 'Y Xuân', 1990, 'Thôn Long Ri, xã Xốp'], [2, 'A Thiu', 1985, 'Trạm Y tế']])?.map((p) => p[3])).toEqual(['Thôn Long Ri, xã Xốp', 'Trạm Y tế, Xã Xốp']));
  test('people go on below a subtotal; the signers below the end are nobody', () => expect(people([TABLE, [1, 'Y Xuân', 1990, 'Chốt', null], [null, 'Cộng: 1 người', null, null, null], [2, 'A Thiu', 1985, 'Chốt', null], [null, 'Tổng cộng: 2 người', null, null, null], [null, null, null, 'Kon Tum, ngày 5 tháng 11 năm 2022', null], [null, 'NGƯỜI LẬP BIỂU', null, 'CHỦ TỊCH', null], [null, '(Ký, ghi rõ họ tên)', null, '(Ký, đóng dấu)', null], [null, 'Trần Thị Lập', null, 'Lê Văn Ký', null]])).toHaveLength(2));
  test('a surname that sounds like a village is a person', () => expect(people([TABLE, [1, 'Lăng Thị Hoa', 1990, 'Chốt', null], [null, 'Bản Văn Tư', 1985, 'Chốt', null]])).toHaveLength(2));
});

describe('names', () => {
  test('an old font, header and all', () => expect(read([['TT', 'Hä vµ tªn', 'N¨m sinh', '§¬n vÞ'], [1, 'NguyÔn ThÞ Hång', 1990, 'X· §¾k PÐk']])?.rows[0]).toMatchObject({ name: 'Nguyễn Thị Hồng', typedName: 'NguyÔn ThÞ Hång', unit: 'Xã Đắk Pék', problems: ['font-converted', 'sex-missing'] }));
  test('NFD and doubled spaces become NFC and single ones; the breve of a highland name stays', () => expect(people([['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'], [1, 'Y   Blo\u0306'.normalize('NFD'), 1990, 'Xã  Xốp']])).toEqual([['Y Blŏ', 1990, null, 'Xã Xốp']]));
  test('capitals stay, and are said', () => expect(read([['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'], [1, 'NGUYỄN THỊ HOA', 1990, 'Xã Xốp']])?.rows[0]).toMatchObject({ name: 'NGUYỄN THỊ HOA', problems: ['name-capitals', 'sex-missing'] }));
  test.each([['NGUYỄN THỊ HOA', 'Nguyễn Thị Hoa'], ["KSOR H'NHŬNG", "Ksor H'Nhŭng"], ['Y BLŎ', 'Y Blŏ']])('%s → %s', (loud, quiet) => expect(quietName(loud)).toBe(quiet));
  test('a form of address is no part of the name, and tells the sex', () => expect(read([['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'], [1, 'Bà Nguyễn Thị Hoa', 1990, 'Xã Xốp']])?.rows[0]).toMatchObject({ name: 'Nguyễn Thị Hoa', sex: 'female' }));
});

test.each([[1987, 1987], ['1987', 1987], ['1/12/1987', 1987], ['1/12/87', 1987], ['01-12-1987', 1987], ['12/1987', 1987], ['1987-12-01', 1987], [new Date('1987-12-01'), 1987], [31_747, 1986], ['31747', 1986], ["'87", 1987], ['2/3/05', 2005], ['không rõ', null], [null, null]])('the year in %p', (cell, year) => expect(yearOf(cell, 2022)).toBe(year));
test.each([[35, 1987], ['35 tuổi', 1987], [5, null], ['x', null]])('the year of an age of %p in 2022', (cell, year) => expect(yearOfAge(cell, 2022)).toBe(year));

describe('for any order of the columns and any junk around the table, the people are the same', () => {
  const COLUMNS: [string, Cell[]][] = [['STT', [1, 2, 3]], ['Họ và tên', ['Y Blŏ', 'A Thiu', "Ksor H'Nhŭng"]], ['Năm sinh', [1987, '1/12/90', 31_747]], ['Giới tính', ['Nữ', 'Nam', 'nữ']], ['Chức vụ', ['Chi hội trưởng', 'Trưởng thôn', 'Y tế thôn']], ['Đơn vị', ['Thôn Chốt, Xã Bờ Y', 'Xã Xốp', 'Xã Đắk Pék']], ['SĐT', ['0905123456', 912534411, '0912 345 678']]];
  const plain = read([COLUMNS.map(([h]) => h), ...[0, 1, 2].map((i) => COLUMNS.map(([, c]) => c[i] as Cell))]);
  const told = (t: ReturnType<typeof read>) => t?.rows.map(({ row: _row, ...r }) => r);
  const junkText = fc.constantFrom('HỘI LIÊN HIỆP PHỤ NỮ', 'Độc lập - Tự do - Hạnh phúc', 'DANH SÁCH HỌC VIÊN', '(Kèm theo Công văn số 12)', '', 'Lớp tập huấn Dự án 8');
  const footText = fc.constantFrom('Tổng cộng: 3 người', 'NGƯỜI LẬP BIỂU', '(Ký, ghi rõ họ tên)', 'Kon Tum, ngày 5 tháng 11 năm 2022', 'Nguyễn Thị Ký', '');
  const lines = (text: fc.Arbitrary<string>) => fc.array(fc.tuple(fc.nat(8), text), { maxLength: 6 });
  const line = ([at, text]: [number, string]): Cell[] => [...Array.from({ length: at }, () => null), text];
  test('as a property', () => {
    fc.assert(fc.property(fc.shuffledSubarray(COLUMNS, { minLength: COLUMNS.length }), lines(junkText), lines(footText), fc.nat(3), fc.array(fc.constantFrom('Ký nhận', 'CCCD', 'Trình độ'), { maxLength: 2 }), (columns, above, below, left, extra) => {
      const pad = Array.from({ length: left }, () => null);
      const table = [...above.map(line), [...pad, ...columns.map(([h]) => h), ...extra], ...[0, 1, 2].map((i) => [...pad, ...columns.map(([, c]) => c[i] as Cell), ...extra.map(() => 'x')]), ...below.map(line)];
      expect(told(read(table))).toEqual(told(plain));
    }), { numRuns: 300 });
  });
});
