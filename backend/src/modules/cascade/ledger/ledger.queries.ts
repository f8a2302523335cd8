import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { ALL, type Amounts, each } from './amounts.ts';

/** Look at everything in a unit as the map was on a day, under the name of a row of the answer. */
export interface Look { row: string; unitId: string; mapDay: string }
/** `lastMonth`: the first of the last month in which a class was held or joined. */
export interface SumRow extends Amounts { row: string; ofId: string; lastMonth: string | null }
export interface SeriesRow { ofId: string; week: string; enrolled: number; passed: number; planned: number }

/** Reads sums, as of a day. No measure is computed here. */
@Injectable()
export class LedgerQueries {
  constructor(private readonly db: Db) {}

  /** What has been added up until `asOf` for each tier or programme (`of`) and row: whole months, and the days of the last. */
  async sums(of: readonly string[], looks: readonly Look[], asOf: string): Promise<SumRow[]> {
    return this.db.rows(
      `with w as (select * from unnest($2::text[], $3::uuid[], $4::date[]) as w(row, unit_id, map_day)),
         added as (
           select w.row, s.of_id, s.day, ${each((a) => `s.${a}`)} from w join cascade_month s on s.of_id = any($1::uuid[]) and s.unit_id = w.unit_id and s.day < date_trunc('month', $5::date) and s.valid @> w.map_day
           union all select w.row, s.of_id, s.day, ${each((a) => `s.${a}`)} from w join cascade_sum s on s.of_id = any($1::uuid[]) and s.unit_id = w.unit_id and s.day >= date_trunc('month', $5::date) and s.day <= $5::date and s.valid @> w.map_day)
       select row, of_id as "ofId", date_trunc('month', max(day) filter (where classes > 0 or enrolled > 0))::date as "lastMonth", ${each((a) => `sum(${a}) as ${a}`)} from added group by 1, 2`, [of, ...columns(looks), asOf]);
  }

  /** The day of the last class that somebody of each row was in, or that was held there, until `asOf`: looked for in the month in which it was. */
  async lastClasses(of: readonly string[], looks: readonly (Look & { month: string })[], asOf: string): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ row: string; day: string }>(
      `select w.row, max(s.day) as day from unnest($2::text[], $3::uuid[], $4::date[], $6::date[]) as w(row, unit_id, map_day, month)
         join cascade_sum s on s.of_id = any($1::uuid[]) and s.unit_id = w.unit_id and s.day >= w.month and s.day < w.month + interval '1 month' and s.day <= $5::date and s.valid @> w.map_day and (s.classes > 0 or s.enrolled > 0) group by 1`, [of, ...columns(looks), asOf, looks.map((l) => l.month)]);
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
