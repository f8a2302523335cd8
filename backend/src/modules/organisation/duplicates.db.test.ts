import { keepApart, listDuplicates, listMerges, mergePeople, undoMerge } from '@lantoa/shared/people-merge';
import { getPerson, listPeople } from '@lantoa/shared/organisation';
import { listMyCertificates } from '@lantoa/shared/credentials';
import { listEnrolments } from '@lantoa/shared/training';
import * as clock from '#platform/clock';
import { PostingsService } from '#modules/organisation';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const posted = async (over: object) => {
  const p = await make.person(over);
  await t.app.get(PostingsService).open({ personId: p.id, unitId: await make.unit('23353'), position: 'Cán bộ', body: null, locality: null, from: '2022-01-01' });
  return p;
};
const keep = (p: { name: string; birthYear: number | null; sex: 'female' | 'male' | null; phone: string | null }) => ({ name: p.name, birthYear: p.birthYear, sex: p.sex, phone: p.phone });

test('pairs that may be one person, until somebody says that they are two', async () => {
  const owner = await t.as((await make.staff('owner', null)).id);
  const [a, b] = [await posted({ name: 'Y Thắm', birthYear: 1988, phone: null }), await posted({ name: 'Y Tham', birthYear: 1988, phone: '0905000111' })];
  const pairs = async () => (await owner.call(listDuplicates, {})).body.items.map((d) => [d.one.id, d.other.id].sort());
  expect(await pairs()).toContainEqual([a.id, b.id].sort());
  await owner.call(keepApart, { params: { personId: a.id }, body: { otherId: b.id } });
  expect(await pairs()).not.toContainEqual([a.id, b.id].sort());
});

test('a merger keeps both pasts under one record, hides the other, and can be undone for thirty days', async () => {
  const made = await make.certified({ people: 1, post: [20] });
  const owner = await t.as((await make.staff('owner', null)).id);
  const oldId = made.enrolments[0]?.personId as string;
  const before = (await owner.call(getPerson, { params: { personId: oldId } })).body.person;
  const kept = await posted({ name: before.name, birthYear: 1976, phone: '0905000222' });
  const other = await make.cls({ people: 1 });
  const { mergeId } = (await owner.call(mergePeople, { params: { personId: kept.id }, body: { otherId: oldId, keep: { ...keep(kept), birthYear: 1975 } } })).body;
  expect((await owner.call(getPerson, { params: { personId: kept.id } })).body.person.birthYear).toBe(1975);
  expect((await owner.call(listEnrolments, { params: { classId: made.id } })).body.items.map((e) => e.personId)).toEqual([kept.id]);
  expect((await (await t.as(kept.id)).call(listMyCertificates, {})).body.items).toHaveLength(1);
  expect((await owner.call(listPeople, { query: { q: before.code } })).body.items).toEqual([]);
  expect((await owner.call(mergePeople, { params: { personId: kept.id }, body: { otherId: oldId, keep: keep(kept) } })).body.code).toBe('people.merge-refused');
  expect((await owner.call(listMerges, { params: { personId: kept.id } })).body.items).toMatchObject([{ id: mergeId, code: before.code, undone: false }]);

  expect((await owner.call(undoMerge, { params: { mergeId } })).status).toBe(200);
  expect((await owner.call(listEnrolments, { params: { classId: made.id } })).body.items.map((e) => e.personId)).toEqual([oldId]);
  expect((await owner.call(getPerson, { params: { personId: kept.id } })).body.person.birthYear).toBe(1976);
  expect((await (await t.as(kept.id)).call(listMyCertificates, {})).body.items).toEqual([]);
  expect(other.enrolments).toHaveLength(1);
});

test('after thirty days it stays as it is', async () => {
  const ownerId = (await make.staff('owner', null)).id;
  const owner = await t.as(ownerId);
  const [a, b] = [await posted({ name: 'A Lâu' }), await posted({ name: 'A Lâu' })];
  const mergeId = await clock.at(new Date(Date.now() - 31 * 86_400_000), async () => (await owner.call(mergePeople, { params: { personId: a.id }, body: { otherId: b.id, keep: keep(a) } })).body.mergeId);
  await t.db.rows("update person_merge set at = now() - interval '31 days' where id = $1", [mergeId]);
  expect((await owner.call(undoMerge, { params: { mergeId } })).body.code).toBe('people.merge-late');
});

test('people of another district cannot be merged: they do not exist', async () => {
  const admin = await t.as((await make.staff('unit-admin', '614')).id);
  const [a, b] = [await posted({ name: 'A Xa' }), await posted({ name: 'A Xa' })];
  expect((await admin.call(mergePeople, { params: { personId: a.id }, body: { otherId: b.id, keep: keep(a) } })).status).toBe(404);
});
