import { auditChain, type ChainLine, registerNo, serialNo, stateOn, validUntil } from './register.rules.ts';

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

describe('the audit of the book', () => {
  const book = (): ChainLine[] => [1, 2, 3].map((n) => ({ seq: n, registerNo: `000${n}/2026/X`, series: 'X 2026', number: n, previousHash: n === 1 ? '' : `h${n - 1}`, hash: `h${n}`, expectedHash: `h${n}` }));
  test('a sound book', () => expect(auditChain(book())).toEqual({ entries: 3, gaps: [], brokenAt: null, last: '0003/2026/X' }));
  test('a changed line is named', () => {
    const lines = book();
    (lines[1] as ChainLine).expectedHash = 'other';
    expect(auditChain(lines).brokenAt).toBe('0002/2026/X');
  });
  test('a removed line breaks the chain and leaves a gap', () => expect(auditChain(book().filter((l) => l.number !== 2))).toMatchObject({ brokenAt: '0003/2026/X', gaps: ['X 2026 2'] }));
  test('an empty book is sound', () => expect(auditChain([])).toEqual({ entries: 0, gaps: [], brokenAt: null, last: null }));
});
