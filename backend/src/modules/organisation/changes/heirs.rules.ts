/** An event as far as heirs go: which units ended on a day, and which unit stands for each of them from then on. */
export interface Ending { on: string; unitId: string; heirId: string; /** Did it become that unit (a merger), or is it only counted there (it was split or closed)? */ exact: boolean }
/** From a day on, until another day: who stands for a unit that is no more. */
export interface Heir { unitId: string; heirId: string; exact: boolean; from: string; until: string | null }

/**
 * For every unit that ended, the unit that stands for it, day by day: the last one of the chain of mergers, splits and closings up to that day. Pure and whole, so that the
 * table is derived anew after every change and never patched.
 */
export function heirsOf(endings: readonly Ending[]): Heir[] {
  const rows: Heir[] = [];
  const now = new Map<string, Heir>();
  /** Who had whom as heir: when the heir ends, they go on with it. */
  const under = new Map<string, Set<string>>();
  const put = (unitId: string, heirId: string, exact: boolean, on: string) => {
    const before = now.get(unitId);
    if (before) {
      under.get(before.heirId)?.delete(unitId);
      // Two endings of one day: only the last one ever held.
      if (before.from === on) rows.splice(rows.indexOf(before), 1);
      else before.until = on;
    }
    const row: Heir = { unitId, heirId, exact, from: on, until: null };
    rows.push(row);
    now.set(unitId, row);
    under.set(heirId, (under.get(heirId) ?? new Set()).add(unitId));
  };
  for (const e of [...endings].sort((a, b) => a.on.localeCompare(b.on))) {
    let [heirId, exact] = [e.heirId, e.exact];
    // An heir that ended the same day, recorded before.
    for (let next = now.get(heirId); next && next.heirId !== e.unitId; next = now.get(heirId)) [heirId, exact] = [next.heirId, exact && next.exact];
    put(e.unitId, heirId, exact, e.on);
    for (const u of [...(under.get(e.unitId) ?? [])]) if (u !== heirId) put(u, heirId, exact && (now.get(u)?.exact ?? true), e.on);
  }
  return rows;
}
