import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { type Endpoint, type InputOf, type OutputOf, routeOf } from '@lantoa/shared/endpoint';
import { saveAnswers, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import { hashToken } from '../backend/src/modules/access/hashing.ts';
import { openPhone } from '../frontend/src/lib/phone-store.ts';
import { SyncClient } from '../frontend/src/lib/sync-client.ts';
import type { Running } from './harness.ts';
import type { Fault } from './hostile-host.ts';

export interface TestPerson { id: string; cookie: string }
/** Learners with a session, made in the database. */
export async function learners(run: Running, n: number): Promise<TestPerson[]> {
  const people = Array.from({ length: n }, () => ({ id: randomUUID(), token: randomBytes(32).toString('base64url') }));
  for (const [i, p] of people.entries()) {
    await run.sql("insert into person (id, code, name, name_folded, sort_key, birth_year, sex, created_at, version) values ($1::uuid, 'P' || substr(md5($1::uuid::text), 1, 10), $2, 'y hoc', 'hoc', 1980, 'female', now(), 1)", [p.id, `Y Học ${i} (mẫu)`]);
    await run.sql("insert into session (id, token_hash, person_id, label, created_at, seen_at, expires_at) values (gen_random_uuid(), $1, $2, 'test', now(), now(), now() + interval '1 day')", [hashToken(p.token), p.id]);
  }
  return people.map((p) => ({ id: p.id, cookie: `lantoa_session=${p.token}` }));
}

/** What somebody did, as they would tell it. */
export interface Deed { attemptId: string; answers: { id: string; question: string; choice: string; revision: number }[]; handedIn: boolean }

/** A phone of somebody, with the client of the product and a link that fails as it is told. */
export class TestPhone {
  readonly deeds: Deed[] = [];
  /** What happens to the next requests. */
  faults: Fault[] = [];
  skewMs = 0;
  /** No network at all. */
  away = false;
  private readonly sent: string[] = [];
  private client: SyncClient;

  constructor(private readonly base: () => string, private readonly person: TestPerson, private readonly name: string, private readonly asked = 1000) {
    this.client = this.fresh();
  }

  private fresh(): SyncClient {
    return new SyncClient(() => openPhone(this.name), { call: this.call, now: () => new Date(Date.now() + this.skewMs), alone: (work) => work(), later: () => undefined });
  }

  private readonly call = async <E extends Endpoint>(e: E, input: InputOf<E>): Promise<OutputOf<E>> => {
    const body = JSON.stringify((input as unknown as { body: unknown }).body);
    if (this.away) throw new Error('network');
    const fault = this.faults.shift();
    const away = () => new Error('network');
    if (fault === 'portal' || fault === '500' || fault === '401' || fault === 'stall') throw away();
    this.sent.push(body);
    const json = await this.post(routeOf(e), body);
    if (fault === 'lost' || fault === 'cut') throw away();
    return json as OutputOf<E>;
  };

  private async post(path: string, body: string): Promise<unknown> {
    const reply = await fetch(this.base() + path, { method: 'POST', headers: { 'content-type': 'application/json', cookie: this.person.cookie, 'lantoa-person': this.person.id }, body, signal: AbortSignal.timeout(20_000) });
    if (!reply.ok) throw new Error(`${reply.status} ${(await reply.text()).slice(0, 200)}`);
    return reply.json();
  }

  /** A request that was thought lost arrives all the same, late and out of order. */
  async echo(which: number): Promise<void> {
    const body = this.sent[which % Math.max(1, this.sent.length)];
    if (body) await this.post('/api/sync', body).catch(() => undefined);
  }

  async begin(formId: string): Promise<Deed> {
    const deed: Deed = { attemptId: randomUUID(), answers: [], handedIn: false };
    await this.client.keep([{ endpoint: startAttempt, input: { body: { id: deed.attemptId, formId, sittingId: null, begunAt: this.now() } }, about: '' }]);
    this.deeds.push(deed);
    return deed;
  }

  async answer(deed: Deed, question: string, choice: string): Promise<void> {
    const given = { id: randomUUID(), questionVersionId: question, choice, revision: deed.answers.length + 1, answeredAt: this.now() };
    await this.client.keep([{ endpoint: saveAnswers, input: { params: { attemptId: deed.attemptId }, body: { answers: [given] } }, about: '' }]);
    deed.answers.push({ id: given.id, question, choice, revision: given.revision });
  }

  async handIn(deed: Deed): Promise<void> {
    await this.client.keep([{ endpoint: submitAttempt, input: { params: { attemptId: deed.attemptId }, body: { answers: [] } }, about: '' }]);
    deed.handedIn = true;
  }

  flush = (): Promise<void> => this.client.flush();
  /** The tab is killed, in the middle of whatever it does; the next one finds what was kept. */
  crash(): void {
    this.client = this.fresh();
  }
  state = () => this.client.current();
  kept = () => this.client.kept();

  /** Comes back until nothing waits. */
  async settle(): Promise<void> {
    this.faults = [];
    for (let tries = 0; tries < this.asked; tries++) {
      await this.flush();
      const [first] = await this.kept();
      if (!first) return;
      if (first.refused) throw new Error(`refused: ${JSON.stringify(first)}`);
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error(`it never settled: ${this.state().trouble?.message ?? 'no reason'}`);
  }

  private now = (): string => new Date(Date.now() + this.skewMs).toISOString();
}
