import { randomUUID } from 'node:crypto';
import { getAttempt, getResult, listOpenSittings, listPractice, saveAnswers, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { FormsService } from './forms.service.ts';
import { SittingsService } from './sittings.service.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const answer = (questionVersionId: string, choice: string, revision = 1) => ({ id: randomUUID(), questionVersionId, choice, revision, answeredAt: '2022-11-08T02:00:00.000Z' });

/** Somebody with a seat at an open post-test, who has started it. */
async function seated(kind: 'dau-vao' | 'dau-ra' = 'dau-ra') {
  const person = await make.person();
  const form = await t.app.get(FormsService).current('gioi-va-binh-dang-gioi', kind);
  const sittingId = await t.app.get(SittingsService).open(form.id, [person.id]);
  const client = await t.as(person.id);
  const id = randomUUID();
  const started = await client.call(startAttempt, { body: { id, formId: form.id, sittingId } });
  return { person, form, sittingId, client, id, started };
}
const allRight = (form: Awaited<ReturnType<FormsService['current']>>, n = form.key.length) => form.key.slice(0, n).map((k) => answer(k.questionVersionId, k.rightChoice));

describe('taking a graded test', () => {
  test('the questions come without key or reason', async () => {
    const { started } = await seated();
    expect(started.status).toBe(200);
    expect(started.body.questions).toHaveLength(20);
    for (const q of started.body.questions) {
      expect(q.answer).toBeUndefined();
      for (const o of q.options) expect(Object.keys(o).sort()).toEqual(['id', 'picture', 'text']);
    }
  });

  test('14 of 20 right passes at 70 %, and the result is what was stored', async () => {
    const { client, id, form } = await seated();
    const { body } = await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: allRight(form, 14) } });
    expect(body).toMatchObject({ right: 14, total: 20, answered: 14, score: 0.7, passed: true, needed: 14, counts: true });
    expect(body.review).toHaveLength(3);
    expect((await client.call(getResult, { params: { attemptId: id } })).body).toEqual(body);
  });

  test('a pre-test reveals nothing', async () => {
    const { client, id, form } = await seated('dau-vao');
    const { body } = await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: allRight(form, 5) } });
    expect(body).toMatchObject({ right: null, score: null, passed: null, needed: null, review: [], answered: 5 });
  });

  test('the highest revision of an answer counts, in whatever order they arrive', async () => {
    const { client, id, form } = await seated();
    const k = form.key[0] as (typeof form.key)[number];
    await client.call(saveAnswers, { params: { attemptId: id }, body: { answers: [answer(k.questionVersionId, k.rightChoice, 3)] } });
    await client.call(saveAnswers, { params: { attemptId: id }, body: { answers: [answer(k.questionVersionId, 'unknown', 2)] } });
    expect((await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: [] } })).body.right).toBe(1);
  });

  test('handing in twice changes nothing and answers the same; what comes late is kept, flagged', async () => {
    const { client, id, form } = await seated();
    const first = await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: allRight(form, 10) } });
    const second = await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: allRight(form, 20) } });
    expect(second.body).toEqual(first.body);
    expect(await t.db.rows('select count(*)::int as n from answer where attempt_id = $1 and late', [id])).toEqual([{ n: 20 }]);
  });

  test('the same answer sent twice is one answer', async () => {
    const { client, id, form } = await seated();
    const answers = allRight(form, 3);
    for (let i = 0; i < 3; i++) await client.call(saveAnswers, { params: { attemptId: id }, body: { answers } });
    expect(await t.db.rows('select count(*)::int as n from answer where attempt_id = $1', [id])).toEqual([{ n: 3 }]);
  });

  test('two phones hand in at once: both are kept, one counts', async () => {
    const { client, id, form, sittingId } = await seated();
    const other = randomUUID();
    await client.call(startAttempt, { body: { id: other, formId: form.id, sittingId } });
    const results = await Promise.all([id, other].map((attemptId) => client.call(submitAttempt, { params: { attemptId }, body: { answers: allRight(form, 20) } })));
    expect(results.map((r) => r.status)).toEqual([200, 200]);
    expect(results.filter((r) => r.body.counts)).toHaveLength(1);
  });

  test('after handing in, another attempt is refused', async () => {
    const { client, id, form, sittingId } = await seated();
    await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: allRight(form) } });
    expect((await client.call(startAttempt, { body: { id: randomUUID(), formId: form.id, sittingId } })).body.code).toBe('assessment.already-submitted');
  });

  test('handed in after closing: kept, but it does not count by itself', async () => {
    const { client, id, form, sittingId } = await seated();
    await t.app.get(SittingsService).close(sittingId);
    expect((await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: allRight(form) } })).body).toMatchObject({ right: 20, counts: false });
    expect((await client.call(startAttempt, { body: { id: randomUUID(), formId: form.id, sittingId } })).body.code).toBe('assessment.not-open');
  });

  test('a test that waits is listed until it is handed in', async () => {
    const { client, id, form, sittingId } = await seated();
    expect((await client.call(listOpenSittings, {})).body.items).toMatchObject([{ sittingId, attemptId: id, done: false }]);
    await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: allRight(form) } });
    expect((await client.call(listOpenSittings, {})).body.items).toMatchObject([{ done: true }]);
  });
});

describe('all kinds of questions', () => {
  test('each is asked without its answer in a graded test, with it in practice, and an order’s ids do not give it away', async () => {
    const { started } = await seated();
    expect(started.body.questions.map((q) => q.kind)).toEqual(expect.arrayContaining(['single']));
    const client = await t.as((await make.person()).id);
    const practice = (await client.call(listPractice, {})).body.items.filter((p) => p.kind === 'practice');
    const asked = [];
    for (const { formId } of practice) asked.push(...(await client.call(startAttempt, { body: { id: randomUUID(), formId } })).body.questions);
    expect([...new Set(asked.map((q) => q.kind))].sort()).toEqual(['matching', 'multiple', 'ordering', 'picture', 'single', 'true-false']);
    for (const q of asked) expect([q.answer === undefined, q.kind === 'matching' ? q.matches.length : 0]).toEqual([false, q.kind === 'matching' ? q.options.length : 0]);
    const orders = asked.filter((q) => q.kind === 'ordering');
    expect(orders.filter((q) => q.answer === [...(q.answer ?? '').split('>')].sort().join('>')).length).toBeLessThan(orders.length / 2);
  });

  test('a partly right answer counts in part, and is stored as it counted', async () => {
    const client = await t.as((await make.person()).id);
    const form = await t.app.get(FormsService).current('gioi-va-binh-dang-gioi', 'on-binh-dang-gioi');
    const several = form.questions.find((q) => q.kind === 'multiple') as (typeof form.questions)[number];
    const one = several.options.find((o) => o.right)?.id as string;
    const id = randomUUID();
    await client.call(startAttempt, { body: { id, formId: form.id } });
    const { body } = await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: [answer(several.questionVersionId, one)] } });
    expect([body.right, body.points]).toEqual([0, 1 / 3]);
    expect(await t.db.rows('select credit, "right" from mark where attempt_id = $1 and question_version_id = $2', [id, several.questionVersionId])).toEqual([{ credit: 1 / 3, right: false }]);
  });

  test.each([['an order that leaves a step out', 'ordering', (ids: string[]) => ids.slice(1).join('>')], ['a pair that is taken twice', 'matching', (ids: string[]) => ids.map((i) => `${i}=a`).join(',')], ['two options of one', 'single', (ids: string[]) => ids.slice(0, 2).join('+')]])('%s is refused', async (_, kind, choice) => {
    const client = await t.as((await make.person()).id);
    for (const p of (await client.call(listPractice, {})).body.items) {
      const id = randomUUID();
      const { body } = await client.call(startAttempt, { body: { id, formId: p.formId } });
      const q = body.questions.find((x) => x.kind === kind);
      if (!q) continue;
      expect((await client.call(saveAnswers, { params: { attemptId: id }, body: { answers: [answer(q.questionVersionId, choice(q.options.map((o) => o.id)))] } })).body.code).toBe('assessment.unknown-option');
      return;
    }
    throw new Error(`no question of the kind ${kind}`);
  });

  test('the same attempt sees the same order on every device', async () => {
    const { client, id, started } = await seated();
    expect((await client.call(getAttempt, { params: { attemptId: id } })).body.questions).toEqual(started.body.questions);
  });
});

describe('a time limit', () => {
  /** A post-test with a limit, and answers over so many minutes. */
  async function timed(minutes: number, extraTime = false) {
    const person = await make.person();
    const form = await t.app.get(FormsService).current('gioi-va-binh-dang-gioi', 'dau-ra');
    const sittingId = await t.app.get(SittingsService).open(form.id, [person.id], { timeLimitMinutes: 20, extraTime });
    const client = await t.as(person.id);
    const id = randomUUID();
    const started = await client.call(startAttempt, { body: { id, formId: form.id, sittingId } });
    const begin = Date.now();
    const answers = form.key.map((k, i) => ({ ...answer(k.questionVersionId, k.rightChoice), answeredAt: new Date(begin + (i / (form.key.length - 1)) * minutes * 60_000).toISOString() }));
    const handedIn = await client.call(submitAttempt, { params: { attemptId: id }, body: { answers } });
    const { overtime } = await t.db.row<{ overtime: boolean }>('select overtime from attempt where id = $1', [id]);
    return { allowed: started.body.allowedSeconds, right: handedIn.body.right, overtime, listed: (await client.call(listOpenSittings, {})).body.items[0]?.minutes };
  }
  test('is pinned when the attempt starts; what comes over it is kept, marked and flagged', async () => {
    expect(await timed(19)).toEqual({ allowed: 1200, right: 20, overtime: false, listed: 20 });
    expect(await timed(25)).toEqual({ allowed: 1200, right: 20, overtime: true, listed: 20 });
  });
  test('is half as long again where that was given', async () => expect(await timed(25, true)).toEqual({ allowed: 1800, right: 20, overtime: false, listed: 30 }));
});

describe('what is refused', () => {
  let other: Client;
  beforeAll(async () => { other = await t.as((await make.person()).id); });

  test('somebody else’s attempt does not exist', async () => {
    const { id } = await seated();
    for (const reply of [await other.call(getAttempt, { params: { attemptId: id } }), await other.call(submitAttempt, { params: { attemptId: id }, body: { answers: [] } })]) expect([reply.status, reply.body.code]).toEqual([404, 'assessment.attempt-not-found']);
  });
  test('somebody else’s attempt cannot be taken over by its id', async () => {
    const { id, form, sittingId } = await seated();
    expect((await other.call(startAttempt, { body: { id, formId: form.id, sittingId } })).status).toBe(404);
  });
  test('a test without a seat does not exist', async () => {
    const { form, sittingId } = await seated();
    expect((await other.call(startAttempt, { body: { id: randomUUID(), formId: form.id, sittingId } })).body.code).toBe('assessment.form-not-found');
  });
  test('an answer to a question of another form', async () => {
    const { client, id } = await seated();
    expect((await client.call(saveAnswers, { params: { attemptId: id }, body: { answers: [answer(randomUUID(), 'a')] } })).body.code).toBe('assessment.foreign-question');
  });
  test('an option that the question does not have, and nothing of the batch is kept', async () => {
    const { client, id, form } = await seated();
    const bad = answer((form.key[1] as { questionVersionId: string }).questionVersionId, 'h');
    expect((await client.call(saveAnswers, { params: { attemptId: id }, body: { answers: [...allRight(form, 1), bad] } })).body.code).toBe('assessment.unknown-option');
    expect(await t.db.rows('select 1 from answer where attempt_id = $1', [id])).toEqual([]);
  });
  test.each([
    ['a missing field', { id: randomUUID() }, '/body/formId'], ['an extra field', { id: randomUUID(), formId: randomUUID(), score: 1 }, '/body'], ['a wrong id', { id: 'x', formId: randomUUID() }, '/body/id'], ['a wrong channel', { id: randomUUID(), formId: randomUUID(), channel: 'pigeon' }, '/body/channel'],
  ])('%s is named', async (_, body, pointer) => {
    const reply = await other.call(startAttempt, { body } as never);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ code: 'request.malformed', errors: [{ pointer }] });
  });
});

test('practice carries key and reasons, and may be taken again and again', async () => {
  const client = await t.as((await make.person()).id);
  const { formId } = (await client.call(listPractice, {})).body.items.find((p) => p.kind === 'practice') as { formId: string };
  for (let i = 0; i < 2; i++) {
    const id = randomUUID();
    const { body } = await client.call(startAttempt, { body: { id, formId } });
    for (const q of body.questions) expect(q.options.every((o) => o.reason && typeof o.right === 'boolean')).toBe(true);
    expect((await client.call(submitAttempt, { params: { attemptId: id }, body: { answers: [] } })).status).toBe(200);
  }
});

test('an answer that was kept cannot be changed in the database', async () => {
  const { client, id, form } = await seated();
  await client.call(saveAnswers, { params: { attemptId: id }, body: { answers: allRight(form, 1) } });
  await expect(t.db.rows("update answer set choice = 'b' where attempt_id = $1", [id])).rejects.toThrow(/append-only/);
});
