import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Files } from '#platform/files';
import type { ArchiveEntry } from './archive.ts';

/** What a backup says first: how to read the rest. */
export interface BackupBegin { format: 'lantoa-backup-1'; at: string; version: string; /** Names of the migrations that had run. */ migrations: string[]; tables: { name: string; columns: string[] }[]; /** Where counters stood. */ sequences: Record<string, number> }
/** What it says last; a file without it is cut. */
export interface BackupEnd { rows: Record<string, number>; files: number; fileBytes: number }

const PART_BYTES = 4 * 2 ** 20;
const LF = 10;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const copyOf = (t: BackupBegin['tables'][0]): string => `${quoted(t.name)} (${t.columns.map(quoted).join(', ')})`;

/** Everything of an installation as entries of an archive: one moment of the database (a transaction that sees no later change), then its files, which are only ever added to. `secret`: the key of the data folder, where there is one. */
export async function* dump(url: string, o: { version: string; at: Date; files: Files; secret: string | null }): AsyncGenerator<ArchiveEntry, BackupEnd> {
  const client = new pg.Client({ connectionString: url, application_name: 'lantoa-backup' });
  await client.connect();
  const end: BackupEnd = { rows: {}, files: 0, fileBytes: 0 };
  try {
    await client.query('begin isolation level repeatable read read only');
    const begin = await describe(client, o);
    yield { name: 'begin.json', bytes: Buffer.from(JSON.stringify(begin)) };
    for (const table of begin.tables) {
      end.rows[table.name] = 0;
      let n = 0;
      for await (const bytes of parts(client, table)) {
        end.rows[table.name] = (end.rows[table.name] as number) + linesOf(bytes);
        yield { name: `tables/${table.name}/${String(n++).padStart(6, '0')}`, bytes };
      }
    }
    await client.query('commit');
  } finally {
    await client.end();
  }
  for await (const key of o.files.list()) {
    const bytes = await o.files.get(key);
    if (!bytes) continue;
    end.files++;
    end.fileBytes += bytes.length;
    yield { name: `files/${key}`, bytes: Buffer.from(bytes) };
  }
  if (o.secret) yield { name: 'secret.key', bytes: Buffer.from(o.secret) };
  yield { name: 'end.json', bytes: Buffer.from(JSON.stringify(end)) };
  return end;
}

async function describe(client: pg.Client, o: { version: string; at: Date }): Promise<BackupBegin> {
  const { rows: tables } = await client.query<BackupBegin['tables'][0]>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations' group by 1 order by 1`);
  const { rows: migrations } = await client.query<{ name: string }>('select name from migrations order by timestamp');
  const { rows: sequences } = await client.query<{ name: string; value: string | null }>("select sequencename as name, last_value as value from pg_sequences where schemaname = 'public'");
  return { format: 'lantoa-backup-1', at: o.at.toISOString(), version: o.version, migrations: migrations.map((m) => m.name), tables, sequences: Object.fromEntries(sequences.flatMap((s) => (s.value === null ? [] : [[s.name, Number(s.value)]]))) };
}

/** A table as text of COPY, cut at the ends of rows. */
async function* parts(client: pg.Client, table: BackupBegin['tables'][0]): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of client.query(copyTo(`copy ${copyOf(table)} to stdout`)) as AsyncIterable<Buffer>) {
    held.push(chunk);
    size += chunk.length;
    if (size < PART_BYTES || chunk[chunk.length - 1] !== LF) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size) yield Buffer.concat(held);
}

/** In COPY's text a line break within a value is written `\n`, so each line is a row. */
function linesOf(bytes: Buffer): number {
  let n = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) n++;
  return n;
}

