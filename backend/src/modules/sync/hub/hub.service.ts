import os from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import { type fetchClass, getClassKit, type getHub, type handOver, type HubClass as View, type listMainClasses } from '@lantoa/shared/hub';
import { BATCH, type OperationResult, sync } from '@lantoa/shared/sync';
import { listClasses } from '@lantoa/shared/training';
import type { z } from 'zod';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { Db } from '#platform/db';
import { addressOf, type Actor, orProblem, problem, PublicUrl } from '#platform/http';
import { ClassesService } from '#modules/training';
import { HubClass, HubOperation } from './hub.entity.ts';
import { HubFacts } from './hub-facts.ts';
import { KitsService } from './kits.service.ts';
import { MainServer } from './main-server.ts';

/** Phases in which attendance, tests and people of a class can still be written. */
const OPEN: ReadonlySet<string> = new Set(['approved', 'running', 'report-due', 'report-returned']);
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** A laptop that holds classes: fetches them, serves the hall, hands over what was done. */
@Injectable()
export class HubService {
  constructor(private readonly db: Db, private readonly kits: KitsService, private readonly facts: HubFacts, private readonly classes: ClassesService, private readonly url: PublicUrl, @Inject(CONFIG) private readonly config: Config) {}

  async get(address: string): Promise<OutputOf<typeof getHub>> {
    const here = LOOPBACK.test(address);
    const port = Number(new URL(this.url.value).port) || this.config.port;
    const addresses = Object.values(os.networkInterfaces()).flatMap((n) => (n ?? []).flatMap((a) => (a.family === 'IPv4' && !a.internal ? [addressOf(a.address, port)] : [])));
    const held = this.config.hub && here ? await this.db.repo(HubClass).find({ order: { fetchedAt: 'DESC' } }) : [];
    return { hub: this.config.hub, here, addresses: this.config.hub && here ? addresses : [], classes: await Promise.all(held.map((h) => this.view(h))) };
  }

  async mainClasses(address: string, { body }: ArgsOf<typeof listMainClasses>): Promise<OutputOf<typeof listMainClasses>> {
    this.mustBeHere(address);
    const main = await this.signedIn(body);
    const { items } = await main.call(listClasses, {});
    return { items: items.filter((c) => OPEN.has(c.phase)).map((c) => ({ id: c.id, code: c.code, title: c.title, startsOn: c.startsOn, enrolled: c.enrolled })) };
  }

  async fetch(address: string, { body }: ArgsOf<typeof fetchClass>): Promise<Record<string, never>> {
    this.mustBeHere(address);
    const main = await this.signedIn(body);
    await this.kits.take(await main.call(getClassKit, { params: { classId: body.classId } }), new URL(body.url).origin);
    return {};
  }

  /** Sends all facts, people first: whoever came without being on the list may be known there under another line. Whatever stops it, the next try goes on where it was. */
  async handOver(actor: Actor, { params, body }: ArgsOf<typeof handOver>): Promise<z.infer<typeof View>> {
    const { who } = await this.classes.see(actor, params.classId);
    const held = who.team ? await this.db.repo(HubClass).findOneBy({ classId: params.classId }) : null;
    if (!this.config.hub || !held) throw problem('sync.hub-not-held');
    const main = await this.signedIn({ url: held.url, ...body });
    await this.facts.collect(held);
    await this.send(main, held, ['training.addEnrolment']);
    await this.send(main, held, ['training.markAttendance', 'sync.handOverAttempt']);
    return this.view(held);
  }

  private async send(main: MainServer, held: HubClass, endpoints: readonly string[]): Promise<void> {
    for (;;) {
      const waiting = (await this.db.repo(HubOperation).find({ where: { classId: held.classId, outcome: 'waiting' }, order: { seq: 'ASC' } })).filter((op) => endpoints.includes(op.endpoint));
      const batch = waiting.slice(0, BATCH);
      if (!batch.length) return;
      const lines = await this.facts.lines(held.classId);
      const operations = batch.map((op) => ({ opId: op.id, seq: op.seq, endpoint: op.endpoint, input: this.facts.addressed(op, lines), deviceAt: op.doneAt.toISOString() }));
      const { results } = await main.call(sync, { body: { deviceId: held.deviceId, sentAt: clock.now().toISOString(), pending: waiting.length, operations } });
      const settled = results.filter((r) => r.outcome !== 'again');
      await this.settle(settled);
      if (!settled.length) throw problem('sync.hub-no-connection');
    }
  }

  private async settle(results: readonly OperationResult[]): Promise<void> {
    for (const r of results) {
      if (r.outcome === 'done') await this.db.repo(HubOperation).update({ id: r.opId }, { outcome: 'done', output: (r.output ?? null) as never });
      if (r.outcome === 'refused') await this.db.repo(HubOperation).update({ id: r.opId }, { outcome: 'refused', code: r.code });
    }
  }

  private async view(h: HubClass): Promise<z.infer<typeof View>> {
    await this.facts.collect(h);
    const cls = await this.db.row<{ code: string; title: string }>('select code, title from training_class where id = $1', [h.classId]);
    const count = await this.db.row<{ waiting: number; done: number }>("select count(*) filter (where outcome = 'waiting')::int as waiting, count(*) filter (where outcome = 'done')::int as done from hub_operation where class_id = $1", [h.classId]);
    const refused = await this.db.repo(HubOperation).findBy({ classId: h.classId, outcome: 'refused' });
    return { classId: h.classId, ...cls, url: h.url, fetchedAt: h.fetchedAt.toISOString(), ...count, refused: refused.map((r) => ({ about: r.about, code: r.code ?? '' })) };
  }

  /** What a laptop asks of other servers it asks only for who sits at it. */
  private mustBeHere(address: string): void {
    if (!this.config.hub || !LOOPBACK.test(address)) throw problem('sync.hub-not-here');
  }

  private async signedIn({ url, login, secret }: { url: string; login: string; secret: string }): Promise<MainServer> {
    const main = new MainServer(orProblem(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null, 'sync.hub-no-connection'));
    await main.signIn(login, secret);
    return main;
  }
}

