import { Injectable } from '@nestjs/common';
import type { OverdueCase, Place } from '@lantoa/shared/places';
import { Db } from '#platform/db';
import { liesIn, placesOf, type Roots } from '../scopes.service.ts';

/** A certificate that runs out within so many days counts as lapsing. */
const LAPSING_DAYS = 60;
/** So many cases are listed; the rest is counted. */
const LISTED = 500;
const COUNTS = "('approved', 'report-submitted', 'report-returned', 'completed')";
type Case = Omit<OverdueCase, 'calledAt'> & { calledAt: Date | null; total: number };

/** Of each kind: the cases on the day `$2` in a programme `$1` and the units asked for, as `subject, title, unit_name, what, due_on, person_id, phone`. */
const CASES: Record<'refresher' | 'certificate' | 'report', string> = {
  refresher: `select e.id as subject, e.name as title, e.unit_name, c.title as what, (f.made_at at time zone 'Asia/Ho_Chi_Minh')::date as due_on, p.id as person_id, p.phone
     from class_refresher f join training_class c on c.id = f.class_id and c.status in ${COUNTS} join tier t on t.id = c.tier_id and t.programme_id = $1 join seat s on s.sitting_id = f.sitting_id
     join enrolment e on e.class_id = c.id and e.person_id = s.person_id and e.duplicate_of_id is null join person p on p.id = e.person_id
     where (f.made_at at time zone 'Asia/Ho_Chi_Minh')::date + 14 < $2::date and ${liesIn('e.unit_id')}
       and not exists (select 1 from attempt a where a.sitting_id = f.sitting_id and a.person_id = e.person_id and a.counts and (a.submitted_at at time zone 'Asia/Ho_Chi_Minh')::date <= $2::date)
     union all select r.id, p.name, e.unit_name, r.title, r.due_on, p.id, p.phone
     from refresher r join person s on s.id = r.person_id join person p on p.id = coalesce(s.merged_into_id, s.id) join tier t on t.programme_id = $1 and t.course_slug = r.course_slug
     join lateral (select x.unit_id, x.unit_name from register_entry x join person o on o.id = x.person_id where x.kind = 'issue' and x.type_id = t.certificate_type_id and coalesce(o.merged_into_id, o.id) = p.id order by x.issued_on, x.unit_id limit 1) e on ${liesIn('e.unit_id')}
     where r.due_on + 14 < $2::date and not exists (select 1 from attempt a where a.sitting_id = r.id and a.counts and (a.submitted_at at time zone 'Asia/Ho_Chi_Minh')::date <= $2::date)
       and not exists (select 1 from refresher n join person m on m.id = n.person_id where coalesce(m.merged_into_id, m.id) = p.id and n.course_slug = r.course_slug and n.due_on <= $2::date and (n.due_on, n.id) > (r.due_on, r.id))`,
  certificate: `select e.id as subject, p.name as title, e.unit_name, e.title as what, e.ended_on as due_on, p.id as person_id, p.phone
     from (select distinct on (coalesce(s.merged_into_id, s.id), r.type_id) r.id, r.unit_id, r.unit_name, r.title, coalesce(s.merged_into_id, s.id) as holder, least(r.valid_until, (select min(x.issued_on) from register_entry x where x.refers_to = r.id and x.issued_on <= $2::date)) as ended_on
         from register_entry r join person s on s.id = r.person_id where r.kind = 'issue' and r.issued_on <= $2::date and r.type_id in (select certificate_type_id from tier where programme_id = $1) order by coalesce(s.merged_into_id, s.id), r.type_id, ended_on desc) e
     join person p on p.id = e.holder where e.ended_on <= $2::date and ${liesIn('e.unit_id')}`,
  report: `select c.id as subject, c.code || ' · ' || c.title as title, c.unit_name, coalesce((select string_agg(x.name, ', ' order by x.name) from class_trainer x where x.class_id = c.id), '') as what, c.ends_on + r.report_days as due_on, p.id as person_id, p.phone
     from training_class c join tier t on t.id = c.tier_id and t.programme_id = $1 join lateral (select x.report_days from tier_rule x where x.tier_id = t.id order by x.valid @> c.starts_on desc, x.valid limit 1) r on true
     left join lateral (select q.id, q.phone from class_trainer x join person q on q.id = x.person_id where x.class_id = c.id order by q.phone is null, x.name limit 1) p on true
     where c.status in ${COUNTS} and c.ends_on + r.report_days < $2::date and ${liesIn('c.unit_id')}
       and coalesce((select m."to" from class_move m where m.class_id = c.id and m."to" in ('report-submitted', 'report-returned') and (m.at at time zone 'Asia/Ho_Chi_Minh')::date <= $2::date order by m.at desc limit 1), '') <> 'report-submitted'`,
};

/** Places with the people who hold them, and who is late with what. */
@Injectable()
export class PlacesQueries {
  constructor(private readonly db: Db) {}

  /** The lowest units in a commune (or itself), apart by locality where postings name one, with certified people in post on the day. */
  async places(unitId: string, programmeId: string, day: string): Promise<Place[]> {
    return this.db.rows<Place>(
      `with lowest as (select v.unit_id, v.name from unit_version v where v.valid @> $3::date and ((v.parent_id = $1 and v.kind = 'village') or (v.unit_id = $1 and not exists (select 1 from unit_version c where c.parent_id = $1 and c.kind = 'village' and c.valid @> $3::date)))),
         posted as (
           select l.unit_id, l.name, q.locality, q.person_id, q.position from lowest l join posting q on q.unit_id = l.unit_id and q.valid @> $3::date
           union select l.unit_id, l.name, q.locality, q.person_id, q.position from lowest l join unit_heir h on h.heir_id = l.unit_id and h.exact and h.valid @> $3::date join posting q on q.unit_id = h.unit_id and q.valid @> $3::date),
         held as (select coalesce(s.merged_into_id, s.id) as person_id, max(e.valid_until) as until from register_entry e join person s on s.id = e.person_id where e.kind = 'issue' and e.issued_on <= $3::date and e.valid_until > $3::date
           and e.type_id in (select certificate_type_id from tier where programme_id = $2) and not exists (select 1 from register_entry x where x.refers_to = e.id and x.issued_on <= $3::date)
           and (s.id in (select person_id from posted) or s.merged_into_id in (select person_id from posted)) group by 1),
         spot as (select distinct unit_id, name, locality from posted union select unit_id, name, null from lowest l where not exists (select 1 from posted p where p.unit_id = l.unit_id))
       select s.unit_id as "unitId", s.name, s.locality,
           case when max(h.until) is null then 'none' when max(h.until) <= $3::date + ${LAPSING_DAYS} then 'lapsing' else 'covered' end as state,
           coalesce(json_agg(json_build_object('personId', p.id, 'name', p.name, 'position', d.position, 'phone', p.phone, 'validUntil', h.until) order by h.until desc nulls last, p.sort_key) filter (where p.id is not null), '[]') as people
         from spot s left join posted d on d.unit_id = s.unit_id and d.locality is not distinct from s.locality left join person p on p.id = d.person_id left join held h on h.person_id = d.person_id
         group by 1, 2, 3 order by s.name, s.locality nulls first`, [unitId, programmeId, day]);
  }

  async overdue(kind: keyof typeof CASES, programmeId: string, day: string, roots: Roots): Promise<Case[]> {
    return this.db.rows<Case>(
      `select x.subject as "subjectId", x.title, x.unit_name as "unitName", x.what, x.due_on as "dueOn", $2::date - x.due_on as "daysLate", x.person_id as "personId", x.phone, k.at as "calledAt", k.name as "calledBy", count(*) over ()::int as total
         from (${CASES[kind]}) x left join lateral (select case when o.called then o.at end as at, case when o.called then p.name end as name from (select kind, subject_id, called, at, by_person_id from overdue_call union all select 'refresher', refresher_id, true, at, by_person_id from refresher_call) o join person p on p.id = o.by_person_id where o.kind = $5 and o.subject_id = x.subject order by o.at desc limit 1) k on true
         order by k.at nulls first, x.due_on, x.title limit ${LISTED}`, [programmeId, day, ...placesOf(roots), kind]);
  }

  /** The unit that decides who may see a case. */
  async unitOf(kind: keyof typeof CASES, subjectId: string): Promise<string | null> {
    return (await this.db.rows<{ unitId: string }>(UNITS[kind], [subjectId]))[0]?.unitId ?? null;
  }
}

const UNITS: typeof CASES = {
  refresher: `select unit_id as "unitId" from enrolment where id = $1 union all (select e.unit_id from refresher r join tier t on t.course_slug = r.course_slug join register_entry e on e.person_id = r.person_id and e.type_id = t.certificate_type_id and e.kind = 'issue' where r.id = $1 order by e.issued_on, e.unit_id limit 1)`,
  certificate: 'select unit_id as "unitId" from register_entry where id = $1', report: 'select unit_id as "unitId" from training_class where id = $1',
};
