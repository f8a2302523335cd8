import type { QuestionFigures, QuestionFlag } from '@lantoa/shared/assessment';

/** Sums over the answers to one question version, from which every figure follows. Credits are 0–1. */
export interface Sums {
  /** Pre-test: answers, sum of credit. */
  nPre: number; pre: number;
  /** Post-test: answers, sums of credit x, of the rest of the test r (credit of the other questions), of x², r² and x·r. */
  nPost: number; post: number; postSquares: number; rest: number; restSquares: number; product: number;
  /** People with both: how many, and the sum of post − pre. */
  pairs: number; gain: number;
  /** "I don't know yet" in the pre-test. */
  unknown: number;
}
/** How often an option was chosen in the post-test, in all and by the upper and the lower third (by the rest of the test). */
export interface OptionCount { choice: string; n: number; upper: number; lower: number }

/** Data strength: screens.md S20. */
export const NO_VERDICT_BELOW = 30;
export const FIRM_FROM = 100;
/** An option that fewer than this choose is dead. */
export const DEAD_BELOW = 0.05;

/**
 * Corrected item-total correlation: Pearson's r between the credit of a question and the credit of the rest of the test.
 * `null` when one of the two does not vary. Source: Ebel & Frisbie, Essentials of Educational Measurement, ch. 13.
 */
export function discrimination(s: Pick<Sums, 'nPost' | 'post' | 'postSquares' | 'rest' | 'restSquares' | 'product'>): number | null {
  if (s.nPost < 2) return null;
  const x = s.postSquares - (s.post * s.post) / s.nPost;
  const r = s.restSquares - (s.rest * s.rest) / s.nPost;
  // Sums of decimals are never quite equal: what varies less than this does not vary.
  if (x < 1e-9 * s.nPost || r < 1e-9 * s.nPost) return null;
  return Math.max(-1, Math.min(1, (s.product - (s.post * s.rest) / s.nPost) / Math.sqrt(x * r)));
}

/** 95 % interval of a correlation over n people, by Fisher's z. */
export function correlationInterval(r: number, n: number): [number, number] {
  if (n <= 3) return [-1, 1];
  const z = Math.atanh(Math.max(-0.999999, Math.min(0.999999, r)));
  const half = 1.959964 / Math.sqrt(n - 3);
  return [Math.tanh(z - half), Math.tanh(z + half)];
}

export const strengthOf = (n: number): QuestionFigures['strength'] => (n < NO_VERDICT_BELOW ? 'none' : n < FIRM_FROM ? 'provisional' : 'firm');

/**
 * May the key be wrong? Only where the data say so twice: those who do well in the rest of the test do worse here, and the upper third prefers
 * to the key another option, which the lower third likes less. One of the two alone happens to sound questions by chance.
 */
export function keyMayBeWrong(r: number | null, nPost: number, rightChoice: string, options: readonly OptionCount[]): boolean {
  if (r === null || nPost < NO_VERDICT_BELOW || r >= 0) return false;
  const key = options.find((o) => o.choice === rightChoice)?.upper ?? 0;
  return options.some((o) => o.choice !== rightChoice && o.choice !== 'unknown' && o.upper > key && o.upper > o.lower);
}

/** All figures of a question version. Under 30 answers in the post-test there is no verdict: no flag. */
export function figuresOf(s: Sums, question: { rightChoice: string; options: readonly string[] }, counts: readonly OptionCount[]): QuestionFigures {
  const r = discrimination(s);
  const [from, to] = r === null ? [null, null] : correlationInterval(r, s.nPost);
  const before = s.nPre ? s.pre / s.nPre : null;
  const after = s.nPost ? s.post / s.nPost : null;
  const gain = s.pairs ? s.gain / s.pairs : null;
  const strength = strengthOf(s.nPost);
  return {
    n: s.nPre + s.nPost, nPre: s.nPre, nPost: s.nPost, before, after, pairs: s.pairs, gain, discrimination: r, discriminationFrom: from, discriminationTo: to, unknown: s.nPre ? s.unknown / s.nPre : null,
    strength, flags: strength === 'none' ? [] : flags(s, { r, before, after, gain }, question, counts),
  };
}

/** Readings of screens.md S20, the gravest first. */
function flags(s: Sums, f: { r: number | null; before: number | null; after: number | null; gain: number | null }, question: { rightChoice: string; options: readonly string[] }, counts: readonly OptionCount[]): QuestionFlag[] {
  const enough = s.nPre >= NO_VERDICT_BELOW;
  const dead = question.options.filter((o) => o !== question.rightChoice && (counts.find((c) => c.choice === o)?.n ?? 0) < DEAD_BELOW * s.nPost);
  const all: [QuestionFlag, boolean][] = [
    ['key-may-be-wrong', keyMayBeWrong(f.r, s.nPost, question.rightChoice, counts)],
    ['weak', f.r !== null && f.r < 0.1 && (f.after ?? 0) <= 0.95],
    ['too-hard-after', f.after !== null && f.after < 0.5],
    ['class-changes-nothing', s.pairs >= NO_VERDICT_BELOW && f.gain !== null && f.gain < 0.05 && (f.before ?? 1) <= 0.85],
    ['too-easy-before', enough && f.before !== null && f.before > 0.85],
    ['everybody-knows', f.after !== null && f.after > 0.95],
    ['dead-option', s.nPost >= FIRM_FROM && dead.length > 0],
  ];
  return all.filter(([, is]) => is).map(([flag]) => flag);
}
