import type { UnitKind } from '@lantoa/shared/organisation';

/** Unit lists and changes as read from `content/units`, before anything is believed. */
export interface UnitSources {
  lists: { file: string; from: string; rows: Record<string, string>[] }[];
  changes: { file: string; on: string; from: string; to: string; document: string; province: { document: string }; districts: { document: string }; rows: Record<string, string>[] }[];
  aliases: { file: string; rows: Record<string, string>[] };
}

export interface PlannedVersion { unit: string; name: string; kind: UnitKind; code: string; parent: string | null; from: string; until: string | null }
export interface PlannedSuccession { on: string; kind: 'merge' | 'move' | 'close'; document: string; note: string; from: string[]; to: string }
/** What the database should hold. A unit is named by a key, `code@day of its first list`. */
export interface UnitPlan { units: string[]; versions: PlannedVersion[]; successions: PlannedSuccession[]; aliases: { unit: string; name: string }[] }
/** A row that is wrong: line 1 is the header. */
export interface RowFault { file: string; line: number; reason: string }

const KINDS = ['province', 'district', 'commune', 'village', 'office', 'school'];
const keyOf = (code: string, from: string): string => `${code}@${from}`;

/** Checks the sources as a whole and works out every unit, version and succession; any fault refuses everything. */
export function planUnits(sources: UnitSources): { plan: UnitPlan } | { faults: RowFault[] } {
  const faults = [...sources.lists.flatMap(faultsOfList), ...sources.changes.flatMap((c) => faultsOfChange(c, sources)), ...faultsOfAliases(sources)];
  if (faults.length) return { faults };
  const same = unchangedUnits(sources);
  const unitOf = (file: string, code: string): string => {
    const list = sources.lists.find((l) => l.file === file);
    const key = keyOf(code, list?.from ?? '');
    return same.get(key) ?? key;
  };
  const versions = sources.lists.flatMap((list) => list.rows.map((r): PlannedVersion => ({
    unit: unitOf(list.file, r.code ?? ''), name: (r.name ?? '').normalize('NFC'), kind: r.kind as UnitKind, code: r.code ?? '',
    parent: r.parent_code ? unitOf(list.file, r.parent_code) : null, from: list.from, until: sources.changes.find((c) => c.from === list.file)?.on ?? null,
  })));
  const successions = sources.changes.flatMap((c) => successionsOf(c, sources, unitOf));
  const aliases = sources.aliases.rows.map((r) => ({ unit: unitOf(r.list ?? '', r.code ?? ''), name: (r.name ?? '').normalize('NFC') }));
  return { plan: { units: [...new Set(versions.map((v) => v.unit))], versions, successions, aliases } };
}

function faultsOfList({ file, rows }: UnitSources['lists'][number]): RowFault[] {
  const codes = new Map<string, number>();
  const all = new Set(rows.map((r) => r.code));
  return rows.flatMap((r, i) => {
    const line = i + 2;
    const fault = (reason: string): RowFault[] => [{ file, line, reason }];
    if (!/^\d{2,5}$/.test(r.code ?? '')) return fault(`the code "${r.code ?? ''}" must be two to five digits`);
    const earlier = codes.get(r.code as string);
    codes.set(r.code as string, line);
    if (earlier) return fault(`the code ${r.code} stands on line ${earlier} already`);
    if (!r.name?.trim()) return fault('the name is empty');
    if (!KINDS.includes(r.kind ?? '')) return fault(`the kind "${r.kind ?? ''}" must be one of ${KINDS.join(', ')}`);
    if (r.parent_code && !all.has(r.parent_code)) return fault(`the parent ${r.parent_code} is not in this list`);
    if (!r.parent_code && r.kind !== 'province') return fault('only a province has no parent');
    return [];
  });
}

function faultsOfChange(change: UnitSources['changes'][number], sources: UnitSources): RowFault[] {
  const codesOf = (file: string) => new Map((sources.lists.find((l) => l.file === file)?.rows ?? []).map((r) => [r.code, r]));
  const [before, after] = [codesOf(change.from), codesOf(change.to)];
  const seen = new Set<string>();
  const faults = change.rows.flatMap((r, i) => {
    const line = i + 2;
    const fault = (reason: string): RowFault[] => [{ file: change.file, line, reason }];
    if (!before.has(r.from_code)) return fault(`${r.from_code} is not in ${change.from}`);
    if (!after.has(r.to_code)) return fault(`${r.to_code} is not in ${change.to}`);
    if (r.kind !== 'merge' && r.kind !== 'unchanged') return fault(`the kind "${r.kind}" must be merge or unchanged`);
    if (seen.has(r.from_code as string)) return fault(`${r.from_code} is said to go to two units`);
    seen.add(r.from_code as string);
    return [];
  });
  const lost = [...before.values()].find((r) => r.kind === 'commune' && !seen.has(r.code as string));
  return lost && !faults.length ? [{ file: change.file, line: change.rows.length + 1, reason: `nothing says where ${lost.code} (${lost.name}) went` }] : faults;
}

function faultsOfAliases({ aliases, lists }: UnitSources): RowFault[] {
  return aliases.rows.flatMap((r, i) => {
    const known = lists.find((l) => l.file === r.list)?.rows.some((u) => u.code === r.code);
    return known && r.name?.trim() ? [] : [{ file: aliases.file, line: i + 2, reason: known ? 'the name is empty' : `${r.code} is not in ${r.list}` }];
  });
}

/** A unit that the reform left as it was keeps its identity; only its parent is another. */
function unchangedUnits(sources: UnitSources): Map<string, string> {
  const dayOf = (file: string) => sources.lists.find((l) => l.file === file)?.from ?? '';
  return new Map(sources.changes.flatMap((c) => c.rows.filter((r) => r.kind === 'unchanged').map((r) => [keyOf(r.to_code ?? '', dayOf(c.to)), keyOf(r.from_code ?? '', dayOf(c.from))] as const)));
}

function successionsOf(change: UnitSources['changes'][number], sources: UnitSources, unitOf: (file: string, code: string) => string): PlannedSuccession[] {
  const into = new Map<string, { from: string[]; kind: 'merge' | 'move'; clause: string }>();
  for (const r of change.rows) {
    const to = unitOf(change.to, r.to_code ?? '');
    const entry = into.get(to) ?? { from: [], kind: r.kind === 'unchanged' ? 'move' : 'merge', clause: r.clause ?? '' };
    into.set(to, { ...entry, from: [...entry.from, unitOf(change.from, r.from_code ?? '')] });
  }
  const communes = [...into].map(([to, e]): PlannedSuccession => ({ on: change.on, kind: e.kind, document: change.document, note: e.clause, from: e.from, to }));
  const rowsOf = (file: string, kind: string) => (sources.lists.find((l) => l.file === file)?.rows ?? []).filter((r) => r.kind === kind).map((r) => unitOf(file, r.code ?? ''));
  const province = rowsOf(change.to, 'province')[0] ?? '';
  return [
    ...communes,
    { on: change.on, kind: 'merge', document: change.province.document, note: '', from: rowsOf(change.from, 'province'), to: province },
    { on: change.on, kind: 'close', document: change.districts.document, note: '', from: rowsOf(change.from, 'district'), to: province },
  ];
}
