/** How a question is asked and answered. `picture` is a single choice whose options are pictures with a caption. */
export const questionKinds = ['single', 'true-false', 'multiple', 'picture', 'ordering', 'matching'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** An option as marking sees it. `match` is the right-hand side of a matching pair, under an id of its own. */
export interface MarkedOption { id: string; right: boolean; match?: { id: string } | undefined }

/** The answer "I don't know yet": an answer, worth nothing, kept apart from wrong ones. */
export const UNKNOWN = 'unknown';

/**
 * What an answer may look like in one line of text, the same in the database, on paper codes and in the outbox:
 * `b` (one option), `a+c` (several), `c>a>b` (an order), `a=d,b=c` (pairs), or `unknown`.
 */
export const CHOICE = /^(unknown|[a-h]([+>][a-h]){0,7}|[a-h]=[a-h](,[a-h]=[a-h]){0,7})$/;

const ONE: readonly QuestionKind[] = ['single', 'true-false', 'picture'];

/** Writes a set of chosen options. */
export const severalChoice = (ids: Iterable<string>): string => [...new Set(ids)].sort().join('+');
/** Writes an order, first to last. */
export const orderChoice = (ids: readonly string[]): string => ids.join('>');
/** Writes pairs of left and right ids. */
export const pairsChoice = (pairs: ReadonlyMap<string, string>): string => [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([l, r]) => `${l}=${r}`).join(',');
/** Reads pairs of left and right ids. */
export const readPairs = (choice: string): Map<string, string> => new Map(choice.split(',').filter((p) => p.includes('=')).map((p) => p.split('=') as [string, string]));

const distinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** Is the text an answer that this question can have? Orders and pairs must be whole; "I don't know yet" always is. */
export function isChoiceOf(kind: QuestionKind, options: readonly MarkedOption[], choice: string): boolean {
  if (choice === UNKNOWN) return true;
  const ids = new Set(options.map((o) => o.id));
  const all = (list: readonly string[]) => list.every((id) => ids.has(id)) && distinct(list);
  if (ONE.includes(kind)) return ids.has(choice);
  if (kind === 'multiple') return all(choice.split('+'));
  if (kind === 'ordering') return all(choice.split('>')) && choice.split('>').length === options.length;
  const pairs = readPairs(choice);
  const matches = new Set(options.flatMap((o) => (o.match ? [o.match.id] : [])));
  return pairs.size === options.length && all([...pairs.keys()]) && distinct([...pairs.values()]) && [...pairs.values()].every((r) => matches.has(r));
}

/** The answer that is wholly right. The options of an ordering question stand in their right order. */
export function rightChoice(kind: QuestionKind, options: readonly MarkedOption[]): string {
  if (kind === 'ordering') return orderChoice(options.map((o) => o.id));
  if (kind === 'matching') return pairsChoice(new Map(options.map((o) => [o.id, o.match?.id ?? ''])));
  return severalChoice(options.filter((o) => o.right).map((o) => o.id));
}

/**
 * What an answer is worth, 0–1.
 * - one option: 1 or 0;
 * - several: (right ones chosen − wrong ones chosen) ÷ right ones, not below 0, so that choosing everything earns nothing;
 * - an order: Kendall's τ over all pairs of steps, not below 0 (a random order earns about nothing);
 * - pairs: right pairs ÷ pairs.
 */
export function creditOf(kind: QuestionKind, options: readonly MarkedOption[], choice: string | null): number {
  if (choice === null || choice === UNKNOWN || !isChoiceOf(kind, options, choice)) return 0;
  if (kind === 'multiple') return severalCredit(options, choice.split('+'));
  if (kind === 'ordering') return orderCredit(options.map((o) => o.id), choice.split('>'));
  if (kind === 'matching') {
    const given = readPairs(choice);
    return options.filter((o) => given.get(o.id) === o.match?.id).length / options.length;
  }
  return options.some((o) => o.right && o.id === choice) ? 1 : 0;
}

function severalCredit(options: readonly MarkedOption[], chosen: readonly string[]): number {
  const right = options.filter((o) => o.right).map((o) => o.id);
  const hits = chosen.filter((id) => right.includes(id)).length;
  return right.length ? Math.max(0, hits - (chosen.length - hits)) / right.length : 0;
}

function orderCredit(right: readonly string[], given: readonly string[]): number {
  const place = new Map(right.map((id, i) => [id, i]));
  let balance = 0;
  let pairs = 0;
  for (let i = 0; i < given.length; i++) {
    for (let j = i + 1; j < given.length; j++) {
      pairs++;
      balance += (place.get(given[i] as string) ?? 0) < (place.get(given[j] as string) ?? 0) ? 1 : -1;
    }
  }
  return pairs ? Math.max(0, balance / pairs) : 1;
}
