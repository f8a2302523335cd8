import { Logger } from '@nestjs/common';
import pg from 'pg';
import { traced } from '#platform/telemetry';

const logger = new Logger('database');

/**
 * A pool whose connections may break: the database was restarted, the network went. A broken connection says so as an event, sometimes twice and sometimes when nobody holds it, and an event that nobody hears ends the program. Here
 * each one is heard for as long as it lives; whoever was using it gets the error, the next one a new connection.
 */
export class SteadyPool extends pg.Pool {
  constructor(options: pg.PoolConfig) {
    super(options);
    this.on('error', (e) => logger.warn(e.message));
    this.on('connect', (client) => {
      client.on('error', (e) => logger.warn(e.message));
      traced(client);
    });
  }
}

/** `pg` for TypeORM, with such a pool. */
export const steadyDriver = { ...pg, Pool: SteadyPool };
