import { fromOldFont, isSyllable, readingOf, rowToUnicode } from './old-fonts.rules.ts';

test.each([
  ['tcvn3', 'NguyÔn ThÞ Hång', 'Nguyễn Thị Hồng'], ['tcvn3', 'TrÇn V¨n §¹t', 'Trần Văn Đạt'], ['tcvn3', 'X· §¾k PÐk', 'Xã Đắk Pék'], ['tcvn3', 'L­¬ng ThÞ Ph­îng', 'Lương Thị Phượng'], ['tcvn3', 'NGUYÔN THÞ HOµ', 'NGUYỄN THỊ HOÀ'],
  ['vni', 'Nguyeãn Thò Hoàng', 'Nguyễn Thị Hồng'], ['vni', 'Traàn Vaên Ñaït', 'Trần Văn Đạt'], ['vni', 'Xaõ Ñaék Peùk', 'Xã Đắk Pék'], ['vni', 'Löông Thò Phöôïng', 'Lương Thị Phượng'], ['vni', 'NGUYEÃN THÒ HOAØ', 'NGUYỄN THỊ HOÀ'],
] as const)('%s: %s', (font, typed, meant) => expect(fromOldFont(typed, font)).toBe(meant));

test.each([['NguyÔn ThÞ Hång', 'tcvn3'], ['Nguyeãn Thò Hoàng', 'vni'], ['Nguyễn Thị Hồng', 'unicode'], ['Y Blŏ', 'unicode'], ["Ksor H'Nhŭng", 'unicode'], ['Hoàng Thị Thuý', 'unicode'], ['A Thiu', 'unicode']])('%s is %s', (text, reading) => expect(readingOf([text])).toBe(reading));

test('a cell that could be either follows its row', () => {
  expect(rowToUnicode(['Lª ThÞ Hoa', 'Th«n 1'], 'unicode')).toEqual({ cells: ['Lê Thị Hoa', 'Thôn 1'], font: 'tcvn3' });
  expect(rowToUnicode(['Nguyễn Văn Hoá', 'Xã Hoà Bình'], 'tcvn3')).toEqual({ cells: ['Nguyễn Văn Hoá', 'Xã Hoà Bình'], font: null });
});
test('a row in two fonts is read cell by cell', () => expect(rowToUnicode(['TrÇn V¨n §¹t', 'Xã Đắk Pék'], 'unicode').cells).toEqual(['Trần Văn Đạt', 'Xã Đắk Pék']));
test.each(['Nguyễn', 'khuỷu', 'ngoằn', 'NGUYỄN'])('%s is a syllable', (w) => expect(isSyllable(w)).toBe(true));
test.each(['NguyÔn', 'Blŏ', 'Thuûy', 'Hoaøng'])('%s is none', (w) => expect(isSyllable(w)).toBe(false));
