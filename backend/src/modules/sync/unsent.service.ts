import { Injectable } from '@nestjs/common';
import type { listUnsent } from '@lantoa/shared/sync';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { ClassesService } from '#modules/training';

type Unsent = OutputOf<typeof listUnsent>['items'][number];
const HEARD_WITHIN_DAYS = 60;
/** A clock that is further off than this is said. */
const SKEW_MINUTES = 10;

/** Whose work still lies on a phone, for those who run the class. */
@Injectable()
export class UnsentService {
  constructor(private readonly db: Db, private readonly classes: ClassesService) {}

  async list(actor: Actor, { params }: ArgsOf<typeof listUnsent>): Promise<{ items: Unsent[] }> {
    await this.classes.see(actor, params.classId);
    const rows = await this.db.rows<Omit<Unsent, 'heardAt' | 'skewMinutes'> & { heardAt: Date; skewMs: number }>(
      `with phone as (select distinct on (d.id, d.person_id) d.*, e.name, e.sort_key from enrolment e join sync_device d on d.person_id = e.person_id where e.class_id = $1 and e.duplicate_of_id is null and d.heard_at > $2::timestamptz - make_interval(days => $3::int)),
          said as (select p.id, p.person_id, (max(o.seq) - count(distinct o.seq))::int as missing, (count(*) filter (where o.outcome = 'refused'))::int as refused from phone p join sync_operation o on o.device_id = p.id and o.person_id = p.person_id group by p.id, p.person_id)
        select p.person_id as "personId", p.name, p.id as "deviceId", p.pending, coalesce(s.missing, 0) as missing, coalesce(s.refused, 0) as refused, p.heard_at as "heardAt", p.skew_ms as "skewMs"
          from phone p left join said s on s.id = p.id and s.person_id = p.person_id where p.pending > 0 or s.missing > 0 or s.refused > 0 order by p.sort_key, p.heard_at desc`, [params.classId, clock.now(), HEARD_WITHIN_DAYS]);
    const minutes = (ms: number) => (Math.abs(ms) > SKEW_MINUTES * 60_000 ? Math.round(ms / 60_000) : 0);
    return { items: rows.map(({ heardAt, skewMs, ...r }) => ({ ...r, heardAt: heardAt.toISOString(), skewMinutes: minutes(skewMs) })) };
  }
}
