import { DataSource, type DataSourceOptions } from 'typeorm';
import { Stop } from '#platform/config';
import { alone } from './alone.ts';

/**
 * Brings the database to this program's schema. Refuses, before it touches anything, data that a newer program has written.
 * @returns the names of the migrations that ran
 */
export async function migrate(options: DataSourceOptions): Promise<string[]> {
  const dataSource = await connect(options);
  try {
    return await alone((options as { url: string }).url, 'migrate', () => bring(dataSource));
  } finally {
    await dataSource.destroy();
  }
}

async function bring(dataSource: DataSource): Promise<string[]> {
  const known = new Set(dataSource.migrations.map((m) => m.name));
  const [exists] = (await dataSource.query(`select to_regclass('public.migrations') as t`)) as [{ t: string | null }];
  if (exists.t) {
    const applied = (await dataSource.query('select name from migrations')) as { name: string }[];
    const unknown = applied.find((m) => !known.has(m.name));
    if (unknown) throw new Stop('newer-data', `The data folder was written by a newer version of Lan Toả (it has the change "${unknown.name}"). Start that version, or give another folder with --data. Nothing was changed.`);
  }
  return (await dataSource.runMigrations()).map((m) => m.name);
}

async function connect(options: DataSourceOptions): Promise<DataSource> {
  try {
    return await new DataSource(options).initialize();
  } catch (e) {
    const code = (e as { code?: string }).code;
    if (code === '53100') throw new Stop('disk-full', 'The disk is full. Free some space and start again; nothing was lost.');
    throw new Stop('database-unreachable', `The database does not answer (${(e as Error).message}). Check DATABASE_URL and that the server is running.`);
  }
}
