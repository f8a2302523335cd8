import { Injectable } from '@nestjs/common';
import { type Area, UnitsService } from '#modules/organisation';
import type { Tier } from '#modules/training';
import { ALL } from '../ledger/amounts.ts';
import { LedgerQueries, type Look, type SumRow } from '../ledger/ledger.queries.ts';
import { LineageService } from '../lineage/door.ts';
import { type Roots, ScopesService } from '../scopes.service.ts';
import { type Need, spreadMissing, type Teacher } from './next.rules.ts';
import { OutlookQueries } from './outlook.queries.ts';

type Target = Awaited<ReturnType<OutlookQueries['targets']>>[number];
interface Ground { areas: Area[]; sums: SumRow[]; nobody: Set<string> }

/** What places lack to their targets, area by area, and who could teach there. */
@Injectable()
export class NeedsService {
  constructor(private readonly queries: OutlookQueries, private readonly ledger: LedgerQueries, private readonly scopes: ScopesService, private readonly units: UnitsService, private readonly lineage: LineageService) {}

  async of(programmeId: string, tiers: readonly Tier[], asOf: string, roots: Roots): Promise<Need[]> {
    const targets = await this.queries.targets(programmeId, asOf, roots);
    const areas = await this.units.areas(asOf);
    const above = targets.filter((t) => !areas.some((a) => a.unitId === t.unitId || a.areaId === t.unitId)).map((t) => t.unitId);
    const days = await this.ledger.mapDays(above, asOf, asOf);
    const looks: Look[] = [...(await this.scopes.rows(areas.map((a) => a.unitId), asOf, roots)), ...[...new Set(above)].map((id) => ({ row: id, unitId: id, mapDay: days.get(id) as string }))];
    const sums = await this.ledger.sums([ALL, programmeId, ...tiers.map((t) => t.id)], looks, asOf);
    const count = (row: string, of: 'places' | 'covered') => sums.filter((s) => s.row === row).reduce((sum, s) => sum + s[of], 0);
    const reached = new Set(looks.map((l) => l.row));
    const ground: Ground = { areas: areas.filter((a) => reached.has(a.unitId)), sums, nobody: new Set(areas.filter((a) => count(a.unitId, 'places') > count(a.unitId, 'covered')).map((a) => a.unitId)) };
    const planned = await this.queries.planned(programmeId, asOf, roots);
    return tiers.flatMap((tier) => withoutPlanned(needsOf(tier, targets.filter((t) => t.tierId === tier.id), ground), planned.filter((c) => c.tierId === tier.id), areas));
  }

  /** Those who may teach a tier on the day, at home in each area that they have a posting in. */
  async teachers(slug: string, tiers: readonly Tier[], asOf: string, roots: Roots): Promise<Teacher[]> {
    const areas = await this.units.areas(asOf);
    const homeOf = new Map([...areas.map((a) => [a.areaId, a.areaId] as const), ...areas.map((a) => [a.unitId, a.areaId] as const)]);
    const expected = new Map((await this.lineage.trainersOf(slug, asOf, roots)).items.map((t) => [t.personId, t.expected]));
    const holders = await this.queries.teachers(tiers.map((t) => t.certificateTypeId), asOf, roots);
    return tiers.slice(1).flatMap((tier, i) => holders.filter((h) => h.typeId === (tiers[i] as Tier).certificateTypeId).map((h) => ({
      personId: h.personId, name: h.name, tier: tier.position, areaIds: h.units.map((u) => homeOf.get(u) ?? u), validUntil: h.validUntil, expectedGain: expected.get(h.personId) ?? null,
    })));
  }
}

const passedIn = (ground: Ground, tier: Tier, row: string): number => ground.sums.filter((s) => s.row === row && s.ofId === tier.id).reduce((sum, s) => sum + s.passed, 0);

/** Targets of communes stand for themselves; one of an area falls on its communes that have none; any other (a province's, for its core trainers) is one place. */
function needsOf(tier: Tier, targets: readonly Target[], ground: Ground): Need[] {
  const needs = new Map<string, Need & { target: number; passed: number }>();
  const put = (areaId: string, areaName: string, target: number, passed: number, places: Need['places']) => {
    const known = needs.get(areaId) ?? { areaId, areaName, tier: tier.position, reach: null, places: [], target: 0, passed: 0 };
    needs.set(areaId, { ...known, places: [...known.places, ...places], target: known.target + target, passed: known.passed + passed });
  };
  const own = new Set(targets.map((t) => t.unitId));
  for (const t of targets) {
    const commune = ground.areas.find((a) => a.unitId === t.unitId);
    const members = ground.areas.filter((a) => a.areaId === t.unitId && !own.has(a.unitId));
    const passed = (members.length ? members.map((m) => m.unitId) : [t.unitId]).map((id) => passedIn(ground, tier, id));
    const all = passed.reduce((a, b) => a + b, 0);
    const missing = Math.max(0, t.people - all);
    if (commune) put(commune.areaId, commune.areaName, t.people, all, [{ unitId: t.unitId, name: commune.name, missing, nobody: ground.nobody.has(t.unitId) }]);
    else if (members.length) { const shares = spreadMissing(missing, passed); put(t.unitId, t.name, t.people, all, members.map((m, i) => ({ unitId: m.unitId, name: m.name, missing: shares[i] as number, nobody: ground.nobody.has(m.unitId) }))); }
    else put(t.unitId, t.name, t.people, all, [{ unitId: t.unitId, name: t.name, missing, nobody: false }]);
  }
  return [...needs.values()].map(({ target, passed, ...n }) => ({ ...n, reach: target > 0 ? passed / target : null }));
}

/** Places in classes that are on their way are not planned twice: taken off the place where they are held, or off those of its area that lack most. */
function withoutPlanned(needs: Need[], planned: readonly { unitId: string; expected: number }[], areas: readonly Area[]): Need[] {
  for (const c of planned) {
    const areaId = areas.find((a) => a.unitId === c.unitId)?.areaId ?? c.unitId;
    let left = c.expected;
    for (const p of needs.filter((n) => n.areaId === areaId).flatMap((n) => n.places).sort((a, b) => Number(b.unitId === c.unitId) - Number(a.unitId === c.unitId) || b.missing - a.missing)) {
      const taken = Math.min(left, p.missing);
      p.missing -= taken;
      left -= taken;
    }
  }
  return needs;
}
