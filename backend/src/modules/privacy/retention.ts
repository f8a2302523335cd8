import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';

const LOOK_MS = 6 * 3_600_000;
const QUIET_DAYS = 35;

/** What is let go, and when it is not needed any more (docs/privacy.md has the reasons): statements with the moment (`$1`) before which it goes. */
const PERIODS: { what: string; days: number; sql: string }[] = [
  { what: 'sessions that have ended', days: 90, sql: 'delete from session where coalesce(ended_at, expires_at) < $1' },
  { what: 'slips that were used, void or out of date', days: 365, sql: 'delete from activation_slip where coalesce(used_at, voided_at, expires_at) < $1' },
  { what: 'answers to requests that were sent twice', days: 30, sql: 'delete from idempotency_key where at < $1' },
  { what: 'the names in the files of offices', days: 365, sql: `update roster_import set reading = jsonb_set(reading, '{rows}', '[]') || '{"ignored": []}', decisions = '{}' where created_at < $1 and status <> 'reading' and jsonb_array_length(reading->'rows') > 0` },
  { what: 'what phones had sent and was refused', days: 365, sql: 'update sync_operation set input = null where heard_at < $1 and input is not null' },
  { what: 'the words of reminders', days: 365, sql: "update reminder set text = '' where made_at < $1 and text <> ''" },
  { what: 'tries at secrets', days: 1, sql: 'delete from rate_limit where expire < extract(epoch from $1::timestamptz) * 1000' },
];

/** Lets go of what is personal and not needed any more. */
@Injectable()
export class Retention implements OnApplicationShutdown {
  private readonly logger = new Logger('retention');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly db: Db) {}

  /** Some times a day, until the application stops. */
  start(): void {
    const again = () => { this.running = this.letGo().catch((e: Error) => this.logger.error(e.message)); };
    again();
    this.timer = setInterval(again, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Lets go of everything whose time is over. Where nothing at all has happened for long, the clock may have leapt: then all of it stays until something has. */
  async letGo(): Promise<void> {
    const [last] = await this.db.rows<{ at: Date }>('select at from audit_row order by id desc limit 1');
    if (last && clock.now().getTime() - last.at.getTime() > QUIET_DAYS * 86_400_000) return this.logger.warn(`Nothing has happened since ${last.at.toISOString()}: is the clock right? Nothing is let go until something does.`);
    for (const { days, sql } of PERIODS) await this.db.rows(sql, [new Date(clock.now().getTime() - days * 86_400_000)]);
  }
}
