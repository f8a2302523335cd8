import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { liesIn, placesOf, type Roots } from '../scopes.service.ts';

/** A class counts once it is approved, and on a day once it has ended by then. */
const HELD = "c.status in ('approved', 'report-submitted', 'report-returned', 'completed') and c.ends_on <= $2::date";
const SUMS = `(select coalesce(json_agg(json_build_array(p.post_n, p.post_sum, p.post_squares)), '[]') from cascade_part p where p.source_id = c.id)`;
const NODE = `c.id as "classId", c.code, c.title, t.name as tier, c.ends_on as "endedOn", (select count(*) from enrolment e where e.class_id = c.id and e.duplicate_of_id is null and e.outcome is distinct from 'absent')::int as learners,
    (select count(*) from enrolment e where e.class_id = c.id and e.duplicate_of_id is null and e.outcome = 'passed')::int as passed, ${SUMS} as sums,
    (select coalesce(json_agg(json_build_object('personId', x.person_id, 'name', x.name) order by x.name), '[]') from class_trainer x where x.class_id = c.id) as trainers`;

export interface NodeRow { classId: string; code: string; title: string; tier: string; endedOn: string; learners: number; passed: number; sums: [number, number, number][]; trainers: { personId: string | null; name: string }[] }
export interface TrainerRow { personId: string; name: string; phone: string | null; unitName: string | null; certifiedOn: string | null; validUntil: string | null; classes: number; learners: number; lastTaughtOn: string | null; /** Post minus pre of those who sat both, as a size and a sum; the mean that tiers taught have on the whole; and sum and squares of what lies beyond that. */ n: number; sum: number; usual: number; beyond: number; beyondSquares: number }

/** Was somebody there, on a line that counts? */
const THERE = "e.duplicate_of_id is null and e.outcome is distinct from 'absent' and e.person_id <> $1";

/**
 * The people of the line of `$1` by the day `$2`, with the number of hand-overs: those taught, those taught by them, and so on. A class counts only if it began after its trainer had been trained, so a line never comes back on
 * itself.
 */
const DOWN = `with recursive down (person_id, since, depth) as (
    select $1::uuid, null::date, 0
    union select e.person_id, c.ends_on, d.depth + 1 from down d join class_trainer x on x.person_id = d.person_id join training_class c on c.id = x.class_id and ${HELD} and (d.since is null or c.starts_on > d.since) join enrolment e on e.class_id = c.id and ${THERE})`;

/** Trainer → learner, through classes. */
@Injectable()
export class LineageQueries {
  constructor(private readonly db: Db) {}

  async nameOf(personId: string): Promise<string> {
    return (await this.db.row<{ name: string }>('select name from person where id = $1', [personId])).name;
  }

  /** Distinct people by the fewest hand-overs. */
  reached(personId: string, day: string): Promise<{ depth: number; people: number }[]> {
    return this.db.rows(`${DOWN} select depth, count(*)::int as people from (select person_id, min(depth) as depth from down where depth > 0 group by 1) x group by 1 order by 1`, [personId, day]);
  }

  /** Classes somebody learned in, newest first. */
  learnedIn(personIds: readonly string[], day: string): Promise<(NodeRow & { personId: string })[]> {
    return this.db.rows(`select e.person_id as "personId", ${NODE} from enrolment e join training_class c on c.id = e.class_id join tier t on t.id = c.tier_id where e.person_id = any($1::uuid[]) and e.duplicate_of_id is null and e.outcome is distinct from 'absent' and ${HELD} order by c.ends_on desc, c.code`, [personIds, day]);
  }

  taught(personId: string, day: string): Promise<NodeRow[]> {
    return this.db.rows(`select ${NODE} from class_trainer y join training_class c on c.id = y.class_id join tier t on t.id = c.tier_id where y.person_id = $1 and ${HELD} order by c.ends_on desc, c.code`, [personId, day]);
  }

  people(classId: string, day: string): Promise<{ personId: string; name: string; unitName: string; outcome: 'passed' | 'not-passed' | 'absent' | null; taught: number }[]> {
    return this.db.rows(
      `select e.person_id as "personId", e.name, e.unit_name as "unitName", e.outcome, (select count(*) from class_trainer x join training_class c on c.id = x.class_id where x.person_id = e.person_id and ${HELD})::int as taught
         from enrolment e where e.class_id = $1 and e.duplicate_of_id is null order by e.sort_key`, [classId, day]);
  }

  /** Of somebody's certificates with the right to teach: the first day of the first, the last day of the last, and the class of the newest. */
  async rightToTeach(personId: string, day: string): Promise<{ certifiedOn: string | null; validUntil: string | null; classId: string | null }> {
    return this.db.row(
      `select min(e.issued_on) filter (where t.endorses_teaching) as "certifiedOn", max(least(e.valid_until, (select min(x.issued_on) from register_entry x where x.refers_to = e.id))) filter (where t.endorses_teaching) as "validUntil",
          (array_agg(e.evidence->'class'->>'id' order by e.issued_on desc, e.seq desc))[1] as "classId"
         from register_entry e join person p on p.id = e.person_id join certificate_type t on t.id = e.type_id where e.kind = 'issue' and e.issued_on <= $2::date and (p.id = $1 or p.merged_into_id = $1)`, [personId, day]);
  }

  /** Who may teach or has taught in a programme: those whose certificate was given, or whose class was held, in the units asked for. */
  trainers(programmeId: string, day: string, roots: Roots): Promise<TrainerRow[]> {
    return this.db.rows(
      `with entitled as (
           select coalesce(p.merged_into_id, p.id) as person_id, min(e.issued_on) as certified_on, max(least(e.valid_until, (select min(x.issued_on) from register_entry x where x.refers_to = e.id))) as valid_until, (array_agg(e.unit_name order by e.issued_on desc))[1] as unit_name
             from register_entry e join person p on p.id = e.person_id join certificate_type k on k.id = e.type_id and k.endorses_teaching where e.kind = 'issue' and e.issued_on <= $2::date and e.type_id in (select certificate_type_id from tier where programme_id = $1) and ${liesIn('e.unit_id')} group by 1),
         class_gain as (select c.id, c.tier_id, c.ends_on, sum(q.gain_n) as n, sum(q.gain_sum) as sum, sum(q.gain_squares) as squares from training_class c join tier t on t.id = c.tier_id and t.programme_id = $1 left join cascade_part q on q.source_id = c.id where ${HELD} and ${liesIn('c.unit_id')} group by 1, 2, 3),
         usual as (select tier_id, coalesce(sum(sum) / nullif(sum(n), 0), 0) as mean from class_gain group by 1),
         learners as (select e.class_id, count(*)::int as n from enrolment e where e.duplicate_of_id is null and e.outcome is distinct from 'absent' and e.class_id in (select id from class_gain) group by 1),
         active as (select x.person_id, count(*)::int as classes, coalesce(sum(l.n), 0)::int as learners, max(g.ends_on) as last_taught_on, sum(g.n) as n, sum(g.sum) as sum, sum(g.n * u.mean) as usual, sum(g.sum - g.n * u.mean) as beyond, sum(g.squares - 2 * u.mean * g.sum + g.n * u.mean ^ 2) as beyond_squares
           from class_gain g join usual u on u.tier_id = g.tier_id join class_trainer x on x.class_id = g.id and x.person_id is not null left join learners l on l.class_id = g.id group by 1)
       select p.id as "personId", p.name, p.phone, e.unit_name as "unitName", e.certified_on as "certifiedOn", e.valid_until as "validUntil", coalesce(a.classes, 0) as classes, coalesce(a.learners, 0) as learners, a.last_taught_on as "lastTaughtOn",
           coalesce(a.n, 0) as n, coalesce(a.sum, 0) as sum, coalesce(a.usual / nullif(a.n, 0), 0) as usual, coalesce(a.beyond, 0) as beyond, coalesce(a.beyond_squares, 0) as "beyondSquares"
         from entitled e full join active a on a.person_id = e.person_id join person p on p.id = coalesce(e.person_id, a.person_id) order by a.learners desc nulls last, p.sort_key, p.id`,
      [programmeId, day, ...placesOf(roots)]);
  }
}
