import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { SnakeNaming } from './naming.ts';
import { steadyDriver } from './steady-pool.ts';

// Days stay `YYYY-MM-DD` (a JavaScript Date would move them across time zones); counts and numerics are numbers.
pg.types.setTypeParser(1082, (s) => s);
pg.types.setTypeParser(20, Number);
pg.types.setTypeParser(1700, Number);

const logger = new Logger('database');

type Classes = Extract<DataSourceOptions['entities'], unknown[]>;

/** TypeORM's options for a server address. `synchronize` is never on; the schema comes from `migrations/` alone. With the address of a replica, `Db.stale` reads there. */
export function dataSourceOptions(url: string, o: { entities: Classes; migrations: Classes; pool?: number; replicaUrl?: string | null }): DataSourceOptions {
  return {
    type: 'postgres',
    driver: steadyDriver,
    // Nothing goes to a replica that does not say that it may.
    ...(o.replicaUrl ? { replication: { defaultMode: 'master', master: { url }, slaves: [{ url: o.replicaUrl }] } } : { url }),
    poolSize: o.pool ?? 10,
    entities: o.entities,
    migrations: o.migrations as never,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    applicationName: 'lantoa',
    logging: false,
    extra: { connectionTimeoutMillis: 10_000 },
  };
}

const PROBE_MS = 3000;

/** The address of the replica, if somebody answers there: TypeORM would refuse to start without it, and all that a replica does the primary does, too. */
export async function reachable(url: string | null): Promise<string | null> {
  if (!url) return null;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PROBE_MS, application_name: 'lantoa-probe' });
  try {
    await client.connect();
    return url;
  } catch (e) {
    logger.warn(`The replica of the database does not answer (${(e as Error).message}); all reads go to the primary until this program is started again.`);
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}
