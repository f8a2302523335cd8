import { fold } from '@lantoa/shared/rules/text';

/** A name that a unit goes by on a day; `former` marks a name of a unit that has since gone into `unitId`. */
export interface UnitName { unitId: string; name: string; parentId: string | null; parentName: string | null; former: boolean }

export type UnitMatch =
  | { unitId: string; unitName: string; former: boolean; body: string | null; locality: string | null }
  | { problem: 'unit-missing' | 'unit-unknown' | 'unit-ambiguous'; suggestions: { unitId: string; name: string }[] };

const KIND = /^(tinh|thanh pho|thi xa|huyen|quan|xa|phuong|thi tran|dac khu)\s+/;
const LOCALITY = /^(thon|lang|plei|kon|ban|to dan pho|to|khoi|buon)\s/;

const words = (text: string): string => fold(text).replace(/[,;.\-–/]+/g, ' ').replace(/\s+/g, ' ').trim();
/** A unit's name without its kind: `xa dak ha` → `dak ha`. */
export const bareName = (name: string): string => words(name).replace(KIND, '');

const endsWithWords = (text: string, tail: string): boolean => text === tail || text.endsWith(` ${tail}`);

/**
 * Finds the unit at the end of what people write: `Hội LHPN Xã Đắk Hà, Huyện Tu Mơ Rông`, `Thôn Chốt, Xã Bờ Y`, `Đak Ruong`. A name with its kind is
 * preferred to a bare one and a longer one to a shorter one; a parent named behind decides between equals, and so does `within`, the units that
 * the list is about. What stands before the unit is the office (`body`) or the village (`locality`).
 */
export function matchUnit(raw: string, names: readonly UnitName[], within: ReadonlySet<string>): UnitMatch {
  const text = words(raw);
  if (!text) return { problem: 'unit-missing', suggestions: [] };
  const found = longest(text, names);
  if (!found.length) return { problem: 'unit-unknown', suggestions: nearest(text, names, within) };
  const inner = parentNamedBehind(text, found, names);
  const candidates = distinct(inner ?? found);
  const chosen = candidates.length > 1 ? narrow(candidates, within) : candidates;
  const one = chosen[0];
  if (chosen.length !== 1 || !one) return { problem: 'unit-ambiguous', suggestions: candidates.map(suggestion) };
  // Whatever name was used, the unit is called by its own of that day.
  const own = names.find((n) => n.unitId === one.unitId && !n.former) ?? one;
  return { unitId: one.unitId, unitName: own.name, former: one.former, ...before(raw, one.name) };
}

const suggestion = (n: UnitName) => ({ unitId: n.unitId, name: n.parentName ? `${n.name}, ${n.parentName}` : n.name });

function longest(text: string, names: readonly UnitName[]): UnitName[] {
  for (const form of [(n: UnitName) => words(n.name), (n: UnitName) => bareName(n.name)]) {
    const hits = names.filter((n) => endsWithWords(text, form(n)));
    const best = Math.max(0, ...hits.map((n) => form(n).length));
    if (best) return hits.filter((n) => form(n).length === best);
  }
  return [];
}

/** `… Xã A, Huyện B`: when the unit found is B and its child A stands just before it, A is meant. */
function parentNamedBehind(text: string, found: UnitName[], names: readonly UnitName[]): UnitName[] | null {
  for (const parent of found) {
    const form = [words(parent.name), bareName(parent.name)].find((f) => endsWithWords(text, f)) ?? '';
    const rest = text.slice(0, text.length - form.length).trim();
    const children = names.filter((n) => n.parentId === parent.unitId);
    const inner = rest ? longest(rest, children) : [];
    if (inner.length) return inner;
  }
  return null;
}

const distinct = (list: UnitName[]): UnitName[] => [...new Map(list.map((n) => [n.unitId, n])).values()];

function narrow(list: UnitName[], within: ReadonlySet<string>): UnitName[] {
  const inside = list.filter((n) => within.has(n.unitId));
  const current = (inside.length ? inside : list).filter((n) => !n.former);
  return current.length ? current : inside.length ? inside : list;
}

function nearest(text: string, names: readonly UnitName[], within: ReadonlySet<string>): { unitId: string; name: string }[] {
  const last = text.replace(KIND, '').split(' ');
  const tails = [1, 2, 3, 4].map((n) => last.slice(-n).join(' '));
  return distinct(names.filter((n) => within.has(n.unitId)))
    .map((n) => ({ n, distance: Math.min(...tails.map((tail) => editDistance(tail, bareName(n.name)))) }))
    .filter(({ n, distance }) => distance <= Math.max(1, bareName(n.name).length / 4))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ n }) => suggestion(n));
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] as number;
}

/** The office or the village that stands before the unit's name. */
function before(raw: string, unitName: string): { body: string | null; locality: string | null } {
  const parts = raw.normalize('NFC').split(/\s+/);
  const wanted = [words(unitName), bareName(unitName)];
  for (let i = 0; i < parts.length; i++) {
    const tail = words(parts.slice(i).join(' '));
    if (wanted.some((w) => tail === w || tail.startsWith(`${w} `))) {
      const lead = parts.slice(0, i).join(' ').replace(/[\s,;\-–]+$/, '') || null;
      return lead && LOCALITY.test(fold(lead)) ? { body: null, locality: lead } : { body: lead, locality: null };
    }
  }
  return { body: null, locality: null };
}
