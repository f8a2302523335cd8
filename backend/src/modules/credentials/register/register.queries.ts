import { Injectable } from '@nestjs/common';
import type { RegisterLine } from '@lantoa/shared/register';
import { fold } from '@lantoa/shared/rules/text';
import type { Day } from '@lantoa/shared/rules/days';
import { Db } from '#platform/db';
import { type Ending, stateOn } from './register.rules.ts';

type Row = Omit<RegisterLine, 'state'> & { later: Ending[] };

const LINE = `select e.id, e.seq, e.kind, e.register_no as "registerNo", e.serial_no as "serialNo", e.holder_name as "holderName", e.birth_year as "birthYear", e.sex, e.unit_name as "unitName", e.title, e.hours, e.decision_no as "decisionNo",
    e.issued_on as "issuedOn", e.valid_until as "validUntil", (select o.register_no from register_entry o where o.id = coalesce(e.refers_to, e.corrects)) as about, e.reason, e.note, r.received_by as "receivedBy", r.received_on as "receivedOn",
    exists (select 1 from paper where entry_id = e.id) as "paperReady", (select coalesce(json_agg(json_build_object('kind', l.kind, 'issuedOn', l.issued_on)), '[]') from register_entry l where l.refers_to = e.id) as later`;
const FROM = 'from register_entry e left join lateral (select received_by, received_on from paper_receipt p where p.entry_id = e.id order by p.seq desc limit 1) r on true';

/** Lines of the book as they are shown. */
@Injectable()
export class RegisterQueries {
  constructor(private readonly db: Db) {}

  /** Newest first. `units`: those that may be seen, or `null` for all. */
  async page(units: string[] | null, q: { q?: string | undefined; year?: number | undefined; limit: number; offset: number }, day: Day): Promise<{ items: RegisterLine[]; total: number }> {
    const rows = await this.db.rows<Row & { total: number }>(
      `${LINE}, count(*) over ()::int as total ${FROM} where ($1::uuid[] is null or e.unit_id = any($1)) and ($2::text is null or e.holder_folded like '%' || $2 || '%' or e.register_no ilike $2 || '%') and ($3::int is null or e.year = $3) order by e.seq desc limit $4 offset $5`,
      [units, q.q ? fold(q.q).replace(/[%_\\]/g, '\\$&') : null, q.year ?? null, q.limit, q.offset]);
    return { items: rows.map(({ total: _total, ...r }) => shown(r, day)), total: rows[0]?.total ?? 0 };
  }

  /** The years that have lines which may be seen. */
  async years(units: string[] | null): Promise<number[]> {
    return (await this.db.rows<{ year: number }>('select distinct year from register_entry where $1::uuid[] is null or unit_id = any($1) order by year desc', [units])).map((r) => r.year);
  }

  /** How often a certificate was looked up on the public page, and the last day on which it was. */
  checks(entryId: string): Promise<{ times: number; lastOn: Day | null }> {
    return this.db.row('select coalesce(sum(times), 0)::int as times, max(day) as "lastOn" from check_count where entry_id = $1', [entryId]);
  }

  /** A certificate and every line that is tied to it, backwards and forwards, in the order of the book. */
  async tied(entryId: string, day: Day): Promise<RegisterLine[]> {
    const rows = await this.db.rows<Row>(
      `with recursive back as (select id, refers_to from register_entry where id = $1 union all select o.id, o.refers_to from register_entry o join back b on o.id = b.refers_to),
         line as (select id from back union select l.id from register_entry l join line on l.refers_to = line.id or l.corrects = line.id) ${LINE} ${FROM} where e.id in (select id from line) order by e.seq`, [entryId]);
    return rows.map((r) => shown(r, day));
  }

  /** These lines, in the order of the book. */
  async some(ids: readonly string[], day: Day): Promise<RegisterLine[]> {
    return (await this.db.rows<Row>(`${LINE} ${FROM} where e.id = any($1::uuid[]) order by e.seq`, [ids])).map((r) => shown(r, day));
  }

  /** Lines of an issuer and a year, in the order of the book. */
  async ofYear(issuerId: string, year: number, day: Day): Promise<RegisterLine[]> {
    return (await this.db.rows<Row>(`${LINE} ${FROM} where e.issuer_id = $1 and e.year = $2 order by e.seq`, [issuerId, year])).map((r) => shown(r, day));
  }
}

const shown = ({ later, ...r }: Row, day: Day): RegisterLine => ({ ...r, state: r.kind === 'issue' ? stateOn(r, later, day) : null });
