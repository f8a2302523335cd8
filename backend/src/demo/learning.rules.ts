import { type MarkedOption, orderChoice, pairsChoice, type QuestionKind, rightChoice, severalChoice, UNKNOWN } from '@lantoa/shared/rules/marking';

/** Parameters of the model; see `parameters.ts`. */
export interface Model { seed: number; before: Spread; gain: Spread; keptPerHandOver: number; betweenClasses: number; difficultySpan: number; discrimination: number; guess: number; admits: number; present: number; late: number; missesPre: number; missesPost: number }
interface Spread { mean: number; spread: number }

/** A seeded source of chance: the same seed and name give the same numbers. */
export function chance(seed: number, name: string): () => number {
  let state = seed >>> 0;
  for (const c of name) state = Math.imul(state ^ c.charCodeAt(0), 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A normal deviate (Box–Muller). */
const normal = (next: () => number, { mean, spread }: Spread): number => mean + spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** What somebody knows before and after a class of a tier (0: taught by the first trainers; each hand-over keeps a share of the gain). */
export function abilities(model: Model, person: string, tier: number, cls: string): { before: number; after: number } {
  const own = chance(model.seed, person);
  const before = normal(own, model.before);
  const taught = normal(chance(model.seed, cls), { mean: 0, spread: model.betweenClasses });
  return { before, after: before + Math.max(0, normal(own, model.gain) * model.keptPerHandOver ** tier + taught) };
}

/** Probability to answer a question right: three-parameter logistic (Birnbaum 1968). */
export function probabilityRight(model: Model, ability: number, difficulty: number): number {
  const b = (difficulty - 0.5) * 2 * model.difficultySpan;
  return model.guess + (1 - model.guess) / (1 + Math.exp(-model.discrimination * (ability - b)));
}

interface Asked { kind: QuestionKind; difficulty: number; options: readonly MarkedOption[] }

/** The choice that somebody makes: the right answer, "I don't know yet", or a wrong one of the question's kind. */
export function choose(model: Model, next: () => number, ability: number, question: Asked): string {
  if (next() < probabilityRight(model, ability, question.difficulty)) return rightChoice(question.kind, question.options);
  if (next() < model.admits) return UNKNOWN;
  return wrongChoice(next, question);
}

function wrongChoice(next: () => number, { kind, options }: Asked): string {
  const ids = options.map((o) => o.id);
  if (kind === 'ordering') return orderChoice(mixed(next, ids));
  if (kind === 'matching') {
    const partners = mixed(next, options.map((o) => o.match?.id ?? ''));
    return pairsChoice(new Map(ids.map((id, i) => [id, partners[i] as string])));
  }
  const wrong = options.filter((o) => !o.right);
  const one = (wrong[Math.floor(next() * wrong.length)] as MarkedOption).id;
  return kind === 'multiple' ? severalChoice([one, ...options.filter((o) => o.right && next() < 0.5).map((o) => o.id)]) : one;
}

/** The items in another order than they came: turned by one place or more. */
function mixed<T>(next: () => number, items: readonly T[]): T[] {
  const by = 1 + Math.floor(next() * (items.length - 1));
  return [...items.slice(by), ...items.slice(0, by)];
}
