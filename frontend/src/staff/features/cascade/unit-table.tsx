import type { UnitFigures } from '@lantoa/shared/cascade';
import { Table } from '@mantine/core';
import { day, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';

/** The workhorse: one row per unit, worst reach first; a unit with units below it opens. */
export function UnitTable({ rows, onOpen }: { rows: readonly UnitFigures[]; onOpen: (unitId: string) => void }) {
  const sorted = [...rows].sort((a, b) => (a.reach ?? 2) - (b.reach ?? 2));
  const name = (r: UnitFigures) => (r.children ? <button type="button" className="linklike" onClick={() => onOpen(r.unitId)}>{r.name}</button> : r.name);
  const reach = (r: UnitFigures) => (r.reach === null ? '–' : percent(r.reach));
  return (
    <>
      <div className="scroll hide-small"><Table>
        <Table.Thead><Table.Tr>{['unit', 'target', 'enrolled', 'passed', 'reach', 'certified', 'post', 'last'].map((k) => <Table.Th key={k}>{t(`table.${k}`)}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{sorted.map((r) => <Table.Tr key={r.unitId}><Table.Td>{name(r)}</Table.Td><Table.Td>{r.target ? number(r.target) : '–'}</Table.Td><Table.Td>{number(r.enrolled)}</Table.Td><Table.Td>{number(r.passed)}</Table.Td><Table.Td><span className="bar-cell" style={{ display: 'block' }}><i style={{ width: `${Math.min(100, (r.reach ?? 0) * 100)}%` }} /><b>{reach(r)}</b></span></Table.Td><Table.Td>{number(r.certified)}</Table.Td><Table.Td>{r.post.mean === null ? <span className="sub">{r.post.n ? t('table.nSmall') : '–'}</span> : `${number(r.post.mean, 1)} (n=${r.post.n})`}</Table.Td><Table.Td>{r.lastClassOn ? day(r.lastClassOn) : '–'}</Table.Td></Table.Tr>)}</Table.Tbody>
      </Table></div>
      <div className="only-small">{sorted.map((r) => <div key={r.unitId} className="person"><span><strong>{name(r)}</strong><br /><span className="sub">{t('table.row', { passed: number(r.passed), target: r.target ? number(r.target) : '–', post: r.post.mean === null ? '–' : number(r.post.mean, 1) })}</span></span><strong>{reach(r)}</strong></div>)}</div>
    </>
  );
}
