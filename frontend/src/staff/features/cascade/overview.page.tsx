import { type Cascade, getCascade, getUnitTable } from '@lantoa/shared/cascade';
import { listProgrammes } from '@lantoa/shared/training';
import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number, percent, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded } from '../../../ui/staff-parts.tsx';
import { Ladder } from './ladder.tsx';
import { LossesPanel } from './losses.tsx';
import { UnitTable } from './unit-table.tsx';

/** In one minute: are we on plan, where is knowledge lost, who is late. All filters stand in the address. */
export default function OverviewPage() {
  const [params, setParams] = useSearchParams();
  const programmes = useQuery(query(listProgrammes, {}));
  const slug = params.get('chuong-trinh') ?? programmes.data?.items[0]?.slug ?? '';
  const asOf = params.get('ngay') ?? todayHere();
  const parentId = params.get('don-vi') ?? undefined;
  const tier = params.get('tang') ?? undefined;
  const set = (more: Record<string, string | null>) => setParams((old) => { for (const [k, v] of Object.entries(more)) v === null ? old.delete(k) : old.set(k, v); return old; });
  const scope = { programme: slug, asOf };
  const cascade = useQuery({ ...query(getCascade, { query: scope }), enabled: slug !== '' });
  const units = useQuery({ ...query(getUnitTable, { query: { ...scope, ...(parentId && { parentId }), ...(tier && { tier }) } }), enabled: slug !== '' });
  return (
    <>
      <Head title={t('overview.title')} sub={cascade.data ? t('overview.sub', { programme: cascade.data.programme.name, day: day(asOf) }) : undefined}>
        <TextInput type="date" aria-label={t('overview.asOf')} value={asOf} onChange={(e) => set({ ngay: e.currentTarget.value || null, 'don-vi': null })} />
        <Button variant="outline" onClick={() => window.print()}>{t('ui.print')}</Button>
      </Head>
      {asOf !== todayHere() && <div className="asof"><span>{t('overview.notToday', { day: day(asOf) })}</span><button type="button" className="linklike" onClick={() => set({ ngay: null, 'don-vi': null })}>{t('overview.backToToday')}</button></div>}
      <Loaded query={cascade} height={320}>{(c) => <><Sentences c={c} /><section className="panel"><h2>{t('ladder.title')}</h2><p className="sub">{t('ladder.sub', { day: day(c.asOf), n: c.anchors })}</p><Ladder tiers={c.tiers} onTier={(n) => set({ tang: String(n) })} /></section></>}</Loaded>
      <LossesPanel programme={slug} asOf={asOf} />
      <section className="panel stack">
        <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', alignItems: 'end', justifyContent: 'space-between' }}><h2 style={{ margin: 0 }}>{t('table.title')}</h2><Select aria-label={t('table.tier')} value={tier ?? ''} onChange={(v) => set({ tang: v || null })} data={[{ value: '', label: t('table.allTiers') }, ...(cascade.data?.tiers ?? []).map((x, i) => ({ value: String(i + 1), label: t('classes.tier', { name: x.name }) }))]} allowDeselect={false} /></div>
        {parentId && <button type="button" className="linklike" onClick={() => set({ 'don-vi': null })}>‹ {t('table.top')}</button>}
        <Loaded query={units}>{({ items }) => (items.length ? <UnitTable rows={items} onOpen={(id) => set({ 'don-vi': id })} /> : <Empty>{t('table.empty')}</Empty>)}</Loaded>
      </section>
    </>
  );
}

function Sentences({ c }: { c: Cascade }) {
  const a = c.answers;
  const worst = c.tiers.map((x, i) => ({ from: c.tiers[i - 1]?.name ?? '', to: x.name, points: x.drop?.points ?? -Infinity })).sort((x, y) => y.points - x.points)[0];
  return (
    <section className="answers">
      <div>{t('answer.reach', { passed: number(a.passed), target: number(a.target), share: a.reach === null ? '–' : percent(a.reach) })}<small>{a.planned ? t('answer.planned', { n: number(a.planned) }) : t('answer.noClass')}</small></div>
      <div>{worst && worst.points > 0 ? t('answer.drop', { from: worst.from, to: worst.to, points: number(worst.points, 1) }) : t('answer.noDrop')}<small>{t('answer.anchors', { n: c.anchors })}</small></div>
      <div>{t('answer.idle', { n: number(a.idle) })}<small>{t('answer.idleNote')}</small></div>
      <div>{t('answer.late', { n: a.overdue.reports })}<small>{t('answer.expired', { n: number(a.overdue.certificates) })}</small></div>
    </section>
  );
}
