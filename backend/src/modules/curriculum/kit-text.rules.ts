import type { Kit, KitPage, SessionScript } from '@lantoa/shared/curriculum';
import type { TextFault } from './lesson-text.rules.ts';

/** Minutes that a session plan may take, from–to: half a day, a day (facts: 8:00–11:30 and 13:30–17:00, breaks counted). */
const MINUTES: Record<SessionScript['length'], [number, number]> = { 'half-day': [180, 240], 'one-day': [360, 450] };

/** Reads the pages of a kit file: `## Title` begins a page, everything below it is the page. */
export function parsePages(markdown: string): { pages: KitPage[]; lines: number[]; faults: TextFault[] } {
  const pages: KitPage[] = [];
  const lines: number[] = [];
  const faults: TextFault[] = [];
  const text: string[] = [];
  const close = () => {
    const last = pages.at(-1);
    if (last) last.text = text.join('\n').trim();
    text.length = 0;
  };
  markdown.split('\n').forEach((raw, i) => {
    const line = raw.trimEnd();
    const title = /^## (.+)$/.exec(line)?.[1]?.trim();
    if (/<[a-z!/]/i.test(line)) faults.push({ line: i + 1, code: 'text.html', message: `uses HTML ("${/<[^>]{0,30}>?/.exec(line)?.[0]}")` });
    if (title) {
      close();
      pages.push({ title, text: '' });
      lines.push(i + 1);
    } else if (pages.length) text.push(line);
    else if (line) faults.push({ line: i + 1, code: 'page.before-first', message: `has text before the first page: "${line.slice(0, 40)}"` });
  });
  close();
  return { pages, lines, faults };
}

/** The text of a kit file; reading it again gives the same pages. */
export const writePages = (pages: readonly KitPage[]): string => `${pages.map((p) => `## ${p.title}\n${p.text}`).join('\n\n')}\n`;

/** What is wrong with a session plan, in words. */
export function planFaults(plan: SessionScript, lessons: readonly string[]): string[] {
  const [least, most] = MINUTES[plan.length];
  const minutes = plan.steps.reduce((sum, s) => sum + s.minutes, 0);
  return [
    ...(minutes < least || minutes > most ? [`takes ${minutes} minutes (${least} to ${most})`] : []),
    ...plan.steps.filter((s) => s.lesson && !lessons.includes(s.lesson)).map((s) => `names the unknown lesson ${s.lesson}`),
  ];
}

/** What a kit lacks, in words. */
export const kitFaults = (kit: Kit): string[] => [
  ...(['half-day', 'one-day'] as const).filter((l) => !kit.plans.some((p) => p.length === l)).map((l) => `has no session plan of ${l === 'half-day' ? 'half a day' : 'a day'}`),
  ...(kit.slides.length < 6 ? [`has ${kit.slides.length} slides (at least 6)`] : []),
  ...(kit.handouts.length < 1 ? ['has no handout'] : []),
  ...(kit.rolePlays.length < 2 ? [`has ${kit.rolePlays.length} role-plays (at least 2)`] : []),
  ...kit.slides.filter((s) => s.text.split('\n').filter(Boolean).length > 7).map((s) => `slide "${s.title}" has more than 7 lines`),
];

/** A run of text, bold or not. */
export interface Run { text: string; bold: boolean }
export type Block = { kind: 'p'; runs: Run[] } | { kind: 'ul' | 'ol' | 'check'; items: Run[][] } | { kind: 'table'; rows: Run[][][] };

const runsOf = (text: string): Run[] => text.split(/\*\*(.+?)\*\*/g).map((part, i) => ({ text: part, bold: i % 2 === 1 })).filter((r) => r.text !== '');
const ITEM: [RegExp, 'check' | 'ul' | 'ol'][] = [[/^- \[[ x]\] /, 'check'], [/^- /, 'ul'], [/^\d+\. /, 'ol']];

/** The blocks of a page, for printing: paragraphs, lists, check lists (`- [ ]`), numbered steps, tables (`| a | b |`). */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.split('\n')) {
    const last = blocks.at(-1);
    const item = ITEM.find(([form]) => form.test(line));
    if (item) {
      const runs = runsOf(line.replace(item[0], ''));
      if (last?.kind === item[1]) last.items.push(runs);
      else blocks.push({ kind: item[1], items: [runs] });
    } else if (/^\|.*\|$/.test(line)) {
      if (/^\|[\s|:-]+\|$/.test(line) && line.includes('---')) continue;
      const row = line.slice(1, -1).split('|').map((cell) => runsOf(cell.trim()));
      if (last?.kind === 'table') last.rows.push(row);
      else blocks.push({ kind: 'table', rows: [row] });
    } else if (line.trim()) blocks.push({ kind: 'p', runs: runsOf(line.trim()) });
    // A blank line ends a list: the next one begins anew.
    else if (last && last.kind !== 'p') blocks.push({ kind: 'p', runs: [] });
  }
  return blocks.filter((b) => b.kind !== 'p' || b.runs.length);
}
