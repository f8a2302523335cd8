import { Injectable } from '@nestjs/common';
import { rolePermissions, unitRoles } from '@lantoa/shared/permissions';
import * as clock from '#platform/clock';
import { type Actor, problem } from '#platform/http';
import { ALL } from './ledger/amounts.ts';
import { type Look, LedgerQueries } from './ledger/ledger.queries.ts';

/** The units that somebody may see figures of, none of which lies in another; `null`: all. */
export type Roots = readonly { unitId: string; mapDay: string }[] | null;

/** SQL: does a unit lie in what is asked for (`$3`, `$4`, as `placesOf` gives them)? */
export const liesIn = (unit: string): string => `($3::uuid[] is null or exists (select 1 from unnest($3::uuid[], $4::date[]) as r(id, day) join unit_ancestor l on l.ancestor_id = r.id and l.valid @> r.day where l.unit_id = ${unit}))`;
/** Units and the days of their maps; `null`: everywhere. */
export const placesOf = (roots: Roots): [string[] | null, string[] | null] => [roots?.map((r) => r.unitId) ?? null, roots?.map((r) => r.mapDay) ?? null];

/** From who asks, and for what, to the units whose sums make the answer. Rights are those of today, also where figures of another day are asked for. */
@Injectable()
export class ScopesService {
  constructor(private readonly ledger: LedgerQueries) {}

  /** What the asker reaches, narrowed to one unit if asked, as the map was on `asOf`. */
  async roots(actor: Actor, unitId: string | undefined, asOf: string): Promise<Roots> {
    const reach = await actor.reach('cascade.read');
    if (unitId) {
      if (reach !== 'everywhere' && !reach.has(unitId)) throw problem('organisation.unit-not-found');
      return this.one(unitId, asOf);
    }
    if (reach === 'everywhere') return null;
    const held = [...new Set(actor.grants.flatMap((g) => (g.unitId && unitRoles.includes(g.role) && rolePermissions[g.role].includes('cascade.read') ? [g.unitId] : [])))];
    const days = await this.ledger.mapDays(held, clock.today(), clock.today());
    const roots = held.map((id) => ({ unitId: id, mapDay: days.get(id) as string }));
    const inner = new Set((await this.ledger.lying(held, roots)).filter((p) => p.inner !== p.outer).map((p) => p.inner));
    return roots.filter((r) => !inner.has(r.unitId));
  }

  async one(unitId: string, asOf: string): Promise<Roots> {
    const days = await this.ledger.mapDays([unitId], asOf, clock.today());
    return [{ unitId, mapDay: days.get(unitId) as string }];
  }

  /** All of it as one row, `all`. */
  whole(roots: Roots): Look[] {
    return (roots ?? [{ unitId: ALL, mapDay: clock.today() }]).map((r) => ({ row: 'all', ...r }));
  }

  /** A row for each of these units of `mapDay`: whole where the asker reaches it, else what lies in it of what they reach. Units where that is nothing are left out. */
  async rows(unitIds: readonly string[], mapDay: string, roots: Roots): Promise<Look[]> {
    const whole = (id: string): Look => ({ row: id, unitId: id, mapDay });
    if (!roots) return unitIds.map(whole);
    const inside = new Set((await this.ledger.lying(unitIds, roots)).map((p) => p.inner));
    const above = unitIds.filter((id) => !inside.has(id));
    const dayOf = new Map(roots.map((r) => [r.unitId, r.mapDay]));
    const partly = await this.ledger.lying(roots.map((r) => r.unitId), above.map((unitId) => ({ unitId, mapDay })));
    return [...unitIds.filter((id) => inside.has(id)).map(whole), ...partly.map((p) => ({ row: p.outer, unitId: p.inner, mapDay: dayOf.get(p.inner) as string }))];
  }
}
