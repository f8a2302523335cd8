import { hkdfSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bech32 } from '@scure/base';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';

/**
 * The key that opens this installation's backups. Where the settings have a `SECRET_KEY` it is derived from that, so that all servers of one database have the same; otherwise it is made once in the data folder.
 * It must also lie elsewhere, or a dead disk takes the backups with it.
 */
export async function backupKey(o: { dataDir: string; secretKey: string | null }): Promise<string> {
  if (o.secretKey) return bech32.encodeFromBytes('AGE-SECRET-KEY-', new Uint8Array(hkdfSync('sha256', o.secretKey, '', 'lantoa backup', 32))).toUpperCase();
  const file = path.join(o.dataDir, 'backup.key');
  const fresh = await generateX25519Identity();
  try {
    await mkdir(o.dataDir, { recursive: true });
    // Of two that begin at once one writes, and both read.
    await writeFile(file, `${fresh}\n`, { flag: 'wx', mode: 0o600 });
  } catch (e) {
    if ((e as { code?: string }).code !== 'EEXIST') throw e;
  }
  return (await readFile(file, 'utf8')).trim();
}

/** Whom to write for, so that a key opens it. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);
