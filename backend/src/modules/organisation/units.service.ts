import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { getUnit, listUnits, searchUnits } from '@lantoa/shared/organisation';
import * as clock from '#platform/clock';
import { orProblem, problem } from '#platform/http';
import { indexOf, matchUnit, type UnitMatch } from './unit-matching.rules.ts';
import { type Area, type UnitLine, UnitsQueries } from './units.queries.ts';

/** Units as of a day. They are no secret: everybody who may read one may read all. */
@Injectable()
export class UnitsService {
  constructor(private readonly queries: UnitsQueries) {}

  async list({ query }: ArgsOf<typeof listUnits>) {
    const asOf = query.asOf ?? clock.today();
    return { asOf, items: await this.queries.children(query.parentId ?? null, asOf), counts: await this.queries.counts(asOf) };
  }

  async search({ query }: ArgsOf<typeof searchUnits>) {
    return { items: await this.queries.search(query.q, query.asOf ?? clock.today(), query.kinds?.split(',') ?? []) };
  }

  async get({ params, query }: ArgsOf<typeof getUnit>) {
    const asOf = query.asOf ?? clock.today();
    const unit = orProblem(await this.queries.one(params.unitId, asOf), 'organisation.unit-not-found');
    const [path, aliases, history] = [await this.queries.path(unit.id, asOf), await this.queries.aliases(unit.id), await this.queries.history(unit.id)];
    return { unit, path, aliases, history, validThen: unit.from <= asOf && (unit.until === null || asOf < unit.until) };
  }

  counts(day: string): Promise<Record<string, number>> {
    return this.queries.counts(day);
  }

  /** The unit as it was called on a day; a problem when it did not exist then. */
  async validOn(unitId: string, day: string) {
    const unit = orProblem(await this.queries.one(unitId, day), 'organisation.unit-not-found');
    if (day < unit.from || (unit.until !== null && day >= unit.until)) throw problem('organisation.unit-not-valid-then', { unit: unit.name, day });
    return unit;
  }

  territory(unitIds: string[], day: string = clock.today()): Promise<Set<string>> {
    return this.queries.territory(unitIds, day);
  }

  /** What a unit is called on a day, or, if it did not exist then, was called last. A problem when there is no such unit. */
  async nameOn(unitId: string, day: string): Promise<string> {
    return orProblem(await this.queries.nameOn(unitId, day), 'organisation.unit-not-found');
  }

  /** The units right below one (or at the top), by name. */
  under(parentId: string | null, day: string): Promise<UnitLine[]> {
    return this.queries.under(parentId, day);
  }

  /** Communes of a day with their district, or the cluster (former district) that they were. */
  areas(day: string, within: string | null = null): Promise<Area[]> {
    return this.queries.areas(day, within);
  }

  /** For each unit that went into one of these, the one that it went into; the units themselves included. */
  predecessors(unitIds: string[]): Promise<Map<string, string>> {
    return this.queries.predecessors(unitIds);
  }

  /** Reads unit names as of a day, preferring the units under `aroundUnitId`. */
  async matcher(day: string, aroundUnitId: string | null): Promise<(text: string) => UnitMatch> {
    const names = await this.queries.names(day);
    const within = aroundUnitId ? await this.queries.territory([aroundUnitId], day) : new Set(names.map((n) => n.unitId));
    const index = indexOf(names);
    const known = new Map<string, UnitMatch>();
    return (text) => {
      const match = known.get(text) ?? matchUnit(text, index, within);
      known.set(text, match);
      return match;
    };
  }
}
