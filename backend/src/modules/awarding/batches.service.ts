import { Injectable } from '@nestjs/common';
import type { approveBatch, Batch as BatchView, prepareBatch, withdrawBatch } from '@lantoa/shared/awarding';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { BatchStore, type Seat } from './batch-store.ts';
import { BatchViews } from './batch-views.ts';
import type { BatchRow, StandingRow } from './batches.queries.ts';
import { CandidatesService } from './candidates.service.ts';
import { mayApprove, mayOverride, reasonsAgainst } from './eligibility.rules.ts';
import { IssuingService } from './issuing.service.ts';

type Body = ArgsOf<typeof prepareBatch>['body'];

/** Batches: one prepares, another approves, and only then are numbers taken. */
@Injectable()
export class BatchesService {
  constructor(private readonly db: Db, private readonly views: BatchViews, private readonly candidates: CandidatesService, private readonly issuing: IssuingService, private readonly store: BatchStore) {}

  prepare(actor: Actor, { body }: ArgsOf<typeof prepareBatch>): Promise<BatchView> {
    return this.db.transaction(async () => {
      // One batch is prepared at a time: codes follow each other, and a class waits in one only.
      await this.db.lock('batches');
      const { classes, typeId } = await this.candidates.completed(actor, body.classIds);
      const last = classes.map((c) => c.endsOn).sort().at(-1) as string;
      if (body.issuedOn > clock.today() || body.issuedOn < last) throw problem('awarding.future-date', { from: last, until: clock.today() });
      const waiting = await this.db.rows<{ code: string }>('select c.code from batch_class k join training_class c on c.id = k.class_id where k.waits and k.class_id = any($1::uuid[])', [body.classIds]);
      if (waiting.length) throw problem('awarding.class-waits', { classes: waiting.map((w) => w.code).join(', ') });
      const seats = seatsOf(await this.candidates.standings(body.classIds), body);
      if (!seats.some((s) => s.verdict !== 'left-out')) throw problem('awarding.nothing-eligible');
      return this.views.get(actor, await this.store.keep(actor, { kind: 'classes', typeId, ...body }, seats));
    });
  }

  /** Takes the numbers and writes the book, in one transaction; papers and credentials follow by jobs. A second approval changes nothing. */
  approve(actor: Actor, { params }: ArgsOf<typeof approveBatch>): Promise<BatchView> {
    return this.db.transaction(async () => {
      const row = await this.waiting(actor, params.batchId);
      if (!(await this.reached(actor, 'batch.approve', row))) throw problem('awarding.batch-not-found');
      if (!mayApprove(row, actor)) throw problem('awarding.same-person');
      const entries = await this.issuing.issue(actor, row);
      await this.store.close(actor, row.id, { status: 'approved', approvedBy: actor.personId, approvedAt: clock.now() }, { certificates: entries });
      return this.views.get(actor, row.id);
    });
  }

  withdraw(actor: Actor, { params, body }: ArgsOf<typeof withdrawBatch>): Promise<BatchView> {
    return this.db.transaction(async () => {
      const row = await this.waiting(actor, params.batchId);
      if (row.preparedBy !== actor.personId && !(await this.reached(actor, 'batch.approve', row))) throw problem('awarding.batch-not-found');
      await this.store.close(actor, row.id, { status: 'withdrawn', withdrawnBy: actor.personId, withdrawnNote: body.note }, {});
      return this.views.get(actor, row.id);
    });
  }

  private async waiting(actor: Actor, batchId: string): Promise<BatchRow> {
    await this.db.lock(`batch:${batchId}`);
    const row = await this.views.row(actor, batchId);
    if (row.status !== 'prepared') throw problem('awarding.wrong-state');
    return row;
  }

  private async reached(actor: Actor, permission: 'batch.approve', row: BatchRow): Promise<boolean> {
    const reach = await actor.reach(permission);
    return row.units.every((u) => reaches(reach, u));
  }
}

/** Who is in: those whom no rule speaks against, those whom somebody gives a reason for, and, noted with the reason, those who are left out. */
function seatsOf(standings: readonly StandingRow[], body: Body): Seat[] {
  const [over, out] = [new Map(body.overrides.map((o) => [o.enrolmentId, o.reason])), new Map(body.leftOut.map((o) => [o.enrolmentId, o.reason]))];
  return standings.flatMap((s): Seat[] => {
    const reasons = reasonsAgainst(s);
    const seat = { enrolmentId: s.enrolmentId, renewsId: null, scopeUnitId: s.classUnitId };
    if (out.has(s.enrolmentId)) return [{ ...seat, verdict: 'left-out', reason: out.get(s.enrolmentId) as string }];
    if (!reasons.length) return [{ ...seat, verdict: 'given', reason: null }];
    return over.has(s.enrolmentId) && mayOverride(reasons) ? [{ ...seat, verdict: 'override', reason: over.get(s.enrolmentId) as string }] : [];
  });
}
