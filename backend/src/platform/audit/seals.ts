import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { AuditSeal } from './audit.entity.ts';

const LOOK_MS = 60_000;
/** Rows that are read at once while a chain is walked. */
const AT_ONCE = 5000;
interface SealedRow { id: number; line: string }

/** `broken`: the first seal that does not fit the rows that it covers, and why. `unsealed`: rows of the last minutes. */
export interface AuditVerdict { rows: number; seals: number; unsealed: number; last: string | null; broken: { seal: number; fromId: number; toId: number; why: 'rows-missing' | 'rows-added' | 'rows-changed' | 'seal-changed' } | null }

/**
 * Chains the log: each seal is the hash of the seal before it and of the rows since. Nobody can change, add or take away a sealed row without it being seen, also not with the rights of the database's owner, as soon as one later
 * seal is known elsewhere (it stands on every export). Rows are sealed some time after they were written, so that writing them waits for nobody.
 */
@Injectable()
export class AuditSeals implements OnApplicationShutdown {
  private readonly logger = new Logger('audit');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  /** Up to which row everything was written by transactions that had begun before `xid`. */
  private mark: { id: number; xid: string } | undefined;

  constructor(private readonly db: Db) {}

  /** Seals every minute, until the application stops. */
  start(): void {
    this.timer = setInterval(() => { this.running = this.sealSettled().catch((e: Error) => this.logger.error(e.message)); }, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /**
   * Seals what was there at the look before this one, once every transaction of then has ended: a row that got a lower number may be committed after one with a higher number. @returns how many rows were sealed
   */
  async sealSettled(): Promise<number> {
    const before = this.mark;
    const { id, xid, oldest } = await this.db.row<{ id: number | null; xid: string; oldest: string }>('select (select max(id) from audit_row) as id, pg_snapshot_xmax(pg_current_snapshot())::text as xid, pg_snapshot_xmin(pg_current_snapshot())::text as oldest');
    const settled = before && BigInt(oldest) >= BigInt(before.xid);
    if (!before || settled) this.mark = { id: id ?? 0, xid };
    return settled ? this.sealUpTo(before.id) : 0;
  }

  /** Seals all rows up to this one. Only for who knows that no transaction is open. */
  sealUpTo(id: number): Promise<number> {
    return this.db.transaction(async () => {
      await this.db.lock('audit-seal');
      const [last] = await this.db.rows<AuditSeal>('select id, to_id as "toId", hash from audit_seal order by id desc limit 1');
      const fromId = (last?.toId ?? 0) + 1;
      if (id < fromId) return 0;
      const { rows, hash } = await this.digest(last?.hash ?? '', fromId, id);
      if (rows) await this.db.rows('insert into audit_seal (from_id, to_id, rows, previous_hash, hash, at) values ($1, $2, $3, $4, $5, $6)', [fromId, id, rows, last?.hash ?? '', hash, clock.now()]);
      return rows;
    });
  }

  /** Walks the whole chain. */
  async verify(): Promise<AuditVerdict> {
    const seals = await this.db.rows<AuditSeal>('select id, from_id as "fromId", to_id as "toId", rows, previous_hash as "previousHash", hash from audit_seal order by id');
    let previous = '';
    let next = 1;
    let rows = 0;
    for (const s of seals) {
      const found = await this.digest(previous, s.fromId, s.toId);
      const why = s.previousHash !== previous || s.fromId !== next ? 'seal-changed' : found.rows < s.rows ? 'rows-missing' : found.rows > s.rows ? 'rows-added' : found.hash !== s.hash ? 'rows-changed' : null;
      if (why) return { rows, seals: seals.length, unsealed: 0, last: null, broken: { seal: s.id, fromId: s.fromId, toId: s.toId, why } };
      rows += s.rows;
      previous = s.hash;
      next = s.toId + 1;
    }
    const { n } = await this.db.row<{ n: number }>('select count(*)::int as n from audit_row where id >= $1', [next]);
    return { rows, seals: seals.length, unsealed: n, last: previous || null, broken: null };
  }

  private async digest(previous: string, fromId: number, toId: number): Promise<{ rows: number; hash: string }> {
    const hash = createHash('sha256').update(previous);
    let rows = 0;
    for (let after = fromId - 1; ; ) {
      const some = await this.db.rows<SealedRow>('select id, json_build_array(id, to_char(at at time zone \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\'), actor_id, action, object_type, object_id, data, request_id)::text as line from audit_row where id > $1 and id <= $2 order by id limit $3', [after, toId, AT_ONCE]);
      for (const r of some) hash.update(`\n${r.line}`);
      rows += some.length;
      if (some.length < AT_ONCE) return { rows, hash: hash.digest('hex') };
      after = (some.at(-1) as SealedRow).id;
    }
  }
}
