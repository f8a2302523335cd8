import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { chunks } from '@lantoa/shared/rules/lists';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { TemplatesService } from '#modules/credentials';
import { Batch, BatchClass, BatchPlace } from './batch.entity.ts';
import { BatchesQueries } from './batches.queries.ts';

export type Seat = Pick<BatchPlace, 'enrolmentId' | 'renewsId' | 'scopeUnitId' | 'verdict' | 'reason'>;
type Said = Pick<Batch, 'kind' | 'typeId' | 'decisionNo' | 'issuedOn' | 'signerTitle' | 'signerName'> & { classIds: readonly string[] };

/** A statement takes 65,535 parameters. */
const PER_INSERT = 1000;

/** Writes batches down. */
@Injectable()
export class BatchStore {
  constructor(private readonly db: Db, private readonly queries: BatchesQueries, private readonly templates: TemplatesService, private readonly audit: Audit) {}

  /** Called under the lock of batches, because codes follow each other. @returns the id */
  async keep(actor: Actor, { kind, typeId, decisionNo, issuedOn, signerTitle, signerName, classIds }: Said, seats: readonly Seat[]): Promise<string> {
    const id = randomUUID();
    const template = await this.templates.forType(typeId);
    await this.db.repo(Batch).insert({
      id, code: await this.queries.nextCode(Number(clock.today().slice(0, 4))), kind, typeId, status: 'prepared', decisionNo, issuedOn, signerTitle, signerName, templateVersionId: template?.versionId ?? null, preparedBy: actor.personId, preparedAt: clock.now(), approvedBy: null, approvedAt: null, withdrawnBy: null, withdrawnNote: null,
    });
    const places = seats.map((s, i) => ({ id: randomUUID(), batchId: id, position: i + 1, waits: true, entryId: null, ...s }));
    for (const some of chunks(places, PER_INSERT)) await this.db.repo(BatchPlace).insert(some);
    await this.db.repo(BatchClass).insert(classIds.map((classId) => ({ batchId: id, classId, waits: true })));
    await this.audit.record(actor, 'batch.prepared', { type: 'batch', id }, { certificates: seats.filter((s) => s.verdict !== 'left-out').length, decisionNo });
    return id;
  }

  /** Ends the waiting of a batch: approved, or taken back. */
  async close(actor: Actor, id: string, change: Partial<Batch> & { status: 'approved' | 'withdrawn' }, details: Record<string, unknown>): Promise<void> {
    await this.db.repo(Batch).update({ id }, change);
    await this.db.repo(BatchClass).update({ batchId: id }, { waits: false });
    await this.db.repo(BatchPlace).update({ batchId: id }, { waits: false });
    await this.audit.record(actor, `batch.${change.status}`, { type: 'batch', id }, details);
  }
}
