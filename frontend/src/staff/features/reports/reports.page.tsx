import { downloadReport, getReport, type ReportTable, reportFormats, reportKinds } from '@lantoa/shared/reports';
import { listProgrammes, type Programme } from '@lantoa/shared/training';
import { Alert, Button, Select, TextInput } from '@mantine/core';
import { getUnit } from '@lantoa/shared/organisation';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { openFile } from '../../../lib/file.ts';
import { day, number, todayHere } from '../../../lib/format.ts';
import { currentLanguage, t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { DataTable } from '../../../ui/figure.tsx';
import { Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { UnitPicker } from '../../../ui/unit-picker.tsx';
import { IndicatorSets } from './indicator-sets.tsx';

type Kind = ReportTable['kind'];
const ENDINGS = { xlsx: 'xlsx', csv: 'csv', dhis2: 'json' } as const;

/** Tables of counts for offices and for other systems: what, of which unit, over which days; all in the address. */
export default function ReportsPage() {
  const programmes = useQuery(query(listProgrammes, {}));
  return <Loaded query={programmes}>{({ items }) => (items[0] ? <Page programmes={items} /> : <Empty>{t('report.noProgramme')}</Empty>)}</Loaded>;
}

function Page({ programmes }: { programmes: readonly Programme[] }) {
  const [params, setParams] = useSearchParams();
  const may = new Set(useSession()?.permissions);
  const set = (more: Record<string, string | null>) => setParams((old) => { for (const [k, v] of Object.entries(more)) v === null ? old.delete(k) : old.set(k, v); return old; });
  const programme = programmes.find((p) => p.slug === params.get('chuong-trinh')) ?? (programmes[0] as Programme);
  const kind = reportKinds.find((k) => k === params.get('loai')) ?? 'indicators';
  const [from, to] = [params.get('tu') ?? `${todayHere().slice(0, 4)}-01-01`, params.get('den') ?? todayHere()];
  const unitId = params.get('don-vi') ?? undefined;
  const unit = useQuery({ ...query(getUnit, { params: { unitId: unitId ?? '' }, query: { asOf: to } }), enabled: unitId !== undefined });
  const asked = { programme: programme.slug, from, to, language: currentLanguage(), ...(unitId && { unitId }) } as const;
  const report = useQuery(query(getReport, { params: { kind }, query: asked }));
  const get = useMutation({ mutationFn: (format: (typeof reportFormats)[number]) => openFile(downloadReport, { params: { kind }, query: { ...asked, format } }, `${kind}-${from}-${to}.${ENDINGS[format]}`) });
  return (
    <>
      <Head title={t('report.title')} sub={t('report.sub')}><Button variant="outline" onClick={() => window.print()}>{t('ui.print')}</Button></Head>
      <div className="filters no-print">
        {programmes.length > 1 && <Select label={t('filter.programme')} value={programme.slug} data={programmes.map((p) => ({ value: p.slug, label: p.name }))} onChange={(v) => v && set({ 'chuong-trinh': v })} allowDeselect={false} />}
        <Select label={t('report.kind')} value={kind} data={reportKinds.filter((k) => k !== 'ethnicity' || may.has('person.read-sensitive')).map((k) => ({ value: k, label: t(`report.kind.${k}`) }))} onChange={(v) => v && set({ loai: v })} allowDeselect={false} />
        <div><UnitPicker label={t('filter.unit')} asOf={to} value={unitId ? { id: unitId, name: unit.data?.unit.name ?? '' } : null} onPick={(u) => set({ 'don-vi': u.id })} />{unitId && <button type="button" className="linklike" onClick={() => set({ 'don-vi': null })}>{t('filter.allUnits')}</button>}</div>
        <TextInput type="date" label={t('report.from')} value={from} max={to} onChange={(e) => set({ tu: e.currentTarget.value || null })} /><TextInput type="date" label={t('report.to')} value={to} min={from} onChange={(e) => set({ den: e.currentTarget.value || null })} />
      </div>
      <Loaded query={report} height={320}>{(r) => <Shown r={r} kind={kind} />}</Loaded>
      <div className="row-s no-print">{reportFormats.map((format) => <Button key={format} variant={format === 'xlsx' ? 'filled' : 'outline'} loading={get.isPending && get.variables === format} onClick={() => get.mutate(format)}>{t(`report.as.${format}`)}</Button>)}</div>
      <ProblemAlert of={get} />
      {kind === 'indicators' && <IndicatorSets programme={programme} mayEdit={may.has('programme.edit')} />}
    </>
  );
}

function Shown({ r, kind }: { r: ReportTable; kind: Kind }) {
  const table = { columns: r.columns.map((c) => ({ label: c.label, kind: c.kind })), rows: r.rows };
  return (
    <section className="panel stack">
      <div><h2 style={{ margin: 0 }}>{r.title}</h2><p className="sub">{[r.programme, r.unitName, `${day(r.from)}–${day(r.to)}`, ...r.notes].join(' · ')}</p></div>
      {r.hidden > 0 && <Alert color="nghe">{t('report.hidden', { n: number(r.hidden) })}</Alert>}
      {r.rows.length ? <DataTable label={r.title} table={table} /> : <p>{t(`report.none.${kind}`)}</p>}
      <details><summary>{t('report.definitions')}</summary><dl className="definitions">{r.columns.map((c) => <div key={c.key}><dt>{c.label}</dt><dd>{c.definition}</dd></div>)}</dl></details>
    </section>
  );
}
