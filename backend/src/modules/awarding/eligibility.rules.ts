import type { AgainstReason, RenewalReason } from '@lantoa/shared/awarding';
import type { RenewalStage } from '@lantoa/shared/credentials';

export interface Standing { outcome: 'passed' | 'not-passed' | 'absent' | null; hasCertificate: boolean; inBatch: boolean }

/** Why somebody gets no certificate now; empty for those who do. Only an approved report makes an outcome. */
export function reasonsAgainst(s: Standing): AgainstReason[] {
  const reasons: AgainstReason[] = [];
  if (s.outcome === null) reasons.push('no-outcome');
  else if (s.outcome !== 'passed') reasons.push(s.outcome);
  if (s.hasCertificate) reasons.push('has-certificate');
  if (s.inBatch) reasons.push('in-batch');
  return reasons;
}

/** May it be given all the same, with a reason and a second person? Not twice. */
export const mayOverride = (reasons: readonly AgainstReason[]): boolean => reasons.length > 0 && !reasons.includes('has-certificate') && !reasons.includes('in-batch');

/** May this person approve a batch that another prepared? */
export const mayApprove = (batch: { status: string; preparedBy: string }, actor: { personId: string }): boolean => batch.status === 'prepared' && batch.preparedBy !== actor.personId;

/** What a holder did with the refreshers of the last twelve months. `lastScore`: 0–1, first answers, `null` before the first one. */
export interface Refreshed { due: number; done: number; lastScore: number | null }
/** From this share right in the last refresher a certificate is renewed (domain.md). */
export const RENEWAL_SCORE = 0.8;

/** Why a certificate cannot be renewed now: all refreshers due in the last twelve months done, the last with at least 80 % right on first answers; from 60 days before the end to 30 days after it. */
export function againstRenewal(stage: RenewalStage, r: Refreshed, inBatch: boolean): RenewalReason[] {
  const reasons: RenewalReason[] = [];
  if (stage === 'fresh') reasons.push('too-early');
  if (stage === 'lapsed') reasons.push('lapsed');
  if (r.lastScore === null && r.due === 0) reasons.push('no-refresher');
  if (r.done < r.due) reasons.push('refresher-missed');
  if (r.lastScore !== null && r.lastScore < RENEWAL_SCORE) reasons.push('refresher-weak');
  if (inBatch) reasons.push('in-batch');
  return reasons;
}

/** Four names to look at before a batch is approved: the longest, and three spread over the list. */
export function toLookAt<T extends { name: string }>(places: readonly T[]): T[] {
  const longest = places.reduce<T | undefined>((a, b) => (a && a.name.length >= b.name.length ? a : b), undefined);
  const rest = places.filter((p) => p !== longest);
  const spread = [0.15, 0.5, 0.85].map((at) => rest[Math.floor(at * rest.length)]);
  return [...new Set([longest, ...spread])].filter((p): p is T => p !== undefined);
}
