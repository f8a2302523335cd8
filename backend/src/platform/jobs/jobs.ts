import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Logger as WorkerLogger, type Runner, run, runMigrations, runOnce, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import { Db, SteadyPool } from '#platform/db';
import { inSpan } from '#platform/telemetry';

/** A job takes seconds. One that is held for longer than this belongs to a process that was killed, and is given back. */
const HELD_AT_MOST = '10 minutes';
const LOOK_MS = 60_000;

type Handler = (payload: never) => Promise<void>;

/** Work that happens after the transaction that asked for it: papers, mail, push. Kept in PostgreSQL, retried with growing pauses. */
@Injectable()
export class Jobs implements OnApplicationShutdown {
  private readonly db: Db;
  private readonly handlers = new Map<string, Handler>();
  private readonly logger = new Logger('jobs');
  private runner: Runner | undefined;
  private pool: pg.Pool | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(db: Db) {
    this.db = db;
  }

  /** Says who does the jobs of this name. */
  register<P>(name: string, handler: (payload: P) => Promise<void>): void {
    this.handlers.set(name, handler as Handler);
  }

  /** Asks for a job; in a transaction it exists only if that commits. */
  async add(name: string, payload: object): Promise<void> {
    if (!this.handlers.has(name)) throw new Error(`nobody does the job ${name}`);
    await this.db.rows('select graphile_worker.add_job($1, $2::json, max_attempts := 12)', [name, JSON.stringify(payload)]);
  }

  /** What is named in this list of the payload by jobs of all these names that nobody works on yet. */
  async waiting(names: readonly string[], list: string): Promise<Set<string>> {
    const rows = await this.db.rows<{ item: string }>(
      `select x.item from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id cross join json_array_elements_text(j.payload->$2) as x(item)
        where t.identifier = any($1) and j.locked_at is null and j.attempts < j.max_attempts group by 1 having count(distinct t.id) = cardinality($1)`, [names, list]);
    return new Set(rows.map((r) => r.item));
  }

  /** Works through jobs until the application stops. */
  async start(url: string): Promise<void> {
    this.pool = new SteadyPool({ connectionString: url, max: 4 });
    const giveBack = () => this.pool?.query(`update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at < now() - interval '${HELD_AT_MOST}'`).catch((e: Error) => this.logger.warn(e.message));
    await giveBack();
    this.timer = setInterval(() => void giveBack(), LOOK_MS).unref();
    this.runner = await run({ pgPool: this.pool, taskList: this.tasks(), concurrency: 2, noHandleSignals: true, logger: this.workerLogger() });
  }

  /** Does everything that waits and returns; for tests, the demonstration and the command line. */
  async drain(url: string): Promise<void> {
    await runOnce({ connectionString: url, taskList: this.tasks(), noHandleSignals: true, maxPoolSize: 3, logger: this.workerLogger() });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.runner?.stop();
    await this.pool?.end();
  }

  private tasks(): TaskList {
    return Object.fromEntries([...this.handlers].map(([name, handler]) => [name, (payload: unknown) => inSpan(`job ${name}`, () => handler(payload as never))]));
  }

  private workerLogger(): WorkerLogger {
    return new WorkerLogger(() => (level, message) => {
      if (level === 'error') this.logger.error(message);
      else if (level === 'warning') this.logger.warn(message);
    });
  }
}

/** Creates or updates the tables of the job queue. */
export const migrateJobs = (url: string): Promise<void> => runMigrations({ connectionString: url, logger: new WorkerLogger(() => () => {}) });
