import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A write that carries `Idempotency-Key: <uuid>` is done once. The key, the work and its answer are one transaction: a repeat that
 * comes while the first still runs waits for it, a repeat after it gets the stored answer, and another body under the same key is refused.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly db: Db) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { actor?: Actor }>();
    const key = request.headers['idempotency-key'];
    if (request.method === 'GET' || key === undefined) return next.handle();
    if (typeof key !== 'string' || !UUID.test(key)) throw problem('request.malformed', { field: 'idempotency-key' });
    const hash = createHash('sha256').update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`).digest('hex');
    return from(this.once(key, request.actor?.personId ?? 'public', hash, () => lastValueFrom(next.handle())));
  }

  private once(key: string, actor: string, hash: string, work: () => Promise<unknown>): Promise<unknown> {
    return this.db.transaction(async () => {
      const fresh = await this.db.rows('insert into idempotency_key (key, actor, request_hash, at) values ($1, $2, $3, $4) on conflict do nothing returning key', [key, actor, hash, clock.now()]);
      if (!fresh.length) {
        const done = await this.db.row<{ request_hash: string; response: unknown }>('select request_hash, response from idempotency_key where key = $1 and actor = $2', [key, actor]);
        if (done.request_hash !== hash) throw problem('request.idempotency-mismatch');
        return done.response;
      }
      const response = await work();
      await this.db.rows('update idempotency_key set response = $3 where key = $1 and actor = $2', [key, actor, JSON.stringify(response ?? null)]);
      return response;
    });
  }
}
