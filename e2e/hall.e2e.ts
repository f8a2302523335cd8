import { randomBytes } from 'node:crypto';
import { type Endpoint, type InputOf, type OutputOf, routeOf } from '@lantoa/shared/endpoint';
import { RoomClient, type KeptSeat, type SeatStore } from '../frontend/src/lib/room-client.ts';
import { DESKTOP, launch, PHONE, type Running } from './harness.ts';
import { faultyLink, type FaultyLink } from './faulty-link.ts';
import { hold } from './hall-class.ts';
import { press, Steps } from './steps.ts';

jest.setTimeout(300_000);

const PEOPLE = 60;
const DOUBLERS = 10;
const RESUME_MS = 15_000;
const TIMEOUT_MS = 12_000;

let run: Running;
let link: FaultyLink;
let clients: RoomClient[] = [];
let seed = 42;
/** The same faults in every run. */
const random = (): number => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return seed / 2_147_483_648; };

beforeAll(async () => {
  run = await launch();
  link = await faultyLink(run.url, random);
});
afterAll(async () => {
  for (const c of clients) c.stop();
  await link?.close();
  await run?.close();
});

/** Speaks as a phone does: refusals carry their code, everything else is the network. */
const callThrough = (base: string, twice: boolean) => {
  const once = async <E extends Endpoint>(e: E, input: InputOf<E>, o?: { signal: AbortSignal }): Promise<OutputOf<E>> => {
    const { params = {}, body } = input as { params?: Record<string, string>; body?: unknown };
    const target = base + routeOf(e).replace(/:(\w+)/g, (_, k: string) => params[k] ?? '');
    let reply: Response;
    try {
      reply = await fetch(target, { method: e.method, headers: { 'content-type': 'application/json' }, signal: o?.signal ?? AbortSignal.timeout(TIMEOUT_MS), ...(body !== undefined && { body: JSON.stringify(body) }) });
      const json = await reply.json();
      if (reply.ok) return json as OutputOf<E>;
      throw Object.assign(new Error(String(json.code)), { code: json.code });
    } catch (error) {
      throw (error as { code?: unknown }).code && /^[a-z]+\./.test(String((error as { code?: unknown }).code)) ? error : Object.assign(new Error('network'), { code: 'network' });
    }
  };
  return async <E extends Endpoint>(e: E, input: InputOf<E>, o?: { signal: AbortSignal }): Promise<OutputOf<E>> => {
    if (!twice) return once(e, input, o);
    const both = await Promise.allSettled([once(e, input, o), once(e, input, o)]);
    const good = both.find((r) => r.status === 'fulfilled');
    if (good?.status === 'fulfilled') return good.value;
    throw (both[0] as PromiseRejectedResult).reason;
  };
};

/** A phone's memory that outlives nothing but this test. */
const memory = (): SeatStore => {
  const kept = new Map<string, KeptSeat>();
  return { load: async (code) => kept.get(code) ?? null, save: async (seat) => void kept.set(seat.code, structuredClone(seat)), clear: async (code) => void kept.delete(code) };
};
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const untilTrue = async (what: () => Promise<boolean> | boolean, ms: number) => { for (const end = Date.now() + ms; Date.now() < end; await pause(200)) if (await what()) return true; return false; };

test('sixty phones on a thin link, the server killed in the middle: every answer is there once, all go on, and the trainer’s counts are right', async () => {
  const steps = new Steps(run);
  const owner = await steps.enterAsOwner();
  const { classId, code, enrolments } = await hold(run, owner, PEOPLE + 1);

  // Three real pages: host, wall and a phone. They come before the link gets bad, as people come before the test begins.
  const host = await steps.window('host', PHONE);
  await host.context().addCookies(await owner.context().cookies());
  await host.goto(`${link.url}/quan-ly/lop/${classId}/thi/pre`);
  const wall = await steps.window('wall', DESKTOP);
  await wall.goto(`${link.url}/chieu/${code}`);
  await wall.getByText(`0 trên ${PEOPLE + 1} người đã vào`).waitFor();
  const phone = await steps.window('phone', PHONE);
  const own = enrolments[PEOPLE] as (typeof enrolments)[0];
  await phone.goto(`${link.url}/t/${code}`);
  await phone.getByLabel('Tìm tên').fill(own.name);
  await phone.getByRole('button', { name: own.name }).first().click();
  await phone.getByLabel('3 số cuối').fill(own.phone.slice(-3));
  await steps.look(phone, 'joining a room');
  await press(phone, 'Vào bài');
  await phone.getByText('Chờ giảng viên mở bài').waitFor();
  await steps.look(phone, 'lobby');
  await steps.look(wall, 'wall');

  link.worsen();
  clients = await Promise.all(enrolments.slice(0, PEOPLE).map(async (e, i) => {
    const call = callThrough(link.url, i < DOUBLERS);
    const token = randomBytes(24).toString('base64url');
    // Joining is tried until it is done, as a person presses the button again.
    for (;;) {
      try {
        return await RoomClient.join({ code, enrolmentId: e.id, proof: e.phone.slice(-3), name: e.name, channel: 'own-phone', token }, call, memory());
      } catch (error) {
        if ((error as { code?: string }).code !== 'network') throw error;
      }
    }
  }));
  await host.getByText(`Vào ${PEOPLE + 1}/${PEOPLE + 1} · Nộp 0`).waitFor({ timeout: 30_000 });
  await press(host, 'Mở bài');
  await phone.getByText('Câu 1/20').waitFor({ timeout: 30_000 });

  // Everybody answers; what each of them chose is the truth that the server is held to.
  const truth = new Map<string, Map<string, string>>();
  const acknowledged = (c: RoomClient): number => c.seat.answers.length - c.seat.unsent.length;
  const resumedAfter = new Map<RoomClient, number>();
  let crash: { back: number; had: Map<RoomClient, number> } | undefined;
  const sit = async (client: RoomClient) => {
    for (;;) { try { if ((await client.refresh()).attempt) break; } catch { /* tried again */ } await pause(500); }
    const chosen = new Map<string, string>();
    truth.set(client.seat.attemptId, chosen);
    client.listen(() => { if (crash && !resumedAfter.has(client) && acknowledged(client) > (crash.had.get(client) ?? 0)) resumedAfter.set(client, Date.now() - crash.back); });
    for (const q of client.seat.state?.attempt?.questions ?? []) {
      const choice = ['single', 'true-false', 'picture'].includes(q.kind) ? (q.options[Math.floor(random() * q.options.length)]?.id as string) : 'unknown';
      chosen.set(q.questionVersionId, choice);
      await client.answer(q.questionVersionId, choice);
      await pause(300 + random() * 700);
    }
  };
  const sitting60 = clients.map(sit);
  await untilTrue(() => [...truth.values()].filter((m) => m.size >= 6).length >= PEOPLE / 2, 60_000);
  const before = await run.sql<{ n: number }>('select count(*)::int as n from answer');
  await run.crash();
  crash = { back: Date.now(), had: new Map(clients.map((c) => [c, acknowledged(c)])) };
  expect(before[0]?.n).toBeGreaterThan(0);
  const going = clients.filter((c) => acknowledged(c) < 20).length;
  expect(going).toBeGreaterThan(PEOPLE / 2);
  await Promise.all(sitting60);
  await untilTrue(() => resumedAfter.size === going && clients.every((c) => c.seat.unsent.length === 0), 30_000);
  expect([resumedAfter.size, clients.filter((c) => c.seat.unsent.length > 0).length]).toEqual([going, 0]);
  expect(Math.max(...resumedAfter.values())).toBeLessThan(RESUME_MS);
  await phone.getByText('Câu 1/20').waitFor();
  await phone.locator('label.option').first().click();
  await press(phone, 'Trả lời');
  await phone.getByText('Câu 2/20').waitFor();
  await host.getByText(`Vào ${PEOPLE + 1}/${PEOPLE + 1}`).waitFor({ timeout: RESUME_MS });

  await Promise.all(clients.map((c) => c.handIn()));
  await host.getByText(`Vào ${PEOPLE + 1}/${PEOPLE + 1} · Nộp ${PEOPLE}`).waitFor({ timeout: 30_000 });
  await wall.getByText(`Đã nộp ${PEOPLE} trên ${PEOPLE + 1}`).waitFor({ timeout: 30_000 });
  await steps.look(host, 'host on a phone');

  const [{ sitting }] = (await run.sql<{ sitting: string }>('select pre_sitting_id as sitting from training_class where id = $1', [classId])) as [{ sitting: string }];
  const rows = await run.sql<{ attempt: string; question: string; choice: string; n: number }>(
    `select a.attempt_id as attempt, a.question_version_id as question, (array_agg(a.choice order by a.revision desc))[1] as choice, count(*)::int as n from answer a join attempt x on x.id = a.attempt_id where x.sitting_id = $1 and x.submitted_at is not null group by 1, 2`, [sitting]);
  const stored = new Map<string, Map<string, string>>();
  for (const r of rows) stored.set(r.attempt, (stored.get(r.attempt) ?? new Map()).set(r.question, r.choice));
  expect(stored.size).toBe(PEOPLE);
  for (const [attempt, chosen] of truth) expect([...(stored.get(attempt) ?? [])].sort()).toEqual([...chosen].sort());
  expect(rows.filter((r) => r.n !== 1)).toEqual([]);
  const [marks] = await run.sql<{ counts: number; attempts: number; marks: number }>('select count(*) filter (where counts)::int as counts, count(*)::int as attempts, (select count(*) from mark m join attempt y on y.id = m.attempt_id where y.sitting_id = $1)::int as marks from attempt where sitting_id = $1', [sitting]);
  expect(marks).toEqual({ counts: PEOPLE, attempts: PEOPLE + 1, marks: PEOPLE * 20 });
  // Nothing on the wall tells who anybody is or how they did.
  const shown = await wall.locator('main').innerText();
  expect(enrolments.filter((e) => shown.includes(e.name))).toEqual([]);
  expect(steps.noticed).toEqual([]);
});
