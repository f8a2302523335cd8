import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { liesIn, placesOf, type Roots } from '../scopes.service.ts';

const HELD = "c.status in ('approved', 'report-submitted', 'report-returned', 'completed') and c.ends_on <= $2::date";

export interface TierHabit { tierId: string; days: number | null; seats: number; fills: number[] }
export interface PlannedClass { tierId: string; unitId: string; endsOn: string; expected: number }

/** What plans are made of: classes to come, how classes were held so far, targets where they were set, who may teach. */
@Injectable()
export class OutlookQueries {
  constructor(private readonly db: Db) {}

  /** Of the last hundred classes of each tier: half-days as days (median; `null` where none were written down), people in one (median), and the share of places whose people passed. */
  habits(programmeId: string, day: string, roots: Roots): Promise<TierHabit[]> {
    return this.db.rows(
      `with held as (
           select c.id, c.tier_id, c.expected, row_number() over (partition by c.tier_id order by c.ends_on desc, c.id) as nth, nullif((select count(*) from class_session s where s.class_id = c.id), 0) / 2.0 as days,
               (select count(*) from enrolment e where e.class_id = c.id and e.duplicate_of_id is null and e.outcome = 'passed') as passed
             from training_class c join tier t on t.id = c.tier_id where t.programme_id = $1 and ${HELD} and ${liesIn('c.unit_id')})
       select tier_id as "tierId", percentile_cont(0.5) within group (order by days) as days, percentile_cont(0.5) within group (order by expected)::int as seats, array_agg(passed / greatest(1, expected)::float8) as fills
         from held where nth <= 100 group by 1`, [programmeId, day, ...placesOf(roots)]);
  }

  /** Classes that are approved, or wait for it, and end after the day. */
  planned(programmeId: string, day: string, roots: Roots): Promise<PlannedClass[]> {
    return this.db.rows(
      `select c.tier_id as "tierId", c.unit_id as "unitId", c.ends_on as "endsOn", c.expected from training_class c join tier t on t.id = c.tier_id
        where t.programme_id = $1 and c.status in ('submitted', 'returned', 'approved') and c.ends_on > $2::date and ${liesIn('c.unit_id')}`, [programmeId, day, ...placesOf(roots)]);
  }

  /** Targets as they were set, with the unit that stands for it on the day where it was merged. */
  targets(programmeId: string, day: string, roots: Roots): Promise<{ tierId: string; unitId: string; kind: string; name: string; people: number }[]> {
    return this.db.rows(
      `select g.tier_id as "tierId", u.id as "unitId", v.kind, v.name, sum(g.people)::int as people from tier_target g join tier t on t.id = g.tier_id
         cross join lateral (select coalesce((select h.heir_id from unit_heir h where h.unit_id = g.unit_id and h.exact and h.valid @> $2::date), g.unit_id) as id) u
         join lateral (select x.kind, x.name from unit_version x where x.unit_id = u.id order by x.valid @> $2::date desc, x.valid desc limit 1) v on true
        where t.programme_id = $1 and g.valid @> $2::date and ${liesIn('g.unit_id')} group by 1, 2, 3, 4 order by v.name`, [programmeId, day, ...placesOf(roots)]);
  }

  /** Who holds a right to teach that is in force on the day, by the certificate's type, with every unit of theirs on the day (that which it became, where it was merged). */
  teachers(typeIds: readonly string[], day: string, roots: Roots): Promise<{ personId: string; name: string; typeId: string; validUntil: string; units: string[] }[]> {
    return this.db.rows(
      `select p.id as "personId", p.name, e.type_id as "typeId", max(e.valid_until) as "validUntil",
          (select coalesce(array_agg(distinct coalesce(h.heir_id, q.unit_id)), '{}') from posting q left join unit_heir h on h.unit_id = q.unit_id and h.exact and h.valid @> $2::date where q.person_id = p.id and q.valid @> $2::date) as units
         from register_entry e join person s on s.id = e.person_id join person p on p.id = coalesce(s.merged_into_id, s.id) join certificate_type k on k.id = e.type_id and k.endorses_teaching
        where e.kind = 'issue' and e.type_id = any($1::uuid[]) and e.issued_on <= $2::date and e.valid_until > $2::date and not exists (select 1 from register_entry x where x.refers_to = e.id and x.issued_on <= $2::date) and ${liesIn('e.unit_id')}
        group by p.id, p.name, e.type_id order by p.name, p.id`, [typeIds, day, ...placesOf(roots)]);
  }
}
