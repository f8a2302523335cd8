import { Injectable } from '@nestjs/common';
import type { Certificate } from '@lantoa/shared/credentials';
import type { Day } from '@lantoa/shared/rules/days';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { PaperMaker } from './papers/paper-maker.ts';
import { type Ending, stageOn, stateOn } from './register/register.rules.ts';

type Row = Omit<Certificate, 'state' | 'stage' | 'endedOn' | 'reason' | 'replacedBy' | 'verifyUrl' | 'qrSvg'> & { token: string; later: (Ending & { reason: string | null; note: string | null; registerNo: string | null })[] };

/** What a person holds. */
@Injectable()
export class CertificatesService {
  constructor(private readonly db: Db, private readonly maker: PaperMaker) {}

  async mine(actor: Actor): Promise<{ items: Certificate[] }> {
    const rows = await this.db.rows<Row>(
      `select e.id, e.register_no as "registerNo", e.serial_no as "serialNo", e.title, coalesce(c.holder_name, e.holder_name) as "holderName", coalesce(c.unit_name, e.unit_name) as "unitName", e.hours, e.issued_on as "issuedOn", e.valid_until as "validUntil", i.name as "issuerName", i.phone as "issuerPhone", e.token,
          exists (select 1 from paper where entry_id = e.id) as "paperReady", exists (select 1 from signed_document d where d.entry_id = e.id and d.kind = 'credential') as "credentialReady",
          (select coalesce(json_agg(json_build_object('kind', l.kind, 'issuedOn', l.issued_on, 'reason', l.reason, 'note', l.note, 'registerNo', l.register_no) order by l.seq), '[]') from register_entry l where l.refers_to = e.id) as later
        from register_entry e join issuer i on i.id = e.issuer_id left join lateral (select holder_name, unit_name from register_entry x where x.corrects = e.id order by x.seq desc limit 1) c on true
        where e.kind = 'issue' and e.person_id in (select id from person where id = $1 or merged_into_id = $1) order by e.seq desc`, [actor.personId]);
    const today = clock.today();
    return { items: await Promise.all(rows.map((r) => this.held(r, today))) };
  }

  /** How many papers, and how many signed credentials, of these entries exist. */
  made(entryIds: string[]): Promise<{ papers: number; credentials: number }> {
    return this.db.row("select (select count(*) from paper where entry_id = any($1::uuid[]))::int as papers, (select count(distinct entry_id) from signed_document where kind = 'credential' and entry_id = any($1::uuid[]))::int as credentials", [entryIds]);
  }

  private async held({ later, token, ...r }: Row, today: Day): Promise<Certificate> {
    const state = stateOn(r, later, today);
    const end = later.at(-1);
    return {
      ...r, state, stage: state === 'revoked' || state === 'replaced' ? null : stageOn(r.validUntil, today), endedOn: end?.issuedOn ?? null, reason: end?.kind === 'revocation' ? end.note : null, replacedBy: end?.registerNo ?? null,
      verifyUrl: this.maker.address({ token }), qrSvg: await this.maker.qr({ token }),
    };
  }
}
