import { randomUUID } from 'node:crypto';
import { getSession } from '@lantoa/shared/access';
import { getResult, saveAnswers, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import { AuditSeals } from '#platform/audit';
import * as clock from '#platform/clock';
import { FormsService, SittingsService } from '#modules/assessment';
import { Retention } from '#modules/privacy';
import { runCli } from '../src/cli-run.ts';
import { startTestApp, type TestApp } from './app.ts';
import { makers } from './make.ts';

jest.setTimeout(120_000);
const DAY_MS = 86_400_000;

let t: TestApp;
beforeAll(async () => { t = await startTestApp(); });
afterAll(() => t.close());

/** As if the machine's clock stood so many days off. */
const off = <T>(days: number, work: () => Promise<T>): Promise<T> => clock.at(new Date(Date.now() + days * DAY_MS), work);

test('a clock that jumps a year ahead and a year back in the middle of a test: every answer is kept, its phone is asked for its PIN at most while the clock is wrong, and it counts', async () => {
  const make = makers(t);
  const person = await make.person();
  const form = await t.app.get(FormsService).current('gioi-va-binh-dang-gioi', 'dau-ra');
  const sittingId = await t.app.get(SittingsService).open(form.id, [person.id]);
  const client = await t.as(person.id);
  const attemptId = randomUUID();
  const answers = form.key.map((k) => ({ id: randomUUID(), questionVersionId: k.questionVersionId, choice: k.rightChoice, revision: 1, answeredAt: new Date().toISOString() }));
  const save = (from: number, until: number) => client.call(saveAnswers, { params: { attemptId }, body: { answers: answers.slice(from, until) } });

  expect((await client.call(startAttempt, { body: { id: attemptId, formId: form.id, sittingId } })).status).toBe(200);
  expect((await save(0, 5)).status).toBe(200);
  // A year ahead the session has run out; nothing is written, and the phone keeps what it has.
  expect((await off(400, () => save(5, 8))).status).toBe(401);
  expect((await off(-400, () => save(5, 10))).status).toBe(200);
  expect((await off(100, () => save(10, 15))).status).toBe(200);
  // The clock is right again: the same session is good, and what was refused is taken.
  expect((await client.call(getSession, {})).body.person?.id).toBe(person.id);
  expect((await save(5, 8)).status).toBe(200);
  expect((await client.call(submitAttempt, { params: { attemptId }, body: { answers: answers.slice(15) } })).body).toMatchObject({ answered: 20, right: 20, counts: true });
  expect((await off(-400, () => client.call(getResult, { params: { attemptId } }))).status).toBe(200);
});

test('what was written while the clock was wrong breaks neither the log nor the register', async () => {
  const make = makers(t);
  for (const days of [0, 400, -400, 0]) await off(days, () => make.certified({ people: 2 }));
  const seals = t.app.get(AuditSeals);
  for (const days of [0, -400, 400, 0]) await off(days, async () => { for (let i = 0; i < 400 && (await seals.verify()).unsealed > 0; i++) { await seals.sealSettled(); await new Promise((done) => setTimeout(done, 50)); } });
  expect(await seals.verify()).toMatchObject({ broken: null, unsealed: 0 });
  let said = '';
  expect(await runCli(['register', 'verify', '--json'], { env: { ...process.env, DATABASE_URL: t.url }, out: (text) => { said += text; }, err: () => {} })).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ entries: 8, brokenAt: null, gaps: [] });
});

test('what is kept for a time is not thrown away because the clock says that the time is over, while nothing else has happened since', async () => {
  const before = await t.db.row<{ n: number }>('select count(*)::int as n from session');
  await t.db.rows("update session set ended_at = now() - interval '1 day'");
  await off(4000, () => t.app.get(Retention).letGo());
  expect(await t.db.row('select count(*)::int as n from session')).toEqual(before);
  // Something happens: it is that day.
  await off(4000, () => makers(t).person());
  await off(4000, () => t.app.get(Retention).letGo());
  expect(await t.db.row('select count(*)::int as n from session')).toEqual({ n: 0 });
});
