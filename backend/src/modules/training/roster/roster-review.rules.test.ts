import { type Known, review } from './roster-review.rules.ts';
import type { ReadRow } from './roster-table.rules.ts';

const row = (over: Partial<ReadRow> = {}): ReadRow => ({ line: 7, sheet: 'S', typedName: null, row: 7, name: 'Y Blŏ', birthYear: 1987, sex: 'female', ethnicity: null, position: 'Tuyên truyền viên', unit: 'Xã Xốp', phone: '+84905123456', phoneTyped: '0905123456', problems: [], ...over });
const blo: Known = { id: 'p1', name: 'Y Blŏ', birthYear: 1987, phone: '+84905123456', unitId: 'xop', unitName: 'Xã Xốp' };
const at = (over = {}) => ({
  year: 2022, known: [] as Known[], enrolled: new Set<string>(), elsewhere: new Set<string>(), unitNameOf: () => 'Xã Xốp',
  unitOf: (t: string) => (t === 'Xã Xốp' ? { unitId: 'xop', unitName: 'Xã Xốp', problem: null, former: false, suggestions: [] } : { unitId: null, unitName: null, problem: 'unit-unknown' as const, former: false, suggestions: [{ unitId: 'xop', name: 'Xã Xốp' }] }),
  compare: (a: { name: string; birthYear: number | null; phone: string | null }, k: Known) => (a.phone && a.phone === k.phone ? (a.name !== k.name ? 'shared-phone' : a.birthYear === k.birthYear ? 'same' : 'maybe') : ('different' as const)) as 'same',
  ...over,
});

describe('the review of a roster', () => {
  test('a new person in a known unit is ready', () => expect(review([row()], {}, at())[0]).toMatchObject({ state: 'ready', person: null, unitId: 'xop', problems: [] }));
  test('a known person is linked', () => expect(review([row()], {}, at({ known: [blo] }))[0]).toMatchObject({ state: 'ready', person: { id: 'p1' } }));
  test('somebody on the list of another class of the same days is said and can be added', () => expect(review([row()], {}, at({ known: [blo], elsewhere: new Set(['p1']) }))[0]).toMatchObject({ state: 'ready', problems: ['in-other-class'] }));
  test('somebody who is in the class already is ready and does nothing', () => expect(review([row()], {}, at({ known: [blo], enrolled: new Set(['p1']) }))[0]).toMatchObject({ state: 'ready', problems: ['already-enrolled'] }));
  test('perhaps the same person: a human must say, and can', () => {
    const rows = [row({ birthYear: 1990 })];
    expect(review(rows, {}, at({ known: [blo] }))[0]).toMatchObject({ state: 'check', problems: ['person-maybe'] });
    expect(review(rows, { 7: { line: 7, person: 'p1' } }, at({ known: [blo] }))[0]).toMatchObject({ state: 'ready', person: { id: 'p1' } });
    expect(review(rows, { 7: { line: 7, person: 'new' } }, at({ known: [blo] }))[0]).toMatchObject({ state: 'ready', person: null });
  });
  test('a shared phone is said and does not hold the row back', () => expect(review([row({ name: 'A Thiu' })], {}, at({ known: [blo] }))[0]).toMatchObject({ state: 'ready', problems: ['phone-shared'] }));
  test('an unknown unit is an error until one is chosen', () => {
    const rows = [row({ unit: 'Xã Sốp' })];
    expect(review(rows, {}, at())[0]).toMatchObject({ state: 'error', problems: ['unit-unknown'], unitSuggestions: [{ unitId: 'xop' }] });
    expect(review(rows, { 7: { line: 7, unitId: 'xop' } }, at())[0]).toMatchObject({ state: 'ready', unitId: 'xop' });
  });
  test('the second of two equal rows must be looked at', () => {
    const rows = [row(), row({ line: 12, row: 12 })];
    expect(review(rows, {}, at()).map((r) => [r.state, r.sameAs])).toEqual([['ready', null], ['check', 7]]);
    expect(review(rows, { 12: { line: 12, skip: true } }, at())[1]?.state).toBe('skipped');
  });
  test('a wrong phone can be mended, and a mended one is checked again', () => {
    const rows = [row({ phone: null, phoneTyped: '091234567', problems: ['phone-length'] })];
    expect(review(rows, {}, at())[0]?.state).toBe('error');
    expect(review(rows, { 7: { line: 7, phone: '0912345678' } }, at())[0]).toMatchObject({ state: 'ready', phone: '+84912345678' });
    expect(review(rows, { 7: { line: 7, phone: '09123' } }, at())[0]).toMatchObject({ state: 'error', problems: ['phone-length'] });
    expect(review(rows, { 7: { line: 7, phone: null } }, at())[0]).toMatchObject({ state: 'ready', phone: null });
  });
  test('a child is no learner: the year must be looked at', () => expect(review([row({ birthYear: 2012 })], {}, at())[0]).toMatchObject({ state: 'check', problems: ['birth-year-odd'] }));
});
