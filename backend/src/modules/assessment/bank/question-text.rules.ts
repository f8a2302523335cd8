import type { FormKind } from '@lantoa/shared/assessment';
import type { QuestionKind } from '@lantoa/shared/rules/marking';

export interface SourceOption { text: string; right?: boolean | undefined; reason: string; match?: string | undefined; picture?: Picture | undefined }
export interface Picture { file: string; alt: string }
/** An option as it is kept. `match` is the partner of a matching pair. */
export interface Option { id: string; text: string; right: boolean; reason: string; match?: { id: string; text: string }; picture?: Picture }
/** A question as it is written: in a file, in the editor, or in an imported file. Options of an ordering question stand in their right order. */
export interface QuestionSource {
  slug: string; kind: QuestionKind; topic: string; anchor: boolean; lesson: string | null; card: string | null; difficulty: number; stem: string; picture: Picture | null; options: SourceOption[];
}
/** A test as it is written. `tier` is the position of the tier in its programme that sits it; `null` for every tier. */
export interface FormSource { slug: string; kind: FormKind; title: string; lesson: string | null; tier: number | null; passMark: number | null; maxAttempts: number | null; timeLimitMinutes: number | null; questions: string[] }

export interface QuestionFault { code: string; option: number | null; message: string }

const COUNTS: Record<QuestionKind, [number, number]> = { single: [2, 4], picture: [2, 4], 'true-false': [2, 2], multiple: [3, 4], ordering: [3, 6], matching: [3, 6] };
/** No kind takes more options than this. */
export const CHOICE_LIMITS = { most: 6 };
export const WORDS = { stem: 25, option: 12 };
/** Anchors must be whole or nothing, so that tiers are compared by the same measure. */
const ANCHOR_KINDS: readonly QuestionKind[] = ['single', 'true-false', 'picture'];

export const wordCount = (text: string): number => text.split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length;
const CATCH_ALL = /tất cả (các )?(ý|phương án|đáp án|câu|điều)|cả (a|b|hai|ba|bốn)( ý| câu| phương án| đáp án)?\b.*(đúng|trên)|không (ý|phương án|đáp án) nào|các (ý|câu) trên/i;
const NEGATIVE = /(^|[^\p{L}])(không|chưa|chẳng|đừng|không nên)(?=$|[^\p{L}])/giu;

/** Does a question ask with two negatives? The "không?" that only makes a question of a sentence is none. */
export const doubleNegative = (stem: string): boolean => (stem.replace(/(hay )?(có )?(không|chưa)\s*\?\s*$/i, '').match(NEGATIVE) ?? []).length >= 2;

/** What is wrong with one question: screens.md S20 (stem ≤ 25 words, options ≤ 12 words, a reason for each, no "all of the above", no double negative). */
export function questionFaults(q: Omit<QuestionSource, 'slug'>): QuestionFault[] {
  const faults: QuestionFault[] = [];
  const say = (code: string, message: string, option: number | null = null) => faults.push({ code, option, message });
  const [least, most] = COUNTS[q.kind];
  if (!q.topic.trim()) say('topic', 'has no topic');
  if (!q.stem.trim()) say('stem', 'has no stem');
  if (wordCount(q.stem) > WORDS.stem) say('stem-words', `has a stem of ${wordCount(q.stem)} words (at most ${WORDS.stem})`);
  if (doubleNegative(q.stem)) say('double-negative', 'asks with two negatives');
  if (q.options.length < least || q.options.length > most) say('options', `has ${q.options.length} options (${least} to ${most})`);
  if (!(q.difficulty >= 0 && q.difficulty <= 1)) say('difficulty', 'needs a difficulty from 0 to 1');
  if (q.anchor && !ANCHOR_KINDS.includes(q.kind)) say('anchor-kind', `is an anchor of the kind ${q.kind}; anchors are single, true-false or picture`);
  for (const message of rightFaults(q)) say('right', message);
  q.options.forEach((o, i) => {
    if (!o.text.trim()) say('option-empty', 'has an option without text', i);
    if (wordCount(o.text) > WORDS.option) say('option-words', `has an option of ${wordCount(o.text)} words (at most ${WORDS.option})`, i);
    if (!o.reason?.trim()) say('reason', `gives no reason for "${o.text}"`, i);
    if (CATCH_ALL.test(o.text)) say('catch-all', `uses a catch-all option "${o.text}"`, i);
    if (q.kind === 'matching' && !o.match?.trim()) say('match', `has no partner for "${o.text}"`, i);
    if (q.kind === 'picture' && !o.picture?.alt.trim()) say('picture', `has no picture with a description for "${o.text}"`, i);
  });
  if (new Set(q.options.map((o) => o.text.trim().toLowerCase())).size < q.options.length) say('twice', 'has the same option twice');
  if (q.kind === 'matching' && new Set(q.options.map((o) => o.match?.trim().toLowerCase())).size < q.options.length) say('twice', 'has the same partner twice');
  return faults;
}

function rightFaults({ kind, options }: Pick<QuestionSource, 'kind' | 'options'>): string[] {
  const right = options.filter((o) => o.right).length;
  if (kind === 'ordering' || kind === 'matching') return right ? [`marks an option as right; in ${kind} the file's own order is right`] : [];
  if (kind === 'multiple') return right < 2 || right === options.length ? [`has ${right} right options of ${options.length}; several means at least two right and one wrong`] : [];
  if (right !== 1) return [right === 0 ? 'has no right option' : `has ${right} right options; use kind: multiple`];
  return kind === 'true-false' && options.map((o) => o.text).join() !== 'Đúng,Sai' ? ['has other options than "Đúng" and "Sai"'] : [];
}

/** In how many questions the right option is the (only) longest. More often than chance, people learn to pick the long one. */
export function longestIsRight(questions: readonly Pick<QuestionSource, 'kind' | 'options'>[]): { observed: number; byChance: number } {
  const asked = questions.filter((q) => q.kind === 'single');
  const longest = asked.filter((q) => {
    const right = q.options.find((o) => o.right)?.text.length ?? 0;
    return q.options.every((o) => o.right || o.text.length < right);
  });
  return { observed: longest.length, byChance: asked.reduce((sum, q) => sum + 1 / q.options.length, 0) };
}

/** How often the right option of single-choice questions with `n` options stands in each place. */
export function rightPlaces(questions: readonly Pick<QuestionSource, 'kind' | 'options'>[], n: number): number[] {
  const places = Array<number>(n).fill(0);
  for (const q of questions) if (q.kind === 'single' && q.options.length === n) places[q.options.findIndex((o) => o.right)] = (places[q.options.findIndex((o) => o.right)] ?? 0) + 1;
  return places;
}

export interface FormFault { form: string; code: string; message: string }
/** Mean difficulties of two parallel forms may differ by this much. */
const PARALLEL = 0.03;
const LEAST_ANCHORS = 12;

/** What is wrong with the tests of a course: unknown or doubled questions, pre- and post-tests that are not parallel, too few anchors. */
export function formFaults(forms: readonly FormSource[], questions: readonly Pick<QuestionSource, 'slug' | 'anchor' | 'difficulty'>[]): FormFault[] {
  const known = new Map(questions.map((q) => [q.slug, q]));
  const faults: FormFault[] = [];
  const say = (form: string, code: string, message: string) => faults.push({ form, code, message });
  for (const f of forms) {
    for (const s of f.questions) if (!known.has(s)) say(f.slug, 'unknown-question', `form ${f.slug} names the unknown question ${s}`);
    if (new Set(f.questions).size < f.questions.length) say(f.slug, 'asked-twice', `form ${f.slug} asks a question twice`);
    if (forms.filter((o) => o.slug === f.slug).length > 1) say(f.slug, 'form-twice', `form ${f.slug} stands twice`);
  }
  if (faults.length) return faults;
  const of = (f: FormSource) => f.questions.map((s) => known.get(s) as (typeof questions)[number]);
  const anchors = (f: FormSource) => of(f).filter((q) => q.anchor).map((q) => q.slug).sort();
  for (const post of forms.filter((f) => f.kind === 'post')) {
    const pre = forms.find((f) => f.kind === 'pre' && f.tier === post.tier);
    if (!pre) {
      say(post.slug, 'no-pre', `form ${post.slug} has no pre-test for the same tier`);
      continue;
    }
    const mean = (f: FormSource) => of(f).reduce((sum, q) => sum + q.difficulty, 0) / Math.max(1, f.questions.length);
    if (anchors(pre).join() !== anchors(post).join()) say(post.slug, 'anchors', `forms ${pre.slug} and ${post.slug} do not share the same anchors`);
    if (anchors(post).length < LEAST_ANCHORS) say(post.slug, 'few-anchors', `form ${post.slug} has ${anchors(post).length} anchors (at least ${LEAST_ANCHORS})`);
    if (pre.questions.length !== post.questions.length) say(post.slug, 'length', `forms ${pre.slug} and ${post.slug} differ in length`);
    if (Math.abs(mean(pre) - mean(post)) > PARALLEL) say(post.slug, 'difficulty', `forms ${pre.slug} and ${post.slug} differ in difficulty (${mean(pre).toFixed(2)} and ${mean(post).toFixed(2)})`);
  }
  return faults;
}
