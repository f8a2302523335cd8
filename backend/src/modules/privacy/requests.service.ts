import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import type { answerPrivacyRequest, confirmErasure, endConsent, getMyData, PrivacyRequest as View, RequestKind, StaffRequest } from '@lantoa/shared/privacy';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { DirectoryService } from '#modules/organisation';
import { Erasure } from './erasure.ts';
import { OwnData } from './own-data.ts';
import { ConsentEnd, PrivacyRequest } from './privacy.entity.ts';
import { dueDays, isLate } from './privacy.rules.ts';

const SHOWN = 300;
const viewOf = (r: PrivacyRequest): View => ({ id: r.id, kind: r.kind, note: r.note, state: r.state, askedOn: r.askedOn, answerBy: r.answerBy, doneBy: r.doneBy, late: isLate(r, clock.today()), answer: r.answer, closedOn: r.closedOn });
const isOver = (r: PrivacyRequest): boolean => r.state === 'done' || r.state === 'refused';

/** What people ask for of their own data: a register with due days; a deletion takes two. */
@Injectable()
export class RequestsService {
  constructor(private readonly db: Db, private readonly data: OwnData, private readonly erasure: Erasure, private readonly directory: DirectoryService, private readonly audit: Audit) {}

  async mine(actor: Actor): Promise<OutputOf<typeof getMyData>> {
    const requests = await this.db.repo(PrivacyRequest).find({ where: { personId: actor.personId }, order: { askedOn: 'DESC' } });
    const consents = await this.db.rows<{ purpose: 'learning' | 'ethnicity'; textVersion: string; at: Date; endedAt: Date | null }>(
      `select c.purpose, c.text_version as "textVersion", c.at, (select min(e.at) from consent_end e where e.person_id = c.person_id and e.purpose = c.purpose and e.at >= c.at) as "endedAt"
        from (select person_id, purpose, text_version, at from consent union all select person_id, 'ethnicity', '', consented_at from person_ethnicity) c where c.person_id = $1 order by c.at desc`, [actor.personId]);
    return { kept: await this.data.counts(actor.personId), consents: consents.map((c) => ({ ...c, at: c.at.toISOString(), endedAt: c.endedAt?.toISOString() ?? null })), requests: requests.map(viewOf) };
  }

  /** Asks for something; the same one sent again comes back as it stands. */
  ask(actor: Actor, personId: string, given: { id: string; kind: RequestKind; note: string }): Promise<View> {
    return this.db.transaction(async () => {
      await this.db.lock(`privacy:${personId}`);
      const before = await this.db.repo(PrivacyRequest).findOneBy({ id: given.id, personId });
      if (before) return viewOf(before);
      const open = (await this.db.repo(PrivacyRequest).findBy({ personId, kind: given.kind })).find((r) => !isOver(r));
      if (open) return viewOf(open);
      const askedOn = clock.today();
      const row = this.db.repo(PrivacyRequest).create({ ...given, personId, state: 'open', askedOn, ...dueDays(given.kind, askedOn), answeredOn: null, answer: null, preparedBy: null, closedBy: null, closedOn: null });
      await this.db.repo(PrivacyRequest).insert(row);
      await this.audit.record(actor, 'privacy.asked', { type: 'person', id: personId }, { kind: given.kind });
      return viewOf(row);
    });
  }

  /** What somebody agreed to ends now. */
  endConsent(actor: Actor, { body }: ArgsOf<typeof endConsent>): Promise<object> {
    return this.db.transaction(async () => {
      await this.db.repo(ConsentEnd).insert({ id: randomUUID(), personId: actor.personId, purpose: body.purpose, at: clock.now() });
      await this.audit.record(actor, 'privacy.consent-ended', { type: 'person', id: actor.personId }, { purpose: body.purpose });
      if (body.purpose === 'ethnicity') await this.db.rows('delete from person_ethnicity where person_id = $1', [actor.personId]);
      else for (const sql of ['delete from account where person_id = $1', 'delete from push_device where person_id = $1', 'update session set ended_at = now() where person_id = $1 and ended_at is null', "insert into reminder_choice (person_id, allowed, changed_at) values ($1, false, now()) on conflict (person_id) do update set allowed = false, changed_at = now()"]) await this.db.rows(sql, [actor.personId]);
      return {};
    });
  }

  async list(actor: Actor): Promise<{ items: StaffRequest[] }> {
    const reach = await actor.reach('privacy.run');
    const rows = await this.db.rows<PrivacyRequest & { name: string; code: string; unitName: string | null; preparedByName: string | null }>(
      `select r.id, r.person_id as "personId", r.kind, r.note, r.state, r.asked_on as "askedOn", r.answer_by as "answerBy", r.done_by as "doneBy", r.answered_on as "answeredOn", r.answer, r.prepared_by as "preparedBy", r.closed_on as "closedOn", p.name, p.code, u.name as "unitName", b.name as "preparedByName"
        from privacy_request r join person p on p.id = r.person_id left join person b on b.id = r.prepared_by
          left join lateral (select v.name from posting q join unit_version v on v.unit_id = q.unit_id where q.person_id = p.id order by q.valid desc, v.valid desc limit 1) u on true
        where $1::uuid[] is null or exists (select 1 from posting q where q.person_id = p.id and q.unit_id = any($1)) order by (r.state in ('done', 'refused')), r.done_by, r.id limit ${SHOWN}`, [reach === 'everywhere' ? null : [...reach]]);
    return { items: rows.map((r) => ({ ...viewOf(r), person: { id: r.personId, name: r.name, code: r.code, unitName: r.unitName }, preparedBy: r.preparedByName, mayConfirm: r.state === 'prepared' && r.preparedBy !== actor.personId && r.personId !== actor.personId })) };
  }

  answer(actor: Actor, { params, body }: ArgsOf<typeof answerPrivacyRequest>): Promise<object> {
    return this.db.transaction(async () => {
      const row = await this.open(actor, params.requestId);
      // A deletion is done by deleting.
      if (body.to === 'done' && row.kind === 'erase') throw problem('privacy.wrong-state');
      const over = body.to !== 'answered';
      await this.db.repo(PrivacyRequest).update({ id: row.id }, { state: body.to, answer: body.answer, answeredOn: row.answeredOn ?? clock.today(), ...(over && { closedBy: actor.personId, closedOn: clock.today() }) });
      await this.audit.record(actor, `privacy.${body.to}`, { type: 'person', id: row.personId }, { kind: row.kind });
      return {};
    });
  }

  prepare(actor: Actor, { params }: ArgsOf<typeof confirmErasure>): Promise<object> {
    return this.db.transaction(async () => {
      const row = await this.open(actor, params.requestId);
      if (row.kind !== 'erase' || row.state === 'prepared') throw problem('privacy.wrong-state');
      await this.db.repo(PrivacyRequest).update({ id: row.id }, { state: 'prepared', preparedBy: actor.personId, answeredOn: row.answeredOn ?? clock.today() });
      await this.audit.record(actor, 'privacy.prepared', { type: 'person', id: row.personId });
      return {};
    });
  }

  /** The second person's word; then it is done and cannot be undone. */
  confirm(actor: Actor, { params }: ArgsOf<typeof confirmErasure>): Promise<object> {
    return this.db.transaction(async () => {
      const row = await this.open(actor, params.requestId);
      if (row.state !== 'prepared') throw problem('privacy.wrong-state');
      if (row.preparedBy === actor.personId || row.personId === actor.personId) throw problem('privacy.second-person');
      await this.erasure.erase(actor, row.personId);
      await this.db.repo(PrivacyRequest).update({ id: row.id }, { state: 'done', note: '', closedBy: actor.personId, closedOn: clock.today() });
      return {};
    });
  }

  private async open(actor: Actor, id: string): Promise<PrivacyRequest> {
    const row = orProblem(await this.db.repo(PrivacyRequest).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } }), 'privacy.not-found');
    await this.directory.mustSee(actor, row.personId, 'privacy.run').catch(() => { throw problem('privacy.not-found'); });
    if (isOver(row)) throw problem('privacy.wrong-state');
    return row;
  }
}
