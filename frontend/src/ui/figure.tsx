import { Button } from '@mantine/core';
import { IconFileSpreadsheet, IconPhoto, IconTable } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { day, number } from '../lib/format.ts';
import { t } from '../lib/i18n.ts';
import { saveAs } from '../lib/file.ts';
import { Scroll } from './staff-parts.tsx';
import type { Column, TableOf, Value } from './table.ts';

interface Props {
  title: string; sub: string;
  /** What the picture says, for those who do not see it. */
  summary: string; table: TableOf;
  /** What stands beside the numbers in the Excel file: programme, unit, day. */
  about: readonly (readonly [string, string])[]; file: string; children: ReactNode; aside?: ReactNode;
  /** The table is the picture already. */
  tableOnly?: boolean;
}

/** A picture with its finding as heading, its table, both to take away, and its meaning in words. */
export function Figure({ title, sub, summary, table, about, file, children, aside, tableOnly = false }: Props) {
  const [asTable, setAsTable] = useState(false);
  const art = useRef<HTMLDivElement>(null);
  const picture = () => { const svg = art.current?.querySelector('svg.art'); if (svg) void import('./figure-files.ts').then(async (m) => saveAs(await m.pictureOf(svg as SVGSVGElement, title, sub), `${file}.png`)); };
  const excel = () => void import('./figure-files.ts').then(async (m) => saveAs(await m.excelOf(title, table, [...about, [t('figure.about'), sub]]), `${file}.xlsx`));
  return (
    <section className="panel stack figure">
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'start' }}><div style={{ flex: '1 1 320px', minWidth: 0 }}><h2 style={{ margin: 0 }}>{title}</h2><p className="sub">{sub}</p></div>{aside && <div className="no-print row-s">{aside}</div>}</div>
      {summary !== title && <p className="unseen">{summary}</p>}
      <div ref={art}>{asTable ? <DataTable label={title} table={table} /> : children}</div>
      <div className="no-print row-s">
        {!tableOnly && <Button size="compact-md" variant="subtle" leftSection={<IconTable size={18} aria-hidden />} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{t(asTable ? 'figure.picture' : 'figure.table')}</Button>}
        <Button size="compact-md" variant="subtle" leftSection={<IconFileSpreadsheet size={18} aria-hidden />} onClick={excel}>{t('figure.excel')}</Button>
        {!tableOnly && !asTable && <Button className="hide-small" size="compact-md" variant="subtle" leftSection={<IconPhoto size={18} aria-hidden />} onClick={picture}>{t('figure.save')}</Button>}
      </div>
    </section>
  );
}

/** A value as it stands in a table: nothing is a dash. */
export function shown(value: Value, kind: Column['kind'] = 'text'): string {
  if (value === null || value === '') return '–';
  if (kind === 'day') return day(String(value));
  if (typeof value === 'string') return value;
  return kind === 'share' ? `${number(value * 100, 1)}%` : number(value, kind === 'points' ? 1 : 0);
}

export const DataTable = ({ label, table }: { label: string; table: TableOf }) => (
  <Scroll label={label}><table className="data">
    <thead><tr>{table.columns.map((c) => <th key={c.label} className={c.kind && c.kind !== 'text' ? 'num' : undefined}>{c.label}</th>)}</tr></thead>
    <tbody>{table.rows.map((r, i) => <tr key={`${i} ${r[0]}`}>{r.map((v, k) => <td key={table.columns[k]?.label} className={table.columns[k]?.kind && table.columns[k]?.kind !== 'text' ? 'num' : undefined}>{shown(v, table.columns[k]?.kind)}</td>)}</tr>)}</tbody>
  </table></Scroll>
);
