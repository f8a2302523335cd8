import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { backupKey, load, readArchive } from '#platform/backup';
import { type Config, Stop } from '#platform/config';
import { Db, migrate, startEmbeddedPostgres } from '#platform/db';
import { filesOf } from '#platform/files';
import { migrateJobs } from '#platform/jobs';
import { Copies } from '#modules/backups';
import { verifyRegister } from '#modules/credentials';
import { databaseOptions } from './app.module.ts';
import type { Verb } from './cli-verb.ts';

/** The recovery key: from a file, from the settings, or the one of the data folder. */
async function keyOf(config: Config, file: string | undefined): Promise<string> {
  if (!file && config.secretKey) return backupKey(config);
  const from = file ?? path.join(config.dataDir, 'backup.key');
  return (await readFile(from, 'utf8').catch(() => { throw new Stop('bad-setting', `The recovery key is not in ${from}. Give the file that holds it with --key FILE.`); })).trim();
}

/** The key that opens what was sealed in the database goes into the data folder, unless the settings have one or the folder has its own already. */
async function keepSecret(config: Config, secret: string | null): Promise<void> {
  const file = path.join(config.dataDir, 'secret.key');
  if (!secret || config.secretKey || (existsSync(file) && (await readFile(file, 'utf8')) === secret)) return;
  if (existsSync(file)) throw new Stop('bad-setting', `${file} is another key than the one of the backup. Restore into a new data folder.`);
  await mkdir(config.dataDir, { recursive: true });
  await writeFile(file, secret, { mode: 0o600 });
}

async function restore(config: Config, url: string, file: string, key: string) {
  const options = databaseOptions(url, { pool: 2 });
  const { begin, end, secret } = await load(readArchive(file, key), { database: options as typeof options & { url: string }, files: filesOf(config) });
  await keepSecret(config, secret);
  const migrated = await migrate(options);
  await migrateJobs(url);
  const dataSource = new DataSource(options);
  await dataSource.initialize();
  try {
    const db = new Db(dataSource);
    // The copy that this one was when it was made is not under way any more.
    await db.rows("update backup set state = 'failed', fault = 'This is the copy that was restored.', finished_at = started_at where state = 'running'");
    return { madeAt: begin.at, version: begin.version, rows: Object.values(end.rows).reduce((sum, n) => sum + n, 0), tables: begin.tables.length, files: end.files, migrated, register: await verifyRegister(db) };
  } finally {
    await dataSource.destroy();
  }
}

/** Verbs about copies of everything. */
export const backupVerbs: Record<string, Verb> = {
  'backup key': {
    usage: 'backup key', about: 'The recovery key, which opens the backups of this installation. Keep it in another place: without it a dead disk takes them along.', needsDatabase: true,
    async run(app) {
      return { value: `${await app.get(Copies).key()}\n` };
    },
  },
  backup: {
    usage: 'backup --out FILE', about: 'Everything as one encrypted file (tar, gzip, age): one moment of the database, the files, the key of the data folder.', needsDatabase: true,
    async run(app, { out }) {
      if (!out) throw new Stop('bad-setting', 'backup needs --out FILE.');
      const file = path.resolve(out);
      return { value: { file, ...(await app.get(Copies).write(file)) } };
    },
  },
  restore: {
    usage: 'restore FILE --data DIR [--key FILE]', about: 'Puts a backup into an empty place: a new data folder, or the empty database of DATABASE_URL. Counts every row and walks the chain of the register.', needsDatabase: false,
    async run(_app, options, [file], config) {
      if (!file) throw new Stop('bad-setting', 'restore needs the path of a backup.');
      const key = await keyOf(config, options.key);
      const postgres = config.databaseUrl ? null : await startEmbeddedPostgres({ home: `${config.dataDir}/postgres` });
      try {
        const value = await restore(config, config.databaseUrl ?? (postgres?.url as string), path.resolve(file), key);
        return { value, failed: value.register.brokenAt !== null };
      } finally {
        await postgres?.stop();
      }
    },
  },
};
