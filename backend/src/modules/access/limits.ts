import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { problem } from '#platform/http';

export type LimitKind = 'secret' | 'second-step' | 'slip' | 'address' | 'verify' | 'room-code' | 'room-proof';

interface PoolOfDriver { master: unknown }

/** Tries per account and per address, counted in PostgreSQL so that all processes share them. */
@Injectable()
export class Limits {
  private readonly limiters: Record<LimitKind, RateLimiterPostgres>;

  constructor(dataSource: DataSource) {
    const pool = (dataSource.driver as unknown as PoolOfDriver).master;
    const limiter = (keyPrefix: string, points: number, minutes: number) =>
      new RateLimiterPostgres({ storeClient: pool, storeType: 'pool', tableName: 'rate_limit', tableCreated: true, keyPrefix, points, duration: minutes * 60, clearExpiredByTimeout: false });
    this.limiters = { secret: limiter('secret', 10, 15), 'second-step': limiter('second-step', 6, 15), slip: limiter('slip', 5, 15), address: limiter('address', 300, 15), verify: limiter('verify', 30, 10), 'room-code': limiter('room-code', 60, 10), 'room-proof': limiter('room-proof', 6, 10) };
  }

  /** Counts a try; refuses with the minutes to wait when there were too many. */
  async spend(kind: LimitKind, key: string): Promise<void> {
    try {
      await this.limiters[kind].consume(key);
    } catch (e) {
      if (e instanceof RateLimiterRes) throw problem('access.too-many-tries', { minutes: Math.ceil(e.msBeforeNext / 60_000) });
      throw e;
    }
  }

  /** Forgets the tries after a success. */
  async clear(kind: LimitKind, key: string): Promise<void> {
    await this.limiters[kind].delete(key);
  }
}
