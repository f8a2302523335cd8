import { indexOf, matchUnit, type UnitName } from './unit-matching.rules.ts';

const unit = (unitId: string, name: string, parentId: string | null = null, parentName: string | null = null, former = false): UnitName => ({ unitId, name, parentId, parentName, former });
const NAMES = [
  unit('kt', 'Tỉnh Kon Tum'),
  unit('tp', 'Thành phố Kon Tum', 'kt', 'Tỉnh Kon Tum'), unit('tmr', 'Huyện Tu Mơ Rông', 'kt', 'Tỉnh Kon Tum'), unit('dh', 'Huyện Đắk Hà', 'kt', 'Tỉnh Kon Tum'), unit('dg', 'Huyện Đắk Glei', 'kt', 'Tỉnh Kon Tum'),
  unit('dh-tt', 'Thị trấn Đắk Hà', 'dh', 'Huyện Đắk Hà'), unit('dh-xa', 'Xã Đắk Hà', 'tmr', 'Huyện Tu Mơ Rông'), unit('tmr-xa', 'Xã Tu Mơ Rông', 'tmr', 'Huyện Tu Mơ Rông'),
  unit('long-dh', 'Xã Đăk Long', 'dh', 'Huyện Đắk Hà'), unit('long-dg', 'Xã Đắk Long', 'dg', 'Huyện Đắk Glei'), unit('boy', 'Xã Bờ Y', 'nh', 'Huyện Ngọc Hồi'),
  unit('tn', 'Phường Thống Nhất', 'tp', 'Thành phố Kon Tum'), unit('moi', 'Xã Ruồng cũ', 'kt', null, true),
];
const all = new Set(NAMES.map((n) => n.unitId));
const read = (text: string, within: ReadonlySet<string> = all) => matchUnit(text, indexOf(NAMES), within);

describe('the unit in what an office writes', () => {
  test('a village before the commune is a locality', () => expect(read('Thôn Chốt, Xã Bờ Y')).toMatchObject({ unitId: 'boy', locality: 'Thôn Chốt', body: null }));
  test('an office before the district is a body', () => expect(read('Phòng Lao động, Thương binh và Xã hội Thành phố Kon Tum')).toMatchObject({ unitId: 'tp', body: 'Phòng Lao động, Thương binh và Xã hội' }));
  test('a commune with its district behind it', () => expect(read('Hội LHPN Xã Đắk Hà, Huyện Tu Mơ Rông')).toMatchObject({ unitId: 'dh-xa', body: 'Hội LHPN' }));
  test('a commune named like its district', () => expect(read('Xã Tu Mơ Rông')).toMatchObject({ unitId: 'tmr-xa' }));
  test('without marks and without its kind', () => expect(read('dak   ha', new Set(['dh-tt']))).toMatchObject({ unitId: 'dh-tt' }));
  test('two communes of one name: the list’s own district decides', () => expect(read('Xã Đăk Long', new Set(['dg', 'long-dg']))).toMatchObject({ unitId: 'long-dg' }));
  test('two communes of one name and nothing to decide: a human must', () => expect(read('Xã Đăk Long', new Set())).toMatchObject({ problem: 'unit-ambiguous', suggestions: [{ unitId: 'long-dh' }, { unitId: 'long-dg' }] }));
  test('two of one name with the district behind', () => expect(read('Xã Đắk Long - huyện Đăk Glei', new Set())).toMatchObject({ unitId: 'long-dg' }));
  test('an unknown unit gets near names as suggestions', () => expect(read('Xã Bờ I')).toMatchObject({ problem: 'unit-unknown', suggestions: [{ unitId: 'boy' }] }));
  test('a former name is found and marked', () => expect(read('Xã Ruồng cũ')).toMatchObject({ unitId: 'moi', former: true }));
  test('another spelling is read as the unit’s own name', () => expect(matchUnit('Xã Pờ Y', indexOf([...NAMES, unit('boy', 'Xã Pờ Y', 'nh', 'Huyện Ngọc Hồi')]), all)).toMatchObject({ unitId: 'boy', unitName: 'Xã Bờ Y' }));
  test('nothing written', () => expect(read('  ')).toMatchObject({ problem: 'unit-missing' }));
  test.each(['Xã Đắk Hà, Huyện Tu Mơ Rông, Tỉnh Kon Tum', 'X. Đăk Hà - H. Tu Mơ Rông', 'Đắc Hà (Tu Mơ Rông)', 'Hội LHPN xã Đak Hà, tỉnh Kon Tum, huyện Tu Mơ Rông'.replace(', tỉnh Kon Tum', '')])('%s', (text) => expect(read(text, new Set())).toMatchObject({ unitId: 'dh-xa' }));
  test.each(["Huyện Ia H'Drai", 'Ia H Drai', "ia h' drai"])('%s', (text) => expect(matchUnit(text, indexOf([unit('ihd', "Huyện Ia H' Drai", 'kt', 'Tỉnh Kon Tum')]), all)).toMatchObject({ unitId: 'ihd' }));
  test('a name that a unit had before and has now is no former name', () => expect(matchUnit('Xã Đắk Pék', indexOf([unit('a', 'Xã Đắk Pék', 'qn', 'Tỉnh Quảng Ngãi'), unit('a', 'Xã Đắk Pék', 'dg', 'Huyện Đắk Glei', true)]), all)).toMatchObject({ unitId: 'a', former: false }));
  test('a town in its short form', () => expect(read('TT. Đắk Hà')).toMatchObject({ unitId: 'dh-tt' }));
  test('a commune and a district of before the reform, in a time that has neither', () => {
    const now = indexOf([unit('qn', 'Tỉnh Quảng Ngãi'), unit('qn', 'Tỉnh Kon Tum', null, null, true), unit('kon-braih', 'Xã Kon Braih', 'qn', 'Tỉnh Quảng Ngãi'), unit('kon-braih', 'Xã Đăk Ruồng', 'kr', 'Huyện Kon Rẫy', true), unit('other', 'Xã Đăk Ruồng', 'x', 'Huyện Khác', true)]);
    for (const text of ['Xã Đăk Ruồng, huyện Kon Rẫy', 'xã Đak Ruong, huyện Kon Rẫy, tỉnh Kon Tum', 'Thôn 9, Đăk Ruồng, Kon Rẫy']) expect(matchUnit(text, now, new Set())).toMatchObject({ unitId: 'kon-braih', unitName: 'Xã Kon Braih', former: true });
  });
});
