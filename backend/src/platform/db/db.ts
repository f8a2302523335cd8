import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource, type DataSourceOptions, type EntityManager, type EntityTarget, type ObjectLiteral, QueryFailedError, type QueryRunner, type Repository } from 'typeorm';
import { CONFIG, type Config } from '#platform/config';

interface Current { manager: EntityManager; after: (() => void)[] }
const current = new AsyncLocalStorage<Current>();
/** Set while reads may come from a replica. */
const stale = new AsyncLocalStorage<true>();
/** Nobody answers there, or the replica had to drop what it read to follow the primary: the primary is asked instead. */
const ASK_PRIMARY = /^(08|57P|53300|40001|ECONN|ETIMEDOUT|EHOSTUNREACH)|timeout exceeded when trying to connect|Connection terminated/;

/** The one door to the database. Inside `transaction` everything joins it; nested calls join the outer one. */
@Injectable()
export class Db {
  constructor(private readonly dataSource: DataSource, @Optional() @Inject(CONFIG) private readonly config?: Pick<Config, 'databaseDirectUrl'>) {}

  get manager(): EntityManager {
    return current.getStore()?.manager ?? this.dataSource.manager;
  }

  /** The address of the primary, past a pooler: for what needs a connection of its own. */
  get directUrl(): string {
    const { url, replication } = this.dataSource.options as { url?: string; replication?: { master: { url: string } } };
    return (this.config?.databaseDirectUrl ?? replication?.master.url ?? url) as string;
  }

  /** TypeORM's options for another database of the same server. */
  optionsFor(database: string): DataSourceOptions & { url: string } {
    const { replication: _, ...options } = this.dataSource.options as DataSourceOptions & { replication?: object };
    return { ...options, url: Object.assign(new URL(this.directUrl), { pathname: `/${database}` }).href, poolSize: 2 } as DataSourceOptions & { url: string };
  }

  repo<T extends ObjectLiteral>(target: EntityTarget<T>): Repository<T> {
    return this.manager.getRepository(target);
  }

  /**
   * Runs `work`, which only reads and can bear to be some moments late: its statements go to a replica, where there is one. Each that the replica cannot answer is
   * asked of the primary. A transaction inside it is one of the primary.
   */
  stale<T>(work: () => Promise<T>): Promise<T> {
    return 'replication' in this.dataSource.options && this.dataSource.options.replication ? stale.run(true, work) : work();
  }

  /** Runs `work` in one transaction: all of it is kept or none. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    if (current.getStore()) return work();
    const after: Current['after'] = [];
    return this.dataSource.transaction((manager) => current.run({ manager, after }, work)).then((result) => {
      for (const run of after) run();
      return result;
    });
  }

  /** Runs something once the transaction is committed, or now where there is none; never when it is rolled back. For hints, not for work that must not be lost. */
  afterCommit(run: () => void): void {
    const open = current.getStore();
    if (open) open.after.push(run);
    else run();
  }

  /** Rows of a hand-written statement (also for INSERT … RETURNING). */
  rows<T = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<T[]> {
    return this.withRunner(async (runner) => (await runner.query(sql, params, true)).records as T[]);
  }

  /**
   * The same for a statement that a whole hall runs in one second: each connection parses and plans it once. Only for texts that never change and whose best plan
   * does not depend on the values. Errors of the database come as they do from `rows`.
   */
  prepared<T = Record<string, unknown>>(sql: string, params: unknown[]): Promise<T[]> {
    // A pooler gives each transaction another connection, which knows no plan of ours.
    if (this.config?.databaseDirectUrl) return this.rows(sql, params);
    const name = createHash('sha1').update(sql).digest('base64url');
    return this.withRunner(async (runner) => {
      const client = (await runner.connect()) as PoolClient;
      try {
        return (await client.query({ name, text: sql, values: params })).rows as T[];
      } catch (e) {
        throw new QueryFailedError(sql, params, e as Error);
      }
    });
  }

  /** The one row of a statement that must give exactly one. */
  async row<T = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<T> {
    const rows = await this.rows<T>(sql, params);
    if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`);
    return rows[0] as T;
  }

  /** Holds a named lock until the transaction ends; a second holder waits. */
  async lock(name: string): Promise<void> {
    await this.prepared('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const open = this.manager.queryRunner;
    if (open) return work(open);
    if (stale.getStore()) {
      try {
        return await this.withOwn('slave', work);
      } catch (e) {
        const { code, driverError, message } = e as Error & { code?: string; driverError?: { code?: string } };
        if (!ASK_PRIMARY.test(driverError?.code ?? code ?? message)) throw e;
      }
    }
    return this.withOwn('master', work);
  }

  private async withOwn<T>(mode: 'master' | 'slave', work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const own = this.dataSource.createQueryRunner(mode);
    try {
      return await work(own);
    } finally {
      await own.release();
    }
  }
}
