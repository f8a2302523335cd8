import { randomUUID } from 'node:crypto';
import { getResult, saveAnswers, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import { markCards } from '@lantoa/shared/curriculum';
import type { InputOf, Endpoint } from '@lantoa/shared/endpoint';
import { listUnsent, type Operation, sync } from '@lantoa/shared/sync';
import * as clock from '#platform/clock';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

let learner: Client;
let personId: string;
let deviceId: string;
let seq: number;
let form: { id: string; questions: { questionVersionId: string; choice: string }[] };
beforeEach(async () => {
  personId = (await make.person()).id;
  learner = await t.as(personId);
  [deviceId, seq] = [randomUUID(), 0];
  const rows = await t.db.rows<{ formId: string; questionVersionId: string; choice: string }>(
    "select f.id as \"formId\", i.question_version_id as \"questionVersionId\", (v.options->0->>'id') as choice from form f join form_item i on i.form_id = f.id join question_version v on v.id = i.question_version_id where f.kind = 'practice' and v.kind = 'single' and f.id = (select f2.id from form f2 where f2.kind = 'practice' order by f2.id limit 1) order by i.position");
  form = { id: rows[0]?.formId as string, questions: rows };
});

const op = <E extends Endpoint>(e: E, input: InputOf<E>, deviceAt = new Date().toISOString()): Operation => ({ opId: randomUUID(), seq: ++seq, endpoint: e.name, input: input as unknown as Operation['input'], deviceAt });
const send = async (operations: Operation[], o: { sentAt?: string; pending?: number } = {}) => (await learner.call(sync, { body: { deviceId, sentAt: o.sentAt ?? new Date().toISOString(), pending: o.pending ?? operations.length, operations } })).body;
/** A practice done without network: begun, answered one by one, handed in. */
function practice() {
  const id = randomUUID();
  const answers = form.questions.map((q) => ({ id: randomUUID(), questionVersionId: q.questionVersionId, choice: q.choice, revision: 1, answeredAt: new Date().toISOString() }));
  const operations = [op(startAttempt, { body: { id, formId: form.id } }), ...answers.map((a) => op(saveAnswers, { params: { attemptId: id }, body: { answers: [a] } })), op(submitAttempt, { params: { attemptId: id }, body: { answers: [] } })];
  return { id, answers, operations };
}
const kept = (attemptId: string) => t.db.rows<{ id: string }>('select id from answer where attempt_id = $1 order by id', [attemptId]);

test('what was done without network is done once, however often it is sent', async () => {
  const { id, answers, operations } = practice();
  const first = await send(operations);
  expect(first.results.map((r) => r.outcome)).toEqual(operations.map(() => 'done'));
  const again = await send(operations);
  expect(again.results).toEqual(first.results);
  expect((await kept(id)).map((a) => a.id)).toEqual(answers.map((a) => a.id).sort());
  expect((await learner.call(getResult, { params: { attemptId: id } })).status).toBe(200);
  expect(again.missing).toEqual([]);
});

test('two copies of a batch at the same time, as when a reply was lost', async () => {
  const { id, answers, operations } = practice();
  const both = await Promise.all([send(operations), send(operations)]);
  for (const b of both) expect(b.results.every((r) => r.outcome === 'done')).toBe(true);
  expect(await kept(id)).toHaveLength(answers.length);
});

test('one that can never pass is refused alone, with its reason; the others pass', async () => {
  const { operations, id, answers } = practice();
  const bad = { ...op(saveAnswers, { params: { attemptId: id }, body: { answers: answers.slice(0, 1) } }), input: { params: { attemptId: id }, body: { answers: 'tất cả' } } };
  const unknown = { ...op(markCards, { params: { lessonId: randomUUID() }, body: { cards: ['x'] } }), endpoint: 'people.removeAll' };
  const { results } = await send([...operations.slice(0, 2), bad, unknown, ...operations.slice(2)]);
  expect(results.filter((r) => r.outcome === 'refused')).toMatchObject([{ opId: bad.opId, code: 'request.malformed' }, { opId: unknown.opId, code: 'sync.unknown-operation', params: { name: 'people.removeAll' } }]);
  expect(await kept(id)).toHaveLength(answers.length);
});

test('what comes before that on which it rests waits, and the phone is told what never arrived', async () => {
  const { operations, id, answers } = practice();
  const [start, ...rest] = operations as [Operation, ...Operation[]];
  const early = await send(rest);
  expect(early.results.every((r) => r.outcome === 'again')).toBe(true);
  expect(early.missing).toEqual([1]);
  expect(await kept(id)).toEqual([]);
  const late = await send([start, ...rest]);
  expect(late.results.every((r) => r.outcome === 'done')).toBe(true);
  expect(late.missing).toEqual([]);
  expect(await kept(id)).toHaveLength(answers.length);
});

test('a clock that is three days ahead is noted and put right; nothing is refused for it', async () => {
  const days = 3 * 86_400_000;
  const { operations } = practice();
  const ahead = operations.map((o) => ({ ...o, deviceAt: new Date(Date.now() + days - 60_000).toISOString() }));
  const { results } = await send(ahead, { sentAt: new Date(Date.now() + days).toISOString(), pending: ahead.length + 4 });
  expect(results.every((r) => r.outcome === 'done')).toBe(true);
  const device = await t.db.row<{ skew: number; pending: number }>('select skew_ms as skew, pending from sync_device where id = $1', [deviceId]);
  expect(Math.abs(device.skew - days)).toBeLessThan(60_000);
  expect(device.pending).toBe(4);
  const done = await t.db.row<{ at: Date }>('select max(corrected_at) as at from sync_operation where device_id = $1', [deviceId]);
  expect(Math.abs(Date.now() - 60_000 - done.at.getTime())).toBeLessThan(60_000);
});

test('what is done and the note that it was done stand or fall together', async () => {
  const { operations, id, answers } = practice();
  await send(operations.slice(0, 1));
  await t.db.rows("create function fall() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$");
  await t.db.rows('create trigger fall before insert on sync_operation for each row execute function fall()');
  try {
    expect((await learner.call(sync, { body: { deviceId, sentAt: new Date().toISOString(), pending: 0, operations: operations.slice(1) } })).status).toBe(500);
    expect(await kept(id)).toEqual([]);
  } finally {
    await t.db.rows('drop function fall cascade');
  }
  expect((await send(operations)).results.every((r) => r.outcome === 'done')).toBe(true);
  expect(await kept(id)).toHaveLength(answers.length);
});

test('nobody does anything in the name of somebody else', async () => {
  const { operations, id } = practice();
  await send(operations.slice(0, 2));
  const mine = learner;
  learner = await t.as((await make.person()).id);
  const { results } = await send(operations.slice(2, 3));
  expect(results).not.toContainEqual(expect.objectContaining({ outcome: 'done' }));
  expect(await kept(id)).toHaveLength(1);
  learner = mine;
  expect((await t.stranger.call(sync, { body: { deviceId, sentAt: new Date().toISOString(), pending: 0, operations: [] } })).status).toBe(401);
});

test('those who run the class see whose work still lies on a phone, what never came and what could not be taken; nobody else does', async () => {
  const made = await make.cls({ people: 2 });
  personId = made.enrolments[0]?.personId as string;
  learner = await t.as(personId);
  const trainer = await t.as(made.opener.personId);
  const see = async () => (await trainer.call(listUnsent, { params: { classId: made.id } })).body.items;
  expect(await see()).toEqual([]);
  const { operations } = practice();
  await send(operations.slice(0, 2), { pending: 9, sentAt: new Date(Date.now() + 40 * 60_000).toISOString() });
  seq += 2;
  const foreign = op(markCards, { params: { lessonId: randomUUID() }, body: { cards: ['x'] } });
  const late = op(saveAnswers, { params: { attemptId: operations[1]?.input.params?.attemptId as string }, body: { answers: [{ id: randomUUID(), questionVersionId: form.questions[0]?.questionVersionId as string, choice: 'unknown', revision: 9, answeredAt: new Date().toISOString() }] } });
  const tell = async () => (await send([foreign, late], { pending: 8, sentAt: new Date(Date.now() + 40 * 60_000).toISOString() })).results.map((r) => r.outcome);
  // It may rest on what has not come; but not for ever, and what was done after it does not wait for ever.
  expect(await tell()).toEqual(['again', 'again']);
  expect(await clock.at(new Date(Date.now() + 11 * 60_000), tell)).toEqual(['refused', 'done']);
  expect(await see()).toMatchObject([{ personId, pending: 6, missing: seq - 4, refused: 1 }]);
  const [kept] = await t.db.rows<{ input: object }>("select input from sync_operation where person_id = $1 and outcome = 'refused'", [personId]);
  expect(kept?.input).toMatchObject({ body: { cards: ['x'] } });
  expect((await (await t.as((await make.person()).id)).call(listUnsent, { params: { classId: made.id } })).status).toBe(403);
});
