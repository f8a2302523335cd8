import { Injectable } from '@nestjs/common';
import type { Call } from '@lantoa/shared/refreshers';
import { CURVE } from '@lantoa/shared/rules/memory';
import { CALL_AFTER_DAYS } from '@lantoa/shared/rules/refreshers';
import { Db } from '#platform/db';
import type { Refresher } from './refresher.entity.ts';

/** Below this many people nothing is said of a group. */
export const GROUP_FROM = 10;
const GROUP_DAYS = 90;

/** Where somebody is posted on a day, by the posting that began last, as `unit_id`: the unit itself or, where it is no more, the one that stands for it. */
export const postedOn = (person: string, day: string): string => `lateral (select coalesce((select h.heir_id from unit_heir h where h.unit_id = q.unit_id and h.exact and h.valid @> ${day}::date limit 1), q.unit_id) as unit_id
  from posting q where q.person_id = ${person} and q.valid @> ${day}::date order by lower(q.valid) desc, q.id limit 1)`;
/** Predicted recall of a memory `m` on a day: the curve of `recallOn`. */
export const recallOf = (day: string): string => `(1 + ${CURVE.factor} * greatest(0, ${day}::date - m.last_day) / m.stability) ^ ${CURVE.decay}`;
/** Is the refresher `r` done? */
export const DONE = 'exists (select 1 from attempt a where a.sitting_id = r.id and a.counts)';

@Injectable()
export class RefreshersQueries {
  constructor(private readonly db: Db) {}

  /** What was planned for somebody and is not done; of a campaign that runs. */
  waiting(personId: string): Promise<Refresher[]> {
    return this.db.rows<Refresher>(
      `select r.id, r.person_id as "personId", r.entry_id as "entryId", r.campaign_id as "campaignId", r.course_slug as "courseSlug", r.title, r.stage, r.due_on as "dueOn", r.early, r.question_version_ids as "questionVersionIds", r.planned_at as "plannedAt", r.received_at as "receivedAt", r.opened_at as "openedAt"
        from refresher r left join campaign c on c.id = r.campaign_id where r.person_id = $1 and (c.id is null or c.status = 'running') and not ${DONE} order by r.due_on desc, r.id`, [personId]);
  }

  /** Certificates that somebody holds on a day, with the stages that were planned. */
  held(personId: string, day: string): Promise<{ issuedOn: string; validUntil: string; planned: string[] }[]> {
    return this.db.rows(
      `select e.issued_on as "issuedOn", e.valid_until as "validUntil", coalesce((select array_agg(r.stage) from refresher r where r.entry_id = e.id), '{}') as planned
        from register_entry e join person p on p.id = e.person_id where coalesce(p.merged_into_id, p.id) = $1 and e.kind = 'issue' and e.valid_until > $2::date and not exists (select 1 from register_entry l where l.refers_to = e.id)`, [personId, day]);
  }

  /** The smallest unit of somebody in which ten others or more did a refresher of the course within ninety days, with the mean of their last ones. */
  async group(personId: string, courseSlug: string, day: string): Promise<{ unitName: string; mean: number; people: number } | null> {
    const [row] = await this.db.rows<{ unitName: string; mean: number; people: number }>(
      `with last as (select distinct on (r.person_id) r.person_id, a.score from refresher r join attempt a on a.sitting_id = r.id and a.counts and a.submitted_at is not null
            where r.course_slug = $2 and r.person_id <> $1 and a.submitted_at > $3::date - make_interval(days => ${GROUP_DAYS}) order by r.person_id, a.submitted_at desc),
          own as (select l.ancestor_id, (select count(*) from unit_ancestor x where x.unit_id = l.ancestor_id and x.valid @> $3::date) as depth from ${postedOn('$1', '$3')} u join unit_ancestor l on l.unit_id = u.unit_id and l.valid @> $3::date)
        select (select v.name from unit_version v where v.unit_id = o.ancestor_id and v.valid @> $3::date limit 1) as "unitName", avg(s.score)::float8 as mean, count(*)::int as people
          from own o join last s on true join ${postedOn('s.person_id', '$3')} w on true join unit_ancestor m on m.unit_id = w.unit_id and m.ancestor_id = o.ancestor_id and m.valid @> $3::date
          where exists (select 1 from unit_version v where v.unit_id = o.ancestor_id) group by o.ancestor_id, o.depth having count(*) >= ${GROUP_FROM} order by o.depth desc limit 1`, [personId, courseSlug, day]);
    return row ?? null;
  }

  /** Refreshers that are late by three days, with whom to call: of those whom a trainer taught, or of a campaign. */
  calls(o: { trainerId: string | null; campaignId: string | null; day: string }): Promise<Call[]> {
    return this.db.rows<Call>(
      `select r.id as "refresherId", p.id as "personId", p.name, p.phone, coalesce((select v.name from unit_version v where v.unit_id = u.unit_id order by v.valid @> $3::date desc, v.valid desc limit 1), '') as "unitName", r.title, t.trainer, r.due_on as "dueOn",
          (select max(k.at) from refresher_call k where k.refresher_id = r.id) as "calledAt"
        from refresher r join person p on p.id = r.person_id left join campaign c on c.id = r.campaign_id left join ${postedOn('p.id', '$3')} u on true
        left join lateral (select string_agg(x.name, ', ' order by x.name) as trainer, bool_or(x.person_id = $1) as own from class_trainer x where x.class_id in (
            select (e.evidence -> 'class' ->> 'id')::uuid from register_entry e join tier y on y.certificate_type_id = e.type_id and y.course_slug = r.course_slug where e.person_id = r.person_id and e.kind = 'issue' and (r.entry_id is null or e.id = r.entry_id))) t on true
        where r.due_on + ${CALL_AFTER_DAYS} < $3::date and not ${DONE} and ($2::uuid is null or r.campaign_id = $2) and ($1::uuid is null or t.own) and (c.id is null or c.status = 'running' or c.id = $2)
        order by r.due_on, p.sort_key limit 500`, [o.trainerId, o.campaignId, o.day]).then((rows) => rows.map((r) => ({ ...r, calledAt: r.calledAt && new Date(r.calledAt).toISOString() })));
  }

  async trained(trainerId: string, refresherId: string): Promise<boolean> {
    return (await this.db.rows(
      "select 1 from refresher r join register_entry e on e.person_id = r.person_id and e.kind = 'issue' join class_trainer x on x.class_id = (e.evidence -> 'class' ->> 'id')::uuid and x.person_id = $1 where r.id = $2 limit 1", [trainerId, refresherId])).length > 0;
  }

  async unitOf(personId: string, day: string): Promise<string | null> {
    return (await this.db.rows<{ id: string }>(`select u.unit_id as id from ${postedOn('$1', '$2')} u`, [personId, day]))[0]?.id ?? null;
  }
}
