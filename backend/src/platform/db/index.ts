export { alone } from './alone.ts';
export { dataSourceOptions, reachable } from './data-source.ts';
export { Db } from './db.ts';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
export { migrate } from './migrate.ts';
export { SteadyPool } from './steady-pool.ts';
export { holds, periodColumn } from './period.ts';
export { MayBeStale, StaleReads } from './stale-reads.ts';
