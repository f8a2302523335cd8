import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { SnakeNaming } from './naming.ts';
import { steadyDriver } from './steady-pool.ts';

// Days stay `YYYY-MM-DD` (a JavaScript Date would move them across time zones); counts and numerics are numbers.
pg.types.setTypeParser(1082, (s) => s);
pg.types.setTypeParser(20, Number);
pg.types.setTypeParser(1700, Number);

type Classes = Extract<DataSourceOptions['entities'], unknown[]>;

/** TypeORM's options for a server address. `synchronize` is never on; the schema comes from `migrations/` alone. */
export function dataSourceOptions(url: string, o: { entities: Classes; migrations: Classes; pool?: number }): DataSourceOptions {
  return {
    type: 'postgres',
    driver: steadyDriver,
    url,
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
