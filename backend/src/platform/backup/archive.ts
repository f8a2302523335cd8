import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import tar from 'tar-stream';
import { Stop } from '#platform/config';

/** One piece of a backup; small enough to be held in memory. */
export interface ArchiveEntry { name: string; bytes: Buffer }

/**
 * Writes entries into an encrypted file: tar, gzip, age (https://age-encryption.org/v1), for all of these recipients. The file appears whole or not at all, and is on the disk when this
 * resolves. Whoever has one of the keys opens it with ours or with any other age and tar. @returns its size in bytes
 */
export async function writeArchive(file: string, recipients: readonly string[], entries: AsyncIterable<ArchiveEntry>): Promise<number> {
  const encrypter = new Encrypter();
  for (const r of recipients) encrypter.addRecipient(r);
  await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${process.pid}.part`;
  try {
    const pack = tar.pack();
    const zipped = createGzip({ level: 6 });
    const sealed = await encrypter.encrypt(Readable.toWeb(zipped) as never);
    await Promise.all([
      fill(pack, entries), pipeline(pack, zipped),
      pipeline(Readable.fromWeb(sealed as unknown as WebStream), createWriteStream(part, { mode: 0o600, flush: true })),
    ]);
    await fs.rename(part, file);
  } catch (e) {
    await fs.rm(part, { force: true });
    throw e;
  }
  return (await fs.stat(file)).size;
}

async function fill(pack: tar.Pack, entries: AsyncIterable<ArchiveEntry>): Promise<void> {
  try {
    for await (const { name, bytes } of entries) await new Promise<void>((done, fail) => pack.entry({ name, size: bytes.length }, bytes, (e) => (e ? fail(e) : done())));
    pack.finalize();
  } catch (e) {
    pack.destroy(e as Error);
    throw e;
  }
}

/** The entries of a backup in their order. Throws `Stop` when the key does not fit or the file is damaged or cut. */
export async function* readArchive(file: string, identity: string): AsyncGenerator<ArchiveEntry> {
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
  } catch {
    throw new Stop('bad-setting', 'That is no recovery key. It is one line that begins with AGE-SECRET-KEY-1.');
  }
  const source = createReadStream(file);
  const plain = await decrypter.decrypt(Readable.toWeb(source) as never).catch((e: Error) => {
    throw (e as { code?: string }).code === 'ENOENT' ? new Stop('bad-setting', `There is no file ${file}.`) : new Stop('bad-setting', `The recovery key does not open ${file}, or it is no backup.`);
  });
  const extract = tar.extract();
  const running = pipeline(Readable.fromWeb(plain as unknown as WebStream), createGunzip(), extract as unknown as Writable);
  running.catch((e: Error) => extract.destroy(e));
  try {
    for await (const entry of extract) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      yield { name: entry.header.name, bytes: Buffer.concat(chunks) };
    }
    await running;
  } catch (e) {
    throw e instanceof Stop ? e : new Stop('check-failed', `The backup ${file} is damaged or cut: ${(e as Error).message}. Take an earlier one.`);
  } finally {
    source.destroy();
  }
}
