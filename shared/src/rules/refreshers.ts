import { addDays, addMonths, type Day, daysBetween } from './days.ts';
import { type Memory, recallOn } from './memory.ts';
import { shuffled } from './shuffle.ts';

/** A refresher of the calendar: what it is called, and when it is due. */
export interface Stage { stage: string; dueOn: Day }

const FIRST_DAYS = [7, 30, 90, 180];
const HALF_YEAR_MONTHS = 6;
const BEFORE_EXPIRY_DAYS = 30;
/** Two refreshers never stand closer than this, and none comes forward sooner after another. */
export const APART_DAYS = 14;
/** So long after it is due a refresher is late, and somebody should call. */
export const CALL_AFTER_DAYS = 3;
/** Where the mean recall of a topic has fallen below this, the next refresher comes forward. */
export const WEAK_TOPIC = 0.7;

/**
 * When the holder of a certificate refreshes: after 7, 30, 90 and 180 days, then every half year, and 30 days before it ends (domain.md). A half-yearly one that would stand within two weeks of the last one, or after it, is left out:
 * two in a fortnight teach nothing and count twice.
 */
export function calendarOf(issuedOn: Day, validUntil: Day): Stage[] {
  const last = addDays(validUntil, -BEFORE_EXPIRY_DAYS);
  const stages = FIRST_DAYS.map((n) => ({ stage: `d${n}`, dueOn: addDays(issuedOn, n) }));
  for (let months = 2 * HALF_YEAR_MONTHS; ; months += HALF_YEAR_MONTHS) {
    const dueOn = addMonths(issuedOn, months);
    if (daysBetween(dueOn, last) < APART_DAYS) break;
    stages.push({ stage: `m${months}`, dueOn });
  }
  return [...stages.filter((s) => daysBetween(s.dueOn, last) >= APART_DAYS), { stage: 'before-expiry', dueOn: last }];
}

/** A question that may be asked, with what somebody remembers of it; `null` when it was never asked. */
export interface Askable { questionId: string; topic: string; memory: Memory | null }

/**
 * Which questions a refresher asks: three in five are those with the lowest predicted recall, one in five those that were last answered wrong, one in five those that were never asked; what one kind lacks another fills. `seed` decides
 * between equals, so that two people do not get the same ones.
 */
export function pickQuestions(all: readonly Askable[], n: number, day: Day, seed: string): string[] {
  const mixed = shuffled(all, seed);
  const known = mixed.filter((q) => q.memory).map((q) => ({ id: q.questionId, recall: recallOn(q.memory, day), failed: q.memory?.lastRight === false })).sort((a, b) => a.recall - b.recall);
  const fresh = mixed.filter((q) => !q.memory).map((q) => q.questionId);
  const share = Math.round(n / 5);
  const picked = new Set<string>();
  const take = (ids: readonly string[], most: number) => { for (const id of ids.filter((x) => !picked.has(x)).slice(0, Math.max(0, Math.min(most, n - picked.size)))) picked.add(id); };
  take(known.filter((q) => q.failed).map((q) => q.id), share);
  take(fresh, share);
  take(known.map((q) => q.id), n);
  take(fresh, n);
  return shuffled([...picked], `${seed} order`);
}

/** Does the next refresher come forward? When a topic has faded (its mean recall is below `WEAK_TOPIC`), and none was due or done within the last fourteen days. */
export const comesForward = (hasFadedTopic: boolean, lastOn: Day | null, day: Day): boolean => hasFadedTopic && (lastOn === null || daysBetween(lastOn, day) >= APART_DAYS);
