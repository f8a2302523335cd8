import { randomUUID } from 'node:crypto';
import { listOpenSittings, startAttempt } from '@lantoa/shared/assessment';
import { getPlanHelp, getTeachBack, makeRefresher, printClassSlips, printPaperTest, printReport, printSignInSheet, saveTeachBack } from '@lantoa/shared/class-papers';
import { applyTargets, listRules, listTargets, previewTargets, setRule, updateProgramme, updateTier } from '@lantoa/shared/programmes';
import { getClass, getResults, issueClassSlips, listProgrammes, moveClass, openClass } from '@lantoa/shared/training';
import { checkSlip } from '@lantoa/shared/access';
import writeExcelFile from 'write-excel-file/node';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const sheet = async (rows: (string | number | null)[][]) => {
  const file = (await writeExcelFile(rows.map((r) => r.map((value) => (value === null ? null : { value, type: typeof value === 'number' ? Number : String }))) as never)) as unknown as { toBuffer(): Promise<Buffer> };
  return (await file.toBuffer()).toString('base64');
};

describe('slips', () => {
  test('a reprint voids the code before; the PDF carries new ones', async () => {
    const cls = await make.cls({ people: 2 });
    const team = await t.as(cls.opener.personId);
    const first = (await team.call(issueClassSlips, { params: { classId: cls.id }, body: {} })).body.items[0];
    const pdf = await team.call(printClassSlips, { params: { classId: cls.id }, body: {} });
    expect([pdf.status, pdf.headers['content-type'], String(pdf.body).slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await t.stranger.call(checkSlip, { body: { proof: { secret: first?.link.split('#')[1] as string, birthYear: 1975 } } })).body.code).toBe('access.slip-invalid');
  }, 30_000);
  test('sign-in sheet, test sheets and report are PDFs for the team; for another office there is no such class', async () => {
    const cls = await make.completed({ people: 3 });
    const team = await t.as(cls.opener.personId);
    const other = await t.as((await make.staff('unit-admin', '614')).id);
    const sessionId = (await team.call(getClass, { params: { classId: cls.id } })).body.sessions[0]?.id as string;
    for (const who of [team, other]) {
      const replies = [await who.call(printSignInSheet, { params: { sessionId } }), await who.call(printPaperTest, { params: { classId: cls.id, kind: 'pre' }, query: { blank: 1 } }), await who.call(printReport, { params: { classId: cls.id } })];
      expect(replies.map((r) => r.status)).toEqual(who === team ? [200, 200, 200] : [404, 404, 404]);
      if (who === team) expect(replies.map((r) => String(r.body).slice(0, 5))).toEqual(['%PDF-', '%PDF-', '%PDF-']);
    }
  }, 30_000);
});

describe('teaching back', () => {
  const RUBRIC = [{ id: 'muc-tieu', text: 'Nêu rõ mục tiêu' }, { id: 'lang-nghe', text: 'Lắng nghe người học' }];
  test('two observers score; below three in one line is not passed; without both nobody passes', async () => {
    const tier = await make.tier(1);
    const owner = await t.as((await make.staff('owner', null)).id);
    await owner.call(updateTier, { params: { tierId: tier.id }, body: { name: tier.name, audience: tier.audience, rubric: RUBRIC } });
    const cls = await make.cls({ people: 3 });
    const team = await t.as(cls.opener.personId);
    const [good, weak, alone] = cls.enrolments.map((e) => e.id) as [string, string, string];
    const score = (enrolmentId: string, observer: 1 | 2, a: number, b: number) => ({ id: randomUUID(), enrolmentId, observer, observerName: `Người chấm ${observer}`, scores: { 'muc-tieu': a, 'lang-nghe': b } });
    const marks = [score(good, 1, 3, 4), score(good, 2, 3, 3), score(weak, 1, 4, 2), score(weak, 2, 4, 3), score(alone, 1, 4, 4)];
    const save = (m: typeof marks) => team.call(saveTeachBack, { params: { classId: cls.id }, body: { marks: m } });
    expect((await save([...marks, { ...score(good, 1, 1, 1), scores: { strange: 4 } as never }])).body.code).toBe('training.rubric-unknown');
    await save(marks);
    await save(marks);
    const people = new Map((await team.call(getTeachBack, { params: { classId: cls.id } })).body.people.map((p) => [p.enrolmentId, p]));
    expect([good, weak, alone].map((id) => people.get(id)?.passed)).toEqual([true, false, null]);
    const sessions = (await team.call(getClass, { params: { classId: cls.id } })).body.sessions;
    expect(sessions).toHaveLength(2);
    const reasons = new Map((await team.call(getResults, { params: { classId: cls.id } })).body.people.map((p) => [p.enrolmentId, p.reasons]));
    expect(reasons.get(weak)).toEqual(['attendance']);
    await owner.call(updateTier, { params: { tierId: tier.id }, body: { name: tier.name, audience: tier.audience, rubric: null } });
  });
});

describe('after the post-test', () => {
  test('one tap makes a refresher of what was wrong, for everybody, with reasons at once; only once', async () => {
    const cls = await make.completed({ people: 3, post: [15, 15, 15] });
    const team = await t.as(cls.opener.personId);
    expect((await team.call(makeRefresher, { params: { classId: cls.id } })).body).toEqual({ questions: 5, people: 3 });
    expect((await team.call(makeRefresher, { params: { classId: cls.id } })).body.code).toBe('training.refresher-made');
    const me = await t.as(cls.enrolments[0]?.personId as string);
    const waiting = (await me.call(listOpenSittings, {})).body.items.find((s) => s.kind === 'refresher');
    expect(waiting).toMatchObject({ questions: 5, done: false });
    const attempt = (await me.call(startAttempt, { body: { id: randomUUID(), formId: waiting?.formId as string, sittingId: waiting?.sittingId as string } })).body;
    expect(attempt.questions.every((q) => q.options.every((o) => o.reason))).toBe(true);
    const stranger = await t.as((await make.person()).id);
    expect((await stranger.call(startAttempt, { body: { id: randomUUID(), formId: waiting?.formId as string, sittingId: waiting?.sittingId as string } })).status).toBe(404);
  });
});

describe('planning', () => {
  test('villages with nobody first, who may teach, and what is on at the same time', async () => {
    const certified = await make.certified({ people: 2, post: [20, 20] });
    const [holder] = certified.entries;
    const tier = await make.tier(2);
    const unitId = await make.unit('610');
    const busy = await make.cls({ tier: 2, unit: '610', from: '2022-11-20', trainers: [{ personId: holder?.personId as string }] });
    const team = await t.as(certified.opener.personId);
    const stranger = await make.person();
    const { body } = await team.call(getPlanHelp, { body: { tierId: tier.id, unitId, from: '2022-11-20', until: '2022-11-21', place: 'hoi truong', trainerIds: [holder?.personId as string, stranger.id] } });
    expect(body.villages.length).toBeGreaterThan(5);
    expect(body.villages.map((v) => v.trained)).toEqual([...body.villages.map((v) => v.trained)].sort((a, b) => a - b));
    expect(body.trainers.map((x) => x.may)).toEqual(['yes', 'never']);
    expect(body.warnings.map((w) => w.code).sort()).toEqual(['in-past', 'place-busy', 'trainer-busy']);
    expect(busy.id).toBeTruthy();
    const late = await team.call(getPlanHelp, { body: { tierId: tier.id, unitId: null, from: '2026-01-05', until: '2026-01-05', trainerIds: [holder?.personId as string] } });
    expect(late.body.trainers[0]?.may).toBe('lapsed');
  });
  test('the villages asked are kept with the plan', async () => {
    const admin = await make.staff('unit-admin');
    const team = await t.as(admin.id);
    const unitId = await make.unit('23353');
    const sessions = [{ date: '2022-12-01', part: 'morning' as const, startsAt: '07:30', endsAt: '11:00' }];
    const { body } = await team.call(openClass, { body: { tierId: (await make.tier(1)).id, unitId, title: 'Lớp thử', place: 'Nhà rông', expected: 20, sessions, trainers: [{ guestName: 'Bác sĩ Mẫu', body: 'Trạm Y tế' }], invitations: [{ unitId, locality: 'Thôn 1', people: 12 }] } });
    expect((await team.call(getClass, { params: { classId: body.id } })).body).toMatchObject({ invitations: [{ locality: 'Thôn 1', people: 12 }], trainers: [{ name: 'Bác sĩ Mẫu', body: 'Trạm Y tế', registerNo: null }] });
  });
});

describe('deciding', () => {
  test('two people who decide at once: the second is told who was first', async () => {
    const cls = await make.cls({ people: 1 });
    const second = await t.as((await make.staff('owner', null)).id);
    expect((await second.call(moveClass, { params: { classId: cls.id }, body: { act: 'approve' } })).body).toMatchObject({ code: 'training.already-decided', params: { name: expect.any(String) } });
  });
});

describe('setting a programme up', () => {
  const office = async () => ({ owner: await t.as((await make.staff('owner', null)).id), tier: await make.tier(2) });
  test('a rule holds from a day on; classes that began before keep theirs', async () => {
    const { owner, tier } = await office();
    const set = (from: string, passMark: number) => owner.call(setRule, { params: { tierId: tier.id }, body: { from, passMark, minAttendance: 0.8, minRubric: 3, reportDays: 10 } });
    expect((await set('2024-01-01', 0.8)).body.items.map((r) => [r.from, r.until, r.passMark])).toEqual([['2022-11-01', '2024-01-01', 0.7], ['2024-01-01', null, 0.8]]);
    expect((await set('2023-01-01', 0.9)).body.code).toBe('training.rule-in-past');
    expect((await set('2024-01-01', 0.75)).body.items.at(-1)?.passMark).toBe(0.75);
    expect((await owner.call(listRules, { params: { tierId: tier.id } })).body.items).toHaveLength(2);
    expect((await owner.call(listProgrammes, {})).body.items[0]?.tiers[1]).toMatchObject({ passMark: 0.75 });
  });
  test('targets from a sheet: looked at first, all or none, the same sheet again changes nothing', async () => {
    const { owner, tier } = await office();
    const good = await sheet([['CHỈ TIÊU 2023'], ['STT', 'Đơn vị', 'Chỉ tiêu'], [1, 'Huyện Đăk Glei', 80], [2, 'Huyện Ngọc Hồi', 47], [null, 'Tổng cộng', 127]]);
    const bad = await sheet([['STT', 'Đơn vị', 'Chỉ tiêu'], [1, 'Huyện Đăk Glei', 99], [2, 'Huyện Không Có', 5], [3, 'Huyện Sa Thầy', 'nhiều']]);
    const call = (e: typeof previewTargets | typeof applyTargets, contentBase64: string) => owner.call(e, { params: { tierId: tier.id }, body: { from: '2023-01-01', contentBase64 } });
    expect((await call(previewTargets, bad)).body).toMatchObject({ errors: 2, rows: [{ problem: null }, { problem: 'unit-unknown' }, { problem: 'number-odd' }] });
    expect((await call(applyTargets, bad)).body).toMatchObject({ code: 'training.targets-unreadable', params: { rows: '3, 4' } });
    expect((await call(applyTargets, good)).body).toMatchObject({ changes: 1, unchanged: 1, total: 127 });
    expect((await call(applyTargets, good)).body).toMatchObject({ changes: 0, unchanged: 2 });
    const targets = (await owner.call(listTargets, { params: { tierId: tier.id } })).body.items;
    expect(targets.find((g) => g.unitName === 'Huyện Đắk Glei' || g.unitName === 'Huyện Đăk Glei')).toMatchObject({ people: 80, from: '2023-01-01' });
    expect(await t.db.row("select count(*)::int as n from tier_target where tier_id = $1 and valid @> '2022-12-01'::date", [tier.id])).toEqual({ n: 10 });
  });
  test('the indicator period, with the version that was seen', async () => {
    const { owner } = await office();
    const p = (await owner.call(listProgrammes, {})).body.items[0];
    const change = (version: number) => owner.call(updateProgramme, { params: { programmeId: p?.id as string }, body: { version, name: p?.name as string, indicatorsFrom: '2022-11-01', indicatorsUntil: '2025-12-31' } });
    expect((await change(p?.version as number)).body).toMatchObject({ indicatorsUntil: '2025-12-31' });
    expect((await change(p?.version as number)).body.code).toBe('training.programme-changed');
  });
  test('a district’s office may not change the programme', async () => {
    const admin = await t.as((await make.staff('unit-admin', '614')).id);
    const tier = await make.tier(2);
    expect((await admin.call(setRule, { params: { tierId: tier.id }, body: { from: '2030-01-01', passMark: 0.1, minAttendance: 0, minRubric: 1, reportDays: 60 } })).status).toBe(404);
  });
});
