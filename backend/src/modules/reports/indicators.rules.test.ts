import fc from 'fast-check';
import { dhis2Period, withoutSmall } from './indicators.rules.ts';

describe('a DHIS2 period', () => {
  test.each([
    ['2026-03-01', '2026-03-31', '202603'], ['2024-02-01', '2024-02-29', '202402'], ['2026-04-01', '2026-06-30', '2026Q2'], ['2026-01-01', '2026-06-30', '2026S1'], ['2026-07-01', '2026-12-31', '2026S2'], ['2026-01-01', '2026-12-31', '2026'],
    ['2026-02-01', '2026-04-30', null], ['2026-03-02', '2026-03-31', null], ['2026-03-01', '2026-03-30', null], ['2025-12-01', '2026-01-31', null],
  ])('%s to %s is %s', (from, to, period) => expect(dhis2Period(from, to)).toBe(period));
});

test('numbers from 1 to 4 are hidden and counted, 0 and 5 are not', () => expect(withoutSmall([['Xơ Đăng', 5, 4, 0], ['Brâu', 1, null, 12]])).toEqual({ rows: [['Xơ Đăng', 5, null, 0], ['Brâu', null, null, 12]], hidden: 2 }));
test('no number below 5 ever gets through', () => fc.assert(fc.property(fc.array(fc.array(fc.nat(20))), (rows) => { for (const v of withoutSmall(rows).rows.flat()) expect(v === null || v === 0 || Number(v) >= 5).toBe(true); })));
