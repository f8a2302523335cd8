import type { RosterDecision, RosterProblem, RosterRow } from '@lantoa/shared/training';
import { fold } from '@lantoa/shared/rules/text';
import { readPhoneCell } from './phone-cell.rules.ts';
import type { ReadRow } from './roster-table.rules.ts';

/** Problems that keep a row out until it is mended; problems that a human must look at; everything else is only said. */
const ERRORS: readonly RosterProblem[] = ['name-missing', 'birth-year-missing', 'unit-missing', 'unit-unknown', 'phone-length', 'phone-format', 'cell-markup', 'cell-formula', 'cell-too-long', 'sex-both'];
const CHECKS: readonly RosterProblem[] = ['unit-ambiguous', 'birth-year-odd', 'duplicate-row', 'person-maybe'];
const YOUNGEST = 15;
const OLDEST = 90;

export interface Known { id: string; name: string; birthYear: number | null; phone: string | null; unitId: string | null; unitName: string | null }
export interface UnitFound { unitId: string | null; unitName: string | null; problem: 'unit-missing' | 'unit-unknown' | 'unit-ambiguous' | null; former: boolean; suggestions: { unitId: string; name: string }[] }
export type Compare = (row: { name: string; birthYear: number | null; phone: string | null; unitId: string | null }, known: Known) => 'same' | 'maybe' | 'shared-phone' | 'different';

/** What a row is once the decisions about it are taken in. */
export function decided(row: ReadRow, d: RosterDecision | undefined): ReadRow {
  if (!d) return row;
  const mended = new Set<RosterProblem>();
  const next = { ...row };
  if (d.name !== undefined) {
    next.name = d.name;
    for (const p of ['name-missing', 'name-capitals', 'cell-markup', 'cell-formula', 'cell-too-long'] as const) mended.add(p);
  }
  if (d.birthYear !== undefined) {
    next.birthYear = d.birthYear;
    mended.add('birth-year-missing').add('birth-year-from-age');
  }
  let phoneProblem: RosterProblem | null = null;
  if (d.phone !== undefined) {
    for (const p of ['phone-length', 'phone-format', 'phone-lost-zero', 'phone-two', 'phone-old-prefix'] as const) mended.add(p);
    const read = readPhoneCell(d.phone ?? '');
    next.phone = read.phone;
    next.phoneTyped = d.phone;
    phoneProblem = read.phone ? null : (read.problems[0] ?? null);
  }
  next.problems = [...row.problems.filter((p) => !mended.has(p)), ...(phoneProblem ? [phoneProblem] : [])];
  return next;
}

/** `enrolled`: who is in the class already; `elsewhere`: who is on the list of another class of the same days. */
export interface ReviewContext { year: number; unitOf: (text: string) => UnitFound; known: readonly Known[]; enrolled: ReadonlySet<string>; elsewhere: ReadonlySet<string>; compare: Compare; unitNameOf: (id: string) => string | null }

/** Reviews every row: where it is, who it is, and what a human must say. Pure: the same file, decisions and records give the same review. */
export function review(rows: readonly ReadRow[], decisions: Readonly<Record<string, RosterDecision>>, at: ReviewContext): RosterRow[] {
  const seen = new Map<string, number>();
  const candidates = candidateIndex(at.known);
  return rows.map((raw) => {
    const d = decisions[raw.line];
    const row = decided(raw, d);
    const unit: UnitFound = d?.unitId ? { unitId: d.unitId, unitName: at.unitNameOf(d.unitId), problem: null, former: false, suggestions: [] } : at.unitOf(row.unit);
    const problems: RosterProblem[] = row.problems.filter((p) => p !== 'unit-missing');
    if (unit.problem) problems.push(unit.problem);
    if (unit.former) problems.push('unit-former');
    if (row.birthYear !== null && (at.year - row.birthYear < YOUNGEST || at.year - row.birthYear > OLDEST)) problems.push('birth-year-odd');
    const identity = `${fold(row.name)}|${row.birthYear}|${row.phone ?? unit.unitId}`;
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, row.line);
    if (first !== undefined && !d?.keepBoth) problems.push('duplicate-row');
    const match = matchOf(row, unit.unitId, d, candidates(row, unit.unitId), at);
    problems.push(...match.problems);
    return {
      ...row, problems, unitId: unit.unitId, unitName: unit.unitName, unitSuggestions: unit.suggestions, sameAs: first ?? null, person: match.person && view(match.person), candidates: match.maybe.map(view),
      state: d?.skip ? 'skipped' : problems.some((p) => ERRORS.includes(p)) ? 'error' : problems.some((p) => CHECKS.includes(p) && !(p === 'birth-year-odd' && d?.birthYear !== undefined)) ? 'check' : 'ready',
    };
  });
}

const view = ({ unitId: _unit, ...k }: Known) => k;
const CANDIDATES_AT_MOST = 3;

/** Finds who may be a row without comparing it with everybody: the same phone, or the same unit and a birth year that agrees or is not known. */
function candidateIndex(known: readonly Known[]): (row: { phone: string | null; birthYear: number | null; name: string }, unitId: string | null) => Known[] {
  const by = new Map<string, Known[]>();
  const put = (key: string, k: Known) => { const list = by.get(key); if (list) list.push(k); else by.set(key, [k]); };
  for (const k of known) {
    if (k.phone) put(k.phone, k);
    if (k.unitId) put(`${k.unitId} ${k.birthYear ?? '?'}`, k);
    put(k.id, k);
  }
  return (row, unitId) => [...new Set([...((row.phone && by.get(row.phone)) || []), ...(by.get(`${unitId} ${row.birthYear}`) ?? []), ...(by.get(`${unitId} ?`) ?? [])])];
}

function matchOf(row: ReadRow, unitId: string | null, d: RosterDecision | undefined, candidates: readonly Known[], at: ReviewContext): { person: Known | null; maybe: Known[]; problems: RosterProblem[] } {
  const said = (id: string): RosterProblem[] => [...(at.enrolled.has(id) ? ['already-enrolled' as const] : []), ...(at.elsewhere.has(id) ? ['in-other-class' as const] : [])];
  const known = (person: Known | null) => ({ person, maybe: [], problems: person ? said(person.id) : [] });
  if (d?.person === 'new') return known(null);
  if (d?.person) return known(at.known.find((k) => k.id === d.person) ?? null);
  const compared = candidates.map((k) => ({ k, is: at.compare({ name: row.name, birthYear: row.birthYear, phone: row.phone, unitId }, k) }));
  const same = compared.find((c) => c.is === 'same');
  if (same) return known(same.k);
  const maybe = compared.filter((c) => c.is === 'maybe').map((c) => c.k).slice(0, CANDIDATES_AT_MOST);
  if (maybe[0]) return { person: maybe[0], maybe, problems: ['person-maybe'] };
  return { person: null, maybe: [], problems: compared.some((c) => c.is === 'shared-phone') ? ['phone-shared'] : [] };
}
