import { Injectable } from '@nestjs/common';
import type { Audience, Campaign as View } from '@lantoa/shared/refreshers';
import { Db } from '#platform/db';
import { GROUP_FROM, postedOn, recallOf } from './refreshers.queries.ts';

export interface Member { personId: string; name: string; phone: string | null; unitName: string }
type Steps = View['steps'];
export type CampaignRow = Omit<View, 'mayRun' | 'madeAt'> & { unitId: string; madeAt: Date };

/** From four of five right an answered refresher went well. */
const GOOD = 0.8;
const STEPS = `count(distinct r.person_id)::int as people, count(*)::int as due, count(r.received_at)::int as received, count(r.opened_at)::int as opened, count(a.id)::int as done, count(a.id) filter (where a.score >= ${GOOD})::int as good`;
const TAKEN = 'left join attempt a on a.sitting_id = r.id and a.counts and a.submitted_at is not null';

@Injectable()
export class CampaignsQueries {
  constructor(private readonly db: Db) {}

  /** People in post in a unit on a day who hold a certificate of the course in force. */
  members(o: Audience, day: string): Promise<Member[]> {
    return this.db.rows<Member>(
      `select distinct on (p.sort_key, p.id) p.id as "personId", p.name, p.phone, v.name as "unitName" from register_entry e join person s on s.id = e.person_id join person p on p.id = coalesce(s.merged_into_id, s.id)
          join tier t on t.certificate_type_id = e.type_id and t.course_slug = $2 join ${postedOn('p.id', '$5')} u on true join unit_ancestor l on l.unit_id = u.unit_id and l.ancestor_id = $1 and l.valid @> $5::date join lateral (select x.name from unit_version x where x.unit_id = u.unit_id order by x.valid @> $5::date desc, x.valid desc limit 1) v on true
        where e.kind = 'issue' and e.issued_on <= $5::date and e.valid_until > $5::date and not exists (select 1 from register_entry x where x.refers_to = e.id) and ($3::date is null or e.issued_on >= $3) and ($4::date is null or e.issued_on <= $4)
        order by p.sort_key, p.id`, [o.unitId, o.courseSlug, o.certifiedFrom, o.certifiedUntil, day]);
  }

  /** Predicted recall of these people by topic of a course, weakest first. */
  topics(personIds: readonly string[], courseSlug: string, day: string): Promise<{ topic: string; recall: number | null; people: number; questions: number }[]> {
    return this.db.rows(
      `with bank as (select distinct on (q.id) q.id, v.topic from question q join question_version v on v.question_id = q.id where q.course_slug = $2 order by q.id, v.number desc)
        select b.topic, case when count(distinct m.person_id) >= ${GROUP_FROM} then avg(${recallOf('$3')})::float8 end as recall, count(distinct m.person_id)::int as people, count(distinct b.id)::int as questions
          from bank b left join question_memory m on m.question_id = b.id and m.person_id = any($1::uuid[]) group by b.topic order by 2 nulls last, 1`, [personIds, courseSlug, day]);
  }

  list(units: readonly string[] | null, id: string | null, day: string): Promise<CampaignRow[]> {
    return this.db.rows<CampaignRow>(
      `select c.id, c.title, c.course_slug as "courseSlug", coalesce((select v.title from course k join course_version v on v.course_id = k.id where k.slug = c.course_slug order by v.number desc limit 1), c.course_slug) as "courseTitle", c.topics, c.unit_id as "unitId",
          (select v.name from unit_version v where v.unit_id = c.unit_id order by v.valid @> $3::date desc, v.valid desc limit 1) as "unitName", c.questions, c.rounds, c.starts_on as "startsOn", c.status, p.name as "madeBy", c.made_at as "madeAt",
          (select m.note from campaign_move m where m.campaign_id = c.id order by m.at desc limit 1) as note, (select to_json(x) from (select ${STEPS} from refresher r ${TAKEN} where r.campaign_id = c.id) x) as steps
        from campaign c join person p on p.id = c.made_by where ($1::uuid[] is null or c.unit_id = any($1)) and ($2::uuid is null or c.id = $2) order by c.made_at desc`, [units, id, day]);
  }

  /** Steps of a campaign by the communes where its people are in post. */
  byUnit(campaignId: string, day: string): Promise<(Steps & { unitId: string; name: string })[]> {
    return this.db.rows(
      `select w.unit_id as "unitId", w.name, ${STEPS} from refresher r ${TAKEN} join ${postedOn('r.person_id', '$2')} u on true
          join lateral (select v.unit_id, v.name from unit_version v where v.valid @> $2::date and v.unit_id = coalesce((select y.parent_id from unit_version y where y.unit_id = u.unit_id and y.kind = 'village' and y.valid @> $2::date), u.unit_id)) w on true
        where r.campaign_id = $1 group by w.unit_id, w.name order by count(a.id)::float8 / count(*), w.name`, [campaignId, day]);
  }

  /** The same people, the same questions: right in the post-test before, right in the campaign. */
  async effect(campaignId: string): Promise<{ before: number | null; now: number | null; people: number; pairs: number }> {
    const row = await this.db.row<{ before: number; now: number; people: number; pairs: number }>(
      `with now as (select r.person_id, v.question_id, m."right", a.submitted_at from refresher r join attempt a on a.sitting_id = r.id and a.counts join mark m on m.attempt_id = a.id and m.choice is not null join question_version v on v.id = m.question_version_id where r.campaign_id = $1),
          pairs as (select n.person_id, n."right" as now, b."right" as before from now n join lateral (
            select m."right" from attempt a join form f on f.id = a.form_id and f.kind = 'post' join mark m on m.attempt_id = a.id join question_version v on v.id = m.question_version_id and v.question_id = n.question_id
              where a.person_id = n.person_id and a.counts and a.submitted_at < n.submitted_at order by a.submitted_at desc limit 1) b on true)
        select coalesce(avg(before::int), 0)::float8 as before, coalesce(avg(now::int), 0)::float8 as now, count(distinct person_id)::int as people, count(*)::int as pairs from pairs`, [campaignId]);
    return row.people >= GROUP_FROM ? row : { ...row, before: null, now: null };
  }

  history(campaignId: string): Promise<{ to: View['status']; note: string | null; by: string; at: Date }[]> {
    return this.db.rows('select m."to", m.note, p.name as by, m.at from campaign_move m join person p on p.id = m.by_person_id where m.campaign_id = $1 order by m.at desc', [campaignId]);
  }
}

