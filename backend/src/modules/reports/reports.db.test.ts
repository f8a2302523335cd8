import { randomUUID } from 'node:crypto';
import { getCascade, getUnitTable } from '@lantoa/shared/cascade';
import { downloadReport, getReport, listIndicatorSets, type ReportTable, saveIndicatorSet } from '@lantoa/shared/reports';
import { parse as parseCsv } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { PeopleService } from '#modules/people';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import type { cascadeMakers } from '../../../test/make-cascade.ts';
import { layTruth, PROGRAMME } from '../../../test/truth-cascade.ts';
import { ReportsService } from './reports.service.ts';
import { ExportsService } from './exports.service.ts';

let t: TestApp;
let make: ReturnType<typeof cascadeMakers>;
let owner: Client;
let programmeId: string;
beforeAll(async () => {
  t = await startTestApp();
  make = await layTruth(t);
  owner = await t.as((await make.make.staff('owner', null)).id);
  programmeId = (await t.db.row<{ id: string }>('select id from programme where slug = $1', [PROGRAMME])).id;
});
afterAll(() => t.close());

const YEAR = { from: '2023-01-01', to: '2023-12-31' };
const ask = async (kind: ReportTable['kind'], more: { from?: string; to?: string; unitId?: string } = {}): Promise<ReportTable> => (await owner.call(getReport, { params: { kind }, query: { programme: PROGRAMME, ...YEAR, ...more } })).body;
const file = async (kind: ReportTable['kind'], format: 'xlsx' | 'csv' | 'dhis2', o: { from: string; to: string; unitId?: string }) => {
  const report = await t.app.get(ReportsService).of({ kind, programme: PROGRAMME, ...o, language: 'vi', roots: o.unitId ? [{ unitId: o.unitId, mapDay: o.to }] : null });
  return Buffer.from((await t.app.get(ExportsService).file(report, format, { language: 'vi', unitId: o.unitId, actor: null })).bytes);
};
const column = (r: ReportTable, key: string) => r.rows.map((row) => row[r.columns.findIndex((c) => c.key === key)]);

describe('one number, everywhere', () => {
  const DAY = '2024-12-31';
  test('the answers on top are the table of units, the workbook, the open data, the data values, and a plain count', async () => {
    const { answers, tiers } = (await owner.call(getCascade, { query: { programme: PROGRAMME, asOf: DAY } })).body;
    const { items } = (await owner.call(getUnitTable, { query: { programme: PROGRAMME, asOf: DAY } })).body;
    const year = { from: '2024-01-01', to: DAY };
    const report = await ask('units', year);
    const [head, ...rows] = (await readSheet(await file('units', 'xlsx', year))) as unknown[][];
    const csv = parseCsv(await file('units', 'csv', year), { columns: true }) as Record<string, string>[];
    const json = JSON.parse((await file('units', 'dhis2', year)).toString()) as { dataValues: { dataElement: string; value: string }[] };
    const counted = await t.db.row<{ passed: number; enrolled: number; target: number; planned: number; late: number }>(
      `select (select count(*) from (select distinct e.person_id, c.tier_id from enrolment e join training_class c on c.id = e.class_id where e.outcome = 'passed' and c.ends_on <= $1) x)::int as passed, (select count(*) from (select distinct e.person_id, c.tier_id from enrolment e join training_class c on c.id = e.class_id where c.ends_on <= $1) x)::int as enrolled,
          (select sum(people) from tier_target where valid @> $1::date)::int as target, (select sum(expected) from training_class where ends_on <= $1)::int as planned, 0 as late`, [DAY]);
    const sum = (values: unknown[]) => values.reduce((total: number, v) => total + Number(v), 0);
    const at = (label: string) => (head as string[]).indexOf(label);
    for (const [key, label, element, expected] of [['passed', 'Đạt', 'LT_PASSED', counted.passed], ['enrolled', 'Dự lớp', 'LT_TRAINED', counted.enrolled], ['target', 'Chỉ tiêu', 'LT_TARGET', counted.target], ['planned', 'Kế hoạch đến nay', null, counted.planned]] as const) {
      expect([key, sum(items.map((u) => u[key])), sum(column(report, key)), sum(rows.map((r) => r[at(label)])), sum(csv.map((r) => r[key]))]).toEqual([key, expected, expected, expected, expected]);
      if (element) expect([element, sum(json.dataValues.filter((v) => v.dataElement === element).map((v) => v.value))]).toEqual([element, expected]);
    }
    expect([answers.passed, answers.target, answers.planned, tiers.reduce((n, x) => n + x.enrolled, 0)]).toEqual([counted.passed, counted.target, counted.planned, counted.enrolled]);
    expect(answers.places.empty).toBe(sum(column(report, 'emptyPlaces')));
    // 10 of A, 12 of B and C, 5 of D, 4 of E.
    expect(counted.passed).toBe(31);
  });
  test('the workbook has a sheet of definitions for every column and one of what was asked for', async () => {
    const bytes = await file('units', 'xlsx', YEAR);
    const definitions = (await readSheet(bytes, 2)) as unknown[][];
    expect(definitions.map((r) => r[0])).toEqual((await ask('units')).columns.map((c) => c.label));
    expect(definitions.every((r) => String(r[1]).length > 3)).toBe(true);
    expect(((await readSheet(bytes, 3)) as unknown[][]).map((r) => r[1]).slice(1, 5)).toEqual(['Dự án 8, tập huấn lan tỏa tỉnh Kon Tum', 'Mọi đơn vị', YEAR.from, YEAR.to]);
  });
});

describe('indicators', () => {
  test('count what was added in the period, and tell what stands on its last day', async () => {
    const r = await ask('indicators');
    const value = Object.fromEntries(r.rows.map((row) => [row[0], row[2]]));
    // In 2023: D and E in tier 3, 11 people, 9 passed, all women; L2 revoked, so 10 + 10 in force; Đắk HRing and Đắk Mar covered until 30 December, then L3 left.
    expect(value).toMatchObject({ LT_T1_TRAINED: 0, LT_T3_TRAINED: 11, LT_T3_PASSED: 9, LT_T3_WOMEN: 10, LT_CLASSES: 2, LT_IN_FORCE: 20, LT_COVERED: 1, LT_EMPTY: 101 });
  });
  test('a new version holds from its day; what was reported before stays', async () => {
    const indicators = [{ code: 'P8_05', name: 'Phụ nữ được tập huấn', measure: 'women' as const, tier: null }, { code: 'P8_06', name: 'Điểm tầng xã', measure: 'post' as const, tier: 3 }];
    const before = await ask('indicators');
    const saved = await owner.call(saveIndicatorSet, { params: { programmeId }, body: { name: 'Bộ 2025', from: '2025-01-01', indicators } });
    expect([saved.status, saved.body.madeBy]).toEqual([200, expect.stringContaining('Y Thử')]);
    expect(await ask('indicators')).toEqual(before);
    expect((await ask('indicators', { from: '2025-01-01', to: '2025-12-31' })).rows.map((r) => r.slice(0, 3))).toEqual([['P8_05', 'Phụ nữ được tập huấn', 6], ['P8_06', 'Điểm tầng xã', 68.8]]);
    expect((await owner.call(saveIndicatorSet, { params: { programmeId }, body: { name: 'Sai', from: '2026-01-01', indicators: [...indicators, indicators[0] as (typeof indicators)[number]] } })).body.code).toBe('reports.code-twice');
    expect((await owner.call(saveIndicatorSet, { params: { programmeId }, body: { name: 'Sớm', from: '2024-01-01', indicators } })).body.code).toBe('reports.set-later');
    expect((await owner.call(listIndicatorSets, { params: { programmeId } })).body.items.map((s) => [s.name, s.from, s.until])).toEqual([['Bộ 2025', '2025-01-01', null]]);
  });
  test('as DHIS2 data values of a province, by its code of that day', async () => {
    const unitId = await make.unit('62');
    const { period, dataValues } = JSON.parse((await file('indicators', 'dhis2', { ...YEAR, unitId })).toString());
    expect(period).toBe('2023');
    expect(dataValues).toContainEqual({ dataElement: 'LT_T3_PASSED', period: '2023', orgUnit: '62', value: '9' });
    const wrong = await owner.call(downloadReport, { params: { kind: 'indicators' }, query: { programme: PROGRAMME, from: '2023-02-01', to: '2023-04-30', unitId, format: 'dhis2' } });
    expect((wrong.body as { code?: string }).code).toBe('reports.not-for-dhis2');
  });
});

test('participants by level, topic, days, sex and position: somebody absent does not count, somebody in two classes counts twice', async () => {
  const r = await ask('participants', { from: '2022-11-01', to: '2022-12-31' });
  expect(r.rows.map((row) => [row[0], row[3], ...row.slice(4)])).toEqual([['Tỉnh', 'Cán bộ', 12, 12, 0, 0, 10], ['Huyện', 'Cán bộ', 13, 13, 0, 0, 12]]);
});

test('classes of a period, without a single person in them', async () => {
  const r = await ask('classes');
  expect(r.rows.map((row) => [row[0], row[5], row[7], row[9], row[10]])).toEqual([['D', '2023-03-01', 5, 5, null], ['E', '2023-04-01', 5, 4, null]]);
  expect(JSON.stringify(r)).not.toMatch(/M1|L1/);
});

describe('ethnic groups', () => {
  test('only with the right to sensitive data, only of people who consented, never a number below 5', async () => {
    for (const [i, name] of ['M1', 'M2', 'M3', 'M4', 'M5', 'M7'].entries()) await t.app.get(PeopleService).keepEthnicity(await make.person(name), i < 5 ? 'xo-dang' : 'brau');
    const r = await t.app.get(ReportsService).of({ kind: 'ethnicity', programme: PROGRAMME, ...YEAR, language: 'vi', roots: null });
    expect([r.table.rows, r.table.hidden]).toEqual([[['Xã, thôn', 'xo-dang', 5, 5, 5], ['Xã, thôn', 'brau', null, null, null]], 3]);
    const admin = await t.as((await make.make.staff('unit-admin')).id);
    expect((await admin.call(getReport, { params: { kind: 'ethnicity' }, query: { programme: PROGRAMME, ...YEAR } })).status).toBe(403);
  });
});

test('a reader of one district gets that district, and nothing of another', async () => {
  const admin = await t.as((await make.make.staff('auditor', '616')).id);
  const { body } = await admin.call(getReport, { params: { kind: 'participants' }, query: { programme: PROGRAMME, from: '2022-11-01', to: '2022-12-31' } });
  expect(body.rows.map((r) => [r[0], r[4]])).toEqual([['Tỉnh', 6], ['Huyện', 5]]);
  expect((await admin.call(getReport, { params: { kind: 'units' }, query: { programme: PROGRAMME, ...YEAR, unitId: await make.unit('615') } })).body.code).toBe('organisation.unit-not-found');
  expect((await admin.call(getReport, { params: { kind: 'units' }, query: { programme: PROGRAMME, ...YEAR, unitId: randomUUID() } })).status).toBe(404);
});
