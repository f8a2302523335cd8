import { Injectable } from '@nestjs/common';
import type { Cascade, getCascade, getLosses, getProgress, getUnitTable, Progress, UnitFigures } from '@lantoa/shared/cascade';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as clock from '#platform/clock';
import type { Actor } from '#platform/http';
import { type Area, type UnitLine, UnitsService } from '#modules/organisation';
import { ProgrammesService } from '#modules/training';
import { CascadeQueries } from './cascade.queries.ts';
import { answersOf, cumulated, type Totals, tierFigures, unitFigures } from './figures.rules.ts';
import { ALL, AMOUNTS } from './ledger/amounts.ts';
import { LedgerQueries } from './ledger/ledger.queries.ts';
import { lossesOf } from './losses.rules.ts';
import { type Roots, ScopesService } from './scopes.service.ts';

const NOTHING = Object.fromEntries(AMOUNTS.map((a) => [a, 0])) as Totals;
/** Several rows as one. */
const add = (rows: readonly Totals[]): Totals => rows.reduce((sum, r) => Object.fromEntries(AMOUNTS.map((a) => [a, sum[a] + r[a]])) as Totals, NOTHING);
export interface TableOptions { map: 'then' | 'now'; by?: 'units' | 'areas' | undefined; tier?: number | undefined; parentId?: string | undefined }

type TableRow = Pick<UnitFigures, 'unitId' | 'name' | 'kind' | 'parentId' | 'children'>;

/** The cascade as one picture: how far it reached, and what was lost on the way. */
@Injectable()
export class CascadeService {
  constructor(private readonly queries: CascadeQueries, private readonly ledger: LedgerQueries, private readonly scopes: ScopesService, private readonly programmes: ProgrammesService, private readonly units: UnitsService) {}

  async cascade(actor: Actor, { query }: ArgsOf<typeof getCascade>): Promise<Cascade> {
    const asOf = query.asOf ?? clock.today();
    return this.figures(query.programme, asOf, await this.scopes.roots(actor, query.unitId, asOf), query.unitId);
  }

  /** The same figures for whoever has settled which units they are made of; the command line sees everything. */
  async figures(slug: string, asOf: string, roots: Roots = null, unitId?: string): Promise<Cascade> {
    const programme = await this.programmes.bySlug(slug);
    const tiers = await this.programmes.tiers(programme.id);
    const looks = this.scopes.whole(roots);
    const sums = await this.ledger.sums([ALL, programme.id, ...tiers.map((t) => t.id)], looks, asOf);
    const totals = (id: string) => add(sums.filter((s) => s.ofId === id));
    const figures = tiers.map((tier, i) => tierFigures(tier, totals(tier.id), i ? totals((tiers[i - 1] as { id: string }).id) : undefined));
    return {
      asOf, programme: { slug: programme.slug, name: programme.name }, unitName: unitId ? await this.units.nameOn(unitId, asOf) : null, anchors: await this.queries.anchors(programme.id),
      tiers: figures, answers: answersOf(figures, add([totals(ALL), totals(programme.id)])), upToDate: !(await this.ledger.waiting()),
    };
  }

  async unitTable(actor: Actor, { query }: ArgsOf<typeof getUnitTable>) {
    const asOf = query.asOf ?? clock.today();
    return { asOf, items: await this.unitFigures(query.programme, asOf, query, await this.scopes.roots(actor, query.unitId, asOf)) };
  }

  /** The same for whoever has settled which units they are made of. */
  async unitFigures(slug: string, asOf: string, o: TableOptions, roots: Roots = null): Promise<UnitFigures[]> {
    const programme = await this.programmes.bySlug(slug);
    const tierIds = (await this.programmes.tiers(programme.id)).filter((t) => o.tier === undefined || t.position === o.tier).map((t) => t.id);
    const mapDay = o.map === 'now' ? clock.today() : asOf;
    const { units, members } = await this.rowsOf(mapDay, o);
    const scoped = await this.scopes.rows(units.flatMap((u) => members.get(u.unitId) ?? [u.unitId]), mapDay, roots);
    const rowOf = new Map([...members].flatMap(([row, ids]) => ids.map((id) => [id, row] as const)));
    const looks = scoped.map((l) => ({ ...l, row: rowOf.get(l.row) ?? l.row }));
    const sums = await this.ledger.sums([ALL, programme.id, ...tierIds], looks, asOf);
    const last = await this.ledger.lastClasses(tierIds, looks, asOf);
    const own = await this.ledger.ownTargets(tierIds, [...members.keys()], asOf);
    const seen = new Set(looks.map((l) => l.row));
    return units.filter((u) => seen.has(u.unitId)).map((u) => {
      const totals = add(sums.filter((s) => s.row === u.unitId));
      return unitFigures(u, { ...totals, target: totals.target + own.reduce((sum, t) => (t.row === u.unitId ? sum + t.people : sum), 0) }, last.get(u.unitId) ?? null);
    });
  }

  /** The rows of a table: the units right below one, or areas with the communes in them. An area that is a former district opens into its communes. */
  private async rowsOf(day: string, o: TableOptions): Promise<{ units: TableRow[]; members: Map<string, string[]> }> {
    const row = (u: UnitLine): TableRow => ({ unitId: u.id, name: u.name, kind: u.kind, parentId: u.parentId, children: u.children });
    const none = new Map<string, string[]>();
    const below = await this.units.under(o.parentId ?? null, day);
    // Several provinces on top are rows of their own; each opens into its areas.
    if (o.by !== 'areas' || (!o.parentId && below.length > 1)) return { units: below.map(row), members: none };
    const areas = await this.units.areas(day, o.parentId ?? null);
    const commune = (a: Area): TableRow => ({ unitId: a.unitId, name: a.name, kind: 'commune', parentId: a.areaId, children: 0 });
    const gathered = areas.filter((a) => a.areaKind === 'district' || a.areaKind === 'cluster');
    const inside = gathered.filter((a) => a.areaId === o.parentId);
    if (inside.length) return { units: inside.map(commune), members: none };
    const inHere = (a: Area) => !o.parentId || a.aboveId === o.parentId;
    const members = new Map<string, string[]>();
    for (const a of gathered.filter(inHere)) members.set(a.areaId, [...(members.get(a.areaId) ?? []), a.unitId]);
    const rows = [...members].map(([id, communes]) => { const a = gathered.find((x) => x.areaId === id) as Area; return { unitId: id, name: a.areaName, kind: a.areaKind, parentId: a.aboveId, children: communes.length }; });
    return { units: [...rows, ...areas.filter((a) => !gathered.includes(a) && inHere(a)).map(commune)], members };
  }

  /** Reach and plan week by week. */
  async progress(actor: Actor, { query }: ArgsOf<typeof getProgress>): Promise<Progress> {
    const asOf = query.asOf ?? clock.today();
    const programme = await this.programmes.bySlug(query.programme);
    const tiers = await this.programmes.tiers(programme.id);
    const looks = this.scopes.whole(await this.scopes.roots(actor, query.unitId, asOf));
    const weeks = await this.ledger.weeks(tiers.map((t) => t.id), looks, asOf);
    const targets = await this.ledger.sums(tiers.map((t) => t.id), looks, asOf);
    return { asOf, tiers: tiers.map((tier) => ({ name: tier.name, target: targets.find((s) => s.ofId === tier.id)?.target ?? 0, weeks: cumulated(weeks.filter((w) => w.ofId === tier.id)) })) };
  }

  async losses(actor: Actor, { query }: ArgsOf<typeof getLosses>) {
    const asOf = query.asOf ?? clock.today();
    return this.lossesOf(query.programme, asOf, await this.scopes.roots(actor, query.unitId, asOf));
  }

  /** The same for whoever has settled which units they are made of. */
  async lossesOf(slug: string, asOf: string, roots: Roots = null) {
    const programme = await this.programmes.bySlug(slug);
    const tiers = await this.programmes.tiers(programme.id);
    const [cells, questions] = [await this.queries.topics(programme.id, asOf, roots), await this.queries.questions(programme.id, asOf, roots)];
    return { asOf, programme: programme.slug, tiers: tiers.map((t) => t.name), topics: lossesOf(cells, questions, tiers.length) };
  }
}
