import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { markAttendance } from '@lantoa/shared/attendance';
import { saveAnswers, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import { fetchClass, getClassKit, getHub, handOver, handOverAttempt, listMainClasses } from '@lantoa/shared/hub';
import { answerIdOf } from '@lantoa/shared/rules/answer-code';
import { addEnrolment, closeTest, getClass, listEnrolments, openTest } from '@lantoa/shared/training';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { type Client, emptyDatabase, startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';

jest.setTimeout(60_000);

/** The main server, and a laptop that begins empty. */
let main: TestApp;
let hub: TestApp;
let make: ReturnType<typeof makers>;
let url: string;
beforeAll(async () => {
  main = await startTestApp();
  make = makers(main);
  await main.app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(main.app.getHttpServer().address() as AddressInfo).port}`;
  hub = await startTestApp(await emptyDatabase());
  hub.app.get<Config>(CONFIG).hub = true;
});
afterAll(async () => {
  await hub?.close();
  await main?.close();
});

const SECRET = 'cà phê chồn 3 ly';
/** A class of today with somebody who answers for it and can sign in, at the main server and, once it is fetched, on the laptop. */
async function prepared() {
  const made = await make.cls({ people: 3 });
  const { hashSecret } = await import('../../access/hashing.ts');
  await main.db.rows("insert into account (person_id, secret_id, secret_kind, secret_hash, activated_at) values ($1, gen_random_uuid(), 'password', $2, now())", [made.opener.personId, await hashSecret(SECRET)]);
  const { code } = await main.db.row<{ code: string }>('select code from person where id = $1', [made.opener.personId]);
  const login = { login: code, secret: SECRET };
  expect((await hub.stranger.call(fetchClass, { body: { url, ...login, classId: made.id } })).status).toBe(200);
  return { ...made, login, here: await hub.as(made.opener.personId), there: await main.as(made.opener.personId) };
}
/** Sits a test: so many of its questions are answered, and it is handed in or not. */
async function sit(app: TestApp, classId: string, kind: 'pre' | 'post', personId: string, o: { handIn?: boolean } = {}) {
  const { sitting, form } = await app.db.row<{ sitting: string; form: string }>(`select ${kind}_sitting_id as sitting, ${kind}_form_id as form from training_class where id = $1`, [classId]);
  const client = await app.as(personId);
  const id = randomUUID();
  const { body: attempt } = await client.call(startAttempt, { body: { id, formId: form, sittingId: sitting } });
  const answers = attempt.questions.map((q) => ({ id: randomUUID(), questionVersionId: q.questionVersionId, choice: 'unknown', revision: 1, answeredAt: clock.now().toISOString() }));
  if (o.handIn === false) await client.call(saveAnswers, { params: { attemptId: id }, body: { answers: answers.slice(0, 4) } });
  else await client.call(submitAttempt, { params: { attemptId: id }, body: { answers } });
  return { id, answers: answers.map((a) => a.id) };
}
const giveBack = (o: Awaited<ReturnType<typeof prepared>>) => o.here.call(handOver, { params: { classId: o.id }, body: o.login });
const sessionOf = async (app: TestApp, classId: string) => (await app.db.row<{ id: string }>("select id from class_session where class_id = $1 order by part desc limit 1", [classId])).id;
const mark = (client: Client, sessionId: string, enrolmentId: string, status: 'present' | 'absent') => client.call(markAttendance, { params: { sessionId }, body: { marks: [{ id: randomUUID(), enrolmentId, status, at: clock.now().toISOString() }] } });

test('a class that was held on a laptop ends up whole on the main server, each fact once, however often it is handed over', async () => {
  const o = await prepared();
  const people = (await o.here.call(listEnrolments, { params: { classId: o.id } })).body.items;
  expect(people.map((p) => p.personId).sort()).toEqual(o.enrolments.map((e) => e.personId).sort());
  const session = await sessionOf(hub, o.id);
  for (const p of people) expect((await mark(o.here, session, p.id, 'present')).status).toBe(200);
  const walkIn = (await o.here.call(addEnrolment, { params: { classId: o.id }, body: { name: 'Y Vãng Lai', birthYear: 1990, phone: '0987000111', unitId: await make.unit('23353'), position: 'Hội viên' } })).body;
  await o.here.call(openTest, { params: { classId: o.id, kind: 'pre' }, body: { timeLimitMinutes: null, extraTime: false } });
  const sat = [];
  for (const p of [...people, walkIn]) sat.push(await sit(hub, o.id, 'pre', p.personId));
  await o.here.call(closeTest, { params: { classId: o.id, kind: 'pre' } });
  await o.here.call(openTest, { params: { classId: o.id, kind: 'post' }, body: { timeLimitMinutes: null, extraTime: false } });
  const first = people[0] as (typeof people)[number];
  const open = await sit(hub, o.id, 'post', first.personId, { handIn: false });

  const { status, body: view } = await giveBack(o);
  expect([status, view.waiting, view.refused]).toEqual([200, 0, []]);
  const lines = await main.db.rows<{ name: string }>('select name from enrolment where class_id = $1', [o.id]);
  expect(lines).toHaveLength(4);
  expect(lines.map((l) => l.name)).toContain('Y Vãng Lai');
  const answersAt = async (ids: string[]) => (await main.db.rows<{ id: string }>('select s.id from answer s where s.attempt_id = any($1::uuid[]) order by 1', [ids])).map((r) => r.id);
  expect(await answersAt(sat.map((s) => s.id))).toEqual(sat.flatMap((s) => s.answers).sort());
  expect(await main.db.rows('select 1 from attempt where id = any($1::uuid[]) and counts', [sat.map((s) => s.id)])).toHaveLength(4);
  expect(await answersAt([open.id])).toEqual(open.answers.slice(0, 4).sort());
  expect(await main.db.rows("select 1 from attendance_mark m join class_session s on s.id = m.session_id where s.class_id = $1 and m.status = 'present'", [o.id])).toHaveLength(3);
  // The test that was held there is not open to anybody here.
  expect((await o.there.call(getClass, { params: { classId: o.id } })).body.pre.state).toBe('closed');

  // Again, with one more thing done: nothing is there twice, and what was under way is handed in.
  const client = await hub.as(first.personId);
  await client.call(submitAttempt, { params: { attemptId: open.id }, body: { answers: [] } });
  for (let i = 0; i < 2; i++) expect((await giveBack(o)).body).toMatchObject({ waiting: 0, refused: [] });
  expect(await main.db.rows('select 1 from attempt where id = $1 and counts', [open.id])).toHaveLength(1);
  expect(await answersAt(sat.map((s) => s.id))).toHaveLength(sat.flatMap((s) => s.answers).length);
});

test('both sides changed meanwhile: marks are joined, the first test that was handed in counts and the other is kept, who was added on both sides stands once', async () => {
  const o = await prepared();
  const [a, b, c] = o.enrolments as [{ id: string; personId: string }, { id: string; personId: string }, { id: string; personId: string }];
  const [here, there] = [await sessionOf(hub, o.id), await sessionOf(main, o.id)];
  expect(here).toBe(there);
  await mark(o.here, here, a.id, 'present');
  await mark(o.there, there, b.id, 'absent');
  const guest = { name: 'Y Hai Nơi', birthYear: 1988, phone: '0987000222', unitId: await make.unit('23353'), position: 'Hội viên' };
  const atHub = (await o.here.call(addEnrolment, { params: { classId: o.id }, body: guest })).body;
  const atMain = (await o.there.call(addEnrolment, { params: { classId: o.id }, body: guest })).body;
  await mark(o.here, here, atHub.id, 'present');
  for (const client of [o.here, o.there]) await client.call(openTest, { params: { classId: o.id, kind: 'pre' }, body: { timeLimitMinutes: null, extraTime: false } });
  const counted = await sit(main, o.id, 'pre', a.personId);
  const second = await sit(hub, o.id, 'pre', a.personId);
  const only = await sit(hub, o.id, 'pre', c.personId);
  await o.there.call(closeTest, { params: { classId: o.id, kind: 'pre' } });

  expect((await giveBack(o)).body).toMatchObject({ waiting: 0, refused: [] });
  expect(await main.db.rows('select id, counts from attempt where id = any($1::uuid[]) order by counts desc', [[counted.id, second.id]])).toEqual([{ id: counted.id, counts: true }, { id: second.id, counts: false }]);
  expect(await main.db.rows('select counts from attempt where id = $1', [only.id])).toEqual([{ counts: true }]);
  const marks = await main.db.rows<{ id: string; status: string }>('select m.enrolment_id as id, m.status from attendance_mark m where m.session_id = $1 order by 2, 1', [there]);
  expect(marks).toEqual([{ id: b.id, status: 'absent' }, ...[a.id, atMain.id].sort().map((id) => ({ id, status: 'present' }))].sort((x, y) => (x.status + x.id < y.status + y.id ? -1 : 1)));
  expect(await main.db.rows("select 1 from enrolment where class_id = $1 and name = 'Y Hai Nơi'", [o.id])).toHaveLength(1);

  // Fetched again, the laptop has what was done there, and loses nothing of its own.
  await hub.stranger.call(fetchClass, { body: { url, ...o.login, classId: o.id } });
  expect((await giveBack(o)).body).toMatchObject({ waiting: 0, refused: [] });
  expect(await main.db.rows('select 1 from attendance_mark where session_id = $1', [there])).toHaveLength(3);
});

test('a connection that breaks in the middle loses nothing', async () => {
  const o = await prepared();
  const session = await sessionOf(hub, o.id);
  for (const e of o.enrolments) await mark(o.here, session, e.id, 'present');
  const real = globalThis.fetch;
  let asked = 0;
  globalThis.fetch = async (...args) => {
    const reply = await real(...args);
    // It has arrived and is done; its answer is lost.
    if (String(args[0]).endsWith('/api/sync') && asked++ === 0) throw new TypeError('the line is cut');
    return reply;
  };
  try {
    expect((await giveBack(o)).body.code).toBe('sync.hub-no-connection');
  } finally {
    globalThis.fetch = real;
  }
  expect((await giveBack(o)).body).toMatchObject({ waiting: 0, refused: [] });
  expect(await main.db.rows('select 1 from attendance_mark where session_id = $1', [session])).toHaveLength(3);
});

test('an answer sheet that the trainer carried and that its phone sends, too, is one set of answers; what differs is kept beside', async () => {
  const o = await prepared();
  await o.there.call(openTest, { params: { classId: o.id, kind: 'pre' }, body: { timeLimitMinutes: null, extraTime: false } });
  const { id: enrolmentId, personId } = o.enrolments[0] as { id: string; personId: string };
  const { sitting, form } = await main.db.row<{ sitting: string; form: string }>('select pre_sitting_id as sitting, pre_form_id as form from training_class where id = $1', [o.id]);
  const phone = await main.as(personId);
  const attemptId = randomUUID();
  const { questions } = (await phone.call(startAttempt, { body: { id: attemptId, formId: form, sittingId: sitting } })).body;
  const at = clock.now().toISOString();
  const given = (id: (i: number) => string) => questions.map((q, i) => ({ id: id(i), questionVersionId: q.questionVersionId, choice: 'unknown', revision: 1, answeredAt: at }));
  const own = questions.map(() => randomUUID());
  const carry = () => o.there.call(handOverAttempt, { params: { classId: o.id }, body: { id: attemptId, enrolmentId, kind: 'pre', channel: 'own-phone', startedAt: at, answers: given((i) => answerIdOf(attemptId, i)), submitted: true } });
  const stored = () => main.db.rows<{ late: boolean }>('select late from answer where attempt_id = $1', [attemptId]);
  // The phone had reached the server with its first two before the hall lost its network.
  await phone.call(saveAnswers, { params: { attemptId }, body: { answers: given((i) => own[i] as string).slice(0, 2) } });
  for (let i = 0; i < 2; i++) expect((await carry()).body).toEqual({ counts: true });
  expect(await stored()).toHaveLength(questions.length);
  await phone.call(submitAttempt, { params: { attemptId }, body: { answers: given((i) => own[i] as string) } });
  expect(await stored()).toHaveLength(questions.length);
  const single = questions.find((q) => q.kind === 'single') as (typeof questions)[number];
  const other = { id: randomUUID(), questionVersionId: single.questionVersionId, choice: single.options[0]?.id as string, revision: 2, answeredAt: at };
  await phone.call(saveAnswers, { params: { attemptId }, body: { answers: [other] } });
  expect((await stored()).filter((r) => r.late)).toHaveLength(1);
  expect(await stored()).toHaveLength(questions.length + 1);
});

test('nobody gets a kit who does not run the class; a laptop asks other servers only for who sits at it', async () => {
  const o = await prepared();
  expect((await (await main.as((await make.staff('unit-admin', '614')).id)).call(getClassKit, { params: { classId: o.id } })).status).toBe(404);
  expect((await (await main.as(o.enrolments[0]?.personId as string)).call(getClassKit, { params: { classId: o.id } })).status).toBe(403);
  const { body: kit } = await o.there.call(getClassKit, { params: { classId: o.id } });
  const people = new Set(kit.tables.find((x) => x.name === 'account')?.rows.map((r) => r.person_id));
  expect([...people]).toEqual([o.opener.personId]);
  expect(kit.tables.map((x) => x.name)).not.toContain('register_entry');
  // The main server is no laptop.
  expect((await main.stranger.call(listMainClasses, { body: { url, ...o.login } })).body.code).toBe('sync.hub-not-here');
  expect((await main.stranger.call(getHub, {})).body).toEqual({ hub: false, here: true, addresses: [], classes: [] });
  expect((await hub.stranger.call(listMainClasses, { body: { url, ...o.login } })).body.items.map((c) => c.id)).toContain(o.id);
  expect((await hub.stranger.call(listMainClasses, { body: { url, login: o.login.login, secret: 'sai mật khẩu' } })).body.code).toBe('access.wrong-secret');
  expect((await hub.stranger.call(listMainClasses, { body: { url: 'http://127.0.0.1:1', ...o.login } })).body.code).toBe('sync.hub-no-connection');
  expect((await o.there.call(handOver, { params: { classId: o.id }, body: o.login })).body.code).toBe('sync.hub-not-held');
  const stranger = await main.as(o.enrolments[0]?.personId as string);
  expect((await stranger.call(handOverAttempt, { params: { classId: o.id }, body: { id: randomUUID(), enrolmentId: o.enrolments[0]?.id as string, kind: 'pre', channel: 'own-phone', startedAt: clock.now().toISOString(), answers: [], submitted: false } })).status).toBe(403);
});
