import { addUp, ALL, each, SPANS } from './amounts.ts';

/** In what each unit lies, from–to, worked out from versions and heirs (its own, and those of what it lies in: a village whose commune ended lies in what that became); every unit that ever was also lies in the whole country. */
export const ANCESTORS = `with recursive up as (
    select unit_id, unit_id as ancestor_id, valid from unit_version
    union select unit_id, heir_id, valid from unit_heir
    union select up.unit_id, n.id, up.valid * n.valid from up cross join lateral (
      select v.parent_id as id, v.valid from unit_version v where v.unit_id = up.ancestor_id and v.parent_id is not null union all select h.heir_id, h.valid from unit_heir h where h.unit_id = up.ancestor_id) n where n.valid && up.valid)
  select unit_id, ancestor_id, unnest(range_agg(valid)) as valid from up group by 1, 2
  union all select id, '${ALL}'::uuid, '(,)'::daterange from unit`;

/** Brings the table of ancestors up to the units, and moves what has been added up from where it lay to where it lies; leaves what has changed in `ancestor_change`. */
export const MOVE_UNITS = [
  `create temporary table ancestor_change on commit drop as with fresh as materialized (${ANCESTORS})
     (select unit_id, ancestor_id, valid, 1 as sign from (select * from fresh except select unit_id, ancestor_id, valid from unit_ancestor) come)
     union all (select unit_id, ancestor_id, valid, -1 from (select unit_id, ancestor_id, valid from unit_ancestor except select * from fresh) gone)`,
  'delete from unit_ancestor a using ancestor_change d where d.sign = -1 and a.unit_id = d.unit_id and a.ancestor_id = d.ancestor_id and a.valid = d.valid',
  'insert into unit_ancestor (unit_id, ancestor_id, valid) select unit_id, ancestor_id, valid from ancestor_change where sign = 1',
  addUp('', `select p.of_id, d.ancestor_id as unit_id, p.day, d.valid, ${each((a) => `sum(d.sign * p.${a}) as ${a}`)} from ancestor_change d join cascade_part p on p.unit_id = d.unit_id where upper(d.valid) is null or upper(d.valid) > p.day group by 1, 2, 3, 4`),
  ...Object.keys(SPANS).map((table) => `delete from ${table} s using (select distinct ancestor_id, valid from ancestor_change where sign = -1) d where s.unit_id = d.ancestor_id and s.valid = d.valid and not exists (select 1 from unit_ancestor a where a.ancestor_id = d.ancestor_id and a.valid = d.valid)`),
];
