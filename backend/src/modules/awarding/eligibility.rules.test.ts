import { againstRenewal, mayApprove, mayOverride, reasonsAgainst, type Standing, toLookAt } from './eligibility.rules.ts';

test.each<[Standing['outcome'], boolean, boolean, string[], boolean]>([
  ['passed', false, false, [], false], ['not-passed', false, false, ['not-passed'], true], ['absent', false, false, ['absent'], true], [null, false, false, ['no-outcome'], true],
  ['passed', true, false, ['has-certificate'], false], ['passed', false, true, ['in-batch'], false], ['not-passed', true, false, ['not-passed', 'has-certificate'], false],
])('%s, certificate from this class already: %s, in a batch that waits: %s', (outcome, hasCertificate, inBatch, reasons, override) => {
  expect(reasonsAgainst({ outcome, hasCertificate, inBatch })).toEqual(reasons);
  expect(mayOverride(reasonsAgainst({ outcome, hasCertificate, inBatch }))).toBe(override);
});

test('the one who prepared may not approve, another may, and only once', () => {
  const batch = { status: 'prepared', preparedBy: 'a' };
  expect([mayApprove(batch, { personId: 'a' }), mayApprove(batch, { personId: 'b' }), mayApprove({ ...batch, status: 'approved' }, { personId: 'b' })]).toEqual([false, true, false]);
});

describe('renewal', () => {
  const kept = { due: 2, done: 2, lastScore: 0.8 };
  test('in the window, everything done, the last with 80 %', () => expect([againstRenewal('open', kept, false), againstRenewal('grace', kept, false)]).toEqual([[], []]));
  test('too early, and too late', () => expect([againstRenewal('fresh', kept, false), againstRenewal('lapsed', kept, false)]).toEqual([['too-early'], ['lapsed']]));
  test('one refresher missed; the last one weak; none at all', () => expect([againstRenewal('open', { ...kept, done: 1 }, false), againstRenewal('open', { ...kept, lastScore: 0.79 }, false), againstRenewal('open', { due: 0, done: 0, lastScore: null }, false)]).toEqual([['refresher-missed'], ['refresher-weak'], ['no-refresher']]));
  test('one that nobody answered is missed, not absent', () => expect(againstRenewal('open', { due: 1, done: 0, lastScore: null }, false)).toEqual(['refresher-missed']));
  test('in another batch', () => expect(againstRenewal('open', kept, true)).toEqual(['in-batch']));
});

describe('papers to look at before the approval', () => {
  const names = (n: number) => Array.from({ length: n }, (_, i) => ({ name: i === 3 ? 'Tên dài nhất trong danh sách' : `Tên ${i}` }));
  test('the longest first, and three others', () => { const looked = toLookAt(names(20)); expect([looked[0]?.name, looked.length, new Set(looked).size]).toEqual(['Tên dài nhất trong danh sách', 4, 4]); });
  test('of few, each once; of none, none', () => expect([toLookAt(names(2)).length, toLookAt([]).length]).toEqual([2, 0]));
});
