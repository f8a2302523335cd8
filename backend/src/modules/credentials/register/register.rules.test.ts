import { against, auditor, type ChainLine, numbersFrom, registerNo, renewedUntil, serialNo, stageOn, stateOn, validUntil } from './register.rules.ts';

test('numbers as the book writes them', () => {
  expect(registerNo('{number}/{year}/GCN-PN', 147, 2026)).toBe('0147/2026/GCN-PN');
  expect(serialNo('LT', 147, 2026)).toBe('LT 2026000147');
});

test('24 months from the last of a month', () => expect(validUntil('2022-11-30', 24)).toBe('2024-11-30'));

describe('the state of a certificate on a day', () => {
  const entry = { issuedOn: '2022-11-15', validUntil: '2024-11-15' };
  test('in force to the day before its end', () => expect([stateOn(entry, [], '2024-11-14'), stateOn(entry, [], '2024-11-15')]).toEqual(['in-force', 'expired']));
  test('revoked from the day of the revocation, and in force before it', () => {
    const later = [{ kind: 'revocation' as const, issuedOn: '2023-05-01' }];
    expect([stateOn(entry, later, '2023-04-30'), stateOn(entry, later, '2023-05-01')]).toEqual(['in-force', 'revoked']);
  });
  test('replaced by another', () => expect(stateOn(entry, [{ kind: 'issue', issuedOn: '2023-05-01' }], '2023-06-01')).toBe('replaced'));
});

describe('the end of a certificate', () => {
  test('60 days before it opens, 30 days after it closes', () => expect(['2026-10-01', '2026-10-02', '2026-11-30', '2026-12-01', '2026-12-30', '2026-12-31'].map((d) => stageOn('2026-12-01', d))).toEqual(['fresh', 'open', 'open', 'grace', 'grace', 'lapsed']));
  test('an early renewal keeps the rest of the old term; a late one begins anew', () => expect([renewedUntil('2026-12-01', '2026-10-15', 24), renewedUntil('2026-12-01', '2026-12-20', 24)]).toEqual(['2028-12-01', '2028-12-20']));
});

describe('a change that is asked for', () => {
  const now = { holderName: 'Y Blo', birthYear: 1980, sex: 'female' as const, unitName: 'Xã Xốp' };
  const ask = (act: Parameters<typeof against>[0], state: Parameters<typeof against>[1], reason: string, wording: typeof now | null = null) => against(act, state, { reason, wording }, now);
  test('a reason of the list of its act', () => expect([ask('revoke', 'in-force', 'fraud'), ask('revoke', 'in-force', 'lost'), ask('reissue', 'in-force', 'lost')]).toEqual([null, 'wrong-reason', null]));
  test('what is finished stays finished; an expired one is not issued again, but may be revoked', () => expect([ask('revoke', 'revoked', 'fraud'), ask('correct', 'replaced', 'misspelt'), ask('reissue', 'expired', 'lost'), ask('revoke', 'expired', 'error')]).toEqual(['wrong-state', 'wrong-state', 'wrong-state', null]));
  test('a correction changes a word', () => expect([ask('correct', 'in-force', 'misspelt', now), ask('correct', 'in-force', 'misspelt'), ask('correct', 'in-force', 'misspelt', { ...now, holderName: 'Y Blŏ' })]).toEqual(['nothing-corrected', 'nothing-corrected', null]));
});

test('the numbers of a batch that waits', () => expect([numbersFrom('{number}/{year}/X', 147, 126, 2026), numbersFrom('{number}/{year}/X', 147, 0, 2026)]).toEqual([['0147/2026/X', '0272/2026/X'], [null, null]]));

const auditChain = (lines: readonly ChainLine[]) => { const { add, found } = auditor(); for (const l of lines) add(l); return found; };
describe('the audit of the book', () => {
  const book = (): ChainLine[] => [1, 2, 3].map((n) => ({ seq: n, registerNo: `000${n}/2026/X`, series: 'X 2026', number: n, previousHash: n === 1 ? '' : `h${n - 1}`, hash: `h${n}`, expectedHash: `h${n}` }));
  test('a sound book', () => expect(auditChain(book())).toEqual({ entries: 3, gaps: [], brokenAt: null, last: '0003/2026/X', head: 'h3' }));
  test('a changed line is named', () => {
    const lines = book();
    (lines[1] as ChainLine).expectedHash = 'other';
    expect(auditChain(lines).brokenAt).toBe('0002/2026/X');
  });
  test('a removed line breaks the chain and leaves a gap', () => expect(auditChain(book().filter((l) => l.number !== 2))).toMatchObject({ brokenAt: '0003/2026/X', gaps: ['X 2026 2'] }));
  test('an empty book is sound', () => expect(auditChain([])).toEqual({ entries: 0, gaps: [], brokenAt: null, last: null, head: null }));
});
