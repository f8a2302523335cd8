import { type GIFTQuestion, parse, type TextChoice, type TextFormat } from 'gift-pegjs';
import { htmlToText } from '#platform/content';
import type { SourceOption } from '../bank/question-text.rules.ts';
import { type ForeignQuestion, type QuestionFile, refusal, useGeneral, WITHOUT_PICTURES } from './imported-question.rules.ts';

const REASONS: Record<string, string> = { Short: 'short answers are not supported', Numerical: 'numerical answers are not supported', Essay: 'essays are not supported', Description: 'texts without a question are not supported' };

/** Moodle reads a single colon in a text as a colon; the parser wants it escaped. Titles (`::`), comments, categories and numbers (`{#…}`) are left. */
const escapeColons = (text: string): string =>
  text.split('\n').map((line) => (/^\s*(\/\/|\$CATEGORY)/.test(line) ? line : line.split(/(\{#[^}]*\})/).map((part, i) => (i % 2 ? part : part.replace(/(?<![\\:]):(?!:)/g, '\\:'))).join(''))).join('\n');

const plain = (t: TextFormat | null): string => (t ? (t.format === 'html' || /<[a-z!/]/i.test(t.text) ? htmlToText(t.text).text : t.text.normalize('NFC').trim()) : '');

/** Reads GIFT. A file with an error gives no question at all, and the line of the error. */
export function readGift(text: string): QuestionFile {
  const file: QuestionFile = { read: 0, questions: [], notSupported: [], errors: [] };
  let parsed: GIFTQuestion[];
  try {
    parsed = parse(`${escapeColons(text.trimEnd())}\n`);
  } catch (e) {
    const at = (e as { location?: { start: { line: number } } }).location?.start.line ?? null;
    file.errors.push({ line: at, message: `is not GIFT here: ${(e as Error).message.slice(0, 160)}` });
    return file;
  }
  let category: string | null = null;
  for (const q of parsed) {
    if (q.type === 'Category') {
      category = q.title;
      continue;
    }
    file.read++;
    const stem = plain(q.stem);
    const name = q.title || stem.slice(0, 80);
    const skip = (reason: string) => file.notSupported.push({ name, reason });
    const own = REASONS[q.type];
    if (own) {
      skip(own);
      continue;
    }
    if (q.tags?.includes(WITHOUT_PICTURES)) {
      skip('its pictures are not in the file, because GIFT carries none; take it over as Moodle XML');
      continue;
    }
    if (/<img/i.test(q.stem.text)) skip('pictures in GIFT are only addresses; the picture was left out');
    const made = optionsFrom(q, skip);
    if (!made) continue;
    if ('globalFeedback' in q && q.globalFeedback) useGeneral(made.options, plain(q.globalFeedback), skip);
    const tags = [...(q.tags ?? [])];
    const kind = tags.includes('lantoa:kind=ordering') ? 'ordering' : made.kind;
    const options = kind === 'ordering' ? made.options.map(({ match: _place, ...o }) => o) : made.options;
    const question: ForeignQuestion = { name, slug: q.id?.startsWith('lantoa:') ? q.id.slice('lantoa:'.length) : null, category, kind, stem, options, picture: null, optionPictures: [], tags };
    const reason = refusal(question);
    if (reason) skip(reason);
    else file.questions.push(question);
  }
  return file;
}

function optionsFrom(q: GIFTQuestion, skip: (reason: string) => void): Pick<ForeignQuestion, 'kind' | 'options'> | null {
  if (q.type === 'TF') {
    // The first feedback is for the wrong answer, the second for the right one.
    const [wrong, right] = [plain(q.trueFeedback), plain(q.falseFeedback)];
    return { kind: 'true-false', options: [{ text: 'Đúng', ...(q.isTrue && { right: true }), reason: q.isTrue ? right : wrong }, { text: 'Sai', ...(!q.isTrue && { right: true }), reason: q.isTrue ? wrong : right }] };
  }
  if (q.type === 'Matching') return { kind: 'matching', options: q.matchPairs.map((p) => ({ text: plain(p.subquestion), match: p.subanswer.normalize('NFC').trim(), reason: '' })) };
  if (q.type !== 'MC') return null;
  const choice = (c: TextChoice, right: boolean): SourceOption => ({ text: plain(c.text), ...(right && { right: true }), reason: plain(c.feedback) });
  if (q.choices.some((c) => c.isCorrect)) {
    if (q.choices.some((c) => !c.isCorrect && (c.weight ?? 0) > 0)) skip('part marks for a wrong answer are not supported; it counts as wrong');
    return { kind: 'single', options: q.choices.map((c) => choice(c, c.isCorrect)) };
  }
  const weights = new Set(q.choices.filter((c) => (c.weight ?? 0) > 0).map((c) => c.weight));
  if (weights.size > 1) skip('answers with different weights are not supported; the right ones count alike');
  const right = q.choices.filter((c) => (c.weight ?? 0) > 0).length;
  return { kind: right > 1 ? 'multiple' : 'single', options: q.choices.map((c) => choice(c, (c.weight ?? 0) > 0)) };
}
