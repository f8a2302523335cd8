import { readFileSync } from 'node:fs';
import path from 'node:path';
import { create, type Font } from 'fontkit';
import { FONTS_FOLDER } from './printer.ts';

const FILES = { plain: 'LanToaSerif-Regular.ttf', bold: 'LanToaSerif-Bold.ttf' };
const opened = new Map<string, Font>();
function font(bold: boolean): Font {
  const file = path.join(FONTS_FOLDER, bold ? FILES.bold : FILES.plain);
  const known = opened.get(file) ?? (create(readFileSync(file)) as Font);
  opened.set(file, known);
  return known;
}

const MM_PER_POINT = 25.4 / 72;

/** What the printed font can do: how wide a text is in mm, and which of its signs it lacks. */
export const fontMeasure = {
  width: (text: string, points: number, bold: boolean): number => {
    const f = font(bold);
    return (f.layout(text).advanceWidth / f.unitsPerEm) * points * MM_PER_POINT;
  },
  missing: (text: string): string[] => [...new Set([...text.replace(/\s/g, '')].filter((sign) => !font(false).hasGlyphForCodePoint(sign.codePointAt(0) as number)))],
};
