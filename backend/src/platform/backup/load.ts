import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Stop } from '#platform/config';
import type { Files } from '#platform/files';
import type { ArchiveEntry } from './archive.ts';
import { type BackupBegin, type BackupEnd, copyOf } from './dump.ts';

interface Into { /** An empty database, and the program's tables and migrations. */ database: DataSourceOptions & { url?: string }; /** Where files go; `null` leaves them out, as for a trial. */ files: Files | null }
export interface Loaded { begin: BackupBegin; end: BackupEnd; /** The key of the data folder that the backup came from. */ secret: string | null }

/**
 * Puts a backup into an empty database, in one transaction: the tables as they were then, every row, every reference checked anew. What later versions of the program changed in the tables comes
 * afterwards, with `migrate`. Throws `Stop`, with nothing kept in the database, when it is not empty, the backup is cut, is of a newer program, or its counts are not what it says.
 */
export async function load(entries: AsyncIterable<ArchiveEntry>, into: Into): Promise<Loaded> {
  const client = new pg.Client({ connectionString: into.database.url, application_name: 'lantoa-restore' });
  await client.connect();
  try {
    const { rows } = await client.query("select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' limit 1");
    if (rows.length) throw new Stop('bad-setting', 'The database is not empty. A backup is restored into an empty one: give a new data folder with --data.');
    return await fill(client, entries, into);
  } finally {
    await client.end();
  }
}

async function fill(client: pg.Client, entries: AsyncIterable<ArchiveEntry>, into: Into): Promise<Loaded> {
  const found: { begin?: BackupBegin; end?: BackupEnd; secret: string | null } = { secret: null };
  const counts: Record<string, number> = {};
  let files = 0;
  let tied: Tied[] = [];
  for await (const { name, bytes } of entries) {
    if (name === 'begin.json') {
      found.begin = JSON.parse(bytes.toString()) as BackupBegin;
      await makeTables(found.begin, into.database);
      await client.query('begin');
      tied = await untie(client, found.begin);
    } else if (!found.begin) throw new Stop('check-failed', 'This is no backup of Lan Toả.');
    else if (name.startsWith('tables/')) {
      const table = found.begin.tables.find((t) => t.name === name.split('/')[1]) as BackupBegin['tables'][0];
      const stream = client.query(copyFrom(`copy ${copyOf(table)} from stdin`));
      await pipeline(Readable.from([bytes]), stream);
      counts[table.name] = (counts[table.name] ?? 0) + stream.rowCount;
    } else if (name.startsWith('files/')) {
      files++;
      await into.files?.put(name.slice('files/'.length), bytes, 'application/octet-stream');
    } else if (name === 'secret.key') found.secret = bytes.toString();
    else if (name === 'end.json') found.end = JSON.parse(bytes.toString()) as BackupEnd;
  }
  const { begin, end } = found;
  if (!begin || !end) throw new Stop('check-failed', 'The backup is cut: its end is missing. Take an earlier one.');
  const wrong = begin.tables.find((t) => (counts[t.name] ?? 0) !== end.rows[t.name]);
  if (wrong || files !== end.files) throw new Stop('check-failed', `The backup does not hold what it says: ${wrong ? `${counts[wrong.name] ?? 0} of ${end.rows[wrong.name]} rows of ${wrong.name}` : `${files} of ${end.files} files`}. Take an earlier one.`);
  await tie(client, begin, tied);
  await client.query('commit');
  return { begin, end, secret: found.secret };
}

/** The tables as they were when the backup was made: this program's migrations up to the last one that had run then. */
async function makeTables(begin: BackupBegin, database: DataSourceOptions): Promise<void> {
  const ours = (database.migrations as unknown as { name: string }[]).map((m) => m.name);
  const foreign = begin.migrations.find((m, i) => ours[i] !== m);
  if (foreign) throw new Stop('newer-data', `The backup is of a newer version of Lan Toả (${foreign}). Install that version first. Nothing was changed.`);
  const then = new DataSource({ ...database, entities: [], migrations: (database.migrations as unknown[]).slice(0, begin.migrations.length) as never });
  await then.initialize();
  try {
    await then.runMigrations();
  } finally {
    await then.destroy();
  }
}

interface Tied { table: string; name: string; definition: string }
const inPublic = "relnamespace = 'public'::regnamespace";

/** Takes references and triggers off, and what migrations had put into the tables: rows come in any order, and nothing is to be told of them. */
async function untie(client: pg.Client, begin: BackupBegin): Promise<Tied[]> {
  const { rows } = await client.query<Tied>(`select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition from pg_constraint k join pg_class c on c.oid = k.conrelid where c.${inPublic} and k.contype = 'f'`);
  for (const k of rows) await client.query(`alter table "${k.table}" drop constraint "${k.name}"`);
  for (const t of begin.tables) await client.query(`alter table "${t.name}" disable trigger user`);
  await client.query(`truncate ${begin.tables.map((t) => `"${t.name}"`).join(', ')}`);
  return rows;
}

async function tie(client: pg.Client, begin: BackupBegin, tied: readonly Tied[]): Promise<void> {
  for (const t of begin.tables) await client.query(`alter table "${t.name}" enable trigger user`);
  for (const k of tied) await client.query(`alter table "${k.table}" add constraint "${k.name}" ${k.definition}`);
  for (const [name, value] of Object.entries(begin.sequences)) await client.query('select setval($1::regclass, $2)', [`"${name}"`, value]);
}
