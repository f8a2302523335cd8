import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';

/** The key that opens this installation's backups: made once in the data folder. It must also lie elsewhere, or a dead disk takes the backups with it. */
export async function backupKey(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'backup.key');
  const read = async () => (await readFile(file, 'utf8')).trim();
  const fresh = await generateX25519Identity();
  try {
    await mkdir(dataDir, { recursive: true });
    // Of two that begin at once one writes, and both read.
    await writeFile(file, `${fresh}\n`, { flag: 'wx', mode: 0o600 });
  } catch (e) {
    if ((e as { code?: string }).code !== 'EEXIST') throw e;
  }
  return read();
}

/** Whom to write for, so that a key opens it. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);
