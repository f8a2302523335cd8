import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Db } from './db.ts';

const STALE = 'lantoa:stale';

/** A handler that only reads, and whose answer may be some moments old: it asks a replica of the database, where there is one. */
export const MayBeStale = (): MethodDecorator => SetMetadata(STALE, true);

/** Lets such handlers read from the replica. Who is asking, and with what rights, has been found out before, from the primary. */
@Injectable()
export class StaleReads implements NestInterceptor {
  constructor(private readonly db: Db) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!Reflect.getMetadata(STALE, context.getHandler())) return next.handle();
    return from(this.db.stale(() => lastValueFrom(next.handle())));
  }
}
