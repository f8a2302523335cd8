import { canSee, type ClassFacts, standing } from './classes.policy.ts';

const cls: ClassFacts = { unitId: 'dak-glei', createdBy: 'trainer', trainerIds: ['trainer', 'second'] };
const none: ReadonlySet<string> = new Set();
const glei: ReadonlySet<string> = new Set(['dak-glei', 'xop']);
const elsewhere: ReadonlySet<string> = new Set(['kon-ray']);

test.each([
  ['its trainer', 'trainer', none, none, { involved: true, team: true, oversees: false }],
  ['the second trainer', 'second', none, none, { involved: true, team: true, oversees: false }],
  ['the office of its unit', 'office', glei, glei, { involved: false, team: true, oversees: true }],
  ['the office of another unit', 'office', elsewhere, elsewhere, { involved: false, team: false, oversees: false }],
  ['the owner', 'owner', 'everywhere' as const, 'everywhere' as const, { involved: false, team: true, oversees: true }],
  ['an office worker who teaches it', 'second', glei, glei, { involved: true, team: true, oversees: true }],
  ['a stranger', 'x', none, none, { involved: false, team: false, oversees: false }],
])('%s', (_, personId, run, approve, expected) => expect(standing({ personId }, cls, run, approve)).toEqual(expected));

test('seen by its team and by those who reach its unit', () => {
  expect([canSee({ personId: 'second' }, cls, none), canSee({ personId: 'x' }, cls, glei), canSee({ personId: 'x' }, cls, elsewhere), canSee({ personId: 'x' }, cls, 'everywhere')]).toEqual([true, true, false, true]);
});
