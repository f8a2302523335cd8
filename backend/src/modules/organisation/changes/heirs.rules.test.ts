import fc from 'fast-check';
import { type Ending, heirsOf } from './heirs.rules.ts';

const end = (on: string, unitId: string, heirId: string, exact = true): Ending => ({ on, unitId, heirId, exact });
const heirOn = (endings: readonly Ending[], unitId: string, day: string) => heirsOf(endings).find((h) => h.unitId === unitId && h.from <= day && (h.until === null || day < h.until))?.heirId ?? unitId;

describe('who stands for a unit that is no more', () => {
  test('two mergers in a row: the second heir from the second day on', () => {
    const endings = [end('2025-07-01', 'a', 'n'), end('2025-07-01', 'b', 'n'), end('2026-01-01', 'n', 'm')];
    expect(heirsOf(endings)).toEqual([
      { unitId: 'a', heirId: 'n', exact: true, from: '2025-07-01', until: '2026-01-01' }, { unitId: 'b', heirId: 'n', exact: true, from: '2025-07-01', until: '2026-01-01' },
      { unitId: 'n', heirId: 'm', exact: true, from: '2026-01-01', until: null }, { unitId: 'a', heirId: 'm', exact: true, from: '2026-01-01', until: null }, { unitId: 'b', heirId: 'm', exact: true, from: '2026-01-01', until: null },
    ]);
    expect(heirOn(endings, 'a', '2025-06-30')).toBe('a');
  });
  test('what was split is counted above, and what had gone into it as well', () => {
    const endings = [end('2025-01-01', 'a', 'n'), end('2026-01-01', 'n', 'province', false)];
    expect(heirsOf(endings).filter((h) => h.until === null)).toEqual([expect.objectContaining({ unitId: 'n', heirId: 'province', exact: false }), expect.objectContaining({ unitId: 'a', heirId: 'province', exact: false })]);
  });
  test('an heir that ends the same day, whichever is recorded first', () => {
    const [first, second] = [end('2025-07-01', 'commune', 'district', false), end('2025-07-01', 'district', 'province', false)];
    for (const endings of [[first, second], [second, first]]) expect(heirOn(endings, 'commune', '2025-07-01')).toBe('province');
  });
  test('on every day everybody has one heir, and an heir is never a unit that has ended', () => {
    const chain = fc.array(fc.record({ heir: fc.nat(30), day: fc.nat(8), exact: fc.boolean() }), { minLength: 1, maxLength: 25 }).map((list) => list.map((x, i): Ending => end(`2025-01-0${x.day + 1}`, `u${i}`, `u${Math.max(i + 1, x.heir)}`, x.exact)));
    fc.assert(fc.property(chain, fc.nat(9), (endings, d) => {
      const day = `2025-01-0${d}`;
      const ended = new Set(endings.filter((e) => e.on <= day).map((e) => e.unitId));
      const rows = heirsOf(endings).filter((h) => h.from <= day && (h.until === null || day < h.until));
      expect(rows.map((h) => h.unitId).sort()).toEqual([...ended].sort());
      expect(rows.filter((h) => ended.has(h.heirId))).toEqual([]);
    }));
  });
});
