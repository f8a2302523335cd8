import { mayApprove, reasonsAgainst } from './eligibility.rules.ts';

test.each([
  ['passed', false, []], ['not-passed', false, ['not-passed']], ['absent', false, ['absent']], [null, false, ['not-passed']], ['passed', true, ['has-certificate']],
] as const)('%s, certificate from this class already: %s', (outcome, hasCertificate, reasons) => expect(reasonsAgainst({ outcome, hasCertificate })).toEqual(reasons));

test('the one who prepared may not approve, another may, and only once', () => {
  const batch = { status: 'prepared', preparedBy: 'a' };
  expect([mayApprove(batch, { personId: 'a' }), mayApprove(batch, { personId: 'b' }), mayApprove({ ...batch, status: 'approved' }, { personId: 'b' })]).toEqual([false, true, false]);
});
