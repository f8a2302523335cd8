import { closeAttendance, getAttendance, markAttendance } from '@lantoa/shared/attendance';
import { getChecks, getClass, getResults, listClasses, moveClass, openClass, openTest, submitReport } from '@lantoa/shared/training';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const SESSION = { date: '2022-11-15', part: 'morning' as const, startsAt: '07:30', endsAt: '11:00' };

describe('who may teach', () => {
  test('a certificate in force on the first day opens a class of the next tier; one from after that day does not', async () => {
    const top = await make.certified({ post: [20], issuedOn: '2022-11-12' });
    const trainer = top.entries[0] as { personId: string };
    const client = await t.as(trainer.personId);
    const body = { tierId: (await make.tier(2)).id, unitId: await make.unit('610'), title: 'Lớp', place: 'Xã', expected: 20, trainers: [{ personId: trainer.personId }] };
    expect((await client.call(openClass, { body: { ...body, sessions: [SESSION] } })).status).toBe(200);
    expect((await client.call(openClass, { body: { ...body, sessions: [{ ...SESSION, date: '2022-11-11' }] } })).body.code).toBe('training.trainer-not-qualified');
    expect((await client.call(openClass, { body: { ...body, sessions: [{ ...SESSION, date: '2024-11-12' }] } })).body.code).toBe('training.trainer-not-qualified');
  });
  test('without a certificate nobody is a trainer, also not by an office', async () => {
    const office = await t.as((await make.staff('unit-admin')).id);
    const somebody = await make.person({ name: 'A Không Giấy' });
    const reply = await office.call(openClass, { body: { tierId: (await make.tier(2)).id, unitId: await make.unit('610'), title: 'Lớp', place: 'Xã', expected: 20, sessions: [SESSION], trainers: [{ personId: somebody.id }] } });
    expect(reply.body).toMatchObject({ code: 'training.trainer-not-qualified', params: { name: 'A Không Giấy' } });
  });
  test('a guest alone cannot hold a district class', async () => {
    const office = await t.as((await make.staff('unit-admin')).id);
    expect((await office.call(openClass, { body: { tierId: (await make.tier(2)).id, unitId: await make.unit('610'), title: 'Lớp', place: 'Xã', expected: 20, sessions: [SESSION], trainers: [{ guestName: 'Khách', body: 'Sở' }] } })).body.code).toBe('training.trainer-not-qualified');
  });
  test('a unit must exist on the first day', async () => {
    const office = await t.as((await make.staff('owner', null)).id);
    expect((await office.call(openClass, { body: { tierId: (await make.tier(1)).id, unitId: await make.unit('610'), title: 'Lớp', place: 'Xã', expected: 20, sessions: [{ ...SESSION, date: '2026-01-05' }], trainers: [{ guestName: 'K', body: 'S' }] } })).body.code).toBe('organisation.unit-not-valid-then');
  });
});

describe('the lifecycle', () => {
  test('nobody decides on their own class; returning needs a sentence, which the trainer reads', async () => {
    const admin = await make.staff('unit-admin');
    const client = await t.as(admin.id);
    const { body: made } = await client.call(openClass, { body: { tierId: (await make.tier(1)).id, unitId: await make.unit('62'), title: 'Lớp', place: 'Tỉnh', expected: 20, sessions: [SESSION], trainers: [{ guestName: 'K', body: 'S' }] } });
    const params = { classId: made.id };
    expect((await client.call(moveClass, { params, body: { act: 'submit' } })).body.phase).toBe('submitted');
    expect((await client.call(moveClass, { params, body: { act: 'approve' } })).body.code).toBe('training.own-class');
    const other = await t.as((await make.staff('unit-admin')).id);
    expect((await other.call(moveClass, { params, body: { act: 'return' } })).body.code).toBe('training.reason-needed');
    expect((await other.call(moveClass, { params, body: { act: 'return', note: 'Đổi ngày' } })).body.phase).toBe('returned');
    expect((await client.call(getClass, { params })).body).toMatchObject({ phase: 'returned', note: 'Đổi ngày', next: 'submit' });
    await client.call(moveClass, { params, body: { act: 'submit' } });
    const both = await Promise.all([other.call(moveClass, { params, body: { act: 'approve' } }), other.call(moveClass, { params, body: { act: 'approve' } })]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
  });
  test('checks in words', async () => {
    const { id, owner } = await make.cls({ people: 2 });
    expect((await (await t.as(owner.personId)).call(getChecks, { params: { classId: id } })).body.items.map((c) => [c.code, c.ok])).toEqual([['trainers-qualified', true], ['no-clash', true], ['roster-present', true], ['identities-settled', true], ['sheet-attached', false], ['scores-plausible', true], ['attendance-closed', false]]);
  });
});

describe('attendance', () => {
  test('everybody is marked before closing; after it a change needs a reason, and every mark is kept', async () => {
    const { id, opener, enrolments } = await make.cls({ people: 3 });
    const client = await t.as(opener.personId);
    const sessionId = (await client.call(getClass, { params: { classId: id } })).body.sessions[0]?.id as string;
    const params = { sessionId };
    const mark = (i: number, status: 'present' | 'absent', reason?: string) => client.call(markAttendance, { params, body: { marks: [{ enrolmentId: enrolments[i]?.id as string, status, reason: reason ?? null }] } });
    await mark(0, 'present');
    expect((await client.call(closeAttendance, { params, body: {} })).body).toMatchObject({ code: 'training.attendance-open', params: { n: 2 } });
    expect((await client.call(closeAttendance, { params, body: { restAbsent: true } })).status).toBe(200);
    expect((await mark(1, 'present')).body.code).toBe('training.attendance-closed');
    expect((await mark(1, 'present', 'Đến sau khi chốt')).status).toBe(200);
    expect((await client.call(getAttendance, { params })).body.items.map((i) => i.status).sort()).toEqual(['absent', 'present', 'present']);
    expect((await t.db.row<{ n: number }>('select count(*)::int as n from attendance_mark where session_id = $1', [sessionId])).n).toBe(4);
  });
});

describe('the report', () => {
  test('waits until everything is done', async () => {
    const { id, opener } = await make.cls({ people: 1 });
    const client = await t.as(opener.personId);
    const reply = await client.call(submitReport, { params: { classId: id }, body: { good: '', difficult: '', support: '' } });
    expect(reply.body).toMatchObject({ code: 'training.report-incomplete', params: { missing: 'session-open,session-open,no-post-test' } });
  });
  test('fixes who passed when it is approved, and the figures are those of the people', async () => {
    const { id, opener } = await make.completed({ post: [20, 14, 13, 5] });
    const { body } = await (await t.as(opener.personId)).call(getResults, { params: { classId: id } });
    expect(body.figures).toEqual({ enrolled: 4, attended: 4, passed: 2, women: 2, men: 2 });
    expect(body.people.filter((p) => p.outcome !== 'passed').map((p) => p.reasons)).toEqual([['post-score'], ['post-score']]);
    expect(body).toMatchObject({ pairs: 4, preMean: 0.5, postMean: (20 + 14 + 13 + 5) / 80 });
    expect(await t.db.rows('select outcome, count(*)::int as n from enrolment where class_id = $1 group by 1 order by 1', [id])).toEqual([{ outcome: 'not-passed', n: 2 }, { outcome: 'passed', n: 2 }]);
  });
  test('the post-test opens only after the pre-test', async () => {
    const { id, opener } = await make.cls({ people: 1 });
    expect((await (await t.as(opener.personId)).call(openTest, { params: { classId: id, kind: 'post' }, body: {} })).body.code).toBe('training.wrong-state');
  });
});

test('a class of another district does not exist for its neighbour, in the list or by its id', async () => {
  const { id } = await make.cls({ unit: '610' });
  const [inside, outside] = [await t.as((await make.staff('unit-admin', '610')).id), await t.as((await make.staff('unit-admin', '614')).id)];
  expect((await inside.call(listClasses, {})).body.items.map((c) => c.id)).toContain(id);
  expect((await outside.call(listClasses, {})).body.items.map((c) => c.id)).not.toContain(id);
  for (const reply of [await outside.call(getClass, { params: { classId: id } }), await outside.call(moveClass, { params: { classId: id }, body: { act: 'cancel', note: 'xxxx' } }), await outside.call(openTest, { params: { classId: id, kind: 'pre' }, body: {} })]) expect(reply.status).toBe(404);
});
