import { getNext, getOutlook } from '@lantoa/shared/outlook';
import { getTrainers } from '@lantoa/shared/lineage';
import { type Client, startTestApp, type TestApp } from '../../../../test/app.ts';
import type { cascadeMakers } from '../../../../test/make-cascade.ts';
import { layTruth, PROGRAMME } from '../../../../test/truth-cascade.ts';

let t: TestApp;
let make: ReturnType<typeof cascadeMakers>;
let owner: Client;
beforeAll(async () => {
  t = await startTestApp();
  make = await layTruth(t);
  owner = await t.as((await make.make.staff('owner', null)).id);
});
afterAll(() => t.close());
const next = async (asOf: string, classDays = 3) => (await owner.call(getNext, { query: { programme: PROGRAMME, asOf, classDays: String(classDays) } })).body;

describe('which classes to hold next', () => {
  test('on 2023-03-15 Đắk HRing lacks 5 of 10 and Đắk Mar all 5: one class of the area for both, taught by L1 who is of the area', async () => {
    const n = await next('2023-03-15');
    // Tier 1 lacks 2 of 12; tier 2 lacks 2 of 8 in 615 (six passed there first, L7 in class C, where she came from 615 too: 7) and 1 of 6 in 616.
    const third = n.proposals.find((p) => p.tier === 3);
    expect(third).toMatchObject({ rank: 1, areaName: 'Huyện Đắk Hà', people: 10, places: [{ name: 'Xã Đắk HRing', people: 5, nobody: false }, { name: 'Xã Đắk Mar', people: 5, nobody: false }] });
    expect(third?.teacher).toMatchObject({ near: true });
    expect(n.missing).toBe(2 + 1 + 1 + 10);
  });
  test('classes on their way are not planned twice', async () => {
    await make.cls({ code: 'G', tier: 3, unit: '23506', days: ['2023-05-02', '2023-05-02'], expected: 4, trainers: ['L1'], learners: [], status: 'approved' });
    expect((await next('2023-03-15')).proposals.find((p) => p.tier === 3)).toMatchObject({ people: 6 });
  });
  test('when every certificate has run out, what nobody may teach is told apart', async () => {
    const n = await next('2026-12-31');
    expect(n.proposals.map((p) => [p.tier, p.teacher])).toEqual([[1, null]]);
    expect(n.withoutTeacher.map((w) => [w.tier, w.missing]).sort()).toEqual([[2, 1], [2, 1], [3, 1]]);
  });
});

test('the outlook starts at what was reached, counts classes to come, and never goes beyond the target', async () => {
  const { tiers } = (await owner.call(getOutlook, { query: { programme: PROGRAMME, asOf: '2023-03-15' } })).body;
  expect(tiers.map((x) => [x.passed, x.target, x.planned])).toEqual([[10, 12, 0], [12, 14, 0], [5, 15, 4]]);
  // Class D filled 5 of 8 places, too few classes to go by: 80 % of the four places of G end in the seventh week.
  expect(tiers[2]?.weeks[6]?.expected).toBeGreaterThan(tiers[2]?.weeks[5]?.expected ?? 99);
  expect(Math.max(...(tiers[2]?.weeks.map((w) => w.high) ?? []))).toBeLessThanOrEqual(15);
});

test('trainers: who may teach or has taught, their learners, and whom to call', async () => {
  const r = (await owner.call(getTrainers, { query: { programme: PROGRAMME, asOf: '2023-12-31' } })).body;
  const of = (name: string) => r.items.find((x) => x.name === `Người ${name} (mẫu)`);
  expect(of('T1')).toMatchObject({ classes: 1, learners: 7, alarm: 'no-class', gain: null, pairs: 7 });
  expect(of('L2')).toMatchObject({ classes: 1, learners: 5, alarm: 'expired' });
  expect(of('T5')).toMatchObject({ classes: 0, alarm: 'never-taught' });
  expect(r.total).toBe(21);
});
