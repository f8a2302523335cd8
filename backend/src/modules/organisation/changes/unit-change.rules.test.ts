import type { UnitChange } from '@lantoa/shared/unit-changes';
import { type Facts, planChange, unitsNamed, type Version } from './unit-change.rules.ts';

let serial = 0;
const makeId = () => `new-${++serial}`;
const version = (unitId: string, over: Partial<Version> = {}): Version => ({ id: `v-${unitId}`, unitId, name: `Xã ${unitId}`, kind: 'commune', code: unitId, parentId: 'd', valid: { from: '2020-01-01', until: null }, ...over });
const district = version('d', { kind: 'district', name: 'Huyện D', parentId: 'p' });
const facts = (versions: Version[], over: Partial<Facts> = {}): Facts => ({ versions: [district, version('p', { kind: 'province', name: 'Tỉnh P', parentId: null }), ...versions], lastEvents: new Map(), codes: new Map(), localities: new Set(), ...over });
const head = { on: '2025-07-01', document: '1/NQ', note: null };
const merge = (over: object = {}): UnitChange => ({ kind: 'merge', ...head, unitIds: ['a', 'b'], into: { name: 'Xã Mới', kind: 'commune', code: 'n', parentId: 'd' }, ...over }) as UnitChange;
const codesOf = (c: UnitChange, f: Facts) => { const r = planChange(c, f, makeId); return 'problems' in r ? r.problems.map((p) => p.code) : []; };
const planOf = (c: UnitChange, f: Facts) => { const r = planChange(c, f, makeId); if ('problems' in r) throw new Error(JSON.stringify(r.problems)); return r.plan; };

describe('two communes become one', () => {
  const village = version('v1', { kind: 'village', name: 'Thôn 1', parentId: 'a' });
  test('both end, a new one begins, villages go with it', () => {
    const plan = planOf(merge(), facts([version('a'), version('b'), village]));
    const [unit] = plan.newUnits as [string];
    expect(plan.close).toEqual([{ versionId: 'v-a', until: '2025-07-01' }, { versionId: 'v-v1', until: '2025-07-01' }, { versionId: 'v-b', until: '2025-07-01' }]);
    expect(plan.open.map((v) => [v.name, v.parentId, v.valid.from])).toEqual([['Xã Mới', 'd', '2025-07-01'], ['Thôn 1', unit, '2025-07-01']]);
    expect(plan.parts).toEqual([{ from: 'a', to: unit }, { from: 'b', to: unit }]);
    expect(plan.endings).toEqual([{ on: '2025-07-01', unitId: 'a', heirId: unit, exact: true }, { on: '2025-07-01', unitId: 'b', heirId: unit, exact: true }]);
  });
  test('the new one may take the code of one that ends, and its name', () => {
    const codes = new Map([['n', { unitId: 'a', name: 'Xã a' }]]);
    expect(codesOf(merge({ into: { name: 'Xã a', kind: 'commune', code: 'n', parentId: 'd' } }), facts([version('a'), version('b')], { codes }))).toEqual([]);
  });
  test('into one of the two, under its old name: it goes on, only the other ends', () => {
    const plan = planOf(merge({ into: { unitId: 'a' } }), facts([version('a'), version('b')]));
    expect([plan.newUnits, plan.open, plan.close]).toEqual([[], [], [{ versionId: 'v-b', until: '2025-07-01' }]]);
    expect(plan.endings).toEqual([{ on: '2025-07-01', unitId: 'b', heirId: 'a', exact: true }]);
  });
  test('into one of the two, under another name', () => expect(planOf(merge({ into: { unitId: 'a', name: 'Xã Chung' } }), facts([version('a'), version('b')])).open.map((v) => [v.unitId, v.name])).toEqual([['a', 'Xã Chung']]));
  test('a unit that only takes others in may have begun the same day', () => expect(codesOf(merge({ into: { unitId: 'n' } }), facts([version('a'), version('b'), version('n', { valid: { from: '2025-07-01', until: null } })]))).toEqual([]));
});

describe('what is refused, with its reason', () => {
  const two = [version('a'), version('b')];
  test.each<[string, UnitChange, Facts, string]>([
    ['a unit that nobody knows', merge({ unitIds: ['a', 'x'] }), facts(two), 'unit-unknown'],
    ['a unit that ended before', merge(), facts([version('a'), version('b', { valid: { from: '2020-01-01', until: '2024-01-01' } })]), 'not-valid-then'],
    ['an event inside another’s period', merge(), facts(two, { lastEvents: new Map([['a', '2026-01-01']]) }), 'changed-later'],
    ['a second event on one day', merge(), facts([version('a'), version('b', { valid: { from: '2025-07-01', until: null } })]), 'changed-that-day'],
    ['a code that somebody else holds', merge(), facts(two, { codes: new Map([['n', { unitId: 'z', name: 'Xã Khác' }]]) }), 'code-taken'],
    ['a parent that does not exist then', merge({ into: { name: 'Xã Mới', kind: 'commune', code: null, parentId: 'q' } }), facts(two), 'parent-not-valid'],
    ['a name that a neighbour bears', merge({ into: { name: 'xa  C', kind: 'commune', code: null, parentId: 'd' } }), facts([...two, version('c', { name: 'Xã C' })]), 'same-name'],
    ['one unit into itself', merge({ unitIds: ['a'], into: { unitId: 'a' } }), facts(two), 'nothing-changes'],
    ['a district under its own commune', { kind: 'move', ...head, unitId: 'd', parentId: 'a' }, facts(two), 'parent-inside'],
    ['a unit to where it is', { kind: 'move', ...head, unitId: 'a', parentId: 'd' }, facts(two), 'nothing-changes'],
    ['a name that it has', { kind: 'rename', ...head, unitId: 'a', name: 'Xã a' }, facts(two), 'nothing-changes'],
    ['closing a district with communes in it', { kind: 'close', ...head, unitId: 'd' }, facts(two), 'children-left'],
    ['splitting without saying where a village goes', { kind: 'split', ...head, unitId: 'a', into: [{ name: 'X', kind: 'commune', code: null, parentId: 'd' }, { name: 'Y', kind: 'commune', code: null, parentId: 'd' }], localities: [], children: [] }, facts([version('a'), version('v1', { kind: 'village', parentId: 'a' })]), 'children-left'],
    ['a village that nobody lives in', { kind: 'split', ...head, unitId: 'a', into: [{ name: 'X', kind: 'commune', code: null, parentId: 'd' }, { name: 'Y', kind: 'commune', code: null, parentId: 'd' }], localities: [{ locality: 'Thôn 9', into: 0 }], children: [] }, facts([version('a')]), 'place-unknown'],
  ])('%s', (_, change, f, code) => expect(codesOf(change, f)).toContain(code));
});

test('a split: what it did counts above, villages say where people go', () => {
  const change: UnitChange = { kind: 'split', ...head, unitId: 'a', into: [{ name: 'X', kind: 'commune', code: null, parentId: 'd' }, { name: 'Y', kind: 'commune', code: null, parentId: 'd' }], localities: [{ locality: 'Thôn 1', into: 1 }], children: [{ unitId: 'v1', into: 0 }] };
  const plan = planOf(change, facts([version('a'), version('v1', { kind: 'village', parentId: 'a' })], { localities: new Set(['thon 1']) }));
  const [x, y] = plan.newUnits;
  expect(plan.endings).toEqual([{ on: '2025-07-01', unitId: 'a', heirId: 'd', exact: false }]);
  expect(plan.places).toEqual([{ locality: 'Thôn 1', unitId: y }]);
  expect(plan.open.find((v) => v.unitId === 'v1')?.parentId).toBe(x);
});
test('closing: it counts for the unit above', () => expect(planOf({ kind: 'close', ...head, unitId: 'a' }, facts([version('a')])).endings).toEqual([{ on: '2025-07-01', unitId: 'a', heirId: 'd', exact: false }]));
test('a move keeps the unit and its code', () => expect(planOf({ kind: 'move', ...head, unitId: 'a', parentId: 'p' }, facts([version('a')])).open).toEqual([expect.objectContaining({ unitId: 'a', code: 'a', parentId: 'p', valid: { from: '2025-07-01', until: null } })]));
test('every unit that a change names is known before it is weighed', () => expect(unitsNamed(merge()).sort()).toEqual(['a', 'b', 'd']));
