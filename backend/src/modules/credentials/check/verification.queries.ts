import { Injectable } from '@nestjs/common';
import type { Day } from '@lantoa/shared/rules/days';
import { Db } from '#platform/db';
import type { Evidence } from '../register/register.entity.ts';
import type { Ending } from '../register/register.rules.ts';

export interface Later extends Ending { registerNo: string | null; reason: string | null; token: string | null }
/** A certificate as it is worded now, with the lines that end it. */
export interface Found { id: string; registerNo: string; serialNo: string; holderName: string; title: string; hours: number; issuedOn: Day; validUntil: Day; issuer: string; phone: string | null; later: Later[]; correctedOn: Day | null; above: Above[] }
interface Above { evidence: Evidence; papers: { id: string; registerNo: string; issuedOn: Day; validUntil: Day; later: Ending[] }[] }

const LATER = (of: string): string => `(select coalesce(json_agg(json_build_object('kind', l.kind, 'issuedOn', l.issued_on, 'registerNo', l.register_no, 'reason', l.reason, 'token', l.token) order by l.seq), '[]') from register_entry l where l.refers_to = ${of}.id)`;
/** From a certificate (`e`) up through the first trainer with a paper of each class; six classes at most. */
const ABOVE = `(with recursive up as (
    select e.evidence, 0 as depth where e.evidence is not null
    union all select t.evidence, up.depth + 1 from up cross join lateral (select (x->>'entryId')::uuid as id from jsonb_array_elements(up.evidence->'trainers') with ordinality as y(x, n) where x->>'entryId' is not null order by n limit 1) f
      join register_entry t on t.id = f.id and t.evidence is not null where up.depth < 5)
  select coalesce(json_agg(json_build_object('evidence', up.evidence, 'papers', (select coalesce(json_agg(json_build_object('id', r.id, 'registerNo', r.register_no, 'issuedOn', r.issued_on, 'validUntil', r.valid_until, 'later', ${LATER('r')})), '[]') from register_entry r
      where r.id in (select (x->>'entryId')::uuid from jsonb_array_elements(up.evidence->'trainers') x))) order by up.depth), '[]') from up)`;
const FOUND = `select e.id, e.register_no as "registerNo", e.serial_no as "serialNo", coalesce(c.holder_name, e.holder_name) as "holderName", e.title, e.hours, e.issued_on as "issuedOn", e.valid_until as "validUntil", i.name as issuer, i.phone, c.issued_on as "correctedOn", ${LATER('e')} as later, ${ABOVE} as above
  from register_entry e join issuer i on i.id = e.issuer_id left join lateral (select holder_name, holder_folded, issued_on from register_entry x where x.corrects = e.id order by x.seq desc limit 1) c on true`;
const BY_TOKEN = `${FOUND} where e.token = $1`;
const BY_NUMBER = `${FOUND} where e.register_no = $1 and coalesce(c.holder_folded, e.holder_folded) = $2`;

/** What the public page reads: one statement, planned once. */
@Injectable()
export class VerificationQueries {
  constructor(private readonly db: Db) {}

  async byToken(token: string): Promise<Found | null> {
    return (await this.db.prepared<Found>(BY_TOKEN, [token]))[0] ?? null;
  }

  async byNumber(registerNo: string, folded: string): Promise<Found | null> {
    return (await this.db.prepared<Found>(BY_NUMBER, [registerNo, folded]))[0] ?? null;
  }
}
