import { getUnitTable, type UnitFigures } from '@lantoa/shared/cascade';
import { Button, Checkbox, SegmentedControl, Select } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconChevronUp } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { Empty, Loaded } from '../../../ui/staff-parts.tsx';
import type { Filters } from './filters.tsx';

type SortKey = 'name' | 'target' | 'passed' | 'reach' | 'inForce' | 'post' | 'empty' | 'overdue' | 'last';
const COLUMNS: SortKey[] = ['name', 'target', 'passed', 'reach', 'inForce', 'post', 'empty', 'overdue', 'last'];
interface Row { u: UnitFigures; level: number }
/** Nothing is expected of it and nobody came from it. */
const quiet = (u: UnitFigures): boolean => !u.target && !u.enrolled && !u.planned;
const late = (u: UnitFigures): number => u.overdue.refreshers + u.overdue.certificates + u.overdue.reports;
const sortValue: Record<SortKey, (u: UnitFigures) => number | string> = { name: (u) => u.name, target: (u) => u.target, passed: (u) => u.passed, reach: (u) => u.reach ?? 2, inForce: (u) => u.inForce, post: (u) => u.post.mean ?? -1, empty: (u) => u.emptyPlaces, overdue: late, last: (u) => u.lastClassOn ?? '' };

/** The workhorse: units in their tree, each with its figures; what is open, sorted and filtered stands in the address, and goes to Excel as it is seen. */
export function UnitTablePanel({ f, tiers }: { f: Filters; tiers: readonly string[] }) {
  const [params] = useSearchParams();
  const [withQuiet, setWithQuiet] = useState(false);
  const by = params.get('nhom') === 'don-vi' ? 'units' : 'areas';
  const [sort, direction] = (params.get('xep') ?? 'reach').split('.') as [SortKey, string | undefined];
  const behindOnly = params.get('thieu') === '1';
  const asked = { ...f.scope, map: f.map, by, ...(f.tier && { tier: f.tier }) } as const;
  const top = useQuery({ ...query(getUnitTable, { query: { ...asked, ...(f.unitId && { parentId: f.unitId }) } }), enabled: f.ready });
  // A single unit on top is opened at once: it says no more than the whole.
  const alone = top.data?.items.length === 1 ? top.data.items[0]?.unitId : undefined;
  const open = params.has('mo') ? (params.get('mo') as string).split(',').filter(Boolean) : alone ? [alone] : [];
  const below = useQueries({ queries: open.map((parentId) => ({ ...query(getUnitTable, { query: { ...asked, parentId } }), enabled: f.ready })) });
  const sorted = (list: readonly UnitFigures[]) => [...list].filter((u) => withQuiet || !quiet(u)).filter((u) => !behindOnly || (u.reach !== null && u.reach < 1) || u.emptyPlaces > 0).sort((a, b) => compare(sortValue[sort]?.(a) ?? 0, sortValue[sort]?.(b) ?? 0) * (direction === 'giam' ? -1 : 1) || a.name.localeCompare(b.name, 'vi'));
  const flat = (list: readonly UnitFigures[], level: number): Row[] => sorted(list).flatMap((u) => [{ u, level }, ...(open.includes(u.unitId) ? flat(below[open.indexOf(u.unitId)]?.data?.items ?? [], level + 1) : [])]);
  const toggle = (id: string) => f.set({ mo: (open.includes(id) ? open.filter((x) => x !== id) : [...open, id]).join(',') });
  return (
    <div id="don-vi"><Loaded query={top} height={320}>{({ items }) => {
      const rows = flat(items, 1);
      const hidden = withQuiet ? 0 : [items, ...below.map((b) => b.data?.items ?? [])].flat().filter(quiet).length;
      const aside = <>
        <Select aria-label={t('table.tier')} value={f.tier ?? ''} onChange={(v) => f.set({ tang: v || null })} data={[{ value: '', label: t('table.allTiers') }, ...tiers.map((name, i) => ({ value: String(i + 1), label: t('classes.tier', { name }) }))]} allowDeselect={false} />
        <SegmentedControl aria-label={t('table.by')} value={by} onChange={(v) => f.set({ nhom: v === 'units' ? 'don-vi' : null, mo: null })} data={[{ value: 'areas', label: t('table.by.areas') }, { value: 'units', label: t('table.by.units') }]} />
        <Checkbox label={t('table.behindOnly')} checked={behindOnly} onChange={(e) => f.set({ thieu: e.currentTarget.checked ? '1' : null })} />
      </>;
      if (!items.length) return <Empty>{t('table.nothing')}</Empty>;
      const worst = sorted(items).filter((u) => u.reach !== null).sort((a, b) => (a.reach as number) - (b.reach as number))[0];
      return <Figure tableOnly title={worst && items.length > 1 ? t('table.found', { name: worst.name, share: percent(worst.reach as number) }) : t('table.title')} sub={t('table.sub', { day: day(f.asOf) })} summary={rows.map(({ u }) => t('table.row', { name: u.name, passed: number(u.passed), target: number(u.target), post: u.post.mean === null ? '–' : number(u.post.mean, 1) })).join('. ')} about={[...f.about, [t('table.tier'), f.tier ? (tiers[Number(f.tier) - 1] ?? '') : t('table.allTiers')], [t('filter.map'), t(f.map === 'now' ? 'filter.now' : 'filter.then')]]} file={`don-vi-${f.asOf}`} aside={aside} table={tableOf(rows)}>
        {rows.length ? <><Grid rows={rows} open={open} sort={sort} falling={direction === 'giam'} onSort={(k) => f.set({ xep: k === sort && direction !== 'giam' ? `${k}.giam` : k })} onToggle={toggle} /><Small rows={rows} onToggle={toggle} /></> : <p>{t(behindOnly ? 'table.allReached' : 'table.nothing')}</p>}
        {hidden > 0 && <button type="button" className="linklike no-print" onClick={() => setWithQuiet(true)}>{t('table.quiet', { n: number(hidden) })}</button>}
      </Figure>;
    }}</Loaded></div>
  );
}

const compare = (a: number | string, b: number | string): number => (typeof a === 'string' ? a.localeCompare(String(b), 'vi') : a - (b as number));
const canOpen = (u: UnitFigures): boolean => u.children > 0;
const tableOf = (rows: readonly Row[]): TableOf => ({
  columns: [{ label: t('table.name') }, { label: t('table.level'), kind: 'int' }, { label: t('table.target'), kind: 'int' }, { label: t('table.enrolled'), kind: 'int' }, { label: t('table.passed'), kind: 'int' }, { label: t('table.reach'), kind: 'share' }, { label: t('table.planned'), kind: 'int' }, { label: t('table.certified'), kind: 'int' }, { label: t('table.inForce'), kind: 'int' }, { label: t('table.post'), kind: 'points' }, { label: 'n', kind: 'int' }, { label: t('table.gain'), kind: 'points' }, { label: t('table.pairs'), kind: 'int' }, { label: t('table.places'), kind: 'int' }, { label: t('table.empty.places'), kind: 'int' }, { label: t('table.refreshers'), kind: 'int' }, { label: t('table.expired'), kind: 'int' }, { label: t('table.reports'), kind: 'int' }, { label: t('table.last'), kind: 'day' }],
  rows: rows.map(({ u, level }) => [u.name, level, u.target, u.enrolled, u.passed, u.reach, u.planned, u.certified, u.inForce, u.post.mean, u.post.n, u.gain.points, u.gain.pairs, u.places, u.emptyPlaces, u.overdue.refreshers, u.overdue.certificates, u.overdue.reports, u.lastClassOn]),
});

function Grid({ rows, open, sort, falling, onSort, onToggle }: { rows: readonly Row[]; open: readonly string[]; sort: SortKey; falling: boolean; onSort: (key: SortKey) => void; onToggle: (id: string) => void }) {
  const [at, setAt] = useState(0);
  const keys = (e: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = rows[at];
    if (!row) return;
    const isOpen = open.includes(row.u.unitId);
    const to = e.key === 'ArrowDown' ? at + 1 : e.key === 'ArrowUp' ? at - 1 : e.key === 'Home' ? 0 : e.key === 'End' ? rows.length - 1 : null;
    if (to !== null && rows[to]) { e.preventDefault(); setAt(to); (e.currentTarget.children[to] as HTMLElement | undefined)?.focus(); }
    if (canOpen(row.u) && ((e.key === 'ArrowRight' && !isOpen) || (e.key === 'ArrowLeft' && isOpen) || e.key === 'Enter')) { e.preventDefault(); onToggle(row.u.unitId); }
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree of rows that open, by the pattern of the treegrid
    <div className="scroll hide-small"><table className="data tree" role="treegrid" aria-label={t('table.title')}>
      <thead><tr>{COLUMNS.map((k) => <th key={k} className={k === 'name' ? undefined : 'num'} aria-sort={sort === k ? (falling ? 'descending' : 'ascending') : undefined}><button type="button" className="plain" onClick={() => onSort(k)}>{t(`table.${k}`)}{sort === k && (falling ? <IconChevronDown size={16} aria-hidden /> : <IconChevronUp size={16} aria-hidden />)}</button></th>)}</tr></thead>
      <tbody onKeyDown={keys}>{rows.map(({ u, level }, i) => (
        <tr key={`${level} ${u.unitId}`} aria-level={level} aria-expanded={canOpen(u) ? open.includes(u.unitId) : undefined} tabIndex={i === at ? 0 : -1} onFocus={() => setAt(i)}>
          <td style={{ paddingLeft: 8 + (level - 1) * 24 }}>{canOpen(u) ? <button type="button" className="plain" tabIndex={-1} aria-label={t(open.includes(u.unitId) ? 'table.close' : 'table.open', { name: u.name })} onClick={() => onToggle(u.unitId)}>{open.includes(u.unitId) ? <IconChevronDown size={18} aria-hidden /> : <IconChevronRight size={18} aria-hidden />}{u.name}</button> : <span style={{ paddingLeft: 22 }}>{u.name}</span>}</td>
          <td className="num">{u.target ? number(u.target) : '–'}</td><td className="num">{number(u.passed)}</td>
          <td><span className="bar-cell" style={{ display: 'block' }}><i style={{ width: `${Math.min(100, (u.reach ?? 0) * 100)}%` }} /><b>{u.reach === null ? '–' : percent(u.reach)}</b></span></td>
          <td className="num">{number(u.inForce)}</td><td className="num">{u.post.mean === null ? <span className="sub">{u.post.n ? t('table.nSmall') : '–'}</span> : <>{number(u.post.mean, 1)} <span className="sub">n={number(u.post.n)}</span></>}</td>
          <td className="num">{u.places ? `${number(u.emptyPlaces)}/${number(u.places)}` : '–'}</td><td className="num">{late(u) ? number(late(u)) : '–'}</td><td className="num">{u.lastClassOn ? day(u.lastClassOn) : '–'}</td>
        </tr>
      ))}</tbody>
    </table></div>
  );
}

const SHOWN = 10;

/** On a phone: three figures a row, the worst ten first. */
function Small({ rows, onToggle }: { rows: readonly Row[]; onToggle: (id: string) => void }) {
  const [all, setAll] = useState(false);
  return (
    <div className="only-small">{(all ? rows : rows.slice(0, SHOWN)).map(({ u, level }) => (
      <div key={`${level} ${u.unitId}`} className="person" style={{ paddingLeft: (level - 1) * 12 }}><span>{canOpen(u) ? <button type="button" className="linklike" onClick={() => onToggle(u.unitId)}><strong>{u.name}</strong></button> : <strong>{u.name}</strong>}<br /><span className="sub">{t('table.small', { passed: number(u.passed), target: u.target ? number(u.target) : '–', empty: number(u.emptyPlaces) })}</span></span><strong>{u.reach === null ? '–' : percent(u.reach)}</strong></div>
    ))}{!all && rows.length > SHOWN && <Button variant="subtle" onClick={() => setAll(true)}>{t('table.more', { n: rows.length - SHOWN })}</Button>}</div>
  );
}
