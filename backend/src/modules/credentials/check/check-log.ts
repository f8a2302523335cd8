import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type CheckCount, NO_ENTRY } from './check.entity.ts';

const FLUSH_MS = 5000;

/** Counts checks per day, way, outcome and certificate. Gathered in memory and written every few seconds, so that a check costs no write: a crash loses a few counts of statistics and nothing else. */
@Injectable()
export class CheckLog implements OnModuleInit, OnApplicationShutdown {
  private counts = new Map<string, CheckCount>();
  private timer: NodeJS.Timeout | undefined;
  private readonly logger = new Logger('checks');

  constructor(private readonly db: Db) {}

  onModuleInit(): void {
    this.timer = setInterval(() => { this.flush().catch((e: Error) => this.logger.warn(e.message)); }, FLUSH_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  note(via: CheckCount['via'], outcome: string, entryId: string | null): void {
    const count = { day: clock.today(), via, outcome, entryId: entryId ?? NO_ENTRY, times: 1 };
    const key = `${count.day} ${via} ${outcome} ${count.entryId}`;
    const known = this.counts.get(key);
    if (known) known.times++;
    else this.counts.set(key, count);
  }

  async flush(): Promise<void> {
    if (!this.counts.size) return;
    const rows = [...this.counts.values()];
    this.counts = new Map();
    await this.db.rows(
      `insert into check_count as c (day, via, outcome, entry_id, times) select * from unnest($1::date[], $2::text[], $3::text[], $4::uuid[], $5::int[]) on conflict (day, via, outcome, entry_id) do update set times = c.times + excluded.times`,
      [rows.map((r) => r.day), rows.map((r) => r.via), rows.map((r) => r.outcome), rows.map((r) => r.entryId), rows.map((r) => r.times)]);
  }
}
