import { Injectable } from '@nestjs/common';
import type { EventName, Events } from '@lantoa/shared/events';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Jobs } from '#platform/jobs';
import { OutboxRow } from './outbox.entity.ts';

/** News between modules. Each listener gets a job of its own, so that one that fails does not hold back the others. */
@Injectable()
export class Outbox {
  private readonly db: Db;
  private readonly jobs: Jobs;
  private readonly listeners = new Map<EventName, string[]>();

  constructor(db: Db, jobs: Jobs) {
    this.db = db;
    this.jobs = jobs;
  }

  /** Subscribes a module. The handler may run more than once for the same event. */
  on<N extends EventName>(event: N, listener: string, handler: (payload: Events[N]) => Promise<void>): void {
    const job = `${event}:${listener}`;
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), job]);
    this.jobs.register(job, handler);
  }

  /** Tells the news; call it in the transaction that makes it true. */
  async emit<N extends EventName>(name: N, payload: Events[N]): Promise<void> {
    await this.db.repo(OutboxRow).insert({ name, payload, at: clock.now() });
    for (const job of this.listeners.get(name) ?? []) await this.jobs.add(job, payload);
  }

  /** What is named in a list of news that still waits with every listener. */
  waiting<N extends EventName>(name: N, list: string & keyof Events[N]): Promise<Set<string>> {
    return this.jobs.waiting(this.listeners.get(name) ?? [], list);
  }
}
