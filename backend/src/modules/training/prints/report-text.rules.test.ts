import { dayInWords, percentText } from './report-text.rules.ts';

test.each([['2022-11-05', 'Kon Tum, ngày 05 tháng 11 năm 2022'], ['2026-02-14', 'Kon Tum, ngày 14 tháng 02 năm 2026'], ['2026-03-14', 'Kon Tum, ngày 14 tháng 3 năm 2026']])('%s', (day, words) => expect(dayInWords(day, 'Kon Tum')).toBe(words));
test('a share', () => expect([percentText(0.725), percentText(null)]).toEqual(['72,5 %', '–']));
