import { PassThrough } from 'node:stream';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { changeOf } from '@lantoa/shared/rules/changes';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Db } from '#platform/db';

const CHANNEL = 'lantoa_live';
const RETRY_MS = 1000;
/** Proxies close what says nothing for a minute. */
const HEARTBEAT_MS = 15_000;
/** Changes that come close together are told once. */
const GATHER_MS = 250;
const TELL_MS = 50;

/**
 * Tells open pages, in whatever process they hang, that something has changed. News travels by PostgreSQL's NOTIFY, after the commit that made it true: a NOTIFY
 * inside the transaction would let only one commit at a time through, and sixty people hand in at once. It carries no content: who hears of it reads what is now, and
 * reads again at every heartbeat, should a word have been lost.
 */
@Injectable()
export class Live implements OnModuleDestroy {
  private readonly watchers = new Map<string, Set<() => void>>();
  private readonly open = new Set<PassThrough>();
  private readonly logger = new Logger('live');
  private listener: Promise<pg.Client> | undefined;
  private readonly toTell = new Set<string>();
  private stopped = false;

  constructor(private readonly db: Db, private readonly dataSource: DataSource) {}

  /** Tells that a topic has changed, once it is committed. What changes many times within a moment is told once. */
  tell(topic: string): void {
    this.db.afterCommit(() => {
      if (this.toTell.has(topic) || this.stopped) return;
      this.toTell.add(topic);
      setTimeout(() => {
        this.toTell.delete(topic);
        if (!this.stopped) this.dataSource.query('select pg_notify($1, $2)', [CHANNEL, topic]).catch((e: Error) => this.logger.warn(e.message));
      }, TELL_MS).unref();
    });
  }

  /**
   * A stream of server-sent events: what `read()` gives now, whole, and after every change of its topics (which may be others each time) what has become of it since,
   * as a `Change`: a hall shares one thin link. Ends when the reader goes or the program stops; the browser then comes back by itself.
   */
  async stream(read: () => Promise<{ value: object; topics: readonly string[] }>): Promise<PassThrough> {
    const stream = new PassThrough();
    await this.listen();
    let busy = false;
    let again = false;
    let told: unknown;
    const send = async (): Promise<void> => {
      if (busy) { again = true; return; }
      busy = true;
      try {
        do {
          again = false;
          const { value, topics } = await read();
          follow(topics);
          const now = JSON.parse(JSON.stringify(value));
          const change = told === undefined ? { to: now } : changeOf(told, now);
          told = now;
          if (change && !stream.destroyed) stream.write(`data: ${JSON.stringify(change)}\n\n`);
          await new Promise((done) => setTimeout(done, GATHER_MS));
        } while (again && !stream.destroyed);
      } catch {
        // The page asks again by itself.
        stream.end();
      } finally {
        busy = false;
      }
    };
    const heard = () => void send();
    let followed: readonly string[] = [];
    const follow = (topics: readonly string[]) => {
      if (stream.destroyed) return;
      for (const t of topics) if (!followed.includes(t)) this.watch(t, heard);
      for (const t of followed) if (!topics.includes(t)) this.unwatch(t, heard);
      followed = topics;
    };
    const beat = setInterval(() => { stream.write('event: beat\ndata: {}\n\n'); heard(); }, HEARTBEAT_MS);
    this.open.add(stream);
    stream.once('close', () => {
      clearInterval(beat);
      this.open.delete(stream);
      for (const t of followed) this.unwatch(t, heard);
    });
    stream.write('retry: 1500\n\n');
    heard();
    return stream;
  }

  private watch(topic: string, heard: () => void): void {
    const set = this.watchers.get(topic) ?? new Set();
    this.watchers.set(topic, set.add(heard));
  }

  private unwatch(topic: string, heard: () => void): void {
    this.watchers.get(topic)?.delete(heard);
    if (!this.watchers.get(topic)?.size) this.watchers.delete(topic);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const stream of this.open) stream.end();
    await (await this.listener?.catch(() => undefined))?.end();
  }

  private listen(): Promise<pg.Client> {
    this.listener ??= this.connect();
    return this.listener;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.db.directUrl });
    client.on('notification', ({ payload }) => { for (const heard of this.watchers.get(payload ?? '') ?? []) heard(); });
    client.on('error', (e) => this.logger.warn(e.message));
    client.once('end', () => {
      this.listener = undefined;
      if (!this.stopped && this.watchers.size) setTimeout(() => void this.reconnect(), RETRY_MS).unref();
    });
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    return client;
  }

  /** What changed while nobody listened is not known: everybody reads again. */
  private async reconnect(): Promise<void> {
    try {
      await this.listen();
      for (const set of this.watchers.values()) for (const heard of set) heard();
    } catch {
      this.listener = undefined;
      if (!this.stopped) setTimeout(() => void this.reconnect(), RETRY_MS).unref();
    }
  }
}
