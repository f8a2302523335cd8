import { fromOldFont, vietnameseness } from './old-fonts.rules.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text file has is what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001f]/;

/**
 * The text of a .csv file: UTF-16 or UTF-8 by their marks or by how they decode; otherwise one of the code pages that offices used. Windows-1258 stands
 * against the bytes of an old font (TCVN3, VNI), and what reads more like Vietnamese wins. `null` for what is no text at all.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return tidyLines(new TextDecoder('utf-16le').decode(bytes));
  if (a === 0xfe && b === 0xff) return tidyLines(new TextDecoder('utf-16be').decode(bytes));
  const zeros = bytes.subarray(0, 2000);
  const odd = zeros.filter((x, i) => i % 2 === 1 && x === 0).length;
  const even = zeros.filter((x, i) => i % 2 === 0 && x === 0).length;
  if (odd > zeros.length / 6 && even === 0) return tidyLines(new TextDecoder('utf-16le').decode(bytes));
  if (even > zeros.length / 6 && odd === 0) return tidyLines(new TextDecoder('utf-16be').decode(bytes));
  const text = utf8(bytes) ?? codePage(bytes);
  return CONTROL.test(text) ? null : tidyLines(text);
}

const tidyLines = (text: string): string => text.replace(/^\uFEFF/, '').normalize('NFC').replace(/\r\n?/g, '\n');

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function codePage(bytes: Uint8Array): string {
  const vietnamese = new TextDecoder('windows-1258').decode(bytes).normalize('NFC');
  // Latin letters as the old fonts use them; the reader of rows turns them into Unicode.
  const western = new TextDecoder('windows-1252').decode(bytes);
  const asFont = Math.max(...(['tcvn3', 'vni'] as const).map((f) => vietnameseness(fromOldFont(western, f))));
  return vietnameseness(vietnamese) >= asFont ? vietnamese : western;
}

const DELIMITERS = ['\t', ';', ',', '|'] as const;

/** What parts the cells: the sign that most lines have equally often, outside quotes; `null` when no line has two. */
export function delimiterOf(text: string): string | null {
  const lines = text.split('\n').slice(0, 60).map((l) => l.replace(/"(?:[^"]|"")*"/g, ''));
  let best: { sign: string; score: number } | null = null;
  for (const sign of DELIMITERS) {
    const counts = lines.map((l) => l.split(sign).length - 1).filter((n) => n >= 2);
    const common = Math.max(0, ...[...new Set(counts)].map((n) => counts.filter((c) => c === n).length * Math.min(n, 12)));
    if (counts.length && (!best || common > best.score)) best = { sign, score: common };
  }
  return best?.sign ?? null;
}
