import { getCascade, getUnitTable, type Cascade } from '@lantoa/shared/cascade';
import { getLineage, getOwnLineage } from '@lantoa/shared/lineage';
import { RolesService } from '#modules/access';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import type { cascadeMakers } from '../../../test/make-cascade.ts';
import { layTruth, PROGRAMME } from '../../../test/truth-cascade.ts';

/** Every figure here was worked out on paper from the cascade that `layTruth` describes. */

let t: TestApp;
let make: ReturnType<typeof cascadeMakers>;
let owner: Client;

beforeAll(async () => {
  t = await startTestApp();
  make = await layTruth(t);
  owner = await t.as((await make.make.staff('owner', null)).id);
});
afterAll(() => t.close());

const on = async (asOf: string): Promise<Cascade> => (await owner.call(getCascade, { query: { programme: PROGRAMME, asOf } })).body;
const tier = async (asOf: string, k: number) => (await on(asOf)).tiers[k - 1] as Cascade['tiers'][number];
const units = async (asOf: string, map: 'then' | 'now', parent: string, position: number) => {
  const parentId = await make.unit(parent, map === 'now' ? '2026-01-01' : asOf);
  const { items } = (await owner.call(getUnitTable, { query: { programme: PROGRAMME, asOf, map, parentId, tier: position } })).body;
  return Object.fromEntries(items.filter((u) => u.enrolled || u.target).map((u) => [u.name, [u.target, u.enrolled, u.passed, u.lastClassOn]]));
};

describe('reach: people who passed by the day ÷ target', () => {
  test('10 of 12 passed; 12 of 14, L7 in two classes once; 14 of 15, M1 in two classes once', async () => {
    const { tiers } = await on('2025-12-31');
    expect(tiers.map((x) => [x.enrolled, x.passed, x.target])).toEqual([[12, 10, 12], [12, 12, 14], [16, 14, 15]]);
    expect(tiers.map((x) => x.reach)).toEqual([10 / 12, 12 / 14, 14 / 15]);
  });
  test('on 2023-03-15 only class D had ended in tier 3: 5 of 15', async () => expect(await tier('2023-03-15', 3)).toMatchObject({ enrolled: 6, passed: 5, reach: 5 / 15, planned: 8, classes: 1 }));
  test('on the day before the first class nobody was reached', async () => expect((await on('2022-11-08')).tiers.map((x) => x.enrolled + x.planned)).toEqual([0, 0, 0]));
  test('of 16 trained in tier 3, 14 passed: 87.5 %, by Wilson between 64.0 % and 96.5 %', async () => {
    const { share, low, high } = (await tier('2025-12-31', 3)).passRate as { share: number; low: number; high: number };
    expect([share, Math.round(low * 1000), Math.round(high * 1000)]).toEqual([0.875, 640, 965]);
  });
});

describe('plan to date: places in classes that have ended', () => {
  test('12; 8 + 6; 8 + 5 + 6: 45 places, 36 people passed, 9 behind', async () => {
    const { tiers, answers } = await on('2025-12-31');
    expect([tiers.map((x) => x.planned), answers.planned, answers.passed, answers.behind]).toEqual([[12, 14, 19], 45, 36, 9]);
  });
});

describe('score, gain, drop', () => {
  test('post: (10 × .9 + 2 × .6) ÷ 12 = 85.0; (6 × .8 + .5 + .8 + 5 × .7) ÷ 13 = 73.8; (5 × .6 + 4 × .7 + .4 + 6 × .8) ÷ 16 = 68.75', async () => expect((await on('2025-12-31')).tiers.map((x) => [x.post.mean, x.post.n])).toEqual([[85, 12], [73.8, 13], [68.8, 16]]));
  test('gain: (10 × .5 + 2 × .2) ÷ 12; B 6 × .5 + .2, C .4 + 4 × .3, over the 12 who sat both; D 5 × .4, E 4 × .4 + .1, F 6 × .3, over 16', async () => expect((await on('2025-12-31')).tiers.map((x) => [x.gain.points, x.gain.pairs])).toEqual([[45, 12], [40, 12], [34.4, 16]]));
  test('lost: 85.0 − 73.85 = 11.2; 73.85 − 68.75 = 5.1', async () => expect((await on('2025-12-31')).tiers.map((x) => x.drop?.points ?? null)).toEqual([null, 11.2, 5.1]));
  test('fewer than ten sat: hidden, with n', async () => {
    const three = await tier('2023-03-15', 3);
    expect([three.post, three.drop, three.gain]).toEqual([{ mean: null, n: 5, margin: null }, null, { points: null, pairs: 5, margin: null }]);
  });
});

describe('certificates and the right to teach', () => {
  test('ten certified in tier 1; T1 and T2 have taught by then, eight have not', async () => expect(await tier('2023-01-31', 1)).toMatchObject({ certified: 10, inForce: 10, idle: 8 }));
  test('before they taught, all ten had not', async () => expect(await tier('2022-11-20', 1)).toMatchObject({ certified: 10, idle: 10 }));
  test('tier 2: eleven certified, L2 revoked; L1 and L2 have taught', async () => expect(await tier('2023-12-31', 2)).toMatchObject({ certified: 11, inForce: 10, idle: 9, overdue: { certificates: 1 } }));
  test('after two years only L4’s is in force', async () => expect(await tier('2025-12-31', 2)).toMatchObject({ certified: 11, inForce: 1, overdue: { certificates: 10 } }));
  test('trainers: T1, T2 in tier 2; L1 and L2, later L8 without a certificate, in tier 3', async () => expect([(await tier('2022-12-31', 2)).trainers, (await tier('2023-12-31', 3)).trainers, (await tier('2025-12-31', 3)).trainers]).toEqual([2, 2, 3]));
});

describe('places with nobody', () => {
  const empty = async (day: string) => { const { places } = (await on(day)).answers; return [places.all, places.all - places.empty]; };
  test('on 2023-06-30 Đắk HRing has L1 and L4, Đắk Mar has L3', async () => expect(await empty('2023-06-30')).toEqual([102, 2]));
  test('before the certificates: none', async () => expect(await empty('2022-12-19')).toEqual([102, 0]));
  test('L3 has left: one of 102', async () => expect(await empty('2024-06-30')).toEqual([102, 1]));
  test('after the merger the new commune of 96 is covered by L4, whose posting is in the old one', async () => expect(await empty('2025-08-01')).toEqual([96, 1]));
  test('when L4’s certificate has run out: none', async () => expect(await empty('2026-12-20')).toEqual([96, 0]));
});

describe('late reports', () => {
  test('F was due on 2025-09-08 and came on the 20th', async () => expect([(await on('2025-09-08')).answers.overdue.reports, (await on('2025-09-09')).answers.overdue.reports, (await on('2025-09-19')).answers.overdue.reports, (await on('2025-09-20')).answers.overdue.reports]).toEqual([0, 1, 1, 0]));
});

describe('units as then and as now', () => {
  test('as then, on 2024-12-31: two communes of Đắk Hà', async () => expect(await units('2024-12-31', 'then', '615', 3)).toEqual({ 'Xã Đắk HRing': [10, 6, 5, '2023-03-01'], 'Xã Đắk Mar': [5, 5, 4, '2023-04-01'] }));
  test('as now, the same day: one commune with both', async () => expect(await units('2024-12-31', 'now', '51', 3)).toEqual({ 'Xã Đăk Mar': [15, 11, 9, '2023-04-01'] }));
  test('after the merger, with class F', async () => expect(await units('2025-12-31', 'then', '51', 3)).toEqual({ 'Xã Đăk Mar': [15, 16, 14, '2025-09-01'] }));
  test('sums are the same by either map', async () => {
    const sum = async (map: 'then' | 'now') => {
      const rows = Object.values(await units('2024-12-31', map, map === 'then' ? '615' : '51', 3));
      return [0, 1, 2].map((i) => rows.reduce((total, r) => total + Number(r[i]), 0));
    };
    expect(await sum('then')).toEqual(await sum('now'));
  });
  test('somebody of the district sees the same rows and nothing else', async () => {
    const admin = await t.as((await make.make.staff('unit-admin', '615')).id);
    const { body } = await admin.call(getCascade, { query: { programme: PROGRAMME, asOf: '2024-12-31' } });
    // Six of T1–T12 and all of L1–L7 are of 615; the targets of 615 and its communes.
    expect(body.tiers.map((x) => [x.enrolled, x.passed, x.target])).toEqual([[6, 6, 0], [7, 7, 8], [11, 9, 15]]);
    const { items } = (await admin.call(getUnitTable, { query: { programme: PROGRAMME, asOf: '2024-12-31' } })).body;
    expect(items.map((u) => [u.name, u.enrolled, u.target])).toEqual([['Tỉnh Kon Tum', 24, 23]]);
    expect((await admin.call(getCascade, { query: { programme: PROGRAMME, unitId: await make.unit('616') } })).body.code).toBe('organisation.unit-not-found');
  });
});

describe('lineage', () => {
  const of = async (name: string) => (await owner.call(getLineage, { params: { personId: await make.person(name) } })).body;
  test('T1: the seven of B; through L1 five of D (not M6, who was absent) and five more of F, through L2 the five of E: 22', async () => {
    const line = await of('T1');
    expect([line.reached, line.descendants]).toEqual([[{ depth: 1, people: 7 }, { depth: 2, people: 15 }], 22]);
    expect(line.taught.map((c) => [c.code, c.learners, c.passed])).toEqual([['B', 7, 6]]);
    expect(line.learnedIn.map((c) => [c.code, c.trainers.map((x) => x.name)])).toEqual([['A', ['Khách mời']]]);
  });
  test('T2: the six of C; through L8 the six of F: 12', async () => expect((await of('T2')).reached).toEqual([{ depth: 1, people: 6 }, { depth: 2, people: 6 }]));
  test('L7 has two teachers, each with the class that they learned in', async () => expect((await of('L7')).learnedIn.map((c) => [c.code, c.trainers.map((x) => [x.name, x.learnedIn.map((y) => y.code)])])).toEqual([['C', [['T2', ['A']]]], ['B', [['T1', ['A']]]]]));
  test('a trainer sees the own line and nobody else’s; a learner has none to see', async () => {
    const id = await make.person('L1');
    await t.app.get(RolesService).give(null, id, 'trainer', null);
    const trainer = await t.as(id);
    expect((await trainer.call(getOwnLineage, {})).body).toMatchObject({ name: 'Người L1 (mẫu)', descendants: 11 - 1 });
    expect((await trainer.call(getLineage, { params: { personId: await make.person('L2') } })).status).toBe(403);
    expect((await (await t.as(await make.person('M2'))).call(getOwnLineage, {})).status).toBe(403);
  });
  test('M1 taught nobody', async () => expect(await of('M1')).toMatchObject({ descendants: 0, taught: [], alarm: null }));
  test('alarms today: T3 never taught and the certificate has run out', async () => expect([(await of('T3')).alarm, (await of('L4')).alarm]).toEqual(['expired', 'never-taught']));
});
