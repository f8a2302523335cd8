import { Injectable } from '@nestjs/common';
import type { RecordedChange, UnitChange } from '@lantoa/shared/unit-changes';
import { fold } from '@lantoa/shared/rules/text';
import { Db, holds } from '#platform/db';
import type { Ending } from './heirs.rules.ts';
import { type Facts, unitsNamed, type Version } from './unit-change.rules.ts';

type Row = Omit<Version, 'valid'> & { from: string; until: string | null };
/** Postings that are read as held in the units that a change (`s`) ends: in themselves, or in units that had become one of them by then. */
const HELD = `${holds('p.valid', 's."on"')} and p.unit_id in (select q.from_unit_id from succession_part q where q.succession_id = s.id union select h.unit_id from succession_part q join unit_heir h on h.heir_id = q.from_unit_id and h.exact and h.valid @> (s."on" - 1) where q.succession_id = s.id)`;
const TO_PLACE = `case when s.kind = 'split' and s.undone_at is null then (select count(*) from posting p where ${HELD}) else 0 end`;

/** Tables that go with their unit. */
const DERIVED = ['unit_heir', 'unit_alias'];

/** What changes of units are checked against, and what they have left behind. */
@Injectable()
export class UnitChangesQueries {
  constructor(private readonly db: Db) {}

  /** All that a change may touch: the units that it names, everything directly below and everything above them. */
  async facts(change: UnitChange): Promise<Facts> {
    const named = unitsNamed(change);
    const rows = await this.db.rows<Row>(
      `with recursive named as (select unnest($1::uuid[]) as id),
         up as (select id from named union select v.parent_id from unit_version v join up on v.unit_id = up.id where v.parent_id is not null),
         down as (select v.unit_id as id from unit_version v join named n on v.parent_id = n.id)
       select v.id, v.unit_id as "unitId", v.name, v.kind, v.code, v.parent_id as "parentId", lower(v.valid) as "from", upper(v.valid) as until from unit_version v where v.unit_id in (select id from up union select id from down)`, [named]);
    const events = await this.db.rows<{ id: string; day: string }>(
      `select u.id, max(s."on") as day from unnest($1::uuid[]) as u(id) join succession_part q on u.id in (q.from_unit_id, q.to_unit_id) join succession s on s.id = q.succession_id group by u.id`, [named]);
    const codes = await this.db.rows<{ code: string; unitId: string; name: string }>('select code, unit_id as "unitId", name from unit_version where valid @> $1::date and code = any($2)', [change.on, codesOf(change)]);
    const places = change.kind === 'split' ? await this.postings([change.unitId], change.on) : [];
    return {
      versions: rows.map(({ from, until, ...v }) => ({ ...v, valid: { from, until } })), lastEvents: new Map(events.map((e) => [e.id, e.day])),
      codes: new Map(codes.map(({ code, ...u }) => [code, u])), localities: new Set(places.flatMap((p) => (p.locality === null ? [] : fold(p.locality)))),
    };
  }

  /** Postings that are held on the day in units that end, or in units that had become one of them before. */
  async postings(unitIds: readonly string[], day: string): Promise<{ id: string; personId: string; unitId: string; locality: string | null }[]> {
    // The few units first: asked for in one statement with the postings, a million of them would be looked through.
    const within = await this.db.rows<{ id: string }>('select unnest($1::uuid[]) as id union select h.unit_id from unit_heir h where h.heir_id = any($1::uuid[]) and h.exact and h.valid @> ($2::date - 1)', [unitIds, day]);
    return this.db.rows(`select id, person_id as "personId", unit_id as "unitId", locality from posting where unit_id = any($1::uuid[]) and ${holds('valid', '$2::date')}`, [within.map((u) => u.id), day]);
  }

  /** Every unit that ended, with who stands for it; a split or closed one is counted above. */
  endings(): Promise<Ending[]> {
    return this.db.rows(
      `select s."on", q.from_unit_id as "unitId", s.kind = 'merge' as exact,
          case when s.kind = 'split' then coalesce((select v.parent_id from unit_version v where v.unit_id = (min(q.to_unit_id::text))::uuid and v.valid @> s."on"), (select v.parent_id from unit_version v where v.unit_id = q.from_unit_id and v.valid @> (s."on" - 1))) else (min(q.to_unit_id::text))::uuid end as "heirId"
        from succession s join succession_part q on q.succession_id = s.id where s.kind in ('merge', 'split', 'close') and s.undone_at is null
        group by s.id, s."on", s.kind, q.from_unit_id having (min(q.to_unit_id::text))::uuid <> q.from_unit_id order by s."on"`);
  }

  /** The same change, if it is recorded already: of the same day and kind, by the same document, from the same units; a unit that was opened, also by name and in the same unit. */
  async same(change: UnitChange, from: readonly string[], opened: { name: string; parentId: string | null } | null): Promise<string | undefined> {
    const [row] = await this.db.rows<{ id: string }>(
      `select s.id from succession s where s."on" = $1 and s.kind = $2 and s.document = $3 and s.undone_at is null
          and (select coalesce(array_agg(distinct q.from_unit_id order by q.from_unit_id), '{}') from succession_part q where q.succession_id = s.id and ($2 <> 'open')) = (select coalesce(array_agg(distinct x order by x), '{}') from unnest($4::uuid[]) as x)
          and ($5::text is null or exists (select 1 from succession_part q join unit_version v on v.unit_id = q.to_unit_id and v.name = $5 and v.parent_id is not distinct from $6::uuid and lower(v.valid) = s."on" where q.succession_id = s.id)) limit 1`, [change.on, change.kind, change.document, from, opened?.name ?? null, opened?.parentId ?? null]);
    return row?.id;
  }

  /** Changes that were recorded in the program, newest first, with what is left to do. */
  async recorded(units: readonly string[] | null): Promise<RecordedChange[]> {
    const named = (side: 'from' | 'to', names: 'before' | 'after') => `(select coalesce(jsonb_agg(distinct jsonb_build_object('id', x->>'${side}', 'name', s.effects->'${names}'->>(x->>'${side}'))), '[]') from jsonb_array_elements(s.effects->'parts') x)`;
    const rows = await this.db.rows<RecordedChange & { recordedAt: Date | string; undoneAt: Date | string | null }>(
      `select s.id, s."on", s.kind, s.document, s.note, ${named('from', 'before')} as "from", ${named('to', 'after')} as "to", s.recorded_at as "recordedAt", p.name as by, s.undone_at as "undoneAt", (${TO_PLACE})::int as "toPlace"
        from succession s left join person p on p.id = s.recorded_by_id where s.recorded_at is not null and ($1::uuid[] is null or exists (select 1 from jsonb_array_elements(s.effects->'parts') x where (x->>'from')::uuid = any($1) or (x->>'to')::uuid = any($1))) order by s.recorded_at desc limit 200`, [units]);
    return rows.map((r) => ({ ...r, recordedAt: new Date(r.recordedAt).toISOString(), undoneAt: r.undoneAt && new Date(r.undoneAt).toISOString() }));
  }

  /** Who is still held by a unit that was split. */
  toPlace(changeId: string): Promise<{ postingId: string; name: string; position: string; locality: string | null }[]> {
    return this.db.rows(
      `select p.id as "postingId", x.name, p.position, p.locality from succession s join posting p on ${HELD} join person x on x.id = p.person_id
        where s.id = $1 and s.kind = 'split' order by p.locality nulls last, x.sort_key, p.id`, [changeId]);
  }

  /** Names of the tables whose rows stand on one of these units, leaving out rows that the change itself wrote. Every foreign key to a unit is looked at, also of modules to come. */
  async dependents(unitIds: readonly string[], own: { versions: readonly string[]; postings: readonly string[]; changeId: string }): Promise<string[]> {
    const keys = await this.db.rows<{ table: string; column: string }>(
      `select c.conrelid::regclass::text as "table", a.attname as "column" from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f' and c.confrelid = 'unit'::regclass order by 1, 2`);
    const besides: Record<string, [string, unknown]> = { unit_version: ['and id <> all($2::uuid[])', own.versions], posting: ['and id <> all($2::uuid[])', own.postings], succession_part: ['and succession_id <> $2', own.changeId] };
    const found = new Set<string>();
    for (const { table, column } of keys) {
      if (DERIVED.includes(table)) continue;
      const [except, value] = besides[table] ?? [];
      const rows = await this.db.rows(`select 1 from ${table} where ${column} = any($1::uuid[]) ${except ?? ''} limit 1`, except ? [unitIds, value] : [unitIds]);
      if (rows.length) found.add(table);
    }
    return [...found];
  }
}

const codesOf = (c: UnitChange): string[] => {
  if (c.kind === 'open') return c.unit.code ? [c.unit.code] : [];
  if (c.kind === 'rename' || c.kind === 'move') return c.code ? [c.code] : [];
  if (c.kind === 'merge') return c.into.code ? [c.into.code] : [];
  return c.kind === 'split' ? c.into.flatMap((u) => u.code ?? []) : [];
};
