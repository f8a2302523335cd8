import { filledIn, type Layout, type LayoutFault, PAGE, type Zone, type ZoneName, zoneNames } from '@lantoa/shared/templates';

/** What a font can do: the width of a text in mm, and the signs of it that the font lacks. */
export interface Measure { width: (text: string, points: number, bold: boolean) => number; missing: (text: string) => string[] }
/** The texts that stand on one certificate. */
export interface Said { name: string; body: string[]; heading: string; lead: string }

/** Names stand in this size at least, on two lines at most (screens.md §7, 7.4). */
export const NAME_FROM = 28;
/** The side of a QR code that an old phone still reads, in mm (certificates.md). */
const QR_FROM = 25;
/** Contrast of large text on white (WCAG 2.2, 1.4.3). */
const CONTRAST_FROM = 3;
const LINE_HEIGHT = 1.25;
const MM_PER_POINT = 25.4 / 72;

const FIELDS = ['unit', 'course', 'hours', 'from', 'until', 'birthYear'] as const;
export type BodyField = (typeof FIELDS)[number];

/** The lines under the name, with their fields filled in. A field that has no value leaves its line out. */
export function bodyLines(body: string, values: Record<BodyField, string>): string[] {
  return body.split('\n').flatMap((line) => {
    const used = FIELDS.filter((f) => line.includes(`{${f}}`));
    return used.some((f) => !values[f]) ? [] : [used.reduce((text, f) => text.replaceAll(`{${f}}`, values[f]), line)];
  });
}

/** The zones that are printed: all, or those that are filled in on paper with the rest on it. */
export const printed = (mode: Layout['mode']): readonly ZoneName[] => (mode === 'full' ? zoneNames : filledIn);

/** How many lines a text takes in a width, broken at spaces. A word that is wider than the line takes a line of its own. */
export function linesOf(text: string, width: number, of: (text: string) => number): number {
  let [lines, line] = [1, ''];
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (line && of(longer) > width) { lines++; line = word; } else line = longer;
  }
  return lines;
}

/** The largest size up to the zone's in which a name stands on two lines, in points; `null` if that is below the least. */
export function nameSize(name: string, zone: Zone, m: Measure): number | null {
  for (let size = zone.size; size >= NAME_FROM; size--) {
    const words = Math.max(...name.split(' ').map((w) => m.width(w, size, true)));
    if (words <= zone.width && linesOf(name, zone.width, (t) => m.width(t, size, true)) <= 2) return size;
  }
  return null;
}

/** Contrast of a colour against white (WCAG 2.2). */
export function contrastOnWhite(colour: string): number {
  const part = (i: number) => { const c = Number.parseInt(colour.slice(i, i + 2), 16) / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  return 1.05 / (0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) + 0.05);
}

const overlap = (a: Zone, b: Zone): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const off = (z: { x: number; y: number; width: number; height: number }): boolean => z.x + z.width > PAGE.width || z.y + z.height > PAGE.height;

function placed(l: Layout): LayoutFault[] {
  const shown = printed(l.mode);
  const faults: LayoutFault[] = shown.filter((n) => off(l.zones[n])).map((zone) => ({ zone, fault: 'off-page', detail: '' }));
  for (const s of [l.signature, l.seal]) if (s && off({ ...s, height: s.width / 2 })) faults.push({ zone: s === l.seal ? 'seal' : 'signature', fault: 'off-page', detail: '' });
  shown.forEach((a, i) => { for (const b of shown.slice(i + 1)) if (overlap(l.zones[a], l.zones[b])) faults.push({ zone: a, fault: 'overlap', detail: b }); });
  const qr = Math.min(l.zones.qr.width, l.zones.qr.height);
  if (qr < QR_FROM) faults.push({ zone: 'qr', fault: 'qr-small', detail: String(qr) });
  if (l.mode === 'full' && contrastOnWhite(l.colour) < CONTRAST_FROM) faults.push({ zone: 'title', fault: 'contrast', detail: contrastOnWhite(l.colour).toFixed(1) });
  return faults;
}

function worded(l: Layout, said: Said, m: Measure): LayoutFault[] {
  const faults: LayoutFault[] = [];
  const unknown = [...l.body.matchAll(/\{([^}]*)\}/g)].map((f) => f[1] as string).filter((f) => !(FIELDS as readonly string[]).includes(f));
  if (unknown.length) faults.push({ zone: 'body', fault: 'body-field', detail: unknown.join(', ') });
  if (nameSize(said.name, l.zones.name, m) === null) faults.push({ zone: 'name', fault: 'name-too-long', detail: said.name });
  const { body } = l.zones;
  const lines = said.body.reduce((n, line) => n + linesOf(line.replaceAll('*', ''), body.width, (t) => m.width(t, body.size, line.includes('*'))), 0);
  if (lines * body.size * LINE_HEIGHT * MM_PER_POINT > body.height) faults.push({ zone: 'body', fault: 'body-too-long', detail: String(lines) });
  const texts: [ZoneName, string][] = [['name', said.name], ['body', said.body.join('')], ['title', said.heading + said.lead]];
  for (const [zone, text] of texts) { const lacking = m.missing(text); if (lacking.length) faults.push({ zone, fault: 'missing-glyph', detail: lacking.join(' ') }); }
  return faults;
}

/** Everything that is wrong with a layout, tried with the words of one certificate. */
export const faultsOf = (l: Layout, said: Said, m: Measure): LayoutFault[] => [...placed(l), ...worded(l, said, m)];
