import { editDistance, fold } from '@lantoa/shared/rules/text';

/** A name that a unit goes by on a day; `former` marks a name of a unit that has since gone into `unitId`. */
export interface UnitName { unitId: string; name: string; parentId: string | null; parentName: string | null; former: boolean }

export type UnitMatch =
  | { unitId: string; unitName: string; former: boolean; body: string | null; locality: string | null }
  | { problem: 'unit-missing' | 'unit-unknown' | 'unit-ambiguous'; suggestions: { unitId: string; name: string }[] };

const KIND = /^(tinh|thanh pho|thi xa|huyen|quan|xa|phuong|thi tran|dac khu)\s+/;
const LOCALITY = /^(thon|lang|plei|kon|ban|to dan pho|to|khoi|buon|khu)\s/;
const ABBREVIATIONS: [RegExp, string][] = [[/(^|[\s,;])tt\.?\s/g, '$1thi tran '], [/(^|[\s,;])tp\.?\s/g, '$1thanh pho '], [/(^|[\s,;])tx\.?\s/g, '$1thi xa '], [/(^|[\s,;])h\.\s*/g, '$1huyen '], [/(^|[\s,;])x\.\s*/g, '$1xa '], [/(^|[\s,;])p\.\s*/g, '$1phuong '], [/(^|[\s,;])t\.\s*/g, '$1tinh ']];

/** A text as units are compared: folded, abbreviations written out, Đắc and Đăk and Đắk alike, `H'Drai` and `H Drai` alike, no punctuation. */
const words = (text: string): string => ABBREVIATIONS.reduce((t, [short, long]) => t.replace(short, long), fold(text)).replace(/\bdac\b/g, 'dak').replace(/[,;.()'\-–/]+/g, ' ').replace(/\s+/g, ' ').trim();
/** A unit's name without its kind: `xa dak ha` → `dak ha`. */
export const bareName = (name: string): string => words(name).replace(KIND, '');

/** The names of a day, by how they are written. Made once for a list. */
export interface UnitIndex {
  byForm: ReadonlyMap<string, UnitName[]>; byBare: ReadonlyMap<string, UnitName[]>;
  /** Parents that no longer exist (districts of before the reform): the names of units that were under them. */
  byGhost: ReadonlyMap<string, UnitName[]>;
  parentOf: ReadonlyMap<string, string | null>; own: ReadonlyMap<string, UnitName>; names: readonly UnitName[];
}

export function indexOf(names: readonly UnitName[]): UnitIndex {
  const [byForm, byBare, byGhost] = [new Map<string, UnitName[]>(), new Map<string, UnitName[]>(), new Map<string, UnitName[]>()];
  const put = (map: Map<string, UnitName[]>, key: string, n: UnitName) => { const list = map.get(key); if (list) list.push(n); else map.set(key, [n]); };
  for (const n of names) {
    put(byForm, words(n.name), n);
    put(byBare, bareName(n.name), n);
  }
  for (const n of names) if (n.former && n.parentName && !byForm.has(words(n.parentName))) for (const form of new Set([words(n.parentName), bareName(n.parentName)])) put(byGhost, form, n);
  const own = new Map(names.filter((n) => !n.former).map((n) => [n.unitId, n] as const).reverse());
  return { byForm, byBare, byGhost, own, names, parentOf: new Map([...own].map(([id, n]) => [id, n.parentId])) };
}

/**
 * Finds the unit at the end of what people write: `Hội LHPN Xã Đắk Hà, Huyện Tu Mơ Rông`, `Thôn Chốt, Xã Bờ Y`, `Đak Ruong`. A name with its kind is
 * preferred to a bare one and a longer one to a shorter one; units named behind it (its district, its province, also of before a reform) decide between
 * equals, and so does `within`, the units that the list is about. What stands before the unit is the office (`body`) or the village (`locality`).
 */
export function matchUnit(raw: string, index: UnitIndex, within: ReadonlySet<string>): UnitMatch {
  const text = words(raw);
  if (!text) return { problem: 'unit-missing', suggestions: [] };
  const found = innermost(text, index);
  if (!found.length) return { problem: 'unit-unknown', suggestions: nearest(text, index, within) };
  const candidates = distinct(found);
  const chosen = candidates.length > 1 ? narrow(candidates, within) : candidates;
  const one = chosen[0];
  if (chosen.length !== 1 || !one) return { problem: 'unit-ambiguous', suggestions: candidates.map(suggestion) };
  // Whatever name was used, the unit is called by its own of that day.
  const own = index.own.get(one.unitId) ?? one;
  return { unitId: one.unitId, unitName: own.name, former: one.former, ...before(raw, one.name) };
}

const suggestion = (n: UnitName) => ({ unitId: n.unitId, name: n.parentName ? `${n.name}, ${n.parentName}` : n.name });

interface Hit { names: UnitName[]; ghosts: UnitName[] | null; rest: string }

/** The longest name at the end of a text, with its kind if it can be; what it is, and what stands before it. */
function lastName(text: string, index: UnitIndex, allowed: (n: UnitName) => boolean): Hit | null {
  const tokens = text.split(' ');
  for (const map of [index.byForm, index.byBare]) {
    for (let i = 0; i < tokens.length; i++) {
      const tail = tokens.slice(i).join(' ');
      const rest = tokens.slice(0, i).join(' ');
      const names = map.get(tail)?.filter(allowed);
      if (names?.length) return { names, ghosts: null, rest };
      const ghosts = map === index.byForm && KIND.test(`${tail} `) ? index.byGhost.get(tail) : map === index.byBare ? index.byGhost.get(tail) : undefined;
      if (ghosts) return { names: [], ghosts, rest };
    }
  }
  return null;
}

/** Goes from the widest unit, which stands last, to the innermost one that belongs to it. */
function innermost(text: string, index: UnitIndex): UnitName[] {
  let hit = lastName(text, index, () => true);
  let found: UnitName[] = hit?.names ?? [];
  while (hit?.rest) {
    const { names, ghosts } = hit;
    const ids = new Set(names.map((n) => n.unitId));
    const belongs = ghosts ? (n: UnitName) => ghosts.includes(n) : (n: UnitName) => !ids.has(n.unitId) && isUnder(n, ids, index);
    const inner = lastName(hit.rest, index, belongs);
    if (!inner || (inner.ghosts && ghosts)) break;
    if (inner.names.length) found = inner.names;
    hit = inner.ghosts && !inner.ghosts.length ? null : inner;
  }
  return found;
}

function isUnder(n: UnitName, ids: ReadonlySet<string>, index: UnitIndex): boolean {
  if (n.parentId && ids.has(n.parentId)) return true;
  for (let id = index.parentOf.get(n.unitId), steps = 0; id && steps < 10; id = index.parentOf.get(id), steps++) if (ids.has(id)) return true;
  return false;
}

/** Each unit once, by the name that it has now where it is among them. */
const distinct = (list: UnitName[]): UnitName[] => [...new Map([...list].sort((a, b) => Number(b.former) - Number(a.former)).map((n) => [n.unitId, n])).values()];

function narrow(list: UnitName[], within: ReadonlySet<string>): UnitName[] {
  const inside = list.filter((n) => within.has(n.unitId));
  const current = (inside.length ? inside : list).filter((n) => !n.former);
  return current.length ? current : inside.length ? inside : list;
}

function nearest(text: string, index: UnitIndex, within: ReadonlySet<string>): { unitId: string; name: string }[] {
  const last = text.replace(KIND, '').split(' ');
  const tails = [1, 2, 3, 4].map((n) => last.slice(-n).join(' '));
  return distinct(index.names.filter((n) => within.has(n.unitId)))
    .map((n) => ({ n, distance: Math.min(...tails.map((tail) => editDistance(tail, bareName(n.name)))) }))
    .filter(({ n, distance }) => distance <= Math.max(1, bareName(n.name).length / 4))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ n }) => suggestion(n));
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
