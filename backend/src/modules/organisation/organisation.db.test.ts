import { mkdtempSync, readFileSync, cpSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addPerson, correctPerson, getPerson, getUnit, listPeople, listUnits, searchUnits } from '@lantoa/shared/organisation';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { UnitsImporter } from './units.importer.ts';
import { UnitsService } from './units.service.ts';

const UNITS = path.resolve(__dirname, '../../../../content/units');
let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

describe('units in time', () => {
  test('2022 and today, as the lists and the resolution say', async () => {
    const units = t.app.get(UnitsService);
    expect(await units.counts('2022-12-31')).toEqual({ province: 1, district: 10, commune: 102 });
    expect(await units.counts('2025-06-30')).toEqual({ province: 1, district: 10, commune: 102 });
    expect(await units.counts('2025-07-01')).toEqual({ province: 1, district: 0, commune: 96 });
  });
  test('a code that was used again means another unit before and after', async () => {
    expect(await make.unit('23425', '2022-12-31')).not.toBe(await make.unit('23425', '2026-01-01'));
    // Đăk Long stayed what it was: the same unit, under another parent.
    expect(await make.unit('23368', '2022-12-31')).toBe(await make.unit('23368', '2026-01-01'));
  });
  test('a former name finds the unit that followed, and its history says by which document', async () => {
    const client = await t.as((await make.staff('owner', null)).id);
    const { body } = await client.call(searchUnits, { query: { q: 'dak ruong', asOf: '2026-01-01' } });
    expect(body.items).toMatchObject([{ name: 'Xã Kon Braih', formerName: expect.stringMatching(/Ruồng/) }]);
    const unit = (await client.call(getUnit, { params: { unitId: body.items[0]?.id as string }, query: { asOf: '2026-01-01' } })).body;
    expect(unit.history[0]).toMatchObject({ on: '2025-07-01', kind: 'merge', document: '1677/NQ-UBTVQH15' });
    expect(unit.history[0]?.from.map((u) => u.name)).toContain('Xã Đắk Ruồng');
  });
  test('the tree opens level by level as of a day', async () => {
    const client = await t.as((await make.staff('owner', null)).id);
    const top = (await client.call(listUnits, { query: { asOf: '2022-12-31' } })).body.items;
    expect(top.map((u) => [u.name, u.children])).toEqual([['Tỉnh Kon Tum', 10]]);
    expect((await client.call(listUnits, { query: { asOf: '2022-12-31', parentId: await make.unit('610') } })).body.items).toHaveLength(12);
  });
  test('a merger widens nobody’s rights: the province of today holds the past, the office of the past does not hold today', async () => {
    const units = t.app.get(UnitsService);
    const today = await units.territory([await make.unit('51', '2026-01-01')], '2026-01-01');
    expect([today.has(await make.unit('62')), today.has(await make.unit('610')), today.has(await make.unit('23353'))]).toEqual([true, true, true]);
    const past = await units.territory([await make.unit('62')], '2026-01-01');
    expect([past.has(await make.unit('610')), past.has(await make.unit('51', '2026-01-01')), past.has(await make.unit('21025', '2026-01-01'))]).toEqual([true, false, false]);
  });
});

describe('loading the lists', () => {
  const count = () => t.db.row('select (select count(*) from unit)::int as units, (select count(*) from unit_version)::int as versions, (select count(*) from succession_part)::int as parts');
  test('twice is the same as once', async () => {
    const before = await count();
    await t.app.get(UnitsImporter).load(UNITS);
    expect(await count()).toEqual(before);
  });
  test.each([
    ['a code that stands twice', '2022-kon-tum.csv', (s: string) => `${s}610,Huyện Lặp,district,62\n`, /2022-kon-tum\.csv line 115: the code 610 stands on line 4 already/],
    ['a parent that does not exist', '2022-kon-tum.csv', (s: string) => s.replace('Xã Xốp,commune,610', 'Xã Xốp,commune,699'), /the parent 699 is not in this list/],
    ['a commune of which nobody says where it went', '2025-07-01-kon-tum-quang-ngai.csv', (s: string) => s.split('\n').filter((l) => !l.startsWith('23281,')).join('\n'), /nothing says where 23281/],
    ['an unknown kind', '2025-quang-ngai.csv', (s: string) => s.replace('commune', 'komune'), /the kind "komune"/],
  ])('%s: refused whole, with file, line and reason', async (_, file, spoil, reason) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'lantoa-units-'));
    cpSync(UNITS, folder, { recursive: true });
    writeFileSync(path.join(folder, file), spoil(readFileSync(path.join(folder, file), 'utf8')));
    const before = await count();
    await expect(t.app.get(UnitsImporter).load(folder)).rejects.toThrow(reason);
    expect(await count()).toEqual(before);
  });
});

describe('people', () => {
  test('found without marks, by phone or by unit; only inside the own units', async () => {
    const inside = await t.as((await make.staff('unit-admin', '610')).id);
    const outside = await t.as((await make.staff('unit-admin', '614')).id);
    const owner = await t.as((await make.staff('owner', null)).id);
    const unitId = await make.unit('23353');
    const added = await owner.call(addPerson, { body: { name: 'Siu H\'Ƀlơ̆', birthYear: 1987, sex: 'female', phone: '0905 999 888', unitId, position: 'Chi hội trưởng', from: '2022-11-01' } });
    expect(added.status).toBe(200);
    for (const q of ["siu h'blo", '0905999888', '888', 'dak pek']) expect((await inside.call(listPeople, { query: { q } })).body.items.map((p) => p.id)).toContain(added.body.id);
    expect((await outside.call(listPeople, { query: { q: 'siu' } })).body.items).toEqual([]);
    expect((await outside.call(getPerson, { params: { personId: added.body.id } })).status).toBe(404);
    expect((await outside.call(correctPerson, { params: { personId: added.body.id }, body: { name: 'X', version: 1 } })).status).toBe(404);
  });
  test('two people correct one record: the second is asked to look again', async () => {
    const owner = await t.as((await make.staff('owner', null)).id);
    const p = await make.person();
    const body = { name: 'Tên Mới', birthYear: 1987, sex: 'female' as const, phone: null, version: 1 };
    expect((await owner.call(correctPerson, { params: { personId: p.id }, body })).body.version).toBe(2);
    expect((await owner.call(correctPerson, { params: { personId: p.id }, body })).body.code).toBe('people.changed-meanwhile');
  });
  test('a phone of nine digits is refused with what was typed', async () => {
    const owner = await t.as((await make.staff('owner', null)).id);
    expect((await owner.call(addPerson, { body: { name: 'A', phone: '091234567', unitId: await make.unit('51', '2026-01-01'), position: 'P' } })).body).toMatchObject({ code: 'people.phone-invalid', params: { typed: '091234567' } });
  });
});
