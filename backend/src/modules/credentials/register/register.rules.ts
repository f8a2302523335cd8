import type { EntryState, RenewalStage } from '@lantoa/shared/credentials';
import { type ChangeAct, reasonsOf, type Wording } from '@lantoa/shared/register';
import { addDays, addMonths, type Day } from '@lantoa/shared/rules/days';

/** The number in the book (`0147/2026/GCN-PN`) from a type's pattern. At least four digits. */
export const registerNo = (pattern: string, number: number, year: number): string => pattern.replace('{number}', String(number).padStart(4, '0')).replace('{year}', String(year));

/** The first and the last of so many numbers that follow each other; nothing for none. */
export const numbersFrom = (pattern: string, first: number, count: number, year: number): [string | null, string | null] => (count ? [registerNo(pattern, first, year), registerNo(pattern, first + count - 1, year)] : [null, null]);

/** The serial of the paper: prefix, year and six digits. */
export const serialNo = (prefix: string, number: number, year: number): string => `${prefix} ${year}${String(number).padStart(6, '0')}`;

/** First day on which a certificate is no longer in force. */
export const validUntil = (issuedOn: Day, months: number): Day => addMonths(issuedOn, months);

/** A line that ends the certificate that it refers to. */
export interface Ending { kind: string; issuedOn: Day }

/** The state of an issued entry on a day, given the lines that point at it. A later line does not change the days before it. */
export function stateOn(entry: { issuedOn: Day; validUntil: Day }, later: readonly Ending[], day: Day): EntryState {
  const known = later.filter((l) => l.issuedOn <= day);
  if (known.some((l) => l.kind === 'revocation')) return 'revoked';
  if (known.some((l) => l.kind === 'issue')) return 'replaced';
  return day < entry.validUntil ? 'in-force' : 'expired';
}

/** From how many days before its end a certificate may be renewed, and for how many days after it still (domain.md). */
export const RENEWAL = { before: 60, after: 30 } as const;

/** Where a certificate that was not ended stands on a day, between issue and the end of the time in which it can be renewed. */
export function stageOn(until: Day, day: Day): RenewalStage {
  if (day < addDays(until, -RENEWAL.before)) return 'fresh';
  if (day < until) return 'open';
  return day < addDays(until, RENEWAL.after) ? 'grace' : 'lapsed';
}

/** First day on which a renewed certificate is no longer in force: early renewal keeps the rest of the old term. */
export const renewedUntil = (old: Day, issuedOn: Day, months: number): Day => addMonths(old > issuedOn ? old : issuedOn, months);

/** Why a change may not be asked for; `null` when it may. A revoked or replaced certificate is finished; only one in force is issued again. */
export function against(act: ChangeAct, state: EntryState, asked: { reason: string; wording: Wording | null }, now: Wording): 'wrong-state' | 'wrong-reason' | 'nothing-corrected' | null {
  if (state === 'revoked' || state === 'replaced' || (act === 'reissue' && state === 'expired')) return 'wrong-state';
  if (!(reasonsOf[act] as readonly string[]).includes(asked.reason)) return 'wrong-reason';
  if (act !== 'correct') return null;
  const { wording } = asked;
  const same = !wording || (['holderName', 'birthYear', 'sex', 'unitName'] as const).every((k) => wording[k] === now[k]);
  return same ? 'nothing-corrected' : null;
}

export interface ChainLine { seq: number; registerNo: string | null; series: string; number: number | null; previousHash: string; hash: string; expectedHash: string }

/** Walks the book in order, line by line: the first whose place, link or content does not fit, and the numbers that are missing in a series. `head`: the hash of the last line. */
export function auditor() {
  const found = { entries: 0, gaps: [] as string[], brokenAt: null as string | null, last: null as string | null, head: null as string | null };
  const highest = new Map<string, number>();
  return {
    found,
    add(line: ChainLine): void {
      const sound = line.seq === found.entries + 1 && line.previousHash === (found.head ?? '') && line.hash === line.expectedHash;
      if (!sound) found.brokenAt ??= line.registerNo ?? `#${line.seq}`;
      found.entries++;
      found.head = line.hash;
      if (line.number === null) return;
      const before = highest.get(line.series) ?? 0;
      for (let n = before + 1; n < line.number; n++) found.gaps.push(`${line.series} ${n}`);
      highest.set(line.series, Math.max(before, line.number));
      found.last = line.registerNo;
    },
  };
}
