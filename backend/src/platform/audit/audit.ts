import { Injectable } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, requestId } from '#platform/http';

/** Writes audit rows in the caller's transaction, so that an act and its trace are kept or lost together. */
@Injectable()
export class Audit {
  constructor(private readonly db: Db) {}

  async record(actor: Pick<Actor, 'personId'> | null, action: string, object: { type: string; id: string }, data: object = {}): Promise<void> {
    await this.db.prepared('insert into audit_row (at, actor_id, action, object_type, object_id, data, request_id) values ($1, $2, $3, $4, $5, $6, $7)', [clock.now(), actor?.personId ?? null, action, object.type, object.id, JSON.stringify(data), requestId()]);
  }
}
