import { addMonths, type Day } from '@lantoa/shared/rules/days';
import type { EntryState } from '@lantoa/shared/credentials';

/** The number in the book (`0147/2026/GCN-PN`) from a type's pattern. At least four digits. */
export const registerNo = (pattern: string, number: number, year: number): string => pattern.replace('{number}', String(number).padStart(4, '0')).replace('{year}', String(year));

/** The serial of the paper: prefix, year and six digits. */
export const serialNo = (prefix: string, number: number, year: number): string => `${prefix} ${year}${String(number).padStart(6, '0')}`;

/** First day on which a certificate is no longer in force. */
export const validUntil = (issuedOn: Day, months: number): Day => addMonths(issuedOn, months);

/** The state of an issued entry on a day, given the lines that point at it. A later line does not change the days before it. */
export function stateOn(entry: { issuedOn: Day; validUntil: Day }, later: readonly { kind: 'issue' | 'revocation'; issuedOn: Day }[], day: Day): EntryState {
  const known = later.filter((l) => l.issuedOn <= day);
  if (known.some((l) => l.kind === 'revocation')) return 'revoked';
  if (known.some((l) => l.kind === 'issue')) return 'replaced';
  return day < entry.validUntil ? 'in-force' : 'expired';
}

export interface ChainLine { seq: number; registerNo: string | null; series: string; number: number | null; previousHash: string; hash: string; expectedHash: string }

/** Walks the book in order: the first line whose place, link or content does not fit, and the numbers that are missing in a series. */
export function auditChain(lines: readonly ChainLine[]): { entries: number; gaps: string[]; brokenAt: string | null; last: string | null } {
  let previous = '';
  let brokenAt: string | null = null;
  const highest = new Map<string, number>();
  const gaps: string[] = [];
  let last: string | null = null;
  lines.forEach((line, i) => {
    const sound = line.seq === i + 1 && line.previousHash === previous && line.hash === line.expectedHash;
    if (!sound) brokenAt ??= line.registerNo ?? `#${line.seq}`;
    previous = line.hash;
    if (line.number === null) return;
    const before = highest.get(line.series) ?? 0;
    for (let n = before + 1; n < line.number; n++) gaps.push(`${line.series} ${n}`);
    highest.set(line.series, Math.max(before, line.number));
    last = line.registerNo;
  });
  return { entries: lines.length, gaps, brokenAt, last };
}
