import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { askChange, ChangeRequest, decideChange } from '@lantoa/shared/register';
import { IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { type RegisterEntry, RegisterRequest } from './register.entity.ts';
import { against } from './register.rules.ts';
import { RegisterService } from './register.service.ts';

type Waiting = Omit<ChangeRequest, 'mayDecide'> & { unitId: string; askedById: string };

/** Revoking, correcting and issuing again: one person asks, another agrees, and only then a line is written. */
@Injectable()
export class ChangesService {
  constructor(private readonly db: Db, private readonly register: RegisterService, private readonly audit: Audit) {}

  ask(actor: Actor, { params, body }: ArgsOf<typeof askChange>): Promise<ChangeRequest> {
    return this.db.transaction(async () => {
      await this.db.lock(`register-change:${params.entryId}`);
      const entry = await this.current(actor, params.entryId);
      if (!reaches(await actor.reach('batch.prepare'), entry.unitId)) throw problem('credentials.not-found');
      if (entry.registerNo !== body.registerNo.trim()) throw problem('credentials.wrong-number');
      const refused = against(body.act, await this.register.stateOf(entry, clock.today()), body, entry);
      if (refused) throw problem(`credentials.${refused}`);
      if (await this.db.repo(RegisterRequest).existsBy({ entryId: entry.id, verdict: IsNull() })) throw problem('credentials.change-waits');
      const id = randomUUID();
      await this.db.repo(RegisterRequest).insert({
        id, entryId: entry.id, act: body.act, reason: body.reason, note: body.note, decisionNo: body.decisionNo, content: body.act === 'correct' ? body.wording : null, askedBy: actor.personId, askedAt: clock.now(), verdict: null, verdictNote: null, decidedBy: null, decidedAt: null, lineId: null,
      });
      await this.audit.record(actor, 'certificate.change-asked', { type: 'entry', id: entry.id }, { act: body.act, registerNo: entry.registerNo });
      return this.view(actor, (await this.waiting({ id }))[0] as Waiting);
    });
  }

  async list(actor: Actor): Promise<{ items: ChangeRequest[] }> {
    const reach = await actor.reach('register.read');
    const rows = (await this.waiting({})).filter((r) => reaches(reach, r.unitId));
    return { items: await Promise.all(rows.map((r) => this.view(actor, r))) };
  }

  /** The change that waits for an entry, if one does. */
  async of(actor: Actor, entryId: string): Promise<ChangeRequest | null> {
    const [row] = await this.waiting({ entryId });
    return row ? this.view(actor, row) : null;
  }

  /** A second decision about the same request changes nothing and says so. */
  decide(actor: Actor, { params, body }: ArgsOf<typeof decideChange>): Promise<{ lineId: string | null }> {
    return this.db.transaction(async () => {
      await this.db.lock(`register-request:${params.requestId}`);
      const [row] = await this.waiting({ id: params.requestId });
      if (!row || !reaches(await actor.reach('batch.approve'), row.unitId)) throw problem('credentials.request-not-found');
      if (row.askedById === actor.personId) throw problem('credentials.same-person');
      const request = await this.db.repo(RegisterRequest).findOneByOrFail({ id: row.id });
      const lineId = body.verdict === 'approved' ? (await this.carryOut(actor, request)).id : null;
      await this.db.repo(RegisterRequest).update({ id: row.id }, { verdict: body.verdict, verdictNote: body.note || null, decidedBy: actor.personId, decidedAt: clock.now(), lineId });
      await this.audit.record(actor, `certificate.change-${body.verdict}`, { type: 'entry', id: row.entryId }, { act: row.act, registerNo: row.registerNo });
      return { lineId };
    });
  }

  private async carryOut(actor: Actor, r: RegisterRequest): Promise<RegisterEntry> {
    const entry = await this.current(actor, r.entryId);
    // Days may have passed since it was asked for.
    const refused = against(r.act, await this.register.stateOf(entry, clock.today()), { reason: r.reason, wording: r.content }, entry);
    if (refused) throw problem(`credentials.${refused}`);
    if (r.act === 'reissue') return this.register.reissue(entry, r);
    return this.register.remark(entry, { kind: r.act === 'revoke' ? 'revocation' : 'correction', reason: r.reason, note: r.note, decisionNo: r.decisionNo, wording: r.content });
  }

  /** The entry with its last wording. */
  private async current(actor: Actor, entryId: string): Promise<RegisterEntry> {
    const { id } = await this.register.visible(actor, entryId);
    return (await this.register.worded([id]))[0] as RegisterEntry;
  }

  private waiting(only: { id?: string; entryId?: string }): Promise<Waiting[]> {
    return this.db.rows<Waiting>(
      `select r.id, r.entry_id as "entryId", e.register_no as "registerNo", e.holder_name as "holderName", e.unit_id as "unitId", r.act, r.reason, r.note, r.decision_no as "decisionNo", r.content as wording, r.asked_by as "askedById",
          (select name from person where id = r.asked_by) as "askedBy", to_char(r.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "askedAt"
        from register_request r join register_entry e on e.id = r.entry_id where r.verdict is null and ($1::uuid is null or r.id = $1) and ($2::uuid is null or r.entry_id = $2) order by r.asked_at`, [only.id ?? null, only.entryId ?? null]);
  }

  private async view(actor: Actor, { unitId, askedById, ...r }: Waiting): Promise<ChangeRequest> {
    return { ...r, mayDecide: askedById !== actor.personId && reaches(await actor.reach('batch.approve'), unitId) };
  }
}
