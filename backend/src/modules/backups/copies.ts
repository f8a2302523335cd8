import fs from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type ArchiveEntry, type BackupEnd, backupKey, dump, recipientOf, writeArchive } from '#platform/backup';
import * as clock from '#platform/clock';
import { CONFIG, type Config, VERSION } from '#platform/config';
import { Db } from '#platform/db';
import { Files } from '#platform/files';

export interface Copy { bytes: number; rows: number; files: number }

/** The folder of copies, and how one is written. */
@Injectable()
export class Copies {
  constructor(private readonly db: Db, private readonly files: Files, @Inject(CONFIG) private readonly config: Config) {}

  /** What is invented needs no copy. */
  get needed(): boolean {
    return !this.config.demo;
  }

  get folder(): string {
    return this.config.backups.folder;
  }

  fileOf(name: string): string {
    return path.join(this.folder, name);
  }

  /** The key that opens copies made here. */
  key(): Promise<string> {
    return backupKey(this.config);
  }

  /** Writes everything there is now into an encrypted file, for the key of this place and those of the settings. */
  async write(file: string): Promise<Copy> {
    const recipients = [await recipientOf(await this.key()), ...this.config.backups.recipients];
    const secret = this.config.secretKey ? null : await fs.readFile(path.join(this.config.dataDir, 'secret.key'), 'utf8').catch(() => null);
    const seen: { end?: BackupEnd } = {};
    const entries = dump(this.db.directUrl, { version: VERSION, at: clock.now(), files: this.files, secret });
    const bytes = await writeArchive(file, recipients, remember(entries, (end) => { seen.end = end; }));
    const end = seen.end as BackupEnd;
    return { bytes, rows: Object.values(end.rows).reduce((sum, n) => sum + n, 0), files: end.files };
  }

  /** Bytes that are free where copies lie, or will lie. */
  async free(): Promise<number> {
    for (let at = this.folder; ; at = path.dirname(at)) {
      const found = await fs.statfs(at).catch(() => null);
      if (found) return found.bavail * found.bsize;
    }
  }
}

/** Passes entries on and keeps what the generator returns in the end. */
async function* remember(entries: AsyncGenerator<ArchiveEntry, BackupEnd>, told: (end: BackupEnd) => void): AsyncGenerator<ArchiveEntry> {
  told(yield* entries);
}
