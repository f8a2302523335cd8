import type { Layout } from '@lantoa/shared/templates';
import { bodyLines, contrastOnWhite, faultsOf, linesOf, type Measure, nameSize } from './layout.rules.ts';
import { STARTERS } from './starters.ts';

/** A font in which every letter is half as wide as it is high, without Ƀ. */
const measure: Measure = { width: (text, points) => text.length * points * 0.5 * (25.4 / 72), missing: (text) => [...new Set([...text].filter((c) => c === 'Ƀ'))] };
const layout = STARTERS[0]?.layout as Layout;
const values = { unit: 'Xã Mẫu', course: 'Tập huấn', hours: '16', from: '01/01/2026', until: '02/01/2026', birthYear: '' };
const said = { name: 'Y Blŏ', body: bodyLines(layout.body, values), heading: layout.heading, lead: layout.lead };
const faults = (change: Partial<Layout>, more: Partial<typeof said> = {}) => faultsOf({ ...layout, ...change }, { ...said, ...more }, measure).map((f) => [f.zone, f.fault]);
const zone = (name: keyof Layout['zones'], z: object) => ({ zones: { ...layout.zones, [name]: { ...layout.zones[name], ...z } } });

test('every starter can be printed', () => { for (const s of STARTERS) expect(faultsOf(s.layout, said, measure)).toEqual([]); });
test('fields are filled in; a line whose field has no value is left out', () => expect(bodyLines('{unit}\nsinh năm {birthYear}\n{hours} giờ', values)).toEqual(['Xã Mẫu', '16 giờ']));
test('lines break at spaces, and a long word has its own', () => expect([linesOf('a bb ccc', 4, (x) => x.length), linesOf('aaaaaaaa b', 4, (x) => x.length)]).toEqual([2, 2]));
test('a name shrinks to two lines, not below 28 pt', () => {
  const z = layout.zones.name;
  expect([nameSize('Y Blŏ', z, measure), nameSize('Rơ Châm Hʼ Lĭn Nguyễn Thị Tuyết Nhưỡng Ksor Hʼ Nhŭ Siu Bĭơ̆h Kpă', z, measure)]).toEqual([34, 34]);
  expect([nameSize(`${'Nguyễn '.repeat(12)}`.trim(), z, measure), nameSize(`${'Nguyễn '.repeat(30)}`.trim(), z, measure)]).toEqual([expect.any(Number), null]);
});
test('contrast by WCAG', () => expect([contrastOnWhite('#000000'), contrastOnWhite('#FFFFFF')]).toEqual([21, 1]));

test.each<[string, [string, string], Partial<Layout>, Partial<typeof said>]>([
  ['off the page', ['date', 'off-page'], zone('date', { x: 250 }), {}], ['one over another', ['body', 'overlap'], zone('date', { y: 120 }), {}], ['a small QR code', ['qr', 'qr-small'], zone('qr', { width: 20 }), {}],
  ['a pale title', ['title', 'contrast'], { colour: '#FFE0A0' }, {}], ['a name too long', ['name', 'name-too-long'], {}, { name: 'Nguyễn '.repeat(30).trim() }], ['a letter that the font lacks', ['name', 'missing-glyph'], {}, { name: 'Ƀlơ̆' }],
  ['a field that is none', ['body', 'body-field'], { body: '{ten}' }, {}], ['too many lines', ['body', 'body-too-long'], {}, { body: Array.from({ length: 12 }, () => 'dòng') }],
])('%s is said', (_name, expected, change, more) => expect(faults(change, more)).toContainEqual(expected));
