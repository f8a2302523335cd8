import fc from 'fast-check';
import { recordUnitChange, undoUnitChange } from '@lantoa/shared/unit-changes';
import { type Client, startTestApp, type TestApp } from '../../../../test/app.ts';
import { cascadeMakers } from '../../../../test/make-cascade.ts';
import { MergesService } from '#modules/people';
import { CascadeService } from '../cascade.service.ts';
import { LineageService } from '../lineage/door.ts';
import { AMOUNTS, each, SPANS } from './amounts.ts';
import { Ledger } from './door.ts';

const PROGRAMME = 'du-an-8-kon-tum-2022';
const COMMUNES = ['23506', '23512', '23527', '23353', '23500'];
const NAMES = Array.from({ length: 14 }, (_, i) => `N${i}`);
let t: TestApp;
let make: ReturnType<typeof cascadeMakers>;
let owner: Client;
beforeAll(async () => {
  t = await startTestApp();
  make = cascadeMakers(t);
  owner = await t.as((await make.make.staff('owner', null)).id);
});
afterAll(() => t.close());

const cascade = () => t.app.get(CascadeService);
/** Every sum by day, month and year that is not nothing, to its last digit. */
const sums = () => Promise.all(Object.keys(SPANS).map((table) => t.db.rows(`select * from (select of_id, unit_id, day, valid::text, ${each((a) => a)} from ${table}) s where ${AMOUNTS.map((a) => `${a} <> 0`).join(' or ')} order by of_id, unit_id, day, valid`)));
/** Everything that is shown of a day: the whole, and every unit below the top by both maps. */
async function picture(asOf: string) {
  const tables = [];
  for (const map of ['then', 'now'] as const) for (const parent of [undefined, '62', '51', '615']) {
    const parentId = parent && (await make.unit(parent, parent === '51' ? '2026-01-01' : '2022-11-01'));
    tables.push((await cascade().unitFigures(PROGRAMME, asOf, { map, ...(parentId && { parentId }) })).map((u) => ({ ...u, children: 0 })));
  }
  const { tiers, answers } = await cascade().figures(PROGRAMME, asOf);
  return JSON.parse(JSON.stringify({ tiers, answers, tables })) as unknown;
}

const name = fc.constantFrom(...NAMES);
const act = fc.oneof(
  fc.record({ do: fc.constant('class' as const), tier: fc.integer({ min: 1, max: 3 }), month: fc.integer({ min: 1, max: 9 }), unit: fc.constantFrom(...COMMUNES), people: fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), trainer: fc.option(name), right: fc.integer({ min: 0, max: 10 }), passed: fc.boolean() }),
  fc.record({ do: fc.constant('cancel' as const), nth: fc.nat() }),
  fc.record({ do: fc.constant('outcome' as const), nth: fc.nat(), to: fc.constantFrom('passed', 'not-passed', 'absent') }),
  fc.record({ do: fc.constant('certificate' as const), who: name, tier: fc.integer({ min: 1, max: 2 }), unit: fc.constantFrom(...COMMUNES), month: fc.integer({ min: 1, max: 9 }), years: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('refresher' as const), who: name, tier: fc.integer({ min: 1, max: 2 }), month: fc.integer({ min: 1, max: 9 }), done: fc.option(fc.integer({ min: 1, max: 9 })) }),
  fc.record({ do: fc.constant('posting' as const), who: name, unit: fc.constantFrom(...COMMUNES), month: fc.integer({ min: 1, max: 9 }), leaves: fc.boolean() }),
  fc.record({ do: fc.constant('move' as const), nth: fc.nat(), month: fc.integer({ min: 1, max: 9 }) }),
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
let serial = 0;
const month = (n: number): string => `2023-0${n}`;

async function carryOut(a: Act): Promise<void> {
  const nth = async (table: string, n: number) => { const rows = await t.db.rows<{ id: string }>(`select id from ${table} order by id`); return rows.length ? rows[n % rows.length]?.id : undefined; };
  if (a.do === 'class') await make.cls({ code: `K${++serial}`, tier: a.tier, unit: a.unit, days: [`${month(a.month)}-05`, `${month(a.month)}-06`], expected: a.people.length, trainers: [a.trainer], learners: a.people.filter((p) => p !== a.trainer).map((person) => ({ person, unit: a.unit, pre: 2, post: a.right, outcome: a.passed ? 'passed' : 'not-passed' })) });
  if (a.do === 'cancel') await t.db.rows("update training_class set status = 'cancelled' where id = $1", [await nth('training_class', a.nth)]);
  if (a.do === 'outcome') await t.db.rows('update enrolment set outcome = $2 where id = $1', [await nth('enrolment', a.nth), a.to]);
  if (a.do === 'certificate') await make.certificate(a.who, a.tier, a.unit, `${month(a.month)}-20`, `202${3 + a.years}-01-01`);
  if (a.do === 'refresher') await make.refresher(a.who, a.tier, `${month(a.month)}-10`, a.done === null ? null : `${month(a.done)}-28`);
  if (a.do === 'posting') await make.posting(a.who, a.unit, `${month(a.month)}-0${1 + (++serial % 9)}`, a.leaves ? '2024-03-01' : null).catch(() => undefined);
  if (a.do === 'move') await t.db.rows('update training_class set ends_on = $2, starts_on = $2 where id = $1', [await nth('training_class', a.nth), `${month(a.month)}-15`]);
}

test('whatever happens, in whatever order: the sums that followed are those that are made anew; people who passed are never more than those enrolled; and units add up to the whole', async () => {
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
    for (const a of acts) {
      await carryOut(a);
      if (serial % 2) await t.app.get(Ledger).catchUp();
    }
    await t.app.get(Ledger).catchUp();
    const days = ['2023-05-10', '2024-06-30', '2026-01-31'];
    const followed = [];
    for (const d of days) followed.push(await picture(d));
    const one = await sums();
    await t.app.get(Ledger).rebuild();
    expect(await sums()).toEqual(one);
    for (const [i, d] of days.entries()) expect(await picture(d)).toEqual(followed[i]);
    const { tiers } = await cascade().figures(PROGRAMME, '2026-01-31');
    for (const x of tiers) expect([x.passed <= x.enrolled, x.enrolled <= NAMES.length]).toEqual([true, true]);
    for (const map of ['then', 'now'] as const) {
      const top = await cascade().unitFigures(PROGRAMME, '2024-06-30', { map });
      const whole = await cascade().figures(PROGRAMME, '2024-06-30');
      expect(top.reduce((sum, u) => sum + u.enrolled, 0)).toBe(whole.tiers.reduce((sum, x) => sum + x.enrolled, 0));
      expect(top.reduce((sum, u) => sum + u.passed, 0)).toBe(whole.answers.passed);
    }
  }), { numRuns: 6 });
}, 120_000);

test('mergers, splits and their undoing change nothing of what is shown as then, and no sum of what is shown as now', async () => {
  const DAY = '2026-03-01';
  const days = ['2023-06-30', '2025-12-31'];
  const shown = async () => { const p = []; for (const d of days) p.push(await picture(d)); return p as { tiers: unknown; tables: { passed: number }[][] }[]; };
  const before = await shown();
  const commune = (code: string) => make.unit(code, '2026-01-01');
  const province = await make.unit('51', '2026-01-01');
  const head = { on: DAY, document: '9/NQ', note: null };
  const merged = (await owner.call(recordUnitChange, { body: { kind: 'merge', ...head, unitIds: [await commune('23512'), await commune('23500')], into: { name: 'Xã Gộp Mẫu', kind: 'commune', code: null, parentId: province } } })).body;
  const split = (await owner.call(recordUnitChange, { body: { kind: 'split', ...head, unitId: await commune('23527'), into: [{ name: 'Xã Tây', kind: 'commune', code: null, parentId: province }, { name: 'Xã Đông', kind: 'commune', code: null, parentId: province }], localities: [], children: [] } })).body;
  await t.app.get(Ledger).catchUp();
  const after = await shown();
  for (const [i] of days.entries()) {
    // The first four tables are as then.
    expect(after[i]?.tables.slice(0, 4)).toEqual(before[i]?.tables.slice(0, 4));
    expect(after[i]?.tiers).toEqual(before[i]?.tiers);
    const passed = (p: { tables: { passed: number }[][] } | undefined) => (p?.tables[4] ?? []).reduce((sum, u) => sum + u.passed, 0);
    expect(passed(after[i])).toBe(passed(before[i]));
  }
  for (const id of [split.id, merged.id]) expect((await owner.call(undoUnitChange, { params: { changeId: id } })).status).toBe(200);
  await t.app.get(Ledger).catchUp();
  expect(await shown()).toEqual(before);
  await t.app.get(Ledger).rebuild();
  expect(await shown()).toEqual(before);
});

test('a village that was opened in a commune of 2022 lies in what that became, also where nobody moved it', async () => {
  const commune = await make.unit('23506');
  await owner.call(recordUnitChange, { body: { kind: 'open', on: '2022-12-15', document: 'DS', note: null, unit: { name: 'Thôn Sót', kind: 'village', code: '99777', parentId: commune } } });
  await make.cls({ code: 'V1', tier: 3, unit: '23506', days: ['2023-11-01', '2023-11-01'], expected: 1, trainers: [null], learners: [{ person: 'Ở Thôn', unit: '99777', on: '2023-01-01' }] });
  const counted = async (asOf: string, parent: string, name: string) => {
    await t.app.get(Ledger).catchUp();
    return (await cascade().unitFigures(PROGRAMME, asOf, { map: 'then', tier: 3, parentId: await make.unit(parent, asOf) })).find((u) => u.name === name)?.lastClassOn;
  };
  expect([await counted('2023-12-01', '615', 'Xã Đắk HRing'), await counted('2026-01-01', '51', 'Xã Đăk Mar')]).toEqual(['2023-11-01', '2023-11-01']);
});

test('two records of one person count once after they are put together, and twice again after the undo', async () => {
  await make.cls({ code: 'Z1', tier: 1, unit: '615', days: ['2023-10-01', '2023-10-01'], expected: 2, trainers: [null], learners: ['Một', 'Hai'].map((person) => ({ person, unit: '615', pre: 3, post: 8 })) });
  await make.cls({ code: 'Z2', tier: 1, unit: '615', days: ['2023-10-05', '2023-10-05'], expected: 1, trainers: [null], learners: [{ person: 'Hai', unit: '615', pre: 3, post: 8 }] });
  const enrolled = async () => { await t.app.get(Ledger).catchUp(); return (await cascade().figures(PROGRAMME, '2023-12-31')).tiers[0]?.enrolled as number; };
  const before = await enrolled();
  const actor = await make.make.actor((await make.make.staff('owner', null)).id);
  const merge = await t.app.get(MergesService).merge(actor, await make.person('Một'), await make.person('Hai'), { name: 'Một', birthYear: 1980, sex: 'female', phone: null });
  expect(await enrolled()).toBe(before - 1);
  await t.app.get(MergesService).undo(actor, merge);
  expect(await enrolled()).toBe(before);
});

test('a line never comes back on itself, and is what a walk through the classes finds', async () => {
  // Besides what chance has made: a line of three hand-overs that would come back to its beginning if days were not looked at.
  for (const [i, [trainer, learner]] of [['Ba', 'Bốn'], ['Bốn', 'Năm'], ['Năm', 'Sáu'], ['Sáu', 'Ba']].entries()) await make.cls({ code: `Y${i}`, tier: 3, unit: '615', days: [`2024-0${i + 1}-10`, `2024-0${i + 1}-11`], expected: 1, trainers: [trainer as string], learners: [{ person: learner as string, unit: '615' }] });
  await t.app.get(Ledger).catchUp();
  const edges = await t.db.rows<{ trainer: string; learner: string; from: string; until: string }>("select x.person_id as trainer, e.person_id as learner, c.starts_on as \"from\", c.ends_on as until from class_trainer x join training_class c on c.id = x.class_id and c.status = 'completed' join enrolment e on e.class_id = c.id and e.outcome is distinct from 'absent' where x.person_id is not null");
  const walk = (start: string): Set<string> => {
    const found = new Map<string, string>();
    const step = (person: string, since: string) => {
      for (const e of edges) if (e.trainer === person && e.from > since && e.learner !== start && !((found.get(e.learner) ?? '9999') <= e.until)) { found.set(e.learner, e.until); step(e.learner, e.until); }
    };
    step(start, '0000');
    return new Set(found.keys());
  };
  let deepest = 0;
  for (const trainer of new Set(edges.map((e) => e.trainer))) {
    const line = await t.app.get(LineageService).around(trainer, '2026-01-01');
    expect(line.descendants).toBe(walk(trainer).size);
    deepest = Math.max(deepest, line.reached.length);
  }
  expect(deepest).toBeGreaterThanOrEqual(3);
});
