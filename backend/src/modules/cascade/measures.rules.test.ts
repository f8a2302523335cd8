import fc from 'fast-check';
import { descendantsOf, dropBetween, gainOf, reachOf, scoreOf } from './measures.rules.ts';

const people = (n: number, right: number) => Array.from({ length: n }, () => ({ right, total: 12 }));

describe('score', () => {
  test('the mean share of anchors right, on 0–100', () => expect(scoreOf([...people(5, 6), ...people(5, 12)])).toEqual({ mean: 75, n: 10 }));
  test('hidden below ten people', () => expect(scoreOf(people(9, 6))).toEqual({ mean: null, n: 9 }));
  test('people without anchors do not count', () => expect(scoreOf([...people(10, 9), { right: 0, total: 0 }])).toEqual({ mean: 75, n: 10 }));
  test('always between 0 and 100', () => fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 10 }), (rights) => {
    const { mean } = scoreOf(rights.map((right) => ({ right, total: 12 })));
    expect(mean).toBeGreaterThanOrEqual(0);
    expect(mean).toBeLessThanOrEqual(100);
  })));
});

describe('drop between tiers', () => {
  test('points lost', () => expect(dropBetween({ mean: 84.2, n: 150 }, { mean: 73.9, n: 600 })).toBe(10.3));
  test('a gain is a negative drop', () => expect(dropBetween({ mean: 70, n: 50 }, { mean: 75, n: 50 })).toBe(-5));
  test('the first tier has none, nor has a hidden one', () => expect([dropBetween(undefined, { mean: 70, n: 50 }), dropBetween({ mean: null, n: 4 }, { mean: 70, n: 50 })]).toEqual([null, null]));
});

test('gain counts pairs only', () => expect(gainOf([...Array(10).keys()].map(() => ({ pre: { right: 6, total: 12 }, post: { right: 9, total: 12 } })))).toEqual({ points: 25, pairs: 10 }));
test('reach counts people once, and says nothing without a target', () => expect([reachOf(new Set(['a', 'b']), 4), reachOf(new Set(['a']), 0)]).toEqual([0.5, null]));

describe('lineage', () => {
  const learners = new Map([['a', new Set(['b', 'c'])], ['b', new Set(['d', 'c'])], ['d', new Set(['a'])]]);
  test('everybody at any depth, once, and not oneself', () => expect([...descendantsOf('a', learners)].sort()).toEqual(['b', 'c', 'd']));
  test('somebody who never taught reached nobody', () => expect(descendantsOf('c', learners).size).toBe(0));
});
