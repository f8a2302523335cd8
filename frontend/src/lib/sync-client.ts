import type { AttemptResult } from '@lantoa/shared/assessment';
import type { Endpoint, InputOf, OutputOf } from '@lantoa/shared/endpoint';
import { BATCH, type OperationResult, sync } from '@lantoa/shared/sync';
import { newId } from '@lantoa/shared/rules/ids';
import type { Doing, KeptOperation, Phone } from './phone-store.ts';

export type Call = <E extends Endpoint>(e: E, input: InputOf<E>) => Promise<OutputOf<E>>;
/** The world around a phone, so that a test can be two hundred of them. */
export interface World {
  call: Call;
  /** Runs one piece of work at a time on this phone, across its tabs. */
  alone: (work: () => Promise<void>) => Promise<void>;
  now: () => Date;
  /** Calls again after so many milliseconds. */
  later: (again: () => void, ms: number) => void;
}
export interface SyncState { /** Has this phone been looked at? Until then nothing is claimed. */ known: boolean; waiting: number; refused: number; sending: boolean; /** What stood in the way the last time. */ trouble: Error | null; sentAt: string | null; /** The phone's clock minus the server's, in milliseconds. */ skewMs: number }

const FIRST_PAUSE_MS = 3000;
const LONGEST_PAUSE_MS = 120_000;
/** A link that stalls may still carry less. */
const FEWEST = 5;

/**
 * What was done on this phone, on its way to the server. An operation is kept before anything is sent and goes only when the server's own result for it says that it is done: a timeout, a cut answer, a 500 or the page of
 * a captive portal keep it. One that the server will never take is set apart, alone, for a person to look at.
 */
export class SyncClient {
  private state: SyncState = { known: false, waiting: 0, refused: 0, sending: false, trouble: null, sentAt: null, skewMs: 0 };
  private readonly listeners = new Set<() => void>();
  private readonly outputs = new Map<string, unknown>();
  private sending: Promise<void> | undefined;
  private more = false;
  private pause = FIRST_PAUSE_MS;
  private atOnce = BATCH;

  constructor(private readonly open: () => Promise<Phone>, private readonly world: World) {}

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly current = (): SyncState => this.state;

  /**
   * Keeps operations, and with `also` what they do to this phone's own records, in one transaction; then begins to send. Resolves to their ids when they are kept.
   * Throws when the phone cannot keep them, and then nothing is kept.
   */
  async keep(done: readonly { endpoint: Endpoint; input: unknown; about: string }[], also?: (tx: Doing) => Promise<void> | void): Promise<string[]> {
    const tx = (await this.open()).transaction(['operation', 'refused', 'attempt', 'fact'], 'readwrite');
    const ids: string[] = [];
    try {
      let seq = ((await tx.objectStore('fact').get('seq')) as number | undefined) ?? 0;
      for (const { endpoint, input, about } of done) {
        const op: KeptOperation = { seq: ++seq, opId: newId(), endpoint: endpoint.name, input: input as KeptOperation['input'], deviceAt: this.world.now().toISOString(), about, refused: null };
        await tx.objectStore('operation').add(op);
        ids.push(op.opId);
      }
      await tx.objectStore('fact').put(seq, 'seq');
      await also?.(tx);
      await tx.done;
    } catch (e) {
      tx.done.catch(() => undefined);
      try { tx.abort(); } catch { /* It has ended by itself. */ }
      throw e;
    }
    this.tell({ waiting: this.state.waiting + ids.length });
    void this.flush();
    return ids;
  }

  /** What the server answered to an operation since this page was opened; `undefined` while it has not. */
  outputOf(opId: string): unknown {
    return this.outputs.get(opId);
  }

  /** All that is kept, in the order in which it was done. */
  async kept(): Promise<KeptOperation[]> {
    const db = await this.open();
    return [...(await db.getAll('refused')), ...(await db.getAll('operation'))].sort((a, b) => a.seq - b.seq);
  }

  /** Sends what waits. One sender at a time; what is kept while one is at work is sent too. Never throws: what could not be sent stays. */
  flush(): Promise<void> {
    this.more = true;
    this.sending ??= this.sendAll();
    return this.sending;
  }

  /** Tries once more with what was refused. */
  async retryRefused(): Promise<void> {
    const tx = (await this.open()).transaction(['operation', 'refused'], 'readwrite');
    for (const op of await tx.objectStore('refused').getAll()) await tx.objectStore('operation').put({ ...op, refused: null });
    await tx.objectStore('refused').clear();
    await tx.done;
    await this.flush();
  }

  /** Lets go of one that was refused: the server has kept it as it came. */
  async drop(opId: string): Promise<void> {
    const tx = (await this.open()).transaction('refused', 'readwrite');
    for (const op of await tx.store.getAll()) if (op.opId === opId) await tx.store.delete(op.seq);
    await tx.done;
    await this.flush();
  }

  private async sendAll(): Promise<void> {
    try {
      // Another tab may be sending for a while; what lies here is known before that.
      await this.look(await this.open());
      while (this.more) {
        this.more = false;
        await this.world.alone(() => this.sendWaiting());
      }
    } catch (e) {
      this.tell({ trouble: e as Error });
      this.again();
    } finally {
      // In the same breath as the last look at what waits: what is kept now finds no sender and becomes one.
      this.sending = undefined;
      this.tell({ sending: false });
    }
  }

  /** Says how much lies here. Counts only: five hundred answers in the store cost no more than one. @returns how much waits */
  private async look(db: Phone): Promise<number> {
    const [waiting, refused, sentAt] = [await db.count('operation'), await db.count('refused'), (await db.get('fact', 'sentAt')) as string | undefined];
    this.tell({ known: true, waiting, refused, sentAt: sentAt ?? null });
    return waiting;
  }

  private async sendWaiting(): Promise<void> {
    const db = await this.open();
    for (;;) {
      const waiting = await this.look(db);
      if (!waiting) return this.tell({ trouble: null });
      this.tell({ sending: true });
      const held = await this.send(db, waiting);
      this.tell({ trouble: null });
      if (held) {
        await this.look(db);
        return this.again();
      }
      this.pause = FIRST_PAUSE_MS;
    }
  }

  /** Sends one batch. @returns whether something has to be sent again later */
  private async send(db: Phone, waiting: number): Promise<boolean> {
    const batch = await db.getAll('operation', null, this.atOnce);
    const sentAt = this.world.now();
    const operations = batch.map(({ opId, seq, endpoint, input, deviceAt }) => ({ opId, seq, endpoint, input, deviceAt }));
    let reply: OutputOf<typeof sync>;
    try {
      reply = await this.world.call(sync, { body: { deviceId: await this.deviceId(db), sentAt: sentAt.toISOString(), pending: waiting, operations } });
      if (!Array.isArray(reply.results)) throw new Error('not an answer of the server');
    } catch (e) {
      this.atOnce = Math.max(FEWEST, Math.ceil(this.atOnce / 2));
      throw e;
    }
    this.atOnce = Math.min(BATCH, this.atOnce * 2);
    await this.settle(db, batch, reply.results);
    this.tell({ skewMs: sentAt.getTime() - new Date(reply.serverAt).getTime() });
    return reply.results.some((r) => r.outcome === 'again') || !reply.results.length;
  }

  /** Writes down what the server said, operation by operation. */
  private async settle(db: Phone, batch: readonly KeptOperation[], results: readonly OperationResult[]): Promise<void> {
    const tx = db.transaction(['operation', 'refused', 'attempt', 'fact'], 'readwrite');
    for (const r of results) {
      const op = batch.find((o) => o.opId === r.opId);
      if (!op || r.outcome === 'again') continue;
      if (r.outcome === 'refused') {
        await tx.objectStore('refused').put({ ...op, refused: { code: r.code, params: r.params } });
        await tx.objectStore('operation').delete(op.seq);
        continue;
      }
      this.outputs.set(op.opId, r.output);
      await tx.objectStore('operation').delete(op.seq);
      if (op.endpoint === 'assessment.submitAttempt') await this.keepResult(tx, op.input.params?.attemptId ?? '', r.output as AttemptResult);
    }
    await tx.objectStore('fact').put(this.world.now().toISOString(), 'sentAt');
    await tx.done;
  }

  private async keepResult(tx: Doing, attemptId: string, result: AttemptResult): Promise<void> {
    const attempt = await tx.objectStore('attempt').get(attemptId);
    if (attempt) await tx.objectStore('attempt').put({ ...attempt, result });
  }

  private async deviceId(db: Phone): Promise<string> {
    const tx = db.transaction('fact', 'readwrite');
    const known = (await tx.store.get('device')) as string | undefined;
    const id = known ?? newId();
    if (!known) await tx.store.put(id, 'device');
    await tx.done;
    return id;
  }

  /** Tries again by itself, ever more rarely; a hall of phones that lost the network together does not come back in the same instant. */
  private again(): void {
    const ms = this.pause * (0.5 + Math.random());
    this.pause = Math.min(LONGEST_PAUSE_MS, this.pause * 2);
    this.world.later(() => void this.flush(), ms);
  }

  private tell(change: Partial<SyncState>): void {
    this.state = { ...this.state, ...change };
    for (const l of this.listeners) l();
  }
}
