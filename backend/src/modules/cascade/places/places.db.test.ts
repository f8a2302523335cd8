import { getCascade } from '@lantoa/shared/cascade';
import { getPlaces, getTiles, listOverdue, markCalled, placeTiles } from '@lantoa/shared/places';
import { type Client, startTestApp, type TestApp } from '../../../../test/app.ts';
import type { cascadeMakers } from '../../../../test/make-cascade.ts';
import { layTruth, PROGRAMME } from '../../../../test/truth-cascade.ts';
import { Ledger } from '../ledger/door.ts';

let t: TestApp;
let make: ReturnType<typeof cascadeMakers>;
let owner: Client;
let district: Client;
beforeAll(async () => {
  t = await startTestApp();
  make = await layTruth(t);
  owner = await t.as((await make.make.staff('owner', null)).id);
  district = await t.as((await make.make.staff('unit-admin', '616')).id);
});
afterAll(() => t.close());

const chips = async (code: string, asOf: string, on = asOf) => (await owner.call(getPlaces, { params: { unitId: await make.unit(code, on) }, query: { programme: PROGRAMME, asOf } })).body.items.map((p) => [p.name, p.state, p.people.map((x) => x.name.split(' ')[1])]);

describe('the people of a place', () => {
  test('those with a certificate in force come first', async () => expect(await chips('23506', '2023-06-30')).toEqual([['Xã Đắk HRing', 'covered', ['L4', 'L1']]]));
  test('somebody who left is not there', async () => expect([await chips('23512', '2023-06-30'), await chips('23512', '2024-06-30')]).toEqual([[['Xã Đắk Mar', 'covered', ['L3']]], [['Xã Đắk Mar', 'none', []]]]));
  test('a posting in a commune that was merged is one in what it became; its last certificate runs out within 60 days', async () => expect(await chips('23512', '2026-11-01')).toEqual([['Xã Đăk Mar', 'lapsing', ['L4', 'L1']]]));
  test('a village is a place of its own, and one without anybody is empty', async () => {
    const commune = await make.unit('23527');
    await t.db.rows("with u as (insert into unit (id) values (gen_random_uuid()) returning id) insert into unit_version (id, unit_id, name, name_folded, kind, parent_id, valid) select gen_random_uuid(), id, 'Thôn Một (mẫu)', 'thon mot (mau)', 'village', $1, '[2022-01-01,)' from u", [commune]);
    expect(await chips('23527', '2023-06-30')).toEqual([['Thôn Một (mẫu)', 'none', []]]);
  });
  test('another district is not shown', async () => expect((await district.call(getPlaces, { params: { unitId: await make.unit('23506') }, query: { programme: PROGRAMME, asOf: '2023-06-30' } })).body.code).toBe('organisation.unit-not-found'));
});

describe('the squares', () => {
  test('add up to the answer on top, in every map', async () => {
    for (const asOf of ['2023-06-30', '2025-08-01']) {
      const { items } = (await owner.call(getTiles, { query: { programme: PROGRAMME, asOf } })).body;
      const { places } = (await owner.call(getCascade, { query: { programme: PROGRAMME, asOf } })).body.answers;
      expect([items.reduce((n, x) => n + x.places, 0), items.reduce((n, x) => n + x.covered, 0)]).toEqual([places.all, places.all - places.empty]);
    }
  });
  test('a former district names its cluster after the reform', async () => expect((await owner.call(getTiles, { query: { programme: PROGRAMME, asOf: '2025-08-01' } })).body.items.find((x) => x.name === 'Xã Đăk Mar')?.areaName).toBe('Huyện Đắk Hà'));
  test('stand where they were put; only who may change units puts them, and only the own', async () => {
    const unitId = await make.unit('23506');
    const auditor = await t.as((await make.make.staff('auditor')).id);
    expect((await auditor.call(placeTiles, { body: { tiles: [{ unitId, row: 2, col: 3 }] } })).status).toBe(403);
    expect((await district.call(placeTiles, { body: { tiles: [{ unitId, row: 2, col: 3 }] } })).body.code).toBe('organisation.unit-not-found');
    expect((await owner.call(placeTiles, { body: { tiles: [{ unitId, row: 2, col: 3 }] } })).status).toBe(200);
    expect((await owner.call(getTiles, { query: { programme: PROGRAMME, asOf: '2023-06-30' } })).body.items.find((x) => x.unitId === unitId)).toMatchObject({ row: 2, col: 3 });
  });
});

describe('whom to call', () => {
  const list = async (kind: 'report' | 'certificate' | 'refresher', asOf: string) => (await owner.call(listOverdue, { query: { programme: PROGRAMME, kind, asOf } })).body;
  const said = async (asOf: string) => (await owner.call(getCascade, { query: { programme: PROGRAMME, asOf } })).body.answers.overdue;
  test('as many as the answer on top says', async () => {
    for (const asOf of ['2023-12-31', '2024-12-31', '2025-09-15', '2026-01-01']) expect([asOf, (await list('report', asOf)).total, (await list('certificate', asOf)).total, (await list('refresher', asOf)).total]).toEqual([asOf, (await said(asOf)).reports, (await said(asOf)).certificates, (await said(asOf)).refreshers]);
    expect((await said('2024-12-31')).certificates).toBe(20);
  });
  test('of the refreshers of one person the newest counts; doing it ends it, and a call from either list is seen', async () => {
    const rebuilt = async (day: string) => { await t.app.get(Ledger).catchUp(); return [(await said(day)).refreshers, (await list('refresher', day)).total]; };
    const [before] = await rebuilt('2024-06-30');
    await make.certificate('Hay Quên', 2, '23506', '2024-01-01', '2026-01-01');
    await make.refresher('Hay Quên', 2, '2024-02-01');
    const newest = await make.refresher('Hay Quên', 2, '2024-05-01', '2024-07-20');
    await make.refresher('Không Giấy', 2, '2024-05-01');
    expect(await rebuilt('2024-02-15')).toEqual([before, before]);
    for (const day of ['2024-02-16', '2024-04-30', '2024-05-16', '2024-07-19']) expect([day, ...(await rebuilt(day))]).toEqual([day, (before as number) + 1, (before as number) + 1]);
    // The older one is no news once the newer one is due, and that one is not late yet.
    for (const day of ['2024-05-01', '2024-05-15', '2024-07-20', '2025-01-01']) expect([day, ...(await rebuilt(day))]).toEqual([day, before, before]);
    const mine = async () => (await list('refresher', '2024-07-01')).items.find((i) => i.subjectId === newest);
    expect(await mine()).toMatchObject({ title: 'Người Hay Quên (mẫu)', what: 'Ôn lại', dueOn: '2024-05-01', calledAt: null });
    expect((await owner.call(markCalled, { body: { kind: 'refresher', subjectId: newest, called: true } })).status).toBe(200);
    expect(await mine()).toMatchObject({ calledAt: expect.any(String) });
    expect((await district.call(markCalled, { body: { kind: 'refresher', subjectId: newest, called: false } })).status).toBe(404);
  });
  test('a late report with its class, its day and whom to ask; the call is noted, and taken back', async () => {
    const late = (await list('report', '2025-09-10')).items[0];
    expect(late).toMatchObject({ title: 'F · Lớp F', dueOn: '2025-09-08', daysLate: 2, what: 'L1, L8', calledAt: null });
    const subjectId = late?.subjectId as string;
    expect((await district.call(markCalled, { body: { kind: 'report', subjectId, called: true } })).body.code).toBe('organisation.unit-not-found');
    await owner.call(markCalled, { body: { kind: 'report', subjectId, called: true } });
    expect((await list('report', '2025-09-10')).items[0]).toMatchObject({ calledAt: expect.any(String), calledBy: expect.stringContaining('Y Thử') });
    await owner.call(markCalled, { body: { kind: 'report', subjectId, called: false } });
    expect((await list('report', '2025-09-10')).items[0]).toMatchObject({ calledAt: null, calledBy: null });
  });
  test('somebody who let a refresher lie for more than 14 days, until it is done', async () => {
    const b = make.classOf('B');
    const sitting = await make.sitting();
    await t.db.rows("insert into class_refresher (class_id, sitting_id, questions, made_at, made_by) values ($1, $2, 5, '2022-12-10T08:00:00+07:00', $3)", [b.id, sitting, await make.person('thư ký')]);
    for (const name of ['L1', 'L2', 'L3']) await t.db.rows('insert into seat (sitting_id, person_id) values ($1, $2)', [sitting, await make.person(name)]);
    await make.attempt(await make.person('L1'), sitting, 5, '2022-12-15');
    await make.attempt(await make.person('L2'), sitting, 5, '2023-01-10');
    await t.app.get(Ledger).catchUp();
    const late = async (asOf: string) => [(await said(asOf)).refreshers, (await list('refresher', asOf)).items.map((x) => x.title)];
    expect([await late('2022-12-24'), await late('2022-12-25'), await late('2023-01-10')]).toEqual([[0, []], [2, ['L2', 'L3']], [1, ['L3']]]);
  });
});

test('what was kept after 90 days: of ten people who answered the same four questions again, 30 of 38 right', async () => {
  const a = make.classOf('A');
  const versions = (await t.db.rows<{ id: string }>('select id from question_version order by id limit 4')).map((v) => v.id);
  const sitting = await make.sitting();
  for (let i = 1; i <= 10; i++) {
    const personId = await make.person(`T${i}`);
    const [post] = await t.db.rows<{ id: string }>('select id from attempt where sitting_id = $1 and person_id = $2', [a.post, personId]);
    // T1 knew two of the four after the class, the others all; after 90 days each knew three.
    for (const [k, v] of versions.entries()) await t.db.rows('insert into mark (attempt_id, question_version_id, "right", credit) values ($1, $2, $3, 1)', [post?.id, v, i > 1 || k < 2]);
    await make.attempt(personId, sitting, 3, '2023-02-07', versions.map((v, k) => [v, k < 3] as const));
  }
  await t.app.get(Ledger).catchUp();
  const tier = async (asOf: string) => (await owner.call(getCascade, { query: { programme: PROGRAMME, asOf } })).body.tiers[0];
  const kept = async (asOf: string) => (await tier(asOf))?.kept;
  expect([await kept('2023-02-06'), await kept('2023-02-07')]).toEqual([{ share: null, n: 0 }, { share: 30 / 38, n: 10 }]);
  expect((await tier('2023-02-07'))?.retention).toEqual([{ days: 30, share: null, n: 0 }, { days: 90, share: 30 / 38, n: 10 }, { days: 180, share: null, n: 0 }]);
});
