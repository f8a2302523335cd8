import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { closeForgeryReport, ForgeryReport as View, reportForgery } from '@lantoa/shared/credentials';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { RegisterEntry } from '../register/register.entity.ts';
import { ForgeryReport } from './check.entity.ts';

/** Papers that somebody thinks are forged: reported by anybody, looked at by the office that keeps the book. */
@Injectable()
export class ForgeriesService {
  constructor(private readonly db: Db, private readonly audit: Audit) {}

  async report({ body }: ArgsOf<typeof reportForgery>): Promise<void> {
    const clean = (t: string) => t.normalize('NFC').replace(/\p{Cc}+/gu, ' ').trim();
    const registerNo = clean(body.so).toUpperCase();
    const entry = registerNo ? await this.db.repo(RegisterEntry).findOneBy({ registerNo }) : null;
    await this.db.repo(ForgeryReport).insert({ id: randomUUID(), registerNo, holderName: clean(body.ten), seenAt: clean(body.noi), message: clean(body.viec), entryId: entry?.id ?? null, reportedAt: clock.now(), closedBy: null, closedAt: null, finding: null });
  }

  /** Open ones first. Reports about a certificate go to those who may read it; those about none to whoever may read the whole book. */
  async list(actor: Actor): Promise<{ items: View[] }> {
    const rows = await this.db.rows<View & { unitId: string | null }>(
      `select f.id, f.register_no as "registerNo", f.holder_name as "holderName", f.seen_at as "seenAt", f.message, f.entry_id is not null as known, e.unit_id as "unitId", to_char(f.reported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "reportedAt",
          (select name from person where id = f.closed_by) as "closedBy", f.finding from forgery_report f left join register_entry e on e.id = f.entry_id order by f.closed_at is not null, f.reported_at desc limit 200`);
    const reach = await actor.reach('register.read');
    const whole = await this.keepsBook(actor);
    return { items: rows.filter((r) => (r.unitId ? reaches(reach, r.unitId) : whole)).map(({ unitId: _unit, ...r }) => r) };
  }

  async close(actor: Actor, { params, body }: ArgsOf<typeof closeForgeryReport>): Promise<Record<string, never>> {
    await this.db.transaction(async () => {
      if (!(await this.list(actor)).items.some((r) => r.id === params.reportId)) throw problem('credentials.report-not-found');
      const { affected } = await this.db.repo(ForgeryReport).update({ id: params.reportId, closedAt: IsNull() }, { closedBy: actor.personId, closedAt: clock.now(), finding: body.finding });
      if (!affected) throw problem('credentials.report-closed');
      await this.audit.record(actor, 'forgery-report.closed', { type: 'forgery-report', id: params.reportId }, {});
    });
    return {};
  }

  private async keepsBook(actor: Actor): Promise<boolean> {
    const reach = await actor.reach('register.read');
    return (await this.db.rows<{ unitId: string }>('select unit_id as "unitId" from issuer')).some((i) => reaches(reach, i.unitId));
  }
}
