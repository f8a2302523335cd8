import type { Operation } from '@lantoa/shared/sync';

/** When something was done by our clock: the phone's time less what its clock was ahead by when it sent. Never after it was heard of. */
export const correctedAt = (deviceAt: Date, skewMs: number, heardAt: Date): Date => new Date(Math.min(deviceAt.getTime() - skewMs, heardAt.getTime()));

/** What an answer of the server says of an operation. Only what a person must look at is refused; whatever may pass by itself is sent again: no session, trouble of ours, too many at once. */
export function outcomeOf(status: number): 'done' | 'refused' | 'again' {
  if (status >= 200 && status < 300) return 'done';
  return status === 401 || status === 408 || status === 425 || status === 429 || status >= 500 ? 'again' : 'refused';
}

/** Numbers from 1 to the highest heard of that never arrived and are not in this list; at most `limit`. */
export function missingBelow(heard: readonly number[], limit: number): number[] {
  const known = new Set(heard);
  const highest = Math.max(0, ...heard);
  const missing: number[] = [];
  for (let n = 1; n < highest && missing.length < limit; n++) if (!known.has(n)) missing.push(n);
  return missing;
}

/** Operations in their order, in groups that can be done at once: neighbours of the same contract and parameters whose bodies are lists (`listOf` says under which name), at most so many. */
export function together(operations: readonly Operation[], listOf: (endpoint: string) => string | undefined, atMost: number): Operation[][] {
  const groups: Operation[][] = [];
  const key = (op: Operation) => `${op.endpoint} ${JSON.stringify(op.input.params ?? {})}`;
  for (const op of operations) {
    const last = groups.at(-1);
    if (last && last.length < atMost && listOf(op.endpoint) && key(last[0] as Operation) === key(op)) last.push(op);
    else groups.push([op]);
  }
  return groups;
}
