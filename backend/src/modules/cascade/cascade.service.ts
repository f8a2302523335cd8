import { Injectable } from '@nestjs/common';
import type { Cascade, getCascade, getLineage, getLosses, getUnitTable, UnitFigures } from '@lantoa/shared/cascade';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as clock from '#platform/clock';
import { type Actor, problem, type Reach } from '#platform/http';
import { CertificatesService } from '#modules/credentials';
import { DirectoryService, UnitsService } from '#modules/organisation';
import { ProgrammesService, type Tier } from '#modules/training';
import { CascadeQueries, type Record } from './cascade.queries.ts';
import { lossesOf } from './losses.rules.ts';
import { descendantsOf, dropBetween, gainOf, reachOf, scoreOf, type Score } from './measures.rules.ts';

const distinct = <T>(rows: readonly T[], of: (row: T) => string): Set<string> => new Set(rows.map(of));
const shares = (records: readonly Record[], which: 'pre' | 'post') =>
  records.flatMap((r) => (r[`${which}Right`] === null ? [] : [{ right: r[`${which}Right`] as number, total: r[`${which}Total`] as number }]));

const pairs = (records: readonly Record[]) =>
  records.flatMap((r) => (r.preRight === null || r.postRight === null ? [] : [{ pre: { right: r.preRight, total: r.preTotal as number }, post: { right: r.postRight, total: r.postTotal as number } }]));

/** The cascade as one picture: how far it reached, what was lost on the way, who trained whom. */
@Injectable()
export class CascadeService {
  constructor(private readonly queries: CascadeQueries, private readonly programmes: ProgrammesService, private readonly units: UnitsService, private readonly certificates: CertificatesService, private readonly directory: DirectoryService) {}

  async cascade(actor: Actor, { query }: ArgsOf<typeof getCascade>): Promise<Cascade> {
    const scope = await this.scope(await actor.reach('cascade.read'), query.unitId);
    return this.figures(query.programme, query.asOf ?? clock.today(), scope, query.unitId ?? null);
  }

  /** The same figures for the command line, which sees everything. */
  async figures(slug: string, asOf: string, units: string[] | null = null, unitId: string | null = null): Promise<Cascade> {
    const programme = await this.programmes.bySlug(slug);
    const tiers = await this.programmes.tiers(programme.id);
    const [records, targets, planned, trainers] = [await this.queries.records(programme.id, asOf, units), await this.queries.targets(programme.id, asOf, units), await this.queries.planned(programme.id, asOf, units), await this.queries.trainers(programme.id, asOf, units)];
    const rows: Cascade['tiers'] = [];
    let before: Score | undefined;
    for (const tier of tiers) {
      const own = records.filter((r) => r.tierId === tier.id);
      const post = scoreOf(shares(own, 'post'));
      const enrolled = distinct(own, (r) => r.personId);
      const holders = await this.certificates.holders(tier.certificateTypeId, asOf);
      const passed = distinct(own.filter((r) => r.passed), (r) => r.personId);
      const target = targets.filter((t) => t.tierId === tier.id).reduce((sum, t) => sum + t.people, 0);
      rows.push({
        name: tier.name, audience: tier.audience, target, enrolled: enrolled.size, passed: passed.size, reach: reachOf(passed, target), gain: gainOf(pairs(own)),
        certified: [...enrolled].filter((p) => holders.has(p)).length, trainers: distinct(trainers.filter((t) => t.tierId === tier.id), (t) => t.personId).size, planned: planned.find((p) => p.tierId === tier.id)?.people ?? 0,
        pre: scoreOf(shares(own, 'pre')), post, dropFromPrevious: dropBetween(before, post),
      });
      before = post;
    }
    return {
      asOf, programme: { slug: programme.slug, name: programme.name }, unitName: unitId ? (await this.units.get({ params: { unitId }, query: { asOf } })).unit.name : null, anchors: await this.queries.anchors(programme.id), tiers: rows,
      lateReports: await this.queries.lateReports(programme.id, asOf, units), expiredCertificates: await this.queries.expired(tiers.map((t) => t.certificateTypeId), asOf, units), trainersIdle: await this.idleTrainers(tiers, trainers, asOf),
    };
  }

  async unitTable(actor: Actor, { query }: ArgsOf<typeof getUnitTable>) {
    const asOf = query.asOf ?? clock.today();
    const scope = await this.scope(await actor.reach('cascade.read'), query.unitId);
    return { asOf, items: await this.unitFigures(query.programme, asOf, { ...query, scope }) };
  }

  /** The same for the command line, which sees everything. */
  async unitFigures(slug: string, asOf: string, o: { map: 'then' | 'now'; tier?: number | undefined; parentId?: string | undefined; scope?: string[] | null }): Promise<UnitFigures[]> {
    const scope = o.scope ?? null;
    const programme = await this.programmes.bySlug(slug);
    const tiers = (await this.programmes.tiers(programme.id)).filter((t) => o.tier === undefined || t.position === o.tier);
    const ids = new Set(tiers.map((t) => t.id));
    const records = (await this.queries.records(programme.id, asOf, scope)).filter((r) => ids.has(r.tierId));
    const targets = (await this.queries.targets(programme.id, asOf, scope)).filter((t) => ids.has(t.tierId));
    const holders = new Set((await Promise.all(tiers.map((t) => this.certificates.holders(t.certificateTypeId, asOf)))).flatMap((s) => [...s]));
    const unitsDay = o.map === 'now' ? clock.today() : asOf;
    const { items } = await this.units.list({ query: { asOf: unitsDay, ...(o.parentId && { parentId: o.parentId }) } });
    const rootOf = await this.units.within(items.map((u) => u.id), unitsDay);
    const reached = scope && new Set(scope.map((id) => rootOf.get(id)));
    return items.filter((u) => !reached || reached.has(u.id)).map((unit) => {
      const own = records.filter((r) => rootOf.get(r.unitId) === unit.id);
      const enrolled = distinct(own, (r) => r.personId);
      const passed = distinct(own.filter((r) => r.passed), (r) => r.personId);
      const target = targets.filter((t) => rootOf.get(t.unitId) === unit.id).reduce((sum, t) => sum + t.people, 0);
      return {
        unitId: unit.id, name: unit.name, kind: unit.kind, parentId: unit.parentId, children: unit.children, target, enrolled: enrolled.size,
        passed: passed.size, reach: reachOf(passed, target), certified: [...enrolled].filter((p) => holders.has(p)).length, post: scoreOf(shares(own, 'post')), lastClassOn: own.map((r) => r.endsOn).sort().at(-1) ?? null,
      };
    });
  }

  async lineage(actor: Actor, { params }: ArgsOf<typeof getLineage>) {
    await this.directory.mustSee(actor, params.personId, 'cascade.read');
    const learners = new Map<string, Set<string>>();
    for (const { trainer, learner } of await this.queries.edges()) learners.set(trainer, (learners.get(trainer) ?? new Set()).add(learner));
    return { learnedIn: await this.queries.learnedIn(params.personId), taught: await this.queries.taught(params.personId), descendants: descendantsOf(params.personId, learners).size };
  }

  async losses(actor: Actor, { query }: ArgsOf<typeof getLosses>) {
    return this.lossesOf(query.programme, query.asOf ?? clock.today(), await this.scope(await actor.reach('cascade.read'), query.unitId));
  }

  /** The same for the command line, which sees everything. */
  async lossesOf(slug: string, asOf: string, units: string[] | null = null) {
    const programme = await this.programmes.bySlug(slug);
    const tiers = await this.programmes.tiers(programme.id);
    const [cells, questions] = [await this.queries.topics(programme.id, asOf, units), await this.queries.questions(programme.id, asOf, units)];
    return { asOf, programme: programme.slug, tiers: tiers.map((t) => t.name), topics: lossesOf(cells, questions, tiers.length) };
  }

  /** People with the right to teach who have not taught yet. */
  private async idleTrainers(tiers: readonly Tier[], trainers: readonly { personId: string }[], asOf: string): Promise<number> {
    const first = tiers[0];
    const taught = distinct(trainers, (t) => t.personId);
    return first ? [...(await this.certificates.holders(first.certificateTypeId, asOf))].filter((p) => !taught.has(p)).length : 0;
  }

  /** The units that figures are made of: what the asker reaches, narrowed to one unit if asked. `null` means all. */
  private async scope(reach: Reach, unitId: string | undefined): Promise<string[] | null> {
    if (!unitId) return reach === 'everywhere' ? null : [...reach];
    if (reach !== 'everywhere' && !reach.has(unitId)) throw problem('organisation.unit-not-found');
    return [...(await this.units.territory([unitId]))];
  }
}
