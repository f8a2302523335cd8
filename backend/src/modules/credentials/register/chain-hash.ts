import { createHash } from 'node:crypto';
import type { RegisterEntry } from './register.entity.ts';

const FIELDS = ['id', 'seq', 'kind', 'issuerId', 'typeId', 'year', 'number', 'registerNo', 'serialNo', 'personId', 'holderName', 'unitId', 'unitName', 'title', 'hours', 'issuedOn', 'validUntil', 'decisionNo', 'signerTitle', 'signerName', 'evidence', 'refersTo', 'note', 'token'] as const;
/** What lines of format 2 say besides. */
const SINCE_2 = ['format', 'birthYear', 'sex', 'corrects', 'reason', 'templateVersionId'] as const;

/** JSON with sorted keys: the same content gives the same text, however the database orders it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  return JSON.stringify(value ?? null);
}

/** SHA-256 (hex) over the hash of the line before and everything that this line says. */
export function entryHash(entry: Omit<RegisterEntry, 'hash'>): string {
  const content: unknown[] = [...FIELDS, ...(entry.format >= 2 ? SINCE_2 : [])].map((f) => entry[f]);
  return createHash('sha256').update(`${entry.previousHash}\n${canonical([...content, entry.recordedAt.toISOString()])}`).digest('hex');
}
