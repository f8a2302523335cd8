import pg from 'pg';

/** Does one piece of work at a time among all programs of a database, also those on other machines; whoever comes later waits. The lock is one of a transaction, so it works through a pooler that shares connections, too. */
export async function alone<T>(url: string, name: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'lantoa-lock' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [name]);
    return await work();
  } finally {
    await client.end();
  }
}
