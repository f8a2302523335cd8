import { fsrs, Rating } from 'ts-fsrs';
import { type Day, daysBetween } from './days.ts';

/** One answer to a question, as it was first given on a day. `unknown` is a wrong answer. */
export interface Review { questionId: string; day: Day; right: boolean }
/** How well somebody keeps a question: `stability` in days (when recall has fallen to 0.9), `difficulty` 1–10. */
export interface Memory { stability: number; difficulty: number; lastDay: Day; lastRight: boolean }

/** Where recall is wanted when the next refresher comes, and the longest pause in days (offline.md). */
const RETENTION_WANTED = 0.85;
const LONGEST_PAUSE = 180;
const scheduler = fsrs({ request_retention: RETENTION_WANTED, maximum_interval: LONGEST_PAUSE, enable_fuzz: false, enable_short_term: false });

/** The memory after one more answer (FSRS-6, ratings Again and Good only). A second answer on the same day was given with the first one's feedback in mind and says nothing. */
export function remember(before: Memory | null, review: Omit<Review, 'questionId'>): Memory {
  const elapsed = before ? daysBetween(before.lastDay, review.day) : 0;
  if (before && elapsed <= 0) return before;
  const { stability, difficulty } = scheduler.next_state(before && { stability: before.stability, difficulty: before.difficulty }, elapsed, review.right ? Rating.Good : Rating.Again);
  return { stability, difficulty, lastDay: review.day, lastRight: review.right };
}

/** What somebody remembers after all their answers, in whatever order these came to us. The same on the phone and on the server: only the answers travel. */
export function replay(reviews: readonly Review[]): Map<string, Memory> {
  const memories = new Map<string, Memory>();
  const inOrder = reviews.map((r, i) => ({ ...r, i })).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.i - b.i));
  for (const r of inOrder) memories.set(r.questionId, remember(memories.get(r.questionId) ?? null, r));
  return memories;
}

/** The probability, 0–1, that somebody would answer right on a day. A question that was never asked counts as not known. */
export const recallOn = (memory: Memory | null, day: Day): number => (memory ? scheduler.forgetting_curve(Math.max(0, daysBetween(memory.lastDay, day)), memory.stability) : 0);

/** Decay and factor of the forgetting curve `(1 + factor · days ÷ stability) ^ decay`, for sums in the database. */
export const CURVE = { decay: -(scheduler.parameters.w[20] as number), factor: 0.9 ** (1 / -(scheduler.parameters.w[20] as number)) - 1 };
