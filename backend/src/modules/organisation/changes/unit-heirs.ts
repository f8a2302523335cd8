import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { heirsOf } from './heirs.rules.ts';
import { UnitChangesQueries } from './unit-changes.queries.ts';

/** The table of who stands for units that are no more: derived whole from the events, so that reading figures as of today needs no walk through them. */
@Injectable()
export class UnitHeirs {
  constructor(private readonly db: Db, private readonly queries: UnitChangesQueries) {}

  derive(): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.lock('units');
      const heirs = heirsOf(await this.queries.endings());
      await this.db.rows('delete from unit_heir');
      await this.db.rows(
        'insert into unit_heir (unit_id, heir_id, exact, valid) select h.u, h.h, h.x, daterange(h.f, h.t) from unnest($1::uuid[], $2::uuid[], $3::bool[], $4::date[], $5::date[]) as h(u, h, x, f, t)',
        [heirs.map((h) => h.unitId), heirs.map((h) => h.heirId), heirs.map((h) => h.exact), heirs.map((h) => h.from), heirs.map((h) => h.until)]);
    });
  }
}
