import type { UnitKind } from '@lantoa/shared/organisation';

/** What a file of changes says, by official codes; line 1 is the header. */
export interface ReformStep { line: number; on: string; kind: 'open' | 'rename' | 'move' | 'merge' | 'split' | 'close'; document: string; note: string | null; from: string[]; into: ReformUnit[] }
/** A unit as it is afterwards. Without a name it is one that there is already. */
export interface ReformUnit { code: string | null; name: string | null; kind: UnitKind | null; parent: string | null; localities: string[] }
export interface ReformFault { line: number; reason: string }

export const REFORM_COLUMNS = ['on', 'kind', 'document', 'from', 'to', 'name', 'unit_kind', 'parent', 'localities', 'note'] as const;
const KINDS = ['open', 'rename', 'move', 'merge', 'split', 'close'];
const UNIT_KINDS = ['province', 'district', 'commune', 'village', 'office', 'school'];
const list = (text: string | undefined, by: RegExp): string[] => (text ?? '').split(by).map((x) => x.trim()).filter(Boolean);

/** What each kind cannot do without. */
const NEEDED: Record<ReformStep['kind'], readonly ('from' | 'to' | 'name' | 'unit_kind' | 'parent')[]> = { open: ['name', 'unit_kind'], rename: ['from', 'name'], move: ['from', 'parent'], merge: ['from', 'to'], split: ['from', 'name', 'unit_kind'], close: ['from'] };

/** Reads the rows of a file; rows of one split, one after the other, are one step. Any fault refuses the file. */
export function readReform(rows: readonly Record<string, string>[]): { steps: ReformStep[] } | { faults: ReformFault[] } {
  const faults: ReformFault[] = [];
  const steps: ReformStep[] = [];
  for (const [i, row] of rows.entries()) {
    const line = i + 2;
    const reason = faultOf(row);
    if (reason) faults.push({ line, reason });
    const into: ReformUnit = { code: row.to?.trim() || null, name: row.name?.trim().normalize('NFC') || null, kind: (row.unit_kind?.trim() || null) as UnitKind | null, parent: row.parent?.trim() || null, localities: list(row.localities, /;/) };
    const step: ReformStep = { line, on: row.on ?? '', kind: row.kind as ReformStep['kind'], document: row.document?.trim() ?? '', note: row.note?.trim() || null, from: list(row.from, /[\s;,]+/), into: row.kind === 'close' ? [] : [into] };
    const before = steps.at(-1);
    if (step.kind === 'split' && before?.kind === 'split' && before.on === step.on && before.from.join() === step.from.join()) before.into.push(into);
    else steps.push(step);
  }
  for (const s of steps) if (s.kind === 'split' && s.into.length < 2) faults.push({ line: s.line, reason: 'a split needs two rows or more, one for each unit that it becomes' });
  return faults.length ? { faults } : { steps };
}

function faultOf(row: Record<string, string>): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(row.on ?? '') || Number.isNaN(Date.parse(row.on as string))) return `the day "${row.on ?? ''}" must look like 2025-07-01`;
  if (!KINDS.includes(row.kind ?? '')) return `the kind "${row.kind ?? ''}" must be one of ${KINDS.join(', ')}`;
  if (!row.document?.trim()) return 'the document is empty';
  const missing = NEEDED[row.kind as ReformStep['kind']].find((k) => !row[k]?.trim());
  if (missing) return `${row.kind} needs the column "${missing}"`;
  if (row.unit_kind?.trim() && !UNIT_KINDS.includes(row.unit_kind.trim())) return `the unit_kind "${row.unit_kind}" must be one of ${UNIT_KINDS.join(', ')}`;
  if (row.kind === 'merge' && row.name?.trim() && !row.unit_kind?.trim()) return 'a merger into a new unit needs the column "unit_kind"';
  return row.kind !== 'merge' && row.kind !== 'close' && list(row.from, /[\s;,]+/).length > 1 ? `${row.kind} takes one unit in "from"` : null;
}
