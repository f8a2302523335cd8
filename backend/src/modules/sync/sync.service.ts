import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { checkIn, closeAttendance, markAttendance, scanCard } from '@lantoa/shared/attendance';
import { saveAnswers, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import { saveTeachBack } from '@lantoa/shared/class-papers';
import { markCards } from '@lantoa/shared/curriculum';
import { type ArgsOf, type Endpoint, routeOf } from '@lantoa/shared/endpoint';
import { handOverAttempt } from '@lantoa/shared/hub';
import { noteCall, startRefresher } from '@lantoa/shared/refreshers';
import { enterPaper } from '@lantoa/shared/rooms';
import type { Operation, OperationResult, sync } from '@lantoa/shared/sync';
import { addEnrolment } from '@lantoa/shared/training';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { SyncDevice } from './sync.entity.ts';
import { correctedAt, missingBelow, outcomeOf, together } from './sync.rules.ts';

/** What a phone may do without network. Of those that carry a list, neighbours with the same parameters are done together. */
const OFFLINE = new Map<string, { endpoint: Endpoint; list?: string }>([
  { endpoint: startAttempt }, { endpoint: startRefresher }, { endpoint: noteCall }, { endpoint: addEnrolment }, { endpoint: handOverAttempt }, { endpoint: saveAnswers, list: 'answers' }, { endpoint: submitAttempt }, { endpoint: markCards, list: 'cards' }, { endpoint: checkIn }, { endpoint: markAttendance, list: 'marks' },
  { endpoint: scanCard }, { endpoint: closeAttendance }, { endpoint: enterPaper }, { endpoint: saveTeachBack },
].map((o) => [o.endpoint.name, o]));
/** Most items that a list of these contracts takes. */
const LIST_AT_MOST = 20;
const MISSING_AT_MOST = 50;
/** How long one that rests on something unheard of is held. What has not come by then, as from a phone that lost it, holds back nothing that was done after it. */
const HELD_MS = 600_000;

/** An operation that cannot be done: ends the transaction in which it was tried. */
class NotDone extends Error {
  constructor(readonly status: number, readonly code: string, readonly params: Record<string, string>) { super(code); }
}
/** The numbers of a phone that were heard of, and since when operations are held. */
interface Heard { seqs: number[]; held: Map<string, Date> }
interface Phone { actor: Actor; cookie: string; deviceId: string; sentAt: string; skewMs: number; heardAt: Date }

/** Does what was done on a phone. Each operation goes through the same door as a direct request: the same gate, validation, policy and service; it and the note that it was done are one transaction. */
@Injectable()
export class SyncService {
  constructor(private readonly db: Db, private readonly host: HttpAdapterHost) {}

  async sync(actor: Actor, cookie: string, { body }: ArgsOf<typeof sync>) {
    const heardAt = clock.now();
    const skewMs = Math.max(-2e9, Math.min(2e9, new Date(body.sentAt).getTime() - heardAt.getTime()));
    const phone: Phone = { actor, cookie, deviceId: body.deviceId, sentAt: body.sentAt, skewMs, heardAt };
    const heard = await this.heard(phone);
    const results: OperationResult[] = [];
    // An operation that rests on one that could not be done now waits with it.
    let held = false;
    for (const group of together([...body.operations].sort((a, b) => a.seq - b.seq), (name) => OFFLINE.get(name)?.list, LIST_AT_MOST)) {
      const said: OperationResult[] = held ? group.map((op) => again(op)) : await this.run(phone, group, heard);
      held ||= said.some((r) => r.outcome === 'again');
      results.push(...said);
      heard.seqs.push(...group.map((op) => op.seq));
    }
    await this.note(phone, body.operations.flatMap((op) => { const r = results.find((x) => x.opId === op.opId); return r && r.outcome !== 'done' ? [{ op, r }] : []; }));
    const left = results.filter((r) => r.outcome === 'again').length + Math.max(0, body.pending - body.operations.length);
    await this.db.repo(SyncDevice).upsert({ id: body.deviceId, personId: actor.personId, heardAt, pending: left, skewMs }, ['id', 'personId']);
    return { serverAt: heardAt.toISOString(), results, missing: missingBelow(heard.seqs, MISSING_AT_MOST) };
  }

  /** Operations that are done together, or, where that fails, one by one: a single bad one must not hold back the others. */
  private async run(phone: Phone, group: readonly Operation[], heard: Heard): Promise<OperationResult[]> {
    try {
      return await this.db.transaction(async () => {
        // Two copies of a batch, as when a reply was lost, do not run at once.
        await this.db.lock(`sync:${phone.deviceId}`);
        const known = new Map((await this.db.prepared<{ id: string; output: unknown }>("select id, output from sync_operation where id = any($1::uuid[]) and person_id = $2 and outcome = 'done'", [group.map((op) => op.opId), phone.actor.personId])).map((r) => [r.id, r.output]));
        const fresh = group.filter((op) => !known.has(op.opId));
        const output = fresh.length ? await this.perform(phone, fresh) : null;
        await this.note(phone, fresh.map((op) => ({ op, r: { opId: op.opId, outcome: 'done', output } })));
        return group.map((op): OperationResult => ({ opId: op.opId, outcome: 'done', output: known.has(op.opId) ? known.get(op.opId) : output }));
      });
    } catch (e) {
      if (!(e instanceof NotDone)) throw e;
      if (group.length > 1) return this.oneByOne(phone, group, heard);
      const [op] = group as [Operation];
      // What rests on something that has not arrived is not wrong: it is early.
      const held = phone.heardAt.getTime() - (heard.held.get(op.opId) ?? phone.heardAt).getTime();
      const early = e.status === 404 && held < HELD_MS && missingBelow([...heard.seqs, op.seq], 1).length > 0;
      return [outcomeOf(e.status) === 'again' || early ? again(op) : { opId: op.opId, outcome: 'refused', code: e.code, params: e.params }];
    }
  }

  private async oneByOne(phone: Phone, group: readonly Operation[], heard: Heard): Promise<OperationResult[]> {
    const results: OperationResult[] = [];
    for (const op of group) results.push(...(results.some((r) => r.outcome === 'again') ? [again(op)] : await this.run(phone, [op], heard)));
    return results;
  }

  /** Asks the door of the contract. What a list does has no answer that a phone would need. */
  private async perform(phone: Phone, group: readonly Operation[]): Promise<unknown> {
    const [first] = group as [Operation];
    const known = OFFLINE.get(first.endpoint);
    if (!known) throw new NotDone(400, 'sync.unknown-operation', { name: first.endpoint });
    const { endpoint: e, list } = known;
    const url = routeOf(e).replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(first.input.params?.[name] ?? ''));
    const bodies = group.map((op) => op.input.body as Record<string, unknown>);
    const body = { ...bodies[0], ...(list && bodies.length > 1 && { [list]: bodies.flatMap((b) => b[list]) }), ...((e.body as z.ZodObject).shape.sentAt && { sentAt: phone.sentAt }) };
    const reply = await this.host.httpAdapter.getInstance<FastifyInstance>().inject({ method: e.method as 'POST', url, headers: { cookie: phone.cookie, 'content-type': 'application/json' }, payload: JSON.stringify(body) });
    const answer = reply.json<{ code?: string; params?: Record<string, string> }>();
    if (outcomeOf(reply.statusCode) !== 'done') throw new NotDone(reply.statusCode, answer.code ?? '', answer.params ?? {});
    return list ? null : answer;
  }

  /** The last word on an operation stands: what was done stays done. */
  private async note(phone: Phone, said: readonly { op: Operation; r: OperationResult }[]): Promise<void> {
    if (!said.length) return;
    const rows = said.map(({ op, r }) => ({
      id: op.opId, seq: op.seq, endpoint: op.endpoint, device_at: op.deviceAt, corrected_at: correctedAt(new Date(op.deviceAt), phone.skewMs, phone.heardAt).toISOString(), outcome: r.outcome, code: 'code' in r ? r.code : null, input: r.outcome === 'refused' ? op.input : null, output: 'output' in r ? r.output : null,
    }));
    await this.db.prepared(
      `insert into sync_operation (id, person_id, device_id, seq, endpoint, device_at, corrected_at, heard_at, outcome, code, input, output)
         select x.id, $1, $2, x.seq, x.endpoint, x.device_at, x.corrected_at, $3, x.outcome, x.code, x.input, x.output from jsonb_to_recordset($4::jsonb) as x(id uuid, seq int, endpoint text, device_at timestamptz, corrected_at timestamptz, outcome text, code text, input jsonb, output jsonb)
         on conflict (id) do update set outcome = excluded.outcome, code = excluded.code, input = excluded.input, output = excluded.output where sync_operation.outcome <> 'done' and sync_operation.person_id = excluded.person_id`,
      [phone.actor.personId, phone.deviceId, phone.heardAt, JSON.stringify(rows)]);
  }

  private async heard({ actor, deviceId }: Phone): Promise<Heard> {
    const rows = await this.db.prepared<{ id: string; seq: number; held: Date | null }>("select id, seq, case when outcome = 'again' then heard_at end as held from sync_operation where device_id = $1 and person_id = $2", [deviceId, actor.personId]);
    return { seqs: rows.map((r) => r.seq), held: new Map(rows.flatMap((r) => (r.held ? [[r.id, r.held]] : []))) };
  }
}

const again = (op: Operation): OperationResult => ({ opId: op.opId, outcome: 'again' });
