import { randomUUID } from 'node:crypto';
import { submitAttempt } from '@lantoa/shared/assessment';
import { approveBatch, listLapsing, prepareRenewals } from '@lantoa/shared/awarding';
import { compareRefresher, getCampaign, getRecall, listCalls, listCampaigns, listMyRefreshers, listReviews, moveCampaign, noteCall, noteReceived, type Refresher, startCampaign, startRefresher, suggestCampaign } from '@lantoa/shared/refreshers';
import { addDays, addMonths } from '@lantoa/shared/rules/days';
import { replay } from '@lantoa/shared/rules/memory';
import * as clock from '#platform/clock';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { Ledger } from '#modules/cascade';
import { DailyPlan } from './index.ts';

jest.setTimeout(60_000);

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const today = clock.today();
const plan = () => t.app.get(DailyPlan).plan();
const onDay = <T>(day: string, work: () => Promise<T>): Promise<T> => clock.at(new Date(`${day}T03:00:00Z`), work);
/** Somebody whose certificate was issued so many days ago. */
const holder = async (ago: number) => {
  const made = await make.certified({ post: [20], issuedOn: addDays(today, -ago) });
  const personId = made.entries[0]?.personId as string;
  return { ...made, personId, client: await t.as(personId), entry: made.entries[0] as (typeof made.entries)[number] };
};
const waiting = async (client: Client) => (await client.call(listMyRefreshers, {})).body;
/** Does a refresher: so many of its questions right, the others "I don't know yet". */
async function refresh(client: Client, r: Refresher, right: number) {
  const attemptId = randomUUID();
  const { body: attempt } = await client.call(startRefresher, { params: { refresherId: r.id }, body: { attemptId } });
  const answers = attempt.questions.map((q, i) => ({ id: randomUUID(), questionVersionId: q.questionVersionId, choice: i < right ? (q.answer as string) : 'unknown', revision: 1, answeredAt: clock.now().toISOString() }));
  return (await client.call(submitAttempt, { params: { attemptId }, body: { answers } })).body;
}

test('a week after the certificate five questions are there, once, with what is right and why; done, they are gone', async () => {
  const { personId, client } = await holder(7);
  expect(await plan()).toBeGreaterThan(0);
  expect(await plan()).toBe(0);
  const { items, nextOn } = await waiting(client);
  expect(items).toHaveLength(1);
  const [r] = items as [Refresher];
  expect(r).toMatchObject({ stage: 'd7', dueOn: today, early: false, received: false });
  expect(r.form.questions).toHaveLength(5);
  for (const q of r.form.questions) expect(q.answer).toEqual(expect.any(String));
  expect(nextOn).toBe(addDays(today, 23));
  await client.call(noteReceived, { body: { ids: [r.id] } });
  expect((await waiting(client)).items[0]?.received).toBe(true);

  const stranger = await t.as((await make.person()).id);
  expect((await stranger.call(startRefresher, { params: { refresherId: r.id }, body: { attemptId: randomUUID() } })).status).toBe(404);
  expect((await waiting(stranger)).items).toEqual([]);

  const result = await refresh(client, r, 3);
  expect(result).toMatchObject({ kind: 'refresher', right: 3, total: 5, counts: true });
  expect((await waiting(client)).items).toEqual([]);
  expect((await client.call(compareRefresher, { params: { refresherId: r.id } })).body.group).toBeNull();
  expect(await plan()).toBe(0);

  // What the server remembers is what the phone makes of the same answers.
  const { items: reviews } = (await client.call(listReviews, {})).body;
  await t.app.get(DailyPlan).plan();
  const rows = await t.db.rows<{ questionId: string; stability: number; difficulty: number; lastDay: string; lastRight: boolean }>('select question_id as "questionId", stability, difficulty, last_day as "lastDay", last_right as "lastRight" from question_memory where person_id = $1', [personId]);
  expect(rows.length).toBeGreaterThan(5);
  expect(new Map(rows.map(({ questionId, ...m }) => [questionId, m]))).toEqual(replay(reviews));
});

test('begun twice on two phones, both are kept and the first that was handed in counts', async () => {
  const { client } = await holder(30);
  await plan();
  const r = (await waiting(client)).items[0] as Refresher;
  await refresh(client, r, 5);
  const attemptId = randomUUID();
  expect((await client.call(startRefresher, { params: { refresherId: r.id }, body: { attemptId } })).body.code).toBe('assessment.already-submitted');
  const late = await client.call(startRefresher, { params: { refresherId: r.id }, body: { attemptId, begunAt: new Date(Date.now() - 3_600_000).toISOString() } });
  expect(late.status).toBe(200);
  expect((await client.call(submitAttempt, { params: { attemptId }, body: { answers: [] } })).body.counts).toBe(false);
});

test('a topic that has faded brings the next one forward, once in a fortnight', async () => {
  const { client } = await holder(7);
  await plan();
  await refresh(client, (await waiting(client)).items[0] as Refresher, 0);
  await onDay(addDays(today, 10), plan);
  expect((await waiting(client)).items).toEqual([]);
  await onDay(addDays(today, 15), plan);
  expect((await waiting(client)).items).toMatchObject([{ stage: 'd30', dueOn: addDays(today, 15), early: true }]);
});

test('a certificate is renewed by its refreshers', async () => {
  const ends = addDays(today, 30);
  const { client, entry, registrar, approver } = await holderUntil(ends);
  const registers = await t.as(registrar.personId);
  const said = { decisionNo: '9/QĐ-BTV', issuedOn: today, signerTitle: 'CHỦ TỊCH', signerName: 'Nguyễn Thị Mẫu' };
  const of = async () => (await registers.call(listLapsing, { query: {} })).body.items.find((x) => x.entryId === entry.id);
  await plan();
  expect(await of()).toMatchObject({ reasons: ['refresher-missed'], refreshersDue: 1 });
  const r = (await waiting(client)).items[0] as Refresher;
  expect(r).toMatchObject({ stage: 'before-expiry', dueOn: today });
  expect(r.form.questions).toHaveLength(10);
  await refresh(client, r, 8);
  expect(await of()).toMatchObject({ reasons: [], lastScore: 0.8 });
  const batch = await registers.call(prepareRenewals, { body: { entryIds: [entry.id], ...said } });
  expect((await (await t.as(approver.personId)).call(approveBatch, { params: { batchId: batch.body.id } })).status).toBe(200);
  expect(await t.db.rows('select reason from register_entry where refers_to = $1', [entry.id])).toEqual([{ reason: 'renewal' }]);
  // The old calendar has ended; the new one begins.
  expect((await waiting(client)).nextOn).toBe(addDays(today, 7));
});
/** Somebody whose certificate of 24 months ends on a day. */
async function holderUntil(day: string) {
  const made = await make.certified({ post: [20], issuedOn: addMonths(day, -24) });
  return { ...made, entry: made.entries[0] as (typeof made.entries)[number], client: await t.as(made.entries[0]?.personId as string) };
}

describe('campaigns', () => {
  let admin: Client;
  let officeId: string;
  let made: Awaited<ReturnType<typeof make.certified>>;
  let unitId: string;
  const audience = () => ({ unitId, courseSlug: course, certifiedFrom: null, certifiedUntil: null });
  let course: string;
  beforeAll(async () => {
    officeId = (await make.staff('unit-admin', '51', '2026-01-01')).id;
    admin = await t.as(officeId);
    unitId = await make.unit('51', '2026-01-01');
    made = await make.certified({ post: Array.from({ length: 12 }, (_, i) => 14 + (i % 6)), issuedOn: addDays(today, -60) });
    await t.app.get(Ledger).rebuild();
    course = (await t.db.row<{ slug: string }>('select course_slug as slug from tier where certificate_type_id = (select type_id from register_entry where id = $1)', [made.entries[0]?.id])).slug;
  });

  test('who it is for, whom it does not reach, and what they have forgotten', async () => {
    const { body } = await admin.call(suggestCampaign, { body: audience() });
    expect(body.people).toBeGreaterThanOrEqual(12);
    expect(body.topics.length).toBeGreaterThan(1);
    const recalls = body.topics.flatMap((x) => (x.recall === null ? [] : [x.recall]));
    expect(recalls).toEqual([...recalls].sort((a, b) => a - b));
    expect((await admin.call(startCampaign, { body: { ...audience(), courseSlug: 'khong-co', title: 'Đợt ôn', startsOn: today } })).body.code).toBe('refreshers.nobody');
    const outside = await t.as((await make.staff('unit-admin', '614')).id);
    expect((await outside.call(suggestCampaign, { body: audience() })).status).toBe(404);
    expect((await (await t.as((await make.person()).id)).call(startCampaign, { body: { ...audience(), title: 'Đợt ôn', startsOn: today } })).status).toBe(403);
  });

  test('from start to effect: received, opened, done; a round a week; pause, calls, and what the same people answered to the same questions', async () => {
    const { body: c } = await admin.call(startCampaign, { body: { ...audience(), title: 'Đợt ôn tháng 12', questions: 10, rounds: 2, startsOn: today } });
    expect(c).toMatchObject({ status: 'running', mayRun: true, steps: { done: 0 } });
    const phones = await Promise.all(made.entries.map((e) => t.as(e.personId)));
    const own = async (client: Client) => (await waiting(client)).items.find((r) => r.form.title === 'Đợt ôn tháng 12') as Refresher;
    for (const p of phones.slice(0, 11)) await refresh(p, await own(p), 9);
    // A day ahead the session of an office has ended.
    const see = async () => (await (await t.as(officeId)).call(getCampaign, { params: { campaignId: c.id } })).body;
    expect(await see()).toMatchObject({ campaign: { steps: { people: c.steps.people, opened: 11, done: 11, good: 11 } }, calls: [] });
    const { effect } = await see();
    expect(effect.people).toBe(11);
    expect(effect.now).toBeGreaterThan(effect.before as number);

    const last = phones[11] as Client;
    const lastId = made.entries[11]?.personId;
    const calls = (await onDay(addDays(today, 4), see)).calls.filter((k) => k.personId === lastId);
    expect(calls).toMatchObject([{ calledAt: null, dueOn: today }]);
    expect((await onDay(addDays(today, 3), see)).calls).toEqual([]);
    await admin.call(noteCall, { params: { refresherId: calls[0]?.refresherId as string }, body: { id: randomUUID() } });
    expect((await onDay(addDays(today, 4), see)).calls.find((k) => k.personId === lastId)?.calledAt).toEqual(expect.any(String));
    expect((await last.call(noteCall, { params: { refresherId: calls[0]?.refresherId as string }, body: { id: randomUUID() } })).status).toBe(404);

    await admin.call(moveCampaign, { params: { campaignId: c.id }, body: { to: 'paused', note: 'Nghỉ Tết' } });
    expect(await own(last)).toBeUndefined();
    await onDay(addDays(today, 7), plan);
    expect((await see()).campaign.steps.due).toBe(c.steps.people);
    await admin.call(moveCampaign, { params: { campaignId: c.id }, body: { to: 'running', note: 'Hết Tết' } });
    await onDay(addDays(today, 7), plan);
    expect((await see()).campaign.steps.due).toBe(2 * c.steps.people);
    await admin.call(moveCampaign, { params: { campaignId: c.id }, body: { to: 'ended', note: '' } });
    expect((await admin.call(moveCampaign, { params: { campaignId: c.id }, body: { to: 'running', note: '' } })).body.code).toBe('refreshers.wrong-state');
    expect((await see()).history.map((h) => h.to)).toEqual(['ended', 'running', 'paused', 'running']);
    expect((await admin.call(listCampaigns, {})).body.items.map((x) => x.id)).toContain(c.id);
    expect((await (await t.as((await make.staff('unit-admin', '614')).id)).call(getCampaign, { params: { campaignId: c.id } })).status).toBe(404);

    // Ten others of one's group did one, too.
    const [first] = phones as [Client];
    const done = await t.db.row<{ id: string }>("select r.id from refresher r join attempt a on a.sitting_id = r.id where r.campaign_id = $1 and r.person_id = $2 and r.stage = 'c1'", [c.id, made.entries[0]?.personId]);
    expect((await first.call(compareRefresher, { params: { refresherId: done.id } })).body.group).toMatchObject({ mean: expect.any(Number), people: expect.any(Number) });
  }, 60_000);

  test('the trainer sees the late ones of the own class', async () => {
    const trainer = await make.person();
    await t.db.rows('insert into class_trainer (id, class_id, person_id, name) values (gen_random_uuid(), $1, $2, $3)', [made.id, trainer.id, 'Giảng viên']);
    await t.db.rows("insert into role_grant (id, person_id, role, unit_id, valid) values (gen_random_uuid(), $1, 'trainer', null, daterange('2020-01-01', null))", [trainer.id]);
    const client = await t.as(trainer.id);
    const { body: c } = await admin.call(startCampaign, { body: { ...audience(), title: 'Đợt khác', startsOn: addDays(today, -5) } });
    const { items } = (await client.call(listCalls, {})).body;
    expect(items.map((k) => k.personId).sort()).toEqual(expect.arrayContaining(made.entries.map((e) => e.personId).sort()));
    expect(items.every((k) => made.entries.some((e) => e.personId === k.personId))).toBe(true);
    await admin.call(moveCampaign, { params: { campaignId: c.id }, body: { to: 'ended', note: '' } });
    expect((await client.call(listCalls, {})).body.items.filter((k) => k.title === 'Đợt khác')).toEqual([]);
  });

  test('recall today: of ten people or more, by topic and by the units below; nobody sees another province’s', async () => {
    const { body } = await admin.call(getRecall, { query: { courseSlug: course } });
    expect(body.all.people).toBeGreaterThanOrEqual(12);
    expect(body.all.recall).toBeGreaterThan(0);
    expect(body.all.recall).toBeLessThanOrEqual(1);
    expect(body.topics.length).toBeGreaterThan(0);
    for (const u of [...body.units, ...body.topics]) expect(u.recall === null).toBe(u.people < 10);
    expect((await (await t.as((await make.person()).id)).call(getRecall, { query: {} })).status).toBe(403);
  });
});
