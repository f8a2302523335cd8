import { likeness, type Traits } from './matching.rules.ts';

const blo: Traits = { name: 'Y Blŏ', birthYear: 1987, phone: '+84905123456', unitId: 'u1' };

describe('is it the same person?', () => {
  test('phone, name and year agree: the same, whatever the marks and the unit', () => expect(likeness(blo, { ...blo, name: 'y  BLO', unitId: 'u2' })).toBe('same'));
  test('name, year and unit agree and one has no phone: the same', () => expect(likeness(blo, { ...blo, phone: null })).toBe('same'));
  test('name, year and unit agree but the phones differ: a human must say', () => expect(likeness(blo, { ...blo, phone: '+84905000000' })).toBe('maybe'));
  test('the phone agrees and the year is missing: a human must say', () => expect(likeness(blo, { ...blo, birthYear: null })).toBe('maybe'));
  test('the phone belongs to another name: a shared phone', () => expect(likeness(blo, { ...blo, name: 'A Thiu' })).toBe('shared-phone'));
  test('the same name in another unit without a phone: different people', () => expect(likeness({ ...blo, phone: null }, { ...blo, phone: null, unitId: 'u2' })).toBe('different'));
  test.each(['Nguyễn Thị Hoa', 'Nguyễn Hoa', 'Nguyen Thi Hoaa'])('a name that is nearly the same, at the same place and of the same year: a human must say (%s)', (name) => expect(likeness({ ...blo, name: 'Nguyễn Thị Hoà', phone: null }, { ...blo, name, phone: null })).toBe(name === 'Nguyễn Thị Hoa' ? 'same' : 'maybe'));
  test('short names that differ are different people', () => expect(likeness({ ...blo, name: 'A Bi', phone: null }, { ...blo, name: 'A Bo Y', phone: null })).toBe('different'));
  test('the same name and place, one without a year: a human must say', () => expect(likeness({ ...blo, birthYear: null, phone: null }, blo)).toBe('maybe'));
});
