import { Injectable } from '@nestjs/common';
import type { Batch as BatchView } from '@lantoa/shared/awarding';
import { Db } from '#platform/db';
import { type Actor, orProblem, reaches } from '#platform/http';
import { CertificatesService, CertificateType, numbersFrom, RegisterService } from '#modules/credentials';
import { type BatchRow, BatchesQueries } from './batches.queries.ts';
import { mayApprove } from './eligibility.rules.ts';

/** Batches as they are shown. */
@Injectable()
export class BatchViews {
  constructor(private readonly db: Db, private readonly queries: BatchesQueries, private readonly register: RegisterService, private readonly certificates: CertificatesService) {}

  async list(actor: Actor) {
    const reach = await actor.reach('register.read');
    const units = reach === 'everywhere' ? null : [...reach];
    return { items: await Promise.all((await this.queries.list(units)).map((b) => this.of(actor, b))), ready: await this.queries.ready(units) };
  }

  async get(actor: Actor, batchId: string): Promise<BatchView> {
    return this.of(actor, await this.row(actor, batchId));
  }

  async places(actor: Actor, batchId: string) {
    const row = await this.row(actor, batchId);
    return { items: await this.queries.places(row.id) };
  }

  /** A batch that the actor may see. */
  async row(actor: Actor, batchId: string): Promise<BatchRow> {
    const reach = await actor.reach('register.read');
    return orProblem(await this.queries.one(batchId, reach === 'everywhere' ? null : [...reach]), 'awarding.batch-not-found');
  }

  private async of(actor: Actor, b: BatchRow): Promise<BatchView> {
    const ids = await this.entryIds(b.id);
    const { papers, credentials } = await this.certificates.made(ids);
    const approves = await actor.reach('batch.approve');
    const mayDecide = b.units.every((u) => reaches(approves, u));
    const { typeId: _type, units: _units, given, preparedByName, approvedByName, templateVersionId: _version, ...shown } = b;
    return {
      ...shown, ...(await this.numbers(b)), certificates: given, papersReady: papers, credentialsReady: credentials, preparedBy: preparedByName, approvedBy: approvedByName,
      mayApprove: mayDecide && mayApprove(b, actor), mayWithdraw: b.status === 'prepared' && (b.preparedBy === actor.personId || mayDecide),
    };
  }

  async entryIds(batchId: string): Promise<string[]> {
    return (await this.db.rows<{ id: string }>('select entry_id as id from batch_place where batch_id = $1 and entry_id is not null order by position', [batchId])).map((r) => r.id);
  }

  /** The numbers that were taken, or, before the approval, those that would be if nobody came before. */
  private async numbers(b: BatchRow): Promise<{ firstNo: string | null; lastNo: string | null }> {
    if (b.status !== 'prepared') return { firstNo: b.firstNo, lastNo: b.lastNo };
    const type = await this.db.repo(CertificateType).findOneByOrFail({ id: b.typeId });
    const year = Number(b.issuedOn.slice(0, 4));
    const [firstNo, lastNo] = numbersFrom(type.numberPattern, await this.register.nextNumber(type, year), b.given, year);
    return { firstNo, lastNo };
  }
}
