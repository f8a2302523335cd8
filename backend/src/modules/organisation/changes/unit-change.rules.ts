import type { ChangeProblem, UnitChange } from '@lantoa/shared/unit-changes';
import type { UnitKind } from '@lantoa/shared/organisation';
import { type Day, holdsOn, type Period } from '@lantoa/shared/rules/days';
import { fold } from '@lantoa/shared/rules/text';
import type { Ending } from './heirs.rules.ts';

export interface Version { id: string; unitId: string; name: string; kind: UnitKind; code: string | null; parentId: string | null; valid: Period }
/** What a change may touch: every version of the units that it names, of their children and of the units above, and when each was last in an event. */
export interface Facts {
  versions: readonly Version[];
  /** Day of the last event of a unit. */
  lastEvents: ReadonlyMap<string, Day>;
  /** Who holds a code on the day. */
  codes: ReadonlyMap<string, { unitId: string; name: string }>;
  /** Villages named in postings of the unit to be split, folded. */
  localities: ReadonlySet<string>;
}

/** What would be written. Versions are only closed or added. */
export interface Plan {
  close: { versionId: string; until: Day }[];
  open: Version[];
  newUnits: string[];
  parts: { from: string; to: string }[];
  endings: Ending[];
  /** Units that go to another parent with their own unit's change. */
  follow: string[];
  /** Villages of a split unit → the unit that they belong to now. */
  places: { locality: string; unitId: string }[];
}

type NewUnitData = Extract<UnitChange, { kind: 'open' }>['unit'];

/** The units that a change names, those above them included: what must be loaded, and what the asker must reach. */
export function unitsNamed(c: UnitChange): string[] {
  const parents = (units: readonly { parentId: string | null }[]) => units.flatMap((u) => u.parentId ?? []);
  switch (c.kind) {
    case 'open': return parents([c.unit]);
    case 'rename': case 'close': return [c.unitId];
    case 'move': return [c.unitId, ...parents([c])];
    case 'merge': return [...new Set([...c.unitIds, ...('unitId' in c.into ? [c.into.unitId] : parents([c.into]))])];
    case 'split': return [...new Set([c.unitId, ...c.children.map((x) => x.unitId), ...parents(c.into)])];
  }
}

/**
 * Checks a change against what there is and works out what to write. A unit changes at most once a day, and never before a change that is recorded already: what was
 * reported then would not be so any more.
 * @param makeId gives a new id at each call
 */
export function planChange(change: UnitChange, facts: Facts, makeId: () => string): { problems: ChangeProblem[] } | { plan: Plan } {
  const { plan, problems } = new Planner(change, facts, makeId).run();
  return problems.length ? { problems } : { plan };
}

type Of<K extends UnitChange['kind']> = Extract<UnitChange, { kind: K }>;

class Planner {
  readonly problems: ChangeProblem[] = [];
  readonly plan: Plan = { close: [], open: [], newUnits: [], parts: [], endings: [], follow: [], places: [] };
  private readonly ending: ReadonlySet<string>;

  constructor(private readonly change: UnitChange, private readonly facts: Facts, private readonly makeId: () => string) {
    this.ending = endingUnits(change);
  }

  run(): this {
    const c = this.change;
    if (c.kind === 'open') this.begin(c.unit);
    else if (c.kind === 'rename') this.rename(c);
    else if (c.kind === 'move') this.move(c);
    else if (c.kind === 'merge') this.merge(c);
    else if (c.kind === 'split') this.split(c);
    else this.close(c);
    return this;
  }

  private rename(c: Of<'rename'>): void {
    const v = this.subject(c.unitId);
    const name = c.name.normalize('NFC');
    this.freeCode(c.code, c.unitId);
    if (v && v.name === name && (c.code ?? v.code) === v.code) this.fail('nothing-changes', { name });
    if (v) this.replace(v, { name, ...(c.code !== undefined && { code: c.code }) });
    this.plan.parts.push({ from: c.unitId, to: c.unitId });
  }

  private move(c: Of<'move'>): void {
    const v = this.subject(c.unitId);
    this.freeCode(c.code, c.unitId);
    this.parentHolds(c.parentId);
    for (let up = c.parentId; up !== null; up = this.at(up)?.parentId ?? null) if (up === c.unitId) { this.fail('parent-inside', { name: this.nameOf(c.parentId as string) }); break; }
    if (v && v.parentId === c.parentId) this.fail('nothing-changes', { name: v.name });
    if (v) this.replace(v, { parentId: c.parentId, ...(c.code !== undefined && { code: c.code }) });
    this.plan.parts.push({ from: c.unitId, to: c.unitId });
  }

  private merge(c: Of<'merge'>): void {
    const all = [...new Set(c.unitIds)].map((id) => ({ id, v: this.subject(id) }));
    const to = 'unitId' in c.into ? this.mergeInto(c.into, all) : this.begin(c.into);
    for (const { id, v } of all) {
      this.plan.parts.push({ from: id, to });
      if (!v || id === to) continue;
      this.end(v, to, true);
      for (const child of this.childrenOf(id)) if (child.unitId !== to) this.adopt(child, to);
    }
  }

  /** The unit that stays, perhaps under another name. */
  private mergeInto(into: { unitId: string; name?: string | undefined; code?: string | undefined }, all: readonly { id: string; v: Version | undefined }[]): string {
    const renamed = into.name !== undefined || into.code !== undefined;
    const among = all.find((x) => x.id === into.unitId);
    // A unit that only takes others in may have begun the same day.
    const stays = among ? among.v : renamed ? this.subject(into.unitId) : this.at(into.unitId);
    if (!among && !renamed && !stays) this.fail('not-valid-then', { name: this.nameOf(into.unitId), day: this.change.on });
    this.freeCode(into.code, into.unitId);
    if (all.every((x) => x.id === into.unitId)) this.fail('nothing-changes', { name: this.nameOf(into.unitId) });
    if (stays && renamed) this.replace(stays, { ...(into.name !== undefined && { name: into.name.normalize('NFC') }), ...(into.code !== undefined && { code: into.code }) });
    return into.unitId;
  }

  private split(c: Of<'split'>): void {
    const v = this.subject(c.unitId);
    const into = c.into.map((u) => this.begin(u));
    const place = (index: number, name: string): string | undefined => {
      if (into[index] === undefined) this.fail('place-unknown', { name });
      return into[index];
    };
    for (const child of this.childrenOf(c.unitId)) {
      const given = c.children.find((x) => x.unitId === child.unitId);
      const to = given && place(given.into, child.name);
      if (to) this.adopt(child, to);
      else this.fail('children-left', { name: child.name });
    }
    for (const { locality, into: index } of c.localities) {
      if (!this.facts.localities.has(fold(locality))) this.fail('place-unknown', { name: locality });
      const unitId = place(index, locality);
      if (unitId) this.plan.places.push({ locality, unitId });
    }
    for (const to of into) this.plan.parts.push({ from: c.unitId, to });
    // What it did cannot be divided afterwards; it counts for the unit above.
    const above = new Set(c.into.map((u) => u.parentId));
    if (v) this.end(v, above.size === 1 ? ([...above][0] ?? null) : v.parentId, false);
  }

  private close(c: Of<'close'>): void {
    const v = this.subject(c.unitId);
    for (const child of this.childrenOf(c.unitId)) this.fail('children-left', { name: child.name });
    this.plan.parts.push({ from: c.unitId, to: v?.parentId ?? c.unitId });
    if (v) this.end(v, v.parentId, false);
  }

  /** The version of a unit that the change replaces or ends, or a problem. */
  private subject(unitId: string): Version | undefined {
    const { on } = this.change;
    const version = this.at(unitId);
    const starts = this.facts.versions.filter((v) => v.unitId === unitId).map((v) => v.valid.from);
    const later = [...starts, ...(this.facts.lastEvents.has(unitId) ? [this.facts.lastEvents.get(unitId) as Day] : []), ...(version?.valid.until ? [version.valid.until] : [])].filter((d) => d > on).sort()[0];
    if (!starts.length) this.fail('unit-unknown');
    else if (!version) this.fail('not-valid-then', { name: this.nameOf(unitId), day: on });
    else if (later) this.fail('changed-later', { name: version.name, day: later });
    else if (version.valid.from === on || this.facts.lastEvents.get(unitId) === on) this.fail('changed-that-day', { name: version.name, day: on });
    else return version;
    return undefined;
  }

  private begin(u: NewUnitData): string {
    const { on } = this.change;
    const unitId = this.makeId();
    this.freeCode(u.code, null);
    this.parentHolds(u.parentId);
    const twin = this.facts.versions.find((v) => v.parentId === u.parentId && v.kind === u.kind && fold(v.name) === fold(u.name) && holdsOn(v.valid, on) && !this.ending.has(v.unitId));
    if (twin) this.fail('same-name', { name: twin.name });
    this.plan.newUnits.push(unitId);
    this.plan.open.push({ id: this.makeId(), unitId, name: u.name.normalize('NFC'), kind: u.kind, code: u.code, parentId: u.parentId, valid: { from: on, until: null } });
    return unitId;
  }

  private end(v: Version, heirId: string | null, exact: boolean): void {
    this.plan.close.push({ versionId: v.id, until: this.change.on });
    if (heirId !== null) this.plan.endings.push({ on: this.change.on, unitId: v.unitId, heirId, exact });
  }

  private replace(v: Version, next: Partial<Pick<Version, 'name' | 'code' | 'parentId'>>): void {
    this.plan.close.push({ versionId: v.id, until: this.change.on });
    this.plan.open.push({ ...v, ...next, id: this.makeId(), valid: { from: this.change.on, until: v.valid.until } });
  }

  /** A unit below one that ends goes on under its successor. */
  private adopt(child: Version, parentId: string): void {
    if (child.valid.from === this.change.on || child.valid.until !== null) this.fail('changed-that-day', { name: child.name, day: this.change.on });
    else {
      this.replace(child, { parentId });
      this.plan.follow.push(child.unitId);
    }
  }

  private childrenOf(unitId: string): Version[] {
    return this.facts.versions.filter((v) => v.parentId === unitId && holdsOn(v.valid, this.change.on) && !this.ending.has(v.unitId));
  }

  private freeCode(code: string | null | undefined, own: string | null): void {
    const holder = code ? this.facts.codes.get(code) : undefined;
    if (holder && holder.unitId !== own && !this.ending.has(holder.unitId)) this.fail('code-taken', { code: code as string, name: holder.name });
  }

  private parentHolds(parentId: string | null): void {
    if (parentId !== null && (!this.at(parentId) || this.ending.has(parentId))) this.fail('parent-not-valid', { name: this.nameOf(parentId), day: this.change.on });
  }

  private at(unitId: string): Version | undefined {
    return this.facts.versions.find((v) => v.unitId === unitId && holdsOn(v.valid, this.change.on));
  }

  private nameOf(unitId: string): string {
    return (this.at(unitId) ?? this.facts.versions.find((v) => v.unitId === unitId))?.name ?? '';
  }

  private fail(code: ChangeProblem['code'], params: ChangeProblem['params'] = {}): void {
    this.problems.push({ code, params });
  }
}

function endingUnits(c: UnitChange): ReadonlySet<string> {
  if (c.kind === 'merge') return new Set(c.unitIds.filter((id) => !('unitId' in c.into) || id !== c.into.unitId));
  return new Set(c.kind === 'split' || c.kind === 'close' ? [c.unitId] : []);
}
