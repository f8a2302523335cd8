import { randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { checkBackup, getBackups, Backup as View } from '@lantoa/shared/backups';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import { Not } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { Backup } from './backup.entity.ts';
import { isDue, isLate, toForget } from './backups.rules.ts';
import { Copies } from './copies.ts';
import { Trial } from './trial.ts';

const VIEW = `select b.id, b.started_at as "startedAt", b.finished_at as "finishedAt", b.state, b.fault, p.name as by, b.file, b.bytes, b.rows, b.files, b.checked_at as "checkedAt", b.taken_at as "takenAt" from backup b left join person p on p.id = b.by_person_id`;
const LOOK_MS = 600_000;
/** At night, when halls are empty. */
const HOUR = 2;
const SHOWN = 60;
/** A copy that was begun longer ago than this belongs to a program that was killed. */
const ENDED_BY_NOW_MS = 6 * 3_600_000;

type Times = 'startedAt' | 'finishedAt' | 'checkedAt' | 'takenAt';
type Row = Omit<View, Times> & { startedAt: Date } & Record<Exclude<Times, 'startedAt'>, Date | null>;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const viewOf = (r: Row): View => ({ ...r, startedAt: r.startedAt.toISOString(), finishedAt: iso(r.finishedAt), checkedAt: iso(r.checkedAt), takenAt: iso(r.takenAt) });

/** Copies of everything: every night and on request, each tried by restoring it. */
@Injectable()
export class BackupsService implements OnApplicationShutdown {
  private readonly logger = new Logger('backups');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly db: Db, private readonly copies: Copies, private readonly trial: Trial, private readonly audit: Audit) {}

  /** Makes tonight's copy when it is due, until the application stops. */
  start(): void {
    const again = () => { this.running = this.running.then(() => this.nightly()).catch((e: Error) => this.logger.error(e.message)); };
    void this.settle().then(again, again);
    this.timer = setInterval(again, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async list(): Promise<OutputOf<typeof getBackups>> {
    const items = await this.db.rows<Row>(`${VIEW} order by b.started_at desc limit ${SHOWN}`);
    const lastGoodAt = await this.lastGoodAt();
    const { at: keyTakenAt } = await this.db.row<{ at: Date | null }>("select max(at) as at from audit_row where action = 'backup.key-taken'");
    const { bytes } = await this.db.row<{ bytes: number }>('select pg_database_size(current_database()) as bytes');
    return { items: items.map(viewOf), late: this.copies.needed && isLate(lastGoodAt ?? (await this.firstAct()), clock.now()), lastGoodAt: iso(lastGoodAt), keyTakenAt: iso(keyTakenAt), folder: this.copies.folder, databaseBytes: bytes, freeBytes: await this.copies.free() };
  }

  /** When the last copy was begun that is whole. */
  async lastGoodAt(): Promise<Date | null> {
    return (await this.db.repo(Backup).findOne({ where: { state: 'good' }, order: { startedAt: 'DESC' } }))?.startedAt ?? null;
  }

  /** Begins a copy and comes back at once; it goes on by itself. */
  async begin(actor: Actor): Promise<View> {
    const row = await this.note(actor.personId);
    if (row.fresh) this.running = this.running.then(() => this.make(row.id)).catch((e: Error) => this.logger.error(e.message));
    return this.view(row.id);
  }

  /** Makes a copy now, tries it, and lets old ones go. */
  async make(id: string): Promise<Backup> {
    const row = await this.db.repo(Backup).findOneByOrFail({ id });
    try {
      const made = await this.copies.write(this.copies.fileOf(row.file));
      Object.assign(row, made, { state: 'good', finishedAt: clock.now() });
      await this.db.repo(Backup).save(row);
      await this.tryOut(row);
      await this.forget();
    } catch (e) {
      Object.assign(row, { state: 'failed', fault: (e as Error).message.slice(0, 500), finishedAt: clock.now() });
      await this.db.repo(Backup).save(row);
      this.logger.error(`the copy failed: ${(e as Error).message}`);
    }
    return row;
  }

  async check(actor: Actor, { params }: ArgsOf<typeof checkBackup>): Promise<View> {
    const row = await this.good(params.backupId);
    await this.tryOut(row);
    await this.audit.record(actor, 'backup.checked', { type: 'backup', id: row.id }, { fault: row.fault });
    return this.view(row.id);
  }

  /** The file of a copy, to be taken to another place. */
  async take(actor: Actor, id: string): Promise<{ stream: ReadStream; name: string; bytes: number }> {
    const row = await this.good(id);
    const file = this.copies.fileOf(row.file);
    const { size } = await fs.stat(file).catch(() => { throw problem('backups.file-gone'); });
    await this.db.transaction(async () => {
      await this.db.repo(Backup).update({ id }, { takenAt: clock.now() });
      await this.audit.record(actor, 'backup.taken', { type: 'backup', id }, { file: row.file });
    });
    return { stream: createReadStream(file), name: row.file, bytes: size };
  }

  async takeKey(actor: Actor): Promise<{ key: string }> {
    const key = await this.copies.key();
    await this.audit.record(actor, 'backup.key-taken', { type: 'installation', id: 'backup-key' });
    return { key };
  }

  /** Tonight's copy, once, whichever process comes first. */
  private async nightly(): Promise<void> {
    const last = await this.db.repo(Backup).findOne({ where: { state: Not('failed') }, order: { startedAt: 'DESC' } });
    if (!isDue(last?.startedAt ?? (await this.firstAct()), clock.now(), HOUR)) return;
    const row = await this.note(null);
    if (row.fresh) await this.make(row.id);
  }

  /** Where nothing has been done yet there is nothing to lose. */
  private async firstAct(): Promise<Date> {
    return (await this.db.row<{ at: Date | null }>('select min(at) as at from audit_row')).at ?? clock.now();
  }

  /** Writes down that a copy begins, unless one is under way. */
  private note(byPersonId: string | null): Promise<{ id: string; fresh: boolean }> {
    return this.db.transaction(async () => {
      await this.db.lock('backup');
      const open = await this.db.repo(Backup).findOneBy({ state: 'running' });
      if (open) return { id: open.id, fresh: false };
      const id = randomUUID();
      const at = clock.now();
      await this.db.repo(Backup).insert({ id, startedAt: at, state: 'running', byPersonId, file: `lantoa-${at.toISOString().slice(0, 16).replace(/[:]/g, '')}-${id.slice(0, 4)}.tar.gz.age`, finishedAt: null, fault: null, checkedAt: null, takenAt: null });
      await this.audit.record(byPersonId ? { personId: byPersonId } : null, 'backup.begun', { type: 'backup', id });
      return { id, fresh: true };
    });
  }

  /** A copy that nobody makes any more, because the program was killed, has failed. */
  private async settle(): Promise<void> {
    await this.db.rows("update backup set state = 'failed', finished_at = $1, fault = 'The program was stopped while the copy was made.' where state = 'running' and started_at < $2", [clock.now(), new Date(clock.now().getTime() - ENDED_BY_NOW_MS)]);
  }

  private async tryOut(row: Backup): Promise<void> {
    try {
      await this.trial.run(this.copies.fileOf(row.file), await this.copies.key());
      Object.assign(row, { checkedAt: clock.now(), fault: null });
    } catch (e) {
      row.fault = (e as Error).message.slice(0, 500);
      this.logger.error(`the copy ${row.file} could not be restored: ${row.fault}`);
    }
    await this.db.repo(Backup).save(row);
  }

  private async forget(): Promise<void> {
    const copies = (await this.db.repo(Backup).findBy({ state: 'good' })).map((b) => ({ at: b.startedAt, file: b.file, id: b.id }));
    for (const c of toForget(copies, clock.now())) {
      await fs.rm(this.copies.fileOf(c.file), { force: true });
      await this.db.repo(Backup).delete({ id: c.id });
    }
  }

  private async good(id: string): Promise<Backup> {
    return orProblem(await this.db.repo(Backup).findOneBy({ id, state: 'good' }), 'backups.not-found');
  }

  private async view(id: string): Promise<View> {
    return viewOf(await this.db.row<Row>(`${VIEW} where b.id = $1`, [id]));
  }
}
