import type { Card, LessonContent } from '@lantoa/shared/curriculum';

/** What a lesson must keep to, so that it can be read on a small phone in five minutes. */
export const LIMITS = { cards: 7, wordsPerCard: 60, wordsPerSentence: 14 };

/** A short name of Latin letters, digits and dashes, made from a title. */
export const slugify = (title: string): string =>
  title.replace(/[đĐ]/g, 'd').replace(/[ƀɃ]/g, 'b').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 80);

/** Something wrong with a text, with the line in that text (1 is the first). */
export interface TextFault { line: number; code: string; message: string }
export interface ParsedCards { cards: Card[]; /** The line of each card's title. */ lines: number[]; faults: TextFault[] }

/**
 * Reads the cards of a lesson file: `## Title` begins a card, `![alt](file.svg)` is its picture, `? term: meaning` explains a hard word,
 * `§ source | 2026-11-24` names the source of a statement and when it was last checked, and everything else is the text.
 */
export function parseCards(markdown: string): ParsedCards {
  const parsed: ParsedCards = { cards: [], lines: [], faults: [] };
  let card: Card | undefined;
  const text: string[] = [];
  const close = () => {
    if (card) card.text = text.join('\n').replace(/\n{3,}/g, '\n\n').trim();
    text.length = 0;
  };
  markdown.split('\n').forEach((raw, i) => {
    const line = raw.trimEnd();
    const fault = (code: string, message: string) => parsed.faults.push({ line: i + 1, code, message });
    const title = /^## (.+)$/.exec(line)?.[1]?.trim();
    if (title) {
      close();
      card = { slug: slugify(title), title, text: '', picture: null, terms: [], sources: [] };
      parsed.cards.push(card);
      parsed.lines.push(i + 1);
    } else if (!card) {
      if (line) fault('card.before-first', `has text before the first card: "${line.slice(0, 40)}"`);
    } else readLine(card, line, text, fault);
  });
  close();
  return parsed;
}

function readLine(card: Card, line: string, text: string[], fault: (code: string, message: string) => void): void {
  const picture = /^!\[(.*)\]\(([\w.-]+)\)$/.exec(line);
  const term = /^\? (.+?): (.+)$/.exec(line);
  const source = /^§ (.+) \| (\d{4}-\d{2}-\d{2})$/.exec(line);
  if (picture) {
    if (card.picture) fault('picture.second', `"${card.title}" has a second picture`);
    card.picture = { alt: (picture[1] as string).trim(), file: picture[2] as string };
  } else if (term) card.terms.push({ term: term[1] as string, meaning: term[2] as string });
  else if (source && !Number.isNaN(Date.parse(source[2] as string))) card.sources.push({ text: source[1] as string, checkedOn: source[2] as string });
  else if (/^(§|\? |!\[)/.test(line)) fault('line.form', `cannot read "${line.slice(0, 60)}"; write "§ source | YYYY-MM-DD", "? word: meaning" or "![what it shows](file.svg)"`);
  else {
    if (/<[a-z!/]/i.test(line)) fault('text.html', `uses HTML ("${/<[^>]{0,30}>?/.exec(line)?.[0]}"); cards are plain text with **bold** and "- " lists`);
    else if (/^#{1,6} |\]\(|^\s*```|^\s*>/.test(line)) fault('text.markup', `uses markup that cards do not have: "${line.slice(0, 40)}"`);
    text.push(line);
  }
}

/** A lesson as the text of its file; reading it again gives the same lesson. */
export function writeLesson(lesson: LessonContent, head: string): string {
  const card = (c: Card): string => [
    `## ${c.title}`, ...(c.picture ? [`![${c.picture.alt}](${c.picture.file})`] : []), ...(c.text ? [c.text] : []),
    ...c.terms.map((t) => `? ${t.term}: ${t.meaning}`), ...c.sources.map((s) => `§ ${s.text} | ${s.checkedOn}`),
  ].join('\n');
  return `---\n${head}---\n${lesson.cards.map(card).join('\n\n')}\n`;
}

/** The words of a text, without its markup. */
export const wordsOf = (text: string): string[] => text.replace(/\*\*|^- /gm, '').split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w));

/** Mean words per sentence over all cards of a lesson; a line of a list is a sentence. */
export function meanSentence(cards: readonly Pick<Card, 'text'>[]): number {
  const sentences = cards.flatMap((c) => c.text.split(/[.!?…:]+["”]?\s|\n/)).map((s) => wordsOf(s).length).filter((n) => n > 0);
  return sentences.reduce((a, b) => a + b, 0) / Math.max(1, sentences.length);
}

/** Does a text state law, a number of the programme or a procedure that must name its source? */
export const statesLaw = (text: string): boolean =>
  /(^|[^\p{L}])(Luật|Bộ luật|Nghị định|Thông tư|Nghị quyết|Quyết định số|Pháp luật|pháp luật|Điều \d+|khoản \d+)(?=$|[^\p{L}])/u.test(text) ||
  /(^|[^\d.,])(111|113|114|115|1900 969 680)(?=$|[^\d])/.test(text) || /\d ?%|\d+ giờ sau|trong vòng \d+ (giờ|ngày)|(^|[^\p{L}])đủ \d+ tuổi/u.test(text);

export interface LessonFinding { code: string; card: number | null; blocks: boolean; message: string; params: Record<string, string | number> }

/** What is wrong with a lesson; a finding that does not block is a warning. Average sentence length is over the whole lesson. */
export function lessonFindings(lesson: Pick<LessonContent, 'cards' | 'aim' | 'check' | 'note' | 'title'>): LessonFinding[] {
  const found: LessonFinding[] = [];
  const say = (code: string, card: number | null, message: string, params: Record<string, string | number> = {}, blocks = true) => found.push({ code, card, message, params, blocks });
  const { cards } = lesson;
  if (cards.length === 0 || cards.length > LIMITS.cards) say('cards', null, `has ${cards.length} cards (1 to ${LIMITS.cards})`, { n: cards.length, max: LIMITS.cards });
  if (!lesson.aim.trim()) say('aim', null, 'has no aim');
  if (!lesson.check) say('check', null, 'has no check question');
  if (!lesson.note?.trim()) say('note', null, 'has no note for the trainer');
  if (!cards.some((c) => c.picture)) say('picture', null, 'has no picture');
  if (!cards.some((c) => c.terms.length)) say('terms', null, 'explains no hard word', {}, false);
  cards.forEach((c, i) => {
    const n = wordsOf(c.text).length;
    if (n === 0) say('empty', i, `card "${c.title}" has no text`);
    if (n > LIMITS.wordsPerCard) say('words', i, `card "${c.title}" has ${n} words (at most ${LIMITS.wordsPerCard})`, { n, max: LIMITS.wordsPerCard });
    if (c.picture && !c.picture.alt.trim()) say('alt', i, `the picture of "${c.title}" has no alternative text`);
    if (statesLaw(c.text) && !c.sources.length) say('source', i, `card "${c.title}" states law, a number or a phone line without a source`);
    if (cards.findIndex((o) => o.slug === c.slug) < i) say('twice', i, `two cards are called "${c.title}"`);
  });
  const mean = meanSentence(cards);
  if (mean > LIMITS.wordsPerSentence) say('sentences', null, `sentences have ${mean.toFixed(1)} words on average (at most ${LIMITS.wordsPerSentence})`, { n: Math.round(mean * 10) / 10, max: LIMITS.wordsPerSentence });
  return found;
}
