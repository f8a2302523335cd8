import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { recordReceipts } from '@lantoa/shared/register';
import { In } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { PaperReceipt, RegisterEntry } from './register.entity.ts';

/** Who took a paper and signed for it. */
@Injectable()
export class ReceiptsService {
  constructor(private readonly db: Db, private readonly audit: Audit) {}

  async receive(actor: Actor, { body }: ArgsOf<typeof recordReceipts>): Promise<{ recorded: number }> {
    return this.db.transaction(async () => {
      const reach = await actor.reach('batch.prepare');
      const entries = await this.db.repo(RegisterEntry).findBy({ id: In(body.entryIds), kind: 'issue' });
      if (entries.length !== new Set(body.entryIds).size || entries.some((e) => !reaches(reach, e.unitId))) throw problem('credentials.not-found');
      const early = entries.find((e) => e.issuedOn > body.receivedOn);
      if (early || body.receivedOn > clock.today()) throw problem('credentials.receipt-date', { from: early?.issuedOn ?? (entries[0] as RegisterEntry).issuedOn, until: clock.today() });
      await this.db.repo(PaperReceipt).insert(entries.map((e) => ({ id: randomUUID(), entryId: e.id, receivedBy: body.receivedBy ?? e.holderName, receivedOn: body.receivedOn, recordedBy: actor.personId, recordedAt: clock.now() })));
      await this.audit.record(actor, 'papers.received', { type: 'entry', id: (entries[0] as RegisterEntry).id }, { papers: entries.length });
      return { recorded: entries.length };
    });
  }
}
