import fc from 'fast-check';
import { type Limits, type Need, proposalsOf, spreadMissing, type Teacher } from './next.rules.ts';

const limits: Limits = { days: [2, 2, 1], seats: 30, perTeacher: 2, classDays: 10, open: [] };
const place = (unitId: string, missing: number, nobody = false) => ({ unitId, name: `Xã ${unitId}`, missing, nobody });
const need = (areaId: string, tier: number, places: Need['places'], reach: number | null = 0.5): Need => ({ areaId, areaName: `Cụm ${areaId}`, tier, reach, places });
const teacher = (personId: string, tier: number, areaId: string, expectedGain: number | null = null): Teacher => ({ personId, name: personId, tier, areaIds: [areaId], validUntil: '2027-01-01', expectedGain });

describe('which classes to hold', () => {
  test('the most people for a class-day first; places with nobody take the first seats; what is left is proposed again', () => {
    const { proposals } = proposalsOf([need('A', 3, [place('a1', 25), place('a2', 12, true)]), need('B', 2, [place('b1', 40)])], [teacher('T', 3, 'A'), teacher('U', 2, 'B')], limits);
    expect(proposals.map((p) => [p.areaId, p.days, p.people, p.perDay, p.places.map((x) => [x.unitId, x.people])])).toEqual([
      ['A', 1, 30, 30, [['a2', 12], ['a1', 18]]], ['B', 2, 30, 15, [['b1', 30]]], ['A', 1, 7, 7, [['a1', 7]]], ['B', 2, 10, 5, [['b1', 10]]],
    ]);
  });
  test('no more class-days than there are', () => expect(proposalsOf([need('A', 2, [place('a', 300)])], [teacher('T', 2, 'A'), teacher('U', 2, 'A'), teacher('V', 2, 'A')], { ...limits, classDays: 5 }).proposals.map((p) => p.days)).toEqual([2, 2]));
  test('a teacher of the area before one from elsewhere, then who holds fewer, then whose learners gain more; each at most so often', () => {
    const who = proposalsOf([need('A', 3, [place('a', 150)])], [teacher('far', 3, 'B', 40), teacher('near', 3, 'A', 10), teacher('nearer', 3, 'A', 20)], limits).proposals.map((p) => [p.teacher?.personId, p.teacher?.near]);
    expect(who).toEqual([['nearer', true], ['near', true], ['nearer', true], ['near', true], ['far', false]]);
  });
  test('an area that nobody may teach is told apart, with all that it lacks', () => {
    const { proposals, withoutTeacher } = proposalsOf([need('A', 2, [place('a', 20)])], [teacher('T', 3, 'A')], limits);
    expect([proposals, withoutTeacher]).toEqual([[], [need('A', 2, [place('a', 20)])]]);
  });
  test('a tier that is taught from outside needs no teacher of ours', () => expect(proposalsOf([need('A', 1, [place('a', 20)])], [], { ...limits, open: [1] }).proposals).toMatchObject([{ areaId: 'A', people: 20, teacher: null }]));
  test('nothing missing: nothing to hold', () => expect(proposalsOf([need('A', 3, [place('a', 0)])], [teacher('T', 3, 'A')], limits)).toEqual({ proposals: [], withoutTeacher: [] }));
});

test('with classes of one length no other choice within the days reaches more people', () => {
  /** The most that `days` classes of a day can reach, by trying every share of them between the areas. */
  const best = (missing: number[], days: number, seats: number): number => {
    if (!missing.length || days === 0) return 0;
    const [first, ...rest] = missing as [number, ...number[]];
    return Math.max(...Array.from({ length: days + 1 }, (_, own) => Math.min(first, own * seats) + best(rest, days - own, seats)));
  };
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 5, max: 40 }), (missing, classDays, seats) => {
    const { proposals } = proposalsOf(missing.map((m, i) => need(`A${i}`, 3, [place(`p${i}`, m)])), [teacher('T', 3, 'A0')], { days: [1, 1, 1], seats, perTeacher: 99, classDays, open: [] });
    expect(proposals.reduce((sum, p) => sum + p.people, 0)).toBe(best(missing, classDays, seats));
  }));
});

describe('a target of a whole area', () => {
  test('fills the lowest first, then all alike', () => expect([spreadMissing(5, [0, 10, 3]), spreadMissing(20, [0, 10, 3]), spreadMissing(30, [0, 10, 3]), spreadMissing(0, [1, 2])]).toEqual([[4, 0, 1], [11, 1, 8], [15, 4, 11], [0, 0]]));
  test('adds up to what is missing, and lifts nobody above those who got none by more than one', () => fc.assert(fc.property(fc.nat(300), fc.array(fc.nat(60), { minLength: 1, maxLength: 12 }), (missing, passed) => {
    const given = spreadMissing(missing, passed);
    expect(given.reduce((a, b) => a + b, 0)).toBe(missing);
    const heights = given.map((g, i) => g + (passed[i] as number));
    const top = Math.max(...heights.filter((_, i) => (given[i] as number) > 0), -Infinity);
    for (const h of heights) expect(h >= top - 1).toBe(true);
  })));
});
