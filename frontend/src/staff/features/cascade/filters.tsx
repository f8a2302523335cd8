import { getUnit } from '@lantoa/shared/organisation';
import { listProgrammes } from '@lantoa/shared/training';
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Head } from '../../../ui/staff-parts.tsx';
import { UnitPicker } from '../../../ui/unit-picker.tsx';

export interface Filters {
  programme: string; programmeName: string; asOf: string; unitId: string | undefined; unitName: string | null; map: 'then' | 'now'; tier: string | undefined;
  /** What every endpoint of the cascade is asked with. */
  scope: { programme: string; asOf: string; unitId?: string };
  /** What stands beside numbers that are taken away. */
  about: [string, string][]; ready: boolean;
  set(more: Record<string, string | null>): void;
}
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Programme, unit, day and map, as they stand in the address: whoever opens the link sees the same. */
export function useFilters(): Filters {
  const [params, setParams] = useSearchParams();
  const programmes = useQuery(query(listProgrammes, {}));
  const chosen = programmes.data?.items.find((p) => p.slug === params.get('chuong-trinh')) ?? programmes.data?.items[0];
  const asked = params.get('ngay') ?? '';
  const asOf = DAY.test(asked) ? asked : todayHere();
  const unitId = params.get('don-vi') ?? undefined;
  const unit = useQuery({ ...query(getUnit, { params: { unitId: unitId ?? '' }, query: { asOf } }), enabled: unitId !== undefined });
  const unitName = unit.data?.unit.name ?? null;
  const programme = chosen?.slug ?? '';
  return {
    programme, programmeName: chosen?.name ?? '', asOf, unitId, unitName, map: params.get('theo') === 'nay' ? 'now' : 'then', tier: params.get('tang') ?? undefined, scope: { programme, asOf, ...(unitId && { unitId }) }, ready: programme !== '',
    about: [[t('filter.programme'), chosen?.name ?? ''], [t('filter.unit'), unitName ?? t('filter.allUnits')], [t('overview.asOf'), day(asOf)]],
    set: (more) => setParams((old) => { for (const [k, v] of Object.entries(more)) v === null ? old.delete(k) : old.set(k, v); return old; }),
  };
}

const TABS = [['/quan-ly/toan-canh', 'overview.tab.all'], ['/quan-ly/toan-canh/tien-do', 'overview.tab.progress'], ['/quan-ly/toan-canh/giang-vien', 'overview.tab.trainers'], ['/quan-ly/toan-canh/qua-han', 'overview.tab.overdue']] as const;

/** The head of every page of the cascade: what is looked at, on which day, and the way to the others. */
export function Frame({ f, title, actions, children }: { f: Filters; title: string; actions?: ReactNode; children: ReactNode }) {
  const [at] = useLocation();
  const programmes = useQuery(query(listProgrammes, {}));
  const search = new URLSearchParams(location.search).toString();
  return (
    <>
      <Head title={title} sub={t('overview.sub', { programme: f.programmeName, day: day(f.asOf) })}>{actions}<Button variant="outline" onClick={() => window.print()}>{t('ui.print')}</Button></Head>
      <div className="filters no-print">
        {(programmes.data?.items.length ?? 0) > 1 && <Select label={t('filter.programme')} value={f.programme} data={(programmes.data?.items ?? []).map((p) => ({ value: p.slug, label: p.name }))} onChange={(v) => v && f.set({ 'chuong-trinh': v })} allowDeselect={false} />}
        <div><UnitPicker label={t('filter.unit')} asOf={f.asOf} value={f.unitId ? { id: f.unitId, name: f.unitName ?? '' } : null} onPick={(u) => f.set({ 'don-vi': u.id, mo: null })} />{f.unitId && <button type="button" className="linklike" onClick={() => f.set({ 'don-vi': null, mo: null })}>{t('filter.allUnits')}</button>}</div>
        <TextInput type="date" label={t('overview.asOf')} value={f.asOf} onChange={(e) => f.set({ ngay: e.currentTarget.value || null, mo: null })} />
        {f.asOf !== todayHere() && <div><span className="filter-label" id="map-label">{t('filter.map')}</span><SegmentedControl aria-labelledby="map-label" value={f.map} onChange={(v) => f.set({ theo: v === 'now' ? 'nay' : null, mo: null })} data={[{ value: 'then', label: t('filter.then') }, { value: 'now', label: t('filter.now') }]} /></div>}
      </div>
      {f.asOf !== todayHere() && <div className="asof"><span>{t('overview.notToday', { day: day(f.asOf) })}</span><button type="button" className="linklike no-print" onClick={() => f.set({ ngay: null, theo: null, mo: null })}>{t('overview.backToToday')}</button></div>}
      <nav className="tabs no-print" aria-label={t('overview.title')}>{TABS.map(([href, key]) => <Link key={href} href={search ? `${href}?${search}` : href} aria-current={at === href ? 'page' : undefined}>{t(key)}</Link>)}</nav>
      {f.ready && children}
    </>
  );
}
