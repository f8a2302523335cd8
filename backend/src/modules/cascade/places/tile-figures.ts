import { Injectable } from '@nestjs/common';
import type { Tile } from '@lantoa/shared/places';
import { UnitsService } from '#modules/organisation';
import { ProgrammesService } from '#modules/training';
import { ALL } from '../ledger/amounts.ts';
import { LedgerQueries } from '../ledger/ledger.queries.ts';
import { reachOf } from '../measures.rules.ts';
import { type Roots, ScopesService } from '../scopes.service.ts';

/** What stands on the squares. */
@Injectable()
export class TileFigures {
  constructor(private readonly ledger: LedgerQueries, private readonly scopes: ScopesService, private readonly programmes: ProgrammesService, private readonly units: UnitsService) {}

  async named(slug: string, unitId: string | null, asOf: string): Promise<{ programme: string; unitName: string }> {
    const { id } = await this.programmes.bySlug(slug);
    return { programme: id, unitName: unitId ? await this.units.nameOn(unitId, asOf) : '' };
  }

  async of(slug: string, asOf: string, mapDay: string, roots: Roots): Promise<Omit<Tile, 'row' | 'col'>[]> {
    const programme = await this.programmes.bySlug(slug);
    const tierIds = (await this.programmes.tiers(programme.id)).map((t) => t.id);
    // A country of squares is no picture: it takes a province.
    const within = roots ?? ((await this.units.under(null, mapDay)).length > 1 ? [] : [null]);
    const found = (await Promise.all(within.map((r) => this.units.areas(mapDay, r?.unitId ?? null)))).flat();
    const areas = [...new Map(found.map((a) => [a.unitId, a])).values()];
    const looks = await this.scopes.rows(areas.map((a) => a.unitId), mapDay, roots);
    const sums = await this.ledger.sums([ALL, programme.id, ...tierIds], looks, asOf);
    const seen = new Set(looks.map((l) => l.row));
    return areas.filter((a) => seen.has(a.unitId)).map((a) => {
      const own = sums.filter((s) => s.row === a.unitId);
      const sum = (of: 'places' | 'covered' | 'passed' | 'target') => own.reduce((total, s) => total + s[of], 0);
      return { unitId: a.unitId, name: a.name, areaName: a.areaName, places: sum('places'), covered: sum('covered'), passed: sum('passed'), target: sum('target'), reach: reachOf(sum('passed'), sum('target')) };
    });
  }
}
