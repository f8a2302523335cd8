import type { Card } from '@lantoa/shared/curriculum';

/** What a lesson must keep to, so that it can be read on a small phone in five minutes. */
export const LIMITS = { cards: 7, wordsPerCard: 60, wordsPerSentence: 14 };

const slugify = (title: string): string =>
  title.replace(/[đĐ]/g, 'd').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/**
 * Reads the cards of a lesson file: `## Title` begins a card, `![alt](file.svg)` is its picture, `? term: meaning` explains a hard word,
 * `§ source | 2026-11-24` names the source of a statement and when it was last checked, and everything else is the text.
 */
export function parseCards(markdown: string): Card[] {
  return markdown.split(/^## /m).slice(1).map((block) => {
    const [title = '', ...lines] = block.trim().split('\n');
    const card: Card = { slug: slugify(title), title: title.trim(), text: '', picture: null, terms: [], sources: [] };
    const text: string[] = [];
    for (const line of lines) {
      const picture = /^!\[(.+)\]\((.+)\)$/.exec(line);
      const term = /^\? (.+?): (.+)$/.exec(line);
      const source = /^§ (.+) \| (\d{4}-\d{2}-\d{2})$/.exec(line);
      if (picture) card.picture = { alt: picture[1] as string, file: picture[2] as string };
      else if (term) card.terms.push({ term: term[1] as string, meaning: term[2] as string });
      else if (source) card.sources.push({ text: source[1] as string, checkedOn: source[2] as string });
      else text.push(line);
    }
    card.text = text.join('\n').trim();
    return card;
  });
}

const words = (text: string): string[] => text.replace(/\*\*|^- /gm, '').split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w));

/** What is wrong with a lesson's cards, in words; empty when it may be published. Average sentence length is over the whole lesson. */
export function lessonFaults(cards: readonly Card[]): string[] {
  const faults: string[] = [];
  if (cards.length === 0 || cards.length > LIMITS.cards) faults.push(`has ${cards.length} cards (1 to ${LIMITS.cards})`);
  for (const c of cards) {
    const n = words(c.text).length;
    if (n > LIMITS.wordsPerCard) faults.push(`card "${c.title}" has ${n} words (at most ${LIMITS.wordsPerCard})`);
    if (c.picture && !c.picture.alt.trim()) faults.push(`the picture of "${c.title}" has no alternative text`);
  }
  if (new Set(cards.map((c) => c.slug)).size < cards.length) faults.push('two cards have the same title');
  const sentences = cards.flatMap((c) => c.text.split(/[.!?…:]+\s|\n/)).map((s) => words(s).length).filter((n) => n > 0);
  const mean = sentences.reduce((a, b) => a + b, 0) / Math.max(1, sentences.length);
  if (mean > LIMITS.wordsPerSentence) faults.push(`sentences have ${mean.toFixed(1)} words on average (at most ${LIMITS.wordsPerSentence})`);
  return faults;
}
