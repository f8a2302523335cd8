import { Injectable } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, requestId } from '#platform/http';
import { AuditRow } from './audit.entity.ts';

/** Writes audit rows in the caller's transaction, so that an act and its trace are kept or lost together. */
@Injectable()
export class Audit {
  constructor(private readonly db: Db) {}

  async record(actor: Pick<Actor, 'personId'> | null, action: string, object: { type: string; id: string }, data: object = {}): Promise<void> {
    await this.db.repo(AuditRow).insert({ at: clock.now(), actorId: actor?.personId ?? null, action, objectType: object.type, objectId: object.id, data, requestId: requestId() });
  }
}
