import { ALL, AMOUNTS, branch, RETENTION } from './amounts.ts';

/** A class counts once it is approved. */
const COUNTS = "('approved', 'report-submitted', 'report-returned', 'completed')";
const dayOf = (instant: string): string => `(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`;
const start = (day: string): string => `(${day})::timestamp at time zone 'Asia/Ho_Chi_Minh'`;
/** A refresher is late when it was due more than this many days ago. */
const REFRESHER_GRACE = 14;

/** Rows of one source, day and unit from several branches become one. */
const gather = (withs: string, branches: string[]): string =>
  `${withs} select source_id, of_id, unit_id, day, ${AMOUNTS.map((a) => `sum(${a}) as ${a}`).join(', ')} from (${branches.join(' union all ')}) x where day is not null group by 1, 2, 3, 4`;

const taughtBefore = `exists (select 1 from class_trainer x2 join training_class c2 on c2.id = x2.class_id where x2.person_id = x.person_id and c2.tier_id = c.tier_id and c2.status in ${COUNTS} and (c2.ends_on, c2.id) < (c.ends_on, c.id))`;
const learnedBefore = (passed: string): string =>
  `exists (select 1 from enrolment e2 join training_class c2 on c2.id = e2.class_id where e2.person_id = e.person_id and e2.duplicate_of_id is null ${passed} and c2.tier_id = c.tier_id and c2.status in ${COUNTS} and (c2.ends_on, c2.id) < (c.ends_on, c.id))`;

/**
 * What classes add (`$1`: their ids; `null`: all). Somebody in two classes of a tier counts once, with the first, where they came from then: so the units of a map always add up to the whole.
 */
export const CLASSES = gather(
  `with cls as materialized (
     select c.*, coalesce(r.report_days, 7) as report_days from training_class c
       left join lateral (select x.report_days from tier_rule x where x.tier_id = c.tier_id order by x.valid @> c.starts_on desc, x.valid limit 1) r on true where c.status in ${COUNTS} and ($1::uuid[] is null or c.id = any($1))),
   learner as materialized (
     select c.id, c.tier_id, c.ends_on, e.unit_id, e.person_id, post.id as post_id, pre.id as pre_id, not ${learnedBefore('')} as first, coalesce(e.outcome = 'passed', false) and not ${learnedBefore("and e2.outcome = 'passed'")} as first_passed,
         pre.anchor_right::float8 / nullif(pre.anchor_total, 0) as pre, post.anchor_right::float8 / nullif(post.anchor_total, 0) as post
       from cls c join enrolment e on e.class_id = c.id and e.duplicate_of_id is null
       left join attempt pre on pre.sitting_id = c.pre_sitting_id and pre.person_id = e.person_id and pre.counts
       left join attempt post on post.sitting_id = c.post_sitting_id and post.person_id = e.person_id and post.counts),
   kept as (
     select l.id, l.tier_id, l.unit_id, w.days, k.* from learner l cross join (values ${RETENTION.map((r) => `(${r.days}, ${r.days - r.give}, ${r.days + r.give})`).join(', ')}) w(days, earliest, latest) join lateral (
       select ${dayOf('a.submitted_at')} as day, avg(m."right"::int::float8) as post, avg(n."right"::int::float8) as later
         from attempt a join mark n on n.attempt_id = a.id join mark m on m.attempt_id = l.post_id and m.question_version_id = n.question_version_id
         where a.person_id = l.person_id and a.counts and a.id not in (l.post_id, coalesce(l.pre_id, l.post_id)) and a.submitted_at >= ${start('l.ends_on + w.earliest')} and a.submitted_at < ${start('l.ends_on + w.latest + 1')}
         group by a.id, a.submitted_at order by a.submitted_at limit 1) k on true where l.post_id is not null),
   report as (
     select c.id, c.tier_id, c.unit_id, c.ends_on + c.report_days as due, m.state, m.day from cls c
       left join lateral (select x."to" as state, ${dayOf('x.at')} as day from class_move x where x.class_id = c.id and x."to" in ('report-submitted', 'report-returned')) m on true),
   refresher as (
     select c.id, c.tier_id, e.unit_id, ${dayOf('f.made_at')} + ${REFRESHER_GRACE + 1} as late_on, (select ${dayOf('a.submitted_at')} from attempt a where a.sitting_id = f.sitting_id and a.person_id = e.person_id and a.counts) as done_on
       from cls c join class_refresher f on f.class_id = c.id join seat s on s.sitting_id = f.sitting_id join enrolment e on e.class_id = c.id and e.person_id = s.person_id and e.duplicate_of_id is null)`,
  [
    branch('id as source_id, tier_id as of_id, unit_id, ends_on as day', {
      enrolled: 'first::int', passed: 'first_passed::int', pre_n: '(pre is not null)::int', pre_sum: 'coalesce(pre, 0)', pre_squares: 'coalesce(pre * pre, 0)', post_n: '(post is not null)::int', post_sum: 'coalesce(post, 0)', post_squares: 'coalesce(post * post, 0)',
      gain_n: '(post - pre is not null)::int', gain_sum: 'coalesce(post - pre, 0)', gain_squares: 'coalesce((post - pre) ^ 2, 0)',
    }, 'learner'),
    ...RETENTION.map(({ days }) => branch('id, tier_id, unit_id, day', { [`kept${days}_n`]: '1', [`kept${days}_post`]: 'post', [`kept${days}_later`]: 'later' }, `kept where days = ${days}`)),
    branch('id, tier_id, unit_id, ends_on', { planned: 'expected', classes: '1', trainers: `(select count(distinct x.person_id) from class_trainer x where x.class_id = c.id and x.person_id is not null and not ${taughtBefore})` }, 'cls c'),
    // Late from the day after it was due, unless it had been handed in and not come back; then every hand-in ends it and every return begins it again.
    branch('id, tier_id, unit_id, due + 1', { reports_late: '1' }, "(select id, tier_id, unit_id, due from report group by 1, 2, 3, 4 having coalesce((array_agg(state order by day desc) filter (where day <= due))[1], '') <> 'report-submitted') r"),
    branch('id, tier_id, unit_id, greatest(day, due + 1)', { reports_late: "case state when 'report-submitted' then -1 else 1 end" }, 'report where day > due'),
    branch('id, tier_id, unit_id, late_on', { refreshers_late: '1' }, 'refresher where done_on is null or done_on >= late_on'),
    branch('id, tier_id, unit_id, done_on', { refreshers_late: '-1' }, 'refresher where done_on >= late_on'),
  ]);

/** An entry of the register with the person it belongs to now, and from–to when it is in force. */
const ENTRY = `select coalesce(p.merged_into_id, p.id) as person_id, t.id as tier_id, t.programme_id, e.unit_id, e.issued_on, ct.endorses_teaching,
    daterange(e.issued_on, greatest(e.issued_on, least(e.valid_until, (select min(x.issued_on) from register_entry x where x.refers_to = e.id)))) as valid
  from register_entry e join person p on p.id = e.person_id join certificate_type ct on ct.id = e.type_id join tier t on t.certificate_type_id = e.type_id where e.kind = 'issue'`;

/** What people's certificates and refreshers add (`$1`: their ids; `null`: all), where the certificates were issued first. */
export const PEOPLE = gather(
  `with entry as materialized (${ENTRY} and ($1::uuid[] is null or p.id = any($1) or p.merged_into_id = any($1))),
   first as materialized (select distinct on (person_id, tier_id) * from entry order by person_id, tier_id, issued_on, unit_id),
   held as (select f.person_id, f.tier_id, f.unit_id, v.valid from first f join (select person_id, tier_id, unnest(range_agg(valid)) as valid from entry group by 1, 2) v using (person_id, tier_id) where not isempty(v.valid)),
   right_to_teach as (
     select f.person_id, f.tier_id, f.unit_id, f.issued_on, (select min(c.ends_on) from class_trainer x join training_class c on c.id = x.class_id and c.status in ${COUNTS} join tier t on t.id = c.tier_id and t.programme_id = f.programme_id where x.person_id = f.person_id) as taught_on
       from first f where f.endorses_teaching),
   asked as (
     select person_id, tier_id, unit_id, due_on + ${REFRESHER_GRACE + 1} as late_on, least(done_on, next_on) as over_on from (
       select f.person_id, f.tier_id, f.unit_id, r.due_on, (select ${dayOf('a.submitted_at')} from attempt a where a.sitting_id = r.id and a.counts) as done_on, lead(r.due_on) over (partition by f.person_id, f.tier_id order by r.due_on, r.id) as next_on
         from first f join person p on f.person_id in (p.id, p.merged_into_id) join refresher r on r.person_id = p.id join tier t on t.id = f.tier_id and t.course_slug = r.course_slug) x)`,
  [
    branch('person_id as source_id, tier_id as of_id, unit_id, issued_on as day', { certified: '1' }, 'first'),
    branch('person_id, tier_id, unit_id, lower(valid)', { in_force: '1' }, 'held'),
    branch('person_id, tier_id, unit_id, upper(valid)', { in_force: '-1' }, 'held'),
    branch('person_id, tier_id, unit_id, issued_on', { idle: '1' }, 'right_to_teach where taught_on is null or taught_on > issued_on'),
    branch('person_id, tier_id, unit_id, taught_on', { idle: '-1' }, 'right_to_teach where taught_on > issued_on'),
    // Of the refreshers that one person was given in a tier only the newest can be late: who has missed five is one person to be called.
    branch('person_id, tier_id, unit_id, late_on', { refreshers_late: '1' }, 'asked where over_on is null or over_on >= late_on'),
    branch('person_id, tier_id, unit_id, over_on', { refreshers_late: '-1' }, 'asked where over_on >= late_on'),
  ]);

/** Certified people who must have a posting in a place before it counts as covered. */
const LEAST = 1;

/** What places add (`$1`: their units; `null`: all): that they are there, and while they are covered. A posting in a unit that was merged counts in the one that it became. */
export const PLACES = gather(
  `with place as materialized (
     select u.unit_id, r.valid from (select v.unit_id, range_agg(v.valid) - coalesce((select range_agg(c.valid) from unit_version c where c.parent_id = v.unit_id and c.kind = 'village'), '{}'::datemultirange) as valids
       from unit_version v where v.kind in ('village', 'commune') and ($1::uuid[] is null or v.unit_id = any($1)) group by v.unit_id) u, unnest(u.valids) as r(valid)),
   posted as (
     select p.unit_id, q.person_id, q.valid * p.valid as valid from place p join posting q on q.unit_id = p.unit_id and q.valid && p.valid
     union all select p.unit_id, q.person_id, q.valid * h.valid * p.valid from place p join unit_heir h on h.heir_id = p.unit_id and h.exact and h.valid && p.valid join posting q on q.unit_id = h.unit_id and q.valid && (h.valid * p.valid)),
   involved as (select person_id as id from posted union select m.id from posted d join person m on m.merged_into_id = d.person_id),
   entry as (${ENTRY} and ($1::uuid[] is null or p.id in (select id from involved))),
   there as (select d.unit_id, e.programme_id, d.person_id, unnest(range_agg(d.valid * e.valid)) as valid from posted d join entry e on e.person_id = d.person_id and e.valid && d.valid group by 1, 2, 3),
   step as (select unit_id, programme_id, day, sum(by) as by from (select unit_id, programme_id, lower(valid) as day, 1 as by from there union all select unit_id, programme_id, upper(valid), -1 from there where not upper_inf(valid)) x group by 1, 2, 3),
   level as (select unit_id, programme_id, day, by, sum(by) over w as people from step window w as (partition by unit_id, programme_id order by day))`,
  [
    branch(`unit_id as source_id, '${ALL}'::uuid as of_id, unit_id, lower(valid) as day`, { places: '1' }, 'place'),
    branch(`unit_id, '${ALL}'::uuid, unit_id, upper(valid)`, { places: '-1' }, 'place'),
    branch('unit_id, programme_id, unit_id, day', { covered: `(people >= ${LEAST})::int - (people - by >= ${LEAST})::int` }, `level where (people >= ${LEAST}) <> (people - by >= ${LEAST})`),
  ]);

/** What targets add (`$1`: their ids; `null`: all): they hold from–to. */
export const TARGETS = gather('with goal as (select id, tier_id, unit_id, people, valid from tier_target where not isempty(valid) and ($1::uuid[] is null or id = any($1)))', [
  branch('id as source_id, tier_id as of_id, unit_id, lower(valid) as day', { target: 'people' }, 'goal'), branch('id, tier_id, unit_id, upper(valid)', { target: '-people' }, 'goal'),
]);
