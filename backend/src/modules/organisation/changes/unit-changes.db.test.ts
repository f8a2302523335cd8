import { getUnit, listUnits, searchUnits } from '@lantoa/shared/organisation';
import { listToPlace, listUnitChanges, placePeople, previewUnitChange, recordUnitChange, undoUnitChange, type UnitChange } from '@lantoa/shared/unit-changes';
import { type Client, startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';
import { PostingsService } from '../postings.service.ts';
import { UnitsService } from '../units.service.ts';
import { readReform } from './reform-file.rules.ts';
import { UnitReformService } from './unit-reform.service.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
let owner: Client;
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  owner = await t.as((await make.staff('owner', null)).id);
});
afterAll(() => t.close());

const DAY = '2026-03-01';
const head = { on: DAY, document: '9/NQ', note: null };
/** Communes of today, each used by one test. */
const commune = (n: number) => t.db.row<{ id: string; name: string; code: string; parentId: string }>(`select unit_id as id, name, code, parent_id as "parentId" from unit_version where kind = 'commune' and upper_inf(valid) and lower(valid) = '2025-07-01' order by code offset ${n} limit 1`);
const snapshot = async () => JSON.stringify(await t.db.rows("select unit_id, name, code, parent_id, valid::text from unit_version order by unit_id, valid")) + JSON.stringify(await t.db.rows('select person_id, unit_id, position, valid::text from posting order by person_id, unit_id, valid')) + JSON.stringify(await t.db.rows('select unit_id, heir_id, valid::text from unit_heir order by unit_id, valid'));
const held = (unitId: string, locality: string | null = null) => make.person().then(async (p) => { await t.app.get(PostingsService).open({ personId: p.id, unitId, position: 'Chi hội trưởng', body: null, locality, from: '2025-08-01' }); return p; });
const record = (change: UnitChange) => owner.call(recordUnitChange, { body: change });

describe('a merger', () => {
  test('is looked at, recorded once, read as then and as now, and taken back whole', async () => {
    const [a, b] = [await commune(0), await commune(1)];
    const person = await held(a.id);
    const change: UnitChange = { kind: 'merge', ...head, unitIds: [a.id, b.id], into: { name: 'Xã Liên Minh Mẫu', kind: 'commune', code: '99001', parentId: a.parentId } };
    const before = await snapshot();
    const look = (await owner.call(previewUnitChange, { body: change })).body;
    expect([look.problems, look.impact.closes.sort(), look.impact.opens, look.impact.postings]).toEqual([[], [a.name, b.name].sort(), ['Xã Liên Minh Mẫu'], 1]);
    expect(await snapshot()).toBe(before);

    const made = await record(change);
    expect((await record(change)).body.id).toBe(made.body.id);
    const units = t.app.get(UnitsService);
    expect((await units.counts('2026-02-28')).commune).toBe(96);
    expect((await units.counts(DAY)).commune).toBe(95);
    const found = (await owner.call(searchUnits, { query: { q: a.name, asOf: DAY } })).body.items;
    expect(found[0]).toMatchObject({ name: 'Xã Liên Minh Mẫu', formerName: a.name });
    const unitId = found[0]?.id as string;
    expect((await owner.call(getUnit, { params: { unitId }, query: { asOf: DAY } })).body.history[0]).toMatchObject({ on: DAY, kind: 'merge', document: '9/NQ' });
    // What was done in the old communes belongs to the new one's territory from that day on, and not before.
    expect((await units.territory([unitId], DAY)).has(a.id)).toBe(true);
    expect([...(await units.predecessors([unitId])).keys()].sort()).toEqual([unitId, a.id, b.id].sort());
    expect((await t.db.rows('select 1 from posting where person_id = $1 and unit_id = $2', [person.id, a.id])).length).toBe(1);

    expect((await owner.call(undoUnitChange, { params: { changeId: made.body.id } })).status).toBe(200);
    expect(await snapshot()).toBe(before);
    expect((await owner.call(undoUnitChange, { params: { changeId: made.body.id } })).body.code).toBe('organisation.change-undone');
    expect((await owner.call(listUnitChanges, {})).body.items.find((c) => c.id === made.body.id)).toMatchObject({ undoneAt: expect.any(String), from: expect.arrayContaining([{ id: a.id, name: a.name }]) });
    expect((await owner.call(searchUnits, { query: { q: 'lien minh mau', asOf: DAY } })).body.items).toEqual([]);
  });

  test('cannot be taken back once somebody has a posting in the new unit, or after a later event', async () => {
    const [a, b] = [await commune(2), await commune(3)];
    const { body } = await record({ kind: 'merge', ...head, unitIds: [a.id, b.id], into: { name: 'Xã Có Người', kind: 'commune', code: null, parentId: a.parentId } });
    const unitId = (await t.db.row<{ id: string }>("select unit_id as id from unit_version where name = 'Xã Có Người'")).id;
    await t.app.get(PostingsService).open({ personId: (await make.person()).id, unitId, position: 'Cán bộ', body: null, locality: null, from: DAY });
    expect((await owner.call(undoUnitChange, { params: { changeId: body.id } })).body).toMatchObject({ code: 'organisation.change-undo-refused', params: { by: 'posting' } });
    const [c, d] = [await commune(4), await commune(5)];
    const first = (await record({ kind: 'merge', ...head, unitIds: [c.id, d.id], into: { unitId: c.id } })).body;
    await record({ kind: 'rename', ...head, on: '2026-04-01', unitId: c.id, name: 'Xã Tên Sau' });
    expect((await owner.call(undoUnitChange, { params: { changeId: first.id } })).body).toMatchObject({ code: 'organisation.change-undo-refused', params: { by: 'succession' } });
    expect((await record({ kind: 'rename', ...head, unitId: c.id, name: 'Xã Tên Trước' })).body).toMatchObject({ code: 'organisation.change-refused', params: { reason: 'changed-later' } });
  });
});

test('two villages of one name, opened by one document in two communes, are two; the same again is the same', async () => {
  const [a, b] = [await commune(10), await commune(11)];
  const open = (parentId: string) => record({ kind: 'open', ...head, unit: { name: 'Thôn 1', kind: 'village', code: null, parentId } });
  const [first, second] = [(await open(a.id)).body.id, (await open(b.id)).body.id];
  expect(second).not.toBe(first);
  expect([(await open(a.id)).body.id, (await open(b.id)).body.id]).toEqual([first, second]);
  expect((await t.db.rows("select 1 from unit_version where name = 'Thôn 1' and parent_id = any($1::uuid[])", [[a.id, b.id]])).length).toBe(2);
});

describe('a split', () => {
  test('people of named villages go with them, the rest is placed by hand; what was done counts for the unit above', async () => {
    // A commune that was made in 2025; one of its people has her posting in a commune of 2022 that became this one.
    const a = await t.db.row<{ id: string; name: string; parentId: string; before: string }>("select v.unit_id as id, v.name, v.parent_id as \"parentId\", h.unit_id as before from unit_version v join unit_heir h on h.heir_id = v.unit_id and h.exact where v.kind = 'commune' and upper_inf(v.valid) and lower(v.valid) = '2025-07-01' and v.code is not null order by v.code desc, h.unit_id limit 1");
    const [one, two, nowhere] = [await held(a.id, 'Thôn 1'), await held(a.id, 'thôn 2'), await held(a.before)];
    const into = [{ name: 'Xã Tây Mẫu', kind: 'commune' as const, code: null, parentId: a.parentId }, { name: 'Xã Đông Mẫu', kind: 'commune' as const, code: null, parentId: a.parentId }];
    const before = await snapshot();
    const made = await record({ kind: 'split', ...head, unitId: a.id, into, localities: [{ locality: 'Thôn 1', into: 0 }, { locality: 'Thôn 2', into: 1 }], children: [] });
    expect(made.body).toMatchObject({ toPlace: 1 });
    const at = async (id: string) => (await t.db.row<{ name: string }>('select v.name from posting p join unit_version v on v.unit_id = p.unit_id and v.valid @> $2::date where p.person_id = $1 and p.valid @> $2::date', [id, DAY])).name;
    expect([await at(one.id), await at(two.id)]).toEqual(['Xã Tây Mẫu', 'Xã Đông Mẫu']);
    const waiting = (await owner.call(listToPlace, { params: { changeId: made.body.id } })).body;
    expect([waiting.from, waiting.items.map((p) => p.name), waiting.into.map((u) => u.name)]).toEqual([a.name, [nowhere.name], ['Xã Đông Mẫu', 'Xã Tây Mẫu']]);
    const east = waiting.into[0]?.id as string;
    expect((await t.app.get(UnitsService).territory([east], DAY)).has(a.id)).toBe(false);
    expect((await t.app.get(UnitsService).territory([a.parentId], DAY)).has(a.id)).toBe(true);
    expect((await owner.call(placePeople, { params: { changeId: made.body.id }, body: { postings: [{ postingId: waiting.items[0]?.postingId as string, unitId: east }] } })).body).toEqual({ placed: 1, left: 0 });
    expect(await at(nowhere.id)).toBe('Xã Đông Mẫu');
    expect((await owner.call(undoUnitChange, { params: { changeId: made.body.id } })).status).toBe(200);
    expect(await snapshot()).toBe(before);
  });
});

test('an office changes only what it reaches; the rest does not exist', async () => {
  const [mine, other] = [await commune(7), await commune(8)];
  const office = await t.as((await make.person()).id);
  const admin = await make.person();
  await t.db.rows("insert into role_grant (id, person_id, role, unit_id, valid) values (gen_random_uuid(), $1, 'unit-admin', $2, daterange('2025-07-01', null))", [admin.id, mine.id]);
  const client = await t.as(admin.id);
  expect((await client.call(previewUnitChange, { body: { kind: 'rename', ...head, unitId: mine.id, name: 'Xã Tên Khác' } })).body.problems).toEqual([]);
  for (const change of [{ kind: 'rename', ...head, unitId: other.id, name: 'X' }, { kind: 'merge', ...head, unitIds: [mine.id, other.id], into: { unitId: mine.id } }, { kind: 'open', ...head, unit: { name: 'Tỉnh Riêng', kind: 'province', code: null, parentId: null } }] as UnitChange[]) expect((await client.call(recordUnitChange, { body: change })).status).toBe(404);
  expect((await office.call(recordUnitChange, { body: { kind: 'rename', ...head, unitId: mine.id, name: 'X' } })).status).toBe(403);
  expect((await client.call(listUnitChanges, {})).body.items).toEqual([]);
});

test('the tree of a day holds whatever order changes were recorded in', async () => {
  const a = await commune(9);
  await record({ kind: 'open', ...head, unit: { name: 'Thôn Mẫu', kind: 'village', code: null, parentId: a.id } });
  expect((await owner.call(listUnits, { query: { asOf: DAY, parentId: a.id } })).body.items.map((u) => u.name)).toEqual(['Thôn Mẫu']);
  expect((await owner.call(listUnits, { query: { asOf: '2026-02-28', parentId: a.id } })).body.items).toEqual([]);
});

describe('a reform from a file', () => {
  const reform = async (rows: Record<string, string>[], dryRun = false) => {
    const read = readReform(rows);
    if ('faults' in read) return read;
    return t.app.get(UnitReformService).apply(null, read.steps, dryRun);
  };
  let [a, b, c, d]: string[] = [];
  let rows: Record<string, string>[] = [];
  beforeAll(async () => {
    [a, b, c, d] = (await Promise.all([20, 21, 22, 23].map(commune))).map((u) => u.code);
    rows = [
    { on: '2026-07-01', kind: 'merge', document: '12/NQ', from: `${a} ${b}`, to: a as string, name: 'Phường Trung Tâm Mẫu', unit_kind: 'commune', parent: '51' },
    { on: '2026-07-01', kind: 'rename', document: '12/NQ', from: c as string, name: 'Phường An Phú Mẫu' },
  ];
  });
  test('looks without writing, writes once, and a code that is used again means the new unit', async () => {
    const before = await snapshot();
    expect(await reform(rows, true)).toEqual({ recorded: { merge: 1, rename: 1 }, known: 0, postings: 0, faults: [] });
    expect(await snapshot()).toBe(before);
    const old = await make.unit(a as string, '2026-06-30');
    expect(await reform(rows)).toMatchObject({ recorded: { merge: 1, rename: 1 }, known: 0 });
    expect(await reform(rows)).toMatchObject({ recorded: {}, known: 2 });
    const now = await make.unit(a as string, '2026-07-01');
    expect(now).not.toBe(old);
    expect((await t.app.get(UnitsService).territory([now], '2026-07-01')).has(old)).toBe(true);
  });
  test('one wrong row refuses the whole file, with its line', async () => {
    const before = await snapshot();
    expect(await reform([{ on: '2026-08-01', kind: 'rename', document: '13/NQ', from: d as string, name: 'Xã Một Mẫu' }, { on: '2026-08-01', kind: 'close', document: '13/NQ', from: '99999' }, { on: '2026-08-01', kind: 'close', document: '13/NQ', from: '51' }])).toMatchObject({ recorded: {}, faults: [{ line: 3, reason: 'no unit has the code 99999 on 2026-07-31' }, { line: 4, reason: expect.stringMatching(/^children-left/) }] });
    expect(await snapshot()).toBe(before);
  });
  test.each([
    [{ on: '1/7/2026' }, /must look like/], [{ kind: 'union' }, /must be one of open/], [{ document: '' }, /document is empty/], [{ to: '' }, /merge needs the column "to"/], [{ unit_kind: 'komune' }, /unit_kind "komune"/],
  ])('%j', (over, reason) => {
    const read = readReform([{ on: '2026-07-01', kind: 'merge', document: '12/NQ', from: '1 2', to: '1', name: 'X', unit_kind: 'commune', ...over }]);
    expect('faults' in read && read.faults[0]).toEqual({ line: 2, reason: expect.stringMatching(reason) });
  });
  test('every commune of today merged in pairs: sums of people and of territories stay what they are', async () => {
    const province = await make.unit('51', '2026-08-01');
    const communes = await t.db.rows<{ code: string; name: string }>("select code, name from unit_version where kind = 'commune' and code is not null and valid @> '2026-08-31'::date and parent_id = $1 order by code", [province]);
    const before = await t.app.get(UnitsService).territory([province], '2026-08-31');
    const pairs = communes.slice(0, communes.length - (communes.length % 2)).flatMap((c, i) => (i % 2 ? [] : [{ on: '2026-09-01', kind: 'merge', document: '14/NQ', from: `${c.code} ${communes[i + 1]?.code}`, to: c.code, name: `Xã Gộp ${i}`, unit_kind: 'commune', parent: '51' }]));
    expect(await reform(pairs)).toMatchObject({ recorded: { merge: pairs.length }, faults: [] });
    const after = await t.app.get(UnitsService).territory([province], '2026-09-01');
    expect([...before].filter((id) => !after.has(id))).toEqual([]);
    const heirs = await t.db.rows<{ n: number }>("select count(*)::int as n from unit_heir where valid @> '2026-09-01'::date group by unit_id having count(*) <> 1");
    expect(heirs).toEqual([]);
  });
});
