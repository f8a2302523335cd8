import { readFile, rename, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Stop } from '#platform/config';
import { Db } from '#platform/db';
import { Secrets } from '#platform/secrets';
import type { Verb } from './cli-verb.ts';

/** Every column that is sealed with the key outside the database: table, the column, and what names a row. */
const SEALED: [table: string, column: string, key: string][] = [['signing_key', 'sealed', 'id'], ['second_step', 'sealed', 'person_id'], ['push_key', 'sealed_private_key', 'id'], ['person_ethnicity', 'sealed', 'person_id']];

/** Verbs about the key that seals what must not be readable in a copy of the database. */
export const keyVerbs: Record<string, Verb> = {
  'keys rotate': {
    usage: 'keys rotate [--key FILE]', about: 'Seals everything that is sealed with a new key: that of FILE (then put it into SECRET_KEY), or a fresh one in the data folder. Stop the servers first; the old key opens nothing afterwards.', needsDatabase: true,
    async run(app, options, _words, config) {
      if (config.secretKey && !options.key) throw new Stop('bad-setting', 'SECRET_KEY is set, so the new key comes from you: keys rotate --key FILE, and then the same in SECRET_KEY.');
      const secretKey = options.key ? (await readFile(options.key, 'utf8').catch(() => { throw new Stop('bad-setting', `${options.key} cannot be read.`); })).trim() : randomBytes(32).toString('base64url');
      if (secretKey.length < 32) throw new Stop('bad-setting', 'The new key has fewer than 32 characters.');
      const [now, next] = [app.get(Secrets), new Secrets({ ...config, secretKey })];
      const db = app.get(Db);
      const file = path.join(config.dataDir, 'secret.key');
      const part = `${file}.next`;
      if (!config.secretKey) await writeFile(part, secretKey, { mode: 0o600 });
      const resealed: Record<string, number> = {};
      await db.transaction(async () => {
        for (const [table, column, key] of SEALED) {
          const rows = await db.rows<{ key: string; sealed: Buffer }>(`select ${key} as key, ${column} as sealed from ${table} for update`);
          for (const r of rows) await db.rows(`update ${table} set ${column} = $2 where ${key} = $1`, [r.key, now.reseal(r.sealed, next)]);
          resealed[table] = rows.length;
        }
        // The last step before the commit: a new key that lies there and sealed nothing would be worse than the old one.
        if (!config.secretKey) await rename(part, file);
      });
      return { value: { resealed, key: config.secretKey ? 'put the new key into SECRET_KEY before the next start' : file } };
    },
  },
};
