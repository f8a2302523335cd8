import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { checkIn, markAttendance } from '@lantoa/shared/attendance';
import { saveAnswers, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import { markCards } from '@lantoa/shared/curriculum';
import { type ArgsOf, type Endpoint, routeOf } from '@lantoa/shared/endpoint';
import type { Operation, OperationResult, sync } from '@lantoa/shared/sync';
import type { FastifyInstance } from 'fastify';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { SyncDevice } from './sync.entity.ts';
import { correctedAt, missingBelow, outcomeOf } from './sync.rules.ts';

/** What a phone may do without network. */
const OFFLINE = new Map<string, Endpoint>([startAttempt, saveAnswers, submitAttempt, markCards, checkIn, markAttendance].map((e) => [e.name, e]));
const MISSING_AT_MOST = 50;

/** Does what was done on a phone. Each operation goes through the same door as a direct request, with its id as idempotency key: the same gate, validation, policy and service, once. */
@Injectable()
export class SyncService {
  constructor(private readonly db: Db, private readonly host: HttpAdapterHost) {}

  async sync(actor: Actor, cookie: string, { body }: ArgsOf<typeof sync>) {
    const heardAt = clock.now();
    const skewMs = new Date(body.sentAt).getTime() - heardAt.getTime();
    const heard = await this.heard(actor, body.deviceId);
    const results: OperationResult[] = [];
    // An operation that rests on one that could not be done now waits with it.
    let held = false;
    for (const op of [...body.operations].sort((a, b) => a.seq - b.seq)) {
      const result: OperationResult = held ? { opId: op.opId, outcome: 'again' } : await this.run(cookie, op, () => missingBelow([...heard, op.seq], 1).length > 0);
      held ||= result.outcome === 'again';
      results.push(result);
      heard.push(op.seq);
      await this.note(actor, body.deviceId, op, result, skewMs, heardAt);
    }
    const left = results.filter((r) => r.outcome === 'again').length + Math.max(0, body.pending - body.operations.length);
    await this.db.repo(SyncDevice).upsert({ id: body.deviceId, personId: actor.personId, heardAt, pending: left, skewMs: Math.max(-2e9, Math.min(2e9, skewMs)) }, ['id', 'personId']);
    return { serverAt: heardAt.toISOString(), results, missing: missingBelow(heard, MISSING_AT_MOST) };
  }

  /** @param gap whether something that was done before on that phone has not arrived */
  private async run(cookie: string, op: Operation, gap: () => boolean): Promise<OperationResult> {
    const e = OFFLINE.get(op.endpoint);
    if (!e) return { opId: op.opId, outcome: 'refused', code: 'sync.unknown-operation', params: { name: op.endpoint } };
    const url = routeOf(e).replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(op.input.params?.[name] ?? ''));
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const reply = await server.inject({ method: e.method as 'POST', url, headers: { cookie, 'idempotency-key': op.opId, 'content-type': 'application/json' }, payload: JSON.stringify(op.input.body ?? {}) });
    const answer = reply.json<{ code?: string; params?: Record<string, string> }>();
    const outcome = outcomeOf(reply.statusCode);
    if (outcome === 'done') return { opId: op.opId, outcome, output: answer };
    // What rests on something that has not arrived is not wrong: it is early.
    if (outcome === 'again' || (reply.statusCode === 404 && gap())) return { opId: op.opId, outcome: 'again' };
    return { opId: op.opId, outcome, code: answer.code ?? '', params: answer.params ?? {} };
  }

  /** The last word on an operation stands: what was done stays done. */
  private note(actor: Actor, deviceId: string, op: Operation, result: OperationResult, skewMs: number, heardAt: Date): Promise<unknown> {
    const deviceAt = new Date(op.deviceAt);
    return this.db.rows(
      `insert into sync_operation (id, person_id, device_id, seq, endpoint, device_at, corrected_at, heard_at, outcome, code) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (id) do update set outcome = excluded.outcome, code = excluded.code where sync_operation.outcome <> 'done' and sync_operation.person_id = excluded.person_id`,
      [op.opId, actor.personId, deviceId, op.seq, op.endpoint, deviceAt, correctedAt(deviceAt, skewMs, heardAt), heardAt, result.outcome, 'code' in result ? result.code : null]);
  }

  private async heard(actor: Actor, deviceId: string): Promise<number[]> {
    return (await this.db.rows<{ seq: number }>('select distinct seq from sync_operation where device_id = $1 and person_id = $2', [deviceId, actor.personId])).map((r) => r.seq);
  }
}
