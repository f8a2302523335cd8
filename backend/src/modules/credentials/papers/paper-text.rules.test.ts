import { dateLine, longDay, shortDay } from './paper-text.rules.ts';

test.each([['2023-02-05', 'ngày 05 tháng 02 năm 2023'], ['2022-11-15', 'ngày 15 tháng 11 năm 2022'], ['2022-09-02', 'ngày 02 tháng 9 năm 2022']])('%s is written %s', (day, text) => expect(longDay(day)).toBe(text));
test('short, and with its place', () => expect([shortDay('2022-11-15'), dateLine('Kon Tum', '2022-11-15')]).toEqual(['15/11/2022', 'Kon Tum, ngày 15 tháng 11 năm 2022']));
