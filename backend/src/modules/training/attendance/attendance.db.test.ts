import { randomUUID } from 'node:crypto';
import { addClassFile, checkIn, closeAttendance, getAttendance, getClassFile, getHallCode, type GivenMark, listMarks, markAttendance, removeClassFile, scanCard } from '@lantoa/shared/attendance';
import { listToMatch, settleIdentity } from '@lantoa/shared/class-papers';
import { addEnrolment, getClass, issueClassSlips, listEnrolments } from '@lantoa/shared/training';
import fc from 'fast-check';
import { startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const session = async (people = 3) => {
  const cls = await make.cls({ people });
  const team = await t.as(cls.opener.personId);
  const sessionId = (await team.call(getClass, { params: { classId: cls.id } })).body.sessions[0]?.id as string;
  const mark = (marks: GivenMark[], sentAt?: string) => team.call(markAttendance, { params: { sessionId }, body: { marks, ...(sentAt && { sentAt }) } });
  const statuses = async () => new Map((await team.call(getAttendance, { params: { sessionId } })).body.items.map((i) => [i.enrolmentId, i.status]));
  return { ...cls, team, sessionId, mark, statuses, e: (i: number) => cls.enrolments[i]?.id as string };
};

describe('two devices without network, put together', () => {
  test('whatever arrives first and however often, the last mark that was made counts', async () => {
    const at = (minute: number) => `2022-11-08T01:${String(minute).padStart(2, '0')}:00.000Z`;
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('present', 'late', 'absent', 'excused'), fc.nat(1)), { minLength: 2, maxLength: 8 }), fc.infiniteStream(fc.nat(1000)), async (given, random) => {
      const s = await session(2);
      const marks = given.map(([status, who], minute) => ({ id: randomUUID(), enrolmentId: s.e(who), status, at: at(minute) }) as GivenMark);
      const order = [...marks, ...marks].map((m) => ({ m, r: random.next().value as number })).sort((a, b) => a.r - b.r);
      for (const { m } of order) await s.mark([m]);
      const expected = [0, 1].map((who) => given.filter(([, w]) => w === who).at(-1)?.[0] ?? null);
      const got = await s.statuses();
      expect([got.get(s.e(0)), got.get(s.e(1))]).toEqual(expected);
      expect((await s.team.call(listMarks, { params: { sessionId: s.sessionId } })).body.items).toHaveLength(marks.length);
    }), { numRuns: 6 });
  }, 60_000);
  test('a clock that is a day ahead is corrected by what it says when it sends', async () => {
    const s = await session(1);
    const now = Date.now();
    await s.mark([{ id: randomUUID(), enrolmentId: s.e(0), status: 'absent', at: new Date(now + 86_400_000 - 60_000).toISOString() }], new Date(now + 86_400_000).toISOString());
    await s.mark([{ id: randomUUID(), enrolmentId: s.e(0), status: 'present', at: new Date(now - 30_000).toISOString() }], new Date(now).toISOString());
    expect((await s.statuses()).get(s.e(0))).toBe('present');
  });
  test('what was marked in the hall and comes after closing needs no reason; a change does', async () => {
    const s = await session(1);
    const before = new Date(Date.now() - 600_000).toISOString();
    await s.mark([{ enrolmentId: s.e(0), status: 'absent', at: new Date(Date.now() - 900_000).toISOString() }]);
    await s.team.call(closeAttendance, { params: { sessionId: s.sessionId }, body: {} });
    expect((await s.mark([{ id: randomUUID(), enrolmentId: s.e(0), status: 'present', at: before }])).status).toBe(200);
    expect((await s.statuses()).get(s.e(0))).toBe('present');
    expect((await s.mark([{ enrolmentId: s.e(0), status: 'absent' }])).body.code).toBe('training.attendance-closed');
    expect((await s.mark([{ enrolmentId: s.e(0), status: 'absent', reason: 'Nhầm tên' }])).status).toBe(200);
  });
});

describe('scanning', () => {
  test('the trainer scans a slip: the person is present, also when the slip is used', async () => {
    const s = await session();
    const { items } = (await s.team.call(issueClassSlips, { params: { classId: s.id }, body: {} })).body;
    const scan = (code: string) => s.team.call(scanCard, { params: { sessionId: s.sessionId }, body: { id: randomUUID(), code } });
    const slip = items.find((i) => i.personId === s.enrolments[1]?.personId);
    expect((await scan(slip?.link ?? '')).body).toMatchObject({ enrolmentId: s.e(1), name: slip?.name });
    expect((await s.statuses()).get(s.e(1))).toBe('present');
    expect((await scan('https://other.example/x')).body.code).toBe('training.card-unknown');
    const other = await session();
    const strange = (await other.team.call(issueClassSlips, { params: { classId: other.id }, body: {} })).body.items[0];
    expect((await scan(strange?.link ?? '')).body).toMatchObject({ code: 'training.card-of-other-class', params: { name: strange?.name } });
  });
  test('a learner scans the code of the hall, now or with the time at which it was shown; an old one is refused', async () => {
    const s = await session();
    const { body: code } = await s.team.call(getHallCode, { params: { sessionId: s.sessionId } });
    const me = await t.as(s.enrolments[0]?.personId as string);
    const scan = (text: string, more = {}) => me.call(checkIn, { params: { sessionId: s.sessionId }, body: { id: randomUUID(), code: text, ...more } });
    const shown = code.link.split('/').at(-1) as string;
    expect((await scan(shown)).status).toBe(200);
    expect((await scan(shown)).status).toBe(200);
    expect((await s.team.call(listMarks, { params: { sessionId: s.sessionId } })).body.items).toHaveLength(1);
    expect((await scan('abc-def')).body.code).toBe('training.hall-code-old');
    expect((await scan(shown, { at: new Date(Date.now() - 3_600_000).toISOString() })).body.code).toBe('training.hall-code-old');
    const stranger = await t.as((await make.person()).id);
    expect((await stranger.call(checkIn, { params: { sessionId: s.sessionId }, body: { id: randomUUID(), code: shown } })).status).toBe(404);
  });
  test('the team’s mark overrides the own scan, and both are shown', async () => {
    const s = await session();
    const { body: code } = await s.team.call(getHallCode, { params: { sessionId: s.sessionId } });
    await (await t.as(s.enrolments[0]?.personId as string)).call(checkIn, { params: { sessionId: s.sessionId }, body: { id: randomUUID(), code: code.link.split('/').at(-1) as string } });
    await s.mark([{ enrolmentId: s.e(0), status: 'absent', at: new Date(Date.now() - 3_600_000).toISOString() }]);
    expect((await s.team.call(getAttendance, { params: { sessionId: s.sessionId } })).body.items.find((i) => i.enrolmentId === s.e(0))).toMatchObject({ status: 'absent', conflict: true, ownScan: expect.any(String) });
  });
});

describe('who came without being on the list', () => {
  test('who is surely known is the known one; who may be is let in and matched later, with both pasts under one record', async () => {
    const s = await session(0);
    const unitId = await make.unit('23353');
    const add = (p: object) => s.team.call(addEnrolment, { params: { classId: s.id }, body: { name: 'Y Blŏ', birthYear: 1987, unitId, position: 'Cán bộ', ...p } });
    const known = await make.person({ name: 'Nguyễn Thị Hoa', birthYear: 1987, phone: '0905111222' });
    expect((await add({ name: 'Nguyễn thị Hòa', phone: '0905 111 222' })).body).toMatchObject({ personId: known.id, toMatch: false });
    const other = await make.person({ name: 'Trần Thị Mai', birthYear: 1980, phone: '0905333444' });
    const walkIn = (await add({ name: 'Trần Mai', birthYear: 1980, phone: '0905333444' })).body;
    expect([walkIn.personId === other.id, walkIn.toMatch]).toEqual([false, true]);
    const { items } = (await s.team.call(listToMatch, { params: { classId: s.id } })).body;
    expect(items).toMatchObject([{ enrolmentId: walkIn.id, candidates: [{ id: other.id, name: 'Trần Thị Mai' }] }]);
    await s.mark([{ enrolmentId: walkIn.id, status: 'present' }]);
    expect((await s.team.call(settleIdentity, { params: { enrolmentId: walkIn.id }, body: { person: known.id } })).body.code).toBe('people.not-found');
    expect((await s.team.call(settleIdentity, { params: { enrolmentId: walkIn.id }, body: { person: other.id } })).status).toBe(200);
    expect((await s.team.call(listEnrolments, { params: { classId: s.id } })).body.items.find((e) => e.id === walkIn.id)).toMatchObject({ personId: other.id, toMatch: false });
    expect((await s.statuses()).get(walkIn.id)).toBe('present');
    expect((await s.team.call(listToMatch, { params: { classId: s.id } })).body.items).toEqual([]);
  });
  test('who stood on the list after all is there once, with the marks of both lines', async () => {
    const s = await session(0);
    const unitId = await make.unit('23353');
    const add = (p: object) => s.team.call(addEnrolment, { params: { classId: s.id }, body: { name: 'Lê Thị Lan', birthYear: 1979, unitId, position: 'Cán bộ', ...p } });
    const listed = (await add({ phone: '0905555666' })).body;
    const twice = (await add({ name: 'Lê Lan', phone: '0905555666' })).body;
    await s.mark([{ enrolmentId: twice.id, status: 'present' }]);
    await s.team.call(settleIdentity, { params: { enrolmentId: twice.id }, body: { person: listed.personId } });
    const { items } = (await s.team.call(getAttendance, { params: { sessionId: s.sessionId } })).body;
    expect(items.map((i) => [i.enrolmentId, i.status])).toEqual([[listed.id, 'present']]);
  });
});

describe('papers of a class', () => {
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(50)]).toString('base64');
  test('a photo of the signed sheet is kept, shown to the team, and removed without trace on the page', async () => {
    const s = await session();
    const add = (over = {}) => s.team.call(addClassFile, { params: { classId: s.id }, body: { id: randomUUID(), sessionId: s.sessionId, name: 'bang-ky.jpg', contentBase64: jpeg, ...over } });
    const file = (await add()).body;
    expect(file).toMatchObject({ type: 'image/jpeg', sessionId: s.sessionId });
    expect((await add({ id: file.id })).body.id).toBe(file.id);
    expect((await s.team.call(getAttendance, { params: { sessionId: s.sessionId } })).body.files).toHaveLength(1);
    expect((await s.team.call(getClassFile, { params: { fileId: file.id } })).headers['content-type']).toContain('image/jpeg');
    expect((await add({ id: randomUUID(), contentBase64: Buffer.from('<svg onload=alert(1)>').toString('base64') })).body.code).toBe('training.file-refused');
    const other = await t.as((await make.staff('unit-admin', '614')).id);
    expect((await other.call(getClassFile, { params: { fileId: file.id } })).status).toBe(404);
    await s.team.call(removeClassFile, { params: { fileId: file.id } });
    expect((await s.team.call(getAttendance, { params: { sessionId: s.sessionId } })).body.files).toEqual([]);
  });
});
