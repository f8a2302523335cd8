import { Injectable } from '@nestjs/common';
import type { UnitEvent, UnitRow } from '@lantoa/shared/organisation';
import { fold } from '@lantoa/shared/rules/text';
import { Db, holds } from '#platform/db';

/** A commune with its area (a district, a cluster of communes that were one, or just what lies above) and the unit above that. */
export interface Area { unitId: string; name: string; aboveId: string | null; areaId: string; areaName: string; areaKind: string }

/** One column list for everything that reads unit rows. `$1` is the day. */
const ROW = `select v.unit_id as id, v.name, v.kind, v.code, v.parent_id as "parentId", lower(v.valid) as "from", upper(v.valid) as until,
    (select count(*) from unit_version c where c.parent_id = v.unit_id and ${holds('c.valid', '$1::date')})::int as children,
    (select count(distinct p.person_id) from posting p where p.unit_id = v.unit_id and ${holds('p.valid', '$1::date')})::int as people
  from unit_version v`;

/** A unit without the counts that cost. */
export type UnitLine = Pick<UnitRow, 'id' | 'name' | 'kind' | 'parentId' | 'children'>;

/** Reads of units as of a day. */
@Injectable()
export class UnitsQueries {
  constructor(private readonly db: Db) {}

  children(parentId: string | null, day: string): Promise<UnitRow[]> {
    return this.db.rows<UnitRow>(`${ROW} where v.valid @> $1::date and v.parent_id is not distinct from $2::uuid order by v.name`, [day, parentId]);
  }

  /** The same without people, for tables that have figures of their own. */
  under(parentId: string | null, day: string): Promise<UnitLine[]> {
    const above = parentId === null ? 'v.parent_id is null and $2::uuid is null' : 'v.parent_id = $2::uuid';
    return this.db.rows(
      `select v.unit_id as id, v.name, v.kind, v.parent_id as "parentId", (select count(*) from unit_version c where c.parent_id = v.unit_id and ${holds('c.valid', '$1::date')})::int as children
         from unit_version v where ${above} and ${holds('v.valid', '$1::date')} order by v.name`, [day, parentId]);
  }

  /** The unit on a day, or, if it did not exist then, as it was last. */
  async one(unitId: string, day: string): Promise<UnitRow | undefined> {
    const rows = await this.db.rows<UnitRow>(`${ROW} where v.unit_id = $2 order by v.valid @> $1::date desc, v.valid desc limit 1`, [day, unitId]);
    return rows[0];
  }

  async nameOn(unitId: string, day: string): Promise<string | undefined> {
    return (await this.db.rows<{ name: string }>('select name from unit_version where unit_id = $1 order by valid @> $2::date desc, valid desc limit 1', [unitId, day]))[0]?.name;
  }

  async counts(day: string): Promise<Record<string, number>> {
    const rows = await this.db.rows<{ kind: string; n: number }>('select kind, count(*)::int as n from unit_version where valid @> $1::date group by kind', [day]);
    return { province: 0, district: 0, commune: 0, ...Object.fromEntries(rows.map((r) => [r.kind, r.n])) };
  }

  /** From the top down to the unit itself. */
  path(unitId: string, day: string): Promise<{ id: string; name: string }[]> {
    return this.db.rows(
      `with recursive up as (
         (select v.unit_id, v.parent_id, v.name, 0 as step, lower(v.valid) as since, case when v.valid @> $2::date then $2::date else lower(v.valid) end as day
            from unit_version v where v.unit_id = $1 order by v.valid @> $2::date desc, v.valid desc limit 1)
         union all
         select v.unit_id, v.parent_id, v.name, up.step + 1, lower(v.valid), up.day from unit_version v join up on v.unit_id = up.parent_id and v.valid @> up.day)
       select unit_id as id, name from up order by step desc`, [unitId, day]);
  }

  history(unitId: string): Promise<UnitEvent[]> {
    const named = (side: 'from' | 'to') => `(select coalesce(jsonb_agg(distinct jsonb_build_object('id', q.${side}_unit_id, 'name',
      (select v.name from unit_version v where v.unit_id = q.${side}_unit_id order by v.valid @> (s."on" - ${side === 'from' ? 1 : 0}) desc, v.valid ${side === 'from' ? 'desc' : 'asc'} limit 1))), '[]')
      from succession_part q where q.succession_id = s.id)`;
    return this.db.rows(
      `select s."on", s.kind, s.document, s.note, ${named('from')} as "from", ${named('to')} as "to" from succession s
        where exists (select 1 from succession_part q where q.succession_id = s.id and $1 in (q.from_unit_id, q.to_unit_id)) order by s."on" desc`, [unitId]);
  }

  async aliases(unitId: string): Promise<string[]> {
    return (await this.db.rows<{ name: string }>('select name from unit_alias where unit_id = $1 order by name', [unitId])).map((r) => r.name);
  }

  /**
   * Every name by which a unit of that day may be called: its own, its aliases, and (`former`) the names of the units that went into it.
   */
  names(day: string): Promise<{ unitId: string; name: string; kind: string; parentId: string | null; parentName: string | null; former: boolean }[]> {
    return this.db.rows(
      `with recursive now as (
         select v.unit_id, v.name, v.kind, v.parent_id, p.name as parent_name from unit_version v
           left join unit_version p on p.unit_id = v.parent_id and p.valid @> $1::date where v.valid @> $1::date),
       past as (
         select n.unit_id, q.from_unit_id as source from now n join succession_part q on q.to_unit_id = n.unit_id join succession s on s.id = q.succession_id
           where s."on" <= $1::date and s.kind <> 'close' and q.from_unit_id <> q.to_unit_id
         union
         select p.unit_id, q.from_unit_id from past p join succession_part q on q.to_unit_id = p.source and q.from_unit_id <> q.to_unit_id)
       select unit_id as "unitId", name, kind, parent_id as "parentId", parent_name as "parentName", false as former from now
       union all
       select n.unit_id, a.name, n.kind, n.parent_id, n.parent_name, false from now n join unit_alias a on a.unit_id = n.unit_id
       union all
       select n.unit_id, v.name, n.kind, v.parent_id, pv.name, true from past p join now n on n.unit_id = p.unit_id
         join unit_version v on v.unit_id = p.source left join unit_version pv on pv.unit_id = v.parent_id and pv.valid && v.valid`, [day]);
  }

  search(q: string, day: string, kinds: string[]): Promise<{ id: string; name: string; kind: UnitRow['kind']; parentName: string | null; formerName: string | null }[]> {
    return this.names(day).then((names) => {
      // Whoever types `ia h drai` means Ia H'Drai.
      const plain = (text: string) => fold(text).replace(/'\s*/g, ' ').replace(/\s+/g, ' ');
      const wanted = plain(q);
      const hits = names.filter((n) => plain(n.name).includes(wanted) && (!kinds.length || kinds.includes(n.kind)));
      hits.sort((a, b) => Number(a.former) - Number(b.former) || plain(a.name).indexOf(wanted) - plain(b.name).indexOf(wanted) || a.name.length - b.name.length);
      const current = new Map(names.filter((n) => !n.former).map((n) => [n.unitId, n] as const).reverse());
      const unique = new Map(hits.map((h) => [h.unitId, h] as const).reverse());
      return [...unique.values()].reverse().slice(0, 20).map((h) => ({
        id: h.unitId, name: current.get(h.unitId)?.name ?? h.name, kind: h.kind as UnitRow['kind'], parentName: current.get(h.unitId)?.parentName ?? null, formerName: h.former ? h.name : null,
      }));
    });
  }

  /**
   * A unit and everything under it, with all that went into it before: as of `day`, or of the unit's last day if it is closed by then. A closed unit
   * does not widen into its successor, so that nobody's rights grow by a merger.
   */
  async territory(unitIds: string[], day: string): Promise<Set<string>> {
    const rows = await this.db.rows<{ id: string }>(
      `with recursive root as (
         select u.id, coalesce((select $2::date from unit_version v where v.unit_id = u.id and v.valid @> $2::date), (select upper(v.valid) - 1 from unit_version v where v.unit_id = u.id order by v.valid desc limit 1)) as day
           from unnest($1::uuid[]) as u(id)),
       down as (select id, day from root union select v.unit_id, d.day from unit_version v join down d on v.parent_id = d.id and v.valid @> d.day),
       back as (select id from down union select h.unit_id from down d join unit_heir h on h.heir_id = d.id and h.valid @> d.day)
       select id from back`, [unitIds, day]);
    return new Set(rows.map((r) => r.id));
  }

  /**
   * Communes of a day with the area that they belong to: the district above; where there is none any more, the former district that most of what they were made of lay in (a cluster of communes); else
   * the unit above. `within`: only those of a province, district or former district, or the commune itself.
   */
  areas(day: string, within: string | null = null): Promise<Area[]> {
    // What is asked about narrows the communes before their past is looked at: a country has thousands.
    const near = `with near as (select $2::uuid as id union select unit_id from unit_version where parent_id = $2
           union select v.unit_id from unit_version p join unit_version v on v.parent_id = p.unit_id and v.kind = 'commune' where p.parent_id = $2 and p.kind = 'district' and ${holds('p.valid', '$1::date')}
           union select h.heir_id from unit_heir h join unit_version o on o.unit_id = h.unit_id where o.parent_id = $2 and h.exact)`;
    return this.db.rows<Area>(
      `${within ? near : ''} select v.unit_id as "unitId", v.name, case p.kind when 'district' then p.parent_id else v.parent_id end as "aboveId", coalesce(f.unit_id, p.unit_id) as "areaId", coalesce(f.name, p.name) as "areaName", case when f.unit_id is not null and f.unit_id <> p.unit_id then 'cluster' else p.kind end as "areaKind"
         from unit_version v join unit_version p on p.unit_id = v.parent_id and ${holds('p.valid', '$1::date')}
         left join lateral (
           select d.unit_id, (array_agg(d.name order by d.valid desc))[1] as name from (select v.unit_id as id union all select h.unit_id from unit_heir h where h.heir_id = v.unit_id and h.exact and h.valid @> $1::date) s
             join unit_version o on o.unit_id = s.id and lower(o.valid) <= $1::date join unit_version d on d.unit_id = o.parent_id and d.kind = 'district' and d.valid && o.valid group by d.unit_id order by count(*) desc, d.unit_id limit 1) f on p.kind <> 'district'
         where v.kind = 'commune' and ${holds('v.valid', '$1::date')}
           and ${within ? 'v.unit_id in (select id from near)' : '$2::uuid is null'}
         order by v.name`, [day, within]);
  }

  async predecessors(unitIds: string[]): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ id: string; root: string }>(
      'select u.id, u.id as root from unnest($1::uuid[]) as u(id) union all select h.unit_id, h.heir_id from unit_heir h where h.heir_id = any($1::uuid[]) and h.exact and upper_inf(h.valid)', [unitIds]);
    return new Map(rows.map((r) => [r.id, r.root]));
  }
}
