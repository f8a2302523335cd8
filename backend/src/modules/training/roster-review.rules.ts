import type { RosterDecision, RosterProblem, RosterRow } from '@lantoa/shared/training';
import { readPhone } from '@lantoa/shared/rules/phone';
import { fold } from '@lantoa/shared/rules/text';
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
    for (const p of ['name-missing', 'cell-markup', 'cell-formula', 'cell-too-long'] as const) mended.add(p);
  }
  if (d.birthYear !== undefined) {
    next.birthYear = d.birthYear;
    mended.add('birth-year-missing');
  }
  let phoneProblem: RosterProblem | null = null;
  if (d.phone !== undefined) {
    for (const p of ['phone-length', 'phone-format', 'phone-lost-zero'] as const) mended.add(p);
    const read = d.phone ? readPhone(d.phone) : null;
    next.phone = read && 'phone' in read ? read.phone : null;
    next.phoneTyped = d.phone;
    if (read && 'error' in read) phoneProblem = read.error;
  }
  next.problems = [...row.problems.filter((p) => !mended.has(p)), ...(phoneProblem ? [phoneProblem] : [])];
  return next;
}

/** Reviews every row: where it is, who it is, and what a human must say. Pure: the same file, decisions and records give the same review. */
export function review(rows: readonly ReadRow[], decisions: Readonly<Record<string, RosterDecision>>, at: { year: number; unitOf: (text: string) => UnitFound; known: readonly Known[]; enrolled: ReadonlySet<string>; compare: Compare; unitNameOf: (id: string) => string | null }): RosterRow[] {
  const seen = new Map<string, number>();
  return rows.map((raw) => {
    const d = decisions[raw.row];
    const row = decided(raw, d);
    const unit: UnitFound = d?.unitId ? { unitId: d.unitId, unitName: at.unitNameOf(d.unitId), problem: null, former: false, suggestions: [] } : at.unitOf(row.unit);
    const problems: RosterProblem[] = row.problems.filter((p) => p !== 'unit-missing');
    if (unit.problem) problems.push(unit.problem);
    if (unit.former) problems.push('unit-former');
    if (row.birthYear !== null && (at.year - row.birthYear < YOUNGEST || at.year - row.birthYear > OLDEST)) problems.push('birth-year-odd');
    const identity = `${fold(row.name)}|${row.birthYear}|${row.phone ?? unit.unitId}`;
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, row.row);
    if (first !== undefined && !d?.keepBoth) problems.push('duplicate-row');
    const match = matchOf(row, unit.unitId, d, at);
    problems.push(...match.problems);
    return {
      ...row, problems, unitId: unit.unitId, unitName: unit.unitName, unitSuggestions: unit.suggestions, sameAs: first ?? null, person: match.person && { id: match.person.id, name: match.person.name, birthYear: match.person.birthYear, unitName: match.person.unitName },
      state: d?.skip ? 'skipped' : problems.some((p) => ERRORS.includes(p)) ? 'error' : problems.some((p) => CHECKS.includes(p) && !(p === 'birth-year-odd' && d?.birthYear !== undefined)) ? 'check' : 'ready',
    };
  });
}

function matchOf(row: ReadRow, unitId: string | null, d: RosterDecision | undefined, at: { known: readonly Known[]; enrolled: ReadonlySet<string>; compare: Compare }): { person: Known | null; problems: RosterProblem[] } {
  if (d?.person === 'new') return { person: null, problems: [] };
  if (d?.person) return { person: at.known.find((k) => k.id === d.person) ?? null, problems: at.enrolled.has(d.person) ? ['already-enrolled'] : [] };
  const compared = at.known.map((k) => ({ k, is: at.compare({ name: row.name, birthYear: row.birthYear, phone: row.phone, unitId }, k) }));
  const same = compared.find((c) => c.is === 'same');
  if (same) return { person: same.k, problems: at.enrolled.has(same.k.id) ? ['already-enrolled'] : [] };
  const maybe = compared.find((c) => c.is === 'maybe');
  if (maybe) return { person: maybe.k, problems: ['person-maybe'] };
  return { person: null, problems: compared.some((c) => c.is === 'shared-phone') ? ['phone-shared'] : [] };
}
