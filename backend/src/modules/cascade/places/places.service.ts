import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { getPlaces, getTiles, listOverdue, markCalled, placeTiles } from '@lantoa/shared/places';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { ALL } from '../ledger/amounts.ts';
import { ScopesService } from '../scopes.service.ts';
import { OverdueCall, UnitTile } from './places.entity.ts';
import { PlacesQueries } from './places.queries.ts';
import { TileFigures } from './tile-figures.ts';

/** Places with nobody, and people to call: what a coordinator works through. */
@Injectable()
export class PlacesService {
  constructor(private readonly db: Db, private readonly queries: PlacesQueries, private readonly figures: TileFigures, private readonly scopes: ScopesService, private readonly audit: Audit) {}

  async tiles(actor: Actor, { query }: ArgsOf<typeof getTiles>) {
    const asOf = query.asOf ?? clock.today();
    const spots = new Map((await this.db.repo(UnitTile).find()).map((s) => [s.unitId, s]));
    const items = await this.figures.of(query.programme, asOf, query.map === 'now' ? clock.today() : asOf, await this.scopes.roots(actor, query.unitId, asOf));
    return { asOf, items: items.map((t) => ({ ...t, row: spots.get(t.unitId)?.row ?? null, col: spots.get(t.unitId)?.col ?? null })) };
  }

  placeTiles(actor: Actor, { body }: ArgsOf<typeof placeTiles>) {
    return this.db.transaction(async () => {
      const reach = await actor.reach('unit.change');
      if (body.tiles.some((t) => !reaches(reach, t.unitId))) throw problem('organisation.unit-not-found');
      await this.db.repo(UnitTile).upsert(body.tiles, ['unitId']);
      await this.audit.record(actor, 'tiles.placed', { type: 'unit', id: body.tiles[0]?.unitId ?? ALL }, { tiles: body.tiles.length });
      return {};
    });
  }

  async places(actor: Actor, { params, query }: ArgsOf<typeof getPlaces>) {
    if (!reaches(await actor.reach('cascade.read'), params.unitId)) throw problem('organisation.unit-not-found');
    const asOf = query.asOf ?? clock.today();
    const { programme, unitName } = await this.figures.named(query.programme, params.unitId, asOf);
    return { asOf, unitName, items: await this.queries.places(params.unitId, programme, asOf) };
  }

  async overdue(actor: Actor, { query }: ArgsOf<typeof listOverdue>) {
    const asOf = query.asOf ?? clock.today();
    const { programme } = await this.figures.named(query.programme, null, asOf);
    const rows = await this.queries.overdue(query.kind, programme, asOf, await this.scopes.roots(actor, query.unitId, asOf));
    return { asOf, total: rows[0]?.total ?? 0, items: rows.map(({ total: _, ...r }) => ({ ...r, calledAt: r.calledAt?.toISOString() ?? null })) };
  }

  markCalled(actor: Actor, { body }: ArgsOf<typeof markCalled>) {
    return this.db.transaction(async () => {
      const unitId = await this.queries.unitOf(body.kind, body.subjectId);
      if (!unitId || !reaches(await actor.reach('cascade.read'), unitId)) throw problem('organisation.unit-not-found');
      await this.db.repo(OverdueCall).insert({ id: randomUUID(), ...body, at: clock.now(), byPersonId: actor.personId });
      return {};
    });
  }
}
