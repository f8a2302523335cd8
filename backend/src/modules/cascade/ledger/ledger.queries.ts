import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { ALL, type Amounts, each } from './amounts.ts';

/** Look at everything in a unit as the map was on a day, under the name of a row of the answer. */
export interface Look { row: string; unitId: string; mapDay: string }
export interface SumRow extends Amounts { row: string; ofId: string }
export interface SeriesRow { ofId: string; week: string; enrolled: number; passed: number; planned: number }

/** Reads sums, as of a day. No measure is computed here. */
@Injectable()
export class LedgerQueries {
  constructor(private readonly db: Db) {}

  /** What has been added up until `asOf` for each tier or programme (`of`) and row: whole years, the months of the last, and the days of the last of those. */
  async sums(of: readonly string[], looks: readonly Look[], asOf: string): Promise<SumRow[]> {
    const read = (table: string, from: string, until: string) => `select w.row, s.of_id, ${each((a) => `s.${a}`)} from w join ${table} s on s.of_id = any($1::uuid[]) and s.unit_id = w.unit_id and s.day >= ${from} and s.day < ${until} and s.valid @> w.map_day`;
    const [year, month] = ["date_trunc('year', $5::date)::date", "date_trunc('month', $5::date)::date"];
    return this.db.rows(
      `with w as (select * from unnest($2::text[], $3::uuid[], $4::date[]) as w(row, unit_id, map_day)),
         added as (${read('cascade_year', "'-infinity'::date", year)} union all ${read('cascade_month', year, month)} union all ${read('cascade_sum', month, '$5::date + 1')})
       select row, of_id as "ofId", ${each((a) => `sum(${a}) as ${a}`)} from added group by 1, 2`, [of, ...columns(looks), asOf]);
  }

  /** The day of the last class that somebody of each row was in, or that was held there, until `asOf`: looked for from that day backwards. */
  async lastClasses(of: readonly string[], looks: readonly Look[], asOf: string): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ row: string; day: string }>(
      `select w.row, max(l.day) as day from unnest($2::text[], $3::uuid[], $4::date[]) as w(row, unit_id, map_day) cross join unnest($1::uuid[]) as o(id)
         cross join lateral (select s.day from cascade_sum s where s.of_id = o.id and s.unit_id = w.unit_id and s.day <= $5::date and s.valid @> w.map_day and (s.classes > 0 or s.enrolled > 0) order by s.day desc limit 1) l group by 1`, [of, ...columns(looks), asOf]);
    return new Map(rows.map((r) => [r.row, r.day]));
  }

  /** What was added in each week (named by its Monday) until `asOf`. */
  weeks(of: readonly string[], looks: readonly Look[], asOf: string): Promise<SeriesRow[]> {
    return this.db.rows(
      `select s.of_id as "ofId", date_trunc('week', s.day)::date as week, sum(s.enrolled) as enrolled, sum(s.passed) as passed, sum(s.planned) as planned
         from unnest($2::text[], $3::uuid[], $4::date[]) as w(row, unit_id, map_day) join cascade_sum s on s.of_id = any($1::uuid[]) and s.unit_id = w.unit_id and s.day <= $5::date and s.valid @> w.map_day group by 1, 2 order by 1, 2`,
      [of, ...columns(looks), asOf]);
  }

  /** People who passed on each day after `from` until `asOf`. */
  added(of: readonly string[], looks: readonly Look[], from: string, asOf: string): Promise<{ ofId: string; day: string; passed: number }[]> {
    return this.db.rows(
      `select s.of_id as "ofId", s.day, sum(s.passed) as passed from unnest($2::text[], $3::uuid[], $4::date[]) as w(row, unit_id, map_day)
         join cascade_sum s on s.of_id = any($1::uuid[]) and s.unit_id = w.unit_id and s.day > $5::date and s.day <= $6::date and s.valid @> w.map_day where s.passed <> 0 group by 1, 2`, [of, ...columns(looks), from, asOf]);
  }

  /** Targets in force on `asOf` that were set for these units themselves (for a district that is no more, say, and not for its communes). */
  ownTargets(tierIds: readonly string[], unitIds: readonly string[], asOf: string): Promise<{ row: string; tierId: string; people: number }[]> {
    return this.db.rows('select unit_id as row, tier_id as "tierId", people from tier_target where tier_id = any($1::uuid[]) and unit_id = any($2::uuid[]) and valid @> $3::date', [tierIds, unitIds, asOf]);
  }

  /**
   * The day on which to look at each unit's territory: `day` if the unit is there then; its last day if it had ended; if it came later, today, when what went into it lies in it.
   */
  async mapDays(unitIds: readonly string[], day: string, today: string): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ id: string; day: string }>(
      `select u.id, case when u.id = '${ALL}' or bool_or(v.valid @> $2::date) then $2::date when bool_or(lower(v.valid) > $2::date) then $3::date else max(upper(v.valid)) - 1 end as day
         from unnest($1::uuid[]) as u(id) left join unit_version v on v.unit_id = u.id group by u.id`, [unitIds, day, today]);
    return new Map(rows.map((r) => [r.id, r.day]));
  }

  /** Pairs `inner` lies in `outer`, on the day given for `outer`. A unit lies in itself. */
  async lying(inner: readonly string[], outer: readonly { unitId: string; mapDay: string }[]): Promise<{ inner: string; outer: string }[]> {
    return this.db.rows(
      'select a.unit_id as "inner", a.ancestor_id as "outer" from unnest($2::uuid[], $3::date[]) as o(id, day) join unit_ancestor a on a.ancestor_id = o.id and a.valid @> o.day and a.unit_id = any($1::uuid[])',
      [inner, outer.map((o) => o.unitId), outer.map((o) => o.mapDay)]);
  }

  /** When the sums last stood for everything: now, unless news is waiting. */
  async waiting(): Promise<boolean> {
    return (await this.db.rows('select 1 from cascade_news limit 1')).length > 0;
  }
}

const columns = (looks: readonly Look[]): [string[], string[], string[]] => [looks.map((l) => l.row), looks.map((l) => l.unitId), looks.map((l) => l.mapDay)];
