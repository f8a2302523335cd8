import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { load, readArchive } from '#platform/backup';
import { Stop } from '#platform/config';
import { Db, migrate } from '#platform/db';
import { verifyRegister } from '#modules/credentials';

export interface Tried { rows: number; files: number; entries: number }

/** Restores a copy beside the real database, to know that it can be done. */
@Injectable()
export class Trial {
  constructor(private readonly db: Db) {}

  /** Restores into a database of its own, brings it to this program's tables, walks the register, and throws the database away. Throws `Stop` with a sentence that says what is wrong. */
  async run(file: string, key: string): Promise<Tried> {
    const name = `lantoa_trial_${randomUUID().slice(0, 8)}`;
    const admin = new pg.Client({ connectionString: this.db.directUrl });
    await admin.connect();
    try {
      await admin.query(`create database ${name}`).catch((e: Error) => { throw new Stop('check-failed', `It could not be tried: the database account may not create databases (${e.message}).`); });
      try {
        return await this.into(this.db.optionsFor(name), file, key);
      } finally {
        await admin.query(`drop database if exists ${name} with (force)`);
      }
    } finally {
      await admin.end();
    }
  }

  private async into(database: DataSourceOptions & { url: string }, file: string, key: string): Promise<Tried> {
    const { end } = await load(readArchive(file, key), { database, files: null });
    await migrate(database);
    const trial = new DataSource(database);
    await trial.initialize();
    try {
      const verdict = await verifyRegister(new Db(trial));
      if (verdict.brokenAt !== null) throw new Stop('check-failed', `The chain of the register is broken at line ${verdict.brokenAt}.`);
      return { rows: Object.values(end.rows).reduce((sum, n) => sum + n, 0), files: end.files, entries: verdict.entries };
    } finally {
      await trial.destroy();
    }
  }
}
