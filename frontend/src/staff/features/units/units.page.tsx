import { getUnit, listUnits, type UnitRow } from '@lantoa/shared/organisation';
import { Button, TextInput } from '@mantine/core';
import { IconArrowRight, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Head, Loaded } from '../../../ui/staff-parts.tsx';
import { UnitPicker } from '../../../ui/unit-picker.tsx';

/** The tree of units as of a day, and what happened to each. */
export default function UnitsPage() {
  const [params, setParams] = useSearchParams();
  const changes = useSession()?.permissions.includes('unit.change') ?? false;
  const asOf = params.get('ngay') ?? todayHere();
  const chosen = params.get('don-vi');
  const set = (more: Record<string, string | null>) => setParams((old) => { for (const [k, v] of Object.entries(more)) v === null ? old.delete(k) : old.set(k, v); return old; });
  const top = useQuery(query(listUnits, { query: { asOf } }));
  return (
    <>
      <Head title={t('units.title')} sub={top.data ? t('units.counts', { province: number(top.data.counts.province ?? 0), district: number(top.data.counts.district ?? 0), commune: number(top.data.counts.commune ?? 0) }) : undefined}>
        {changes && <Button component={Link} variant="outline" href="/quan-ly/don-vi/thay-doi">{t('change.title')}</Button>}
        <TextInput type="date" label={t('units.asOf')} value={asOf} onChange={(e) => set({ ngay: e.currentTarget.value || null })} />
      </Head>
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}><Button size="compact-md" variant="outline" onClick={() => set({ ngay: '2022-12-31' })}>{t('units.before')}</Button><Button size="compact-md" variant="outline" onClick={() => set({ ngay: null })}>{t('units.today')}</Button></div>
      {asOf !== todayHere() && <div className="asof"><span>{t('units.notToday', { day: day(asOf) })}</span><button type="button" className="linklike" onClick={() => set({ ngay: null })}>{t('overview.backToToday')}</button></div>}
      <div className="grid2">
        <section className="panel stack"><UnitPicker label={t('units.find')} asOf={asOf} value={null} onPick={(u) => set({ 'don-vi': u.id })} />
          <Loaded query={top} height={320}>{({ items }) => <ul aria-label={t('units.title')} style={{ margin: 0, padding: 0 }}>{items.map((u) => <Branch key={u.id} unit={u} asOf={asOf} chosen={chosen} open onChoose={(id) => set({ 'don-vi': id })} />)}</ul>}</Loaded></section>
        {chosen && <Detail unitId={chosen} asOf={asOf} onChoose={(id) => set({ 'don-vi': id })} />}
      </div>
    </>
  );
}

function Branch({ unit, asOf, chosen, open: first = false, onChoose }: { unit: UnitRow; asOf: string; chosen: string | null; open?: boolean; onChoose: (id: string) => void }) {
  const [open, setOpen] = useState(first);
  const below = useQuery({ ...query(listUnits, { query: { asOf, parentId: unit.id } }), enabled: open && unit.children > 0 });
  const Arrow = open ? IconChevronDown : IconChevronRight;
  const key = (e: KeyboardEvent) => { if (e.key === 'ArrowRight') setOpen(true); if (e.key === 'ArrowLeft') setOpen(false); };
  return (
    <li style={{ listStyle: 'none' }}>
      <div style={{ display: 'flex', gap: 8, alignItems: 'center', minHeight: 40, background: chosen === unit.id ? 'var(--cham-50)' : undefined }}>
        <button type="button" aria-expanded={unit.children ? open : undefined} aria-label={t(open ? 'units.close' : 'units.openUnit', { name: unit.name })} disabled={!unit.children} onClick={() => setOpen(!open)} style={{ width: 32, height: 32, border: 0, background: 'none', cursor: unit.children ? 'pointer' : 'default', padding: 0 }}>{unit.children ? <Arrow size={18} aria-hidden /> : null}</button>
        <button type="button" className="linklike" aria-current={chosen === unit.id ? 'true' : undefined} onClick={() => onChoose(unit.id)} onKeyDown={key}>{unit.name}</button>
        <span className="sub">{[unit.code, unit.people ? t('classes.people', { n: unit.people }) : null].filter(Boolean).join(' · ')}</span>
      </div>
      {open && below.data && <ul style={{ margin: 0, paddingLeft: 24 }}>{below.data.items.map((u) => <Branch key={u.id} unit={u} asOf={asOf} chosen={chosen} onChoose={onChoose} />)}</ul>}
    </li>
  );
}

function Detail({ unitId, asOf, onChoose }: { unitId: string; asOf: string; onChoose: (id: string) => void }) {
  const unit = useQuery(query(getUnit, { params: { unitId }, query: { asOf } }));
  const links = (list: readonly { id: string; name: string }[]) => list.map((u, i) => <span key={u.id}>{i > 0 && ', '}<button type="button" className="linklike" onClick={() => onChoose(u.id)}>{u.name}</button></span>);
  return (
    <Loaded query={unit}>{(d) => (
      <aside className="panel stack">
        <div><p className="sub">{d.path.slice(0, -1).map((p) => p.name).join(' › ')}</p><h2 style={{ margin: 0 }}>{d.unit.name}</h2></div>
        <span className={`tag ${d.validThen ? 'ok' : 'warn'}`} style={{ justifySelf: 'start' }}>{d.unit.until && d.unit.until <= asOf ? t('units.closedOn', { day: day(d.unit.until) }) : d.validThen ? t('units.valid') : t('units.notYet', { day: day(d.unit.from) })}</span>
        <dl style={{ margin: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 16px' }}><dt className="sub">{t('units.code')}</dt><dd style={{ margin: 0 }}>{d.unit.code ?? '–'}</dd><dt className="sub">{t('units.people')}</dt><dd style={{ margin: 0 }}>{number(d.unit.people)}</dd>{d.aliases.length > 0 && <><dt className="sub">{t('units.aliases')}</dt><dd style={{ margin: 0 }}>{d.aliases.join(', ')}</dd></>}</dl>
        <h3 style={{ margin: 0 }}>{t('units.history')}</h3>
        {d.history.length === 0 && <p className="sub">{t('units.noHistory')}</p>}
        {d.history.map((e) => <div key={e.on + e.kind}><strong>{day(e.on)}</strong> {t(`event.${e.kind}`)}<p className="sub">{t('units.from')} {links(e.from)}{e.to.some((x) => !e.from.some((f) => f.id === x.id)) && <> <IconArrowRight size={16} aria-label={t('units.into')} style={{ verticalAlign: '-3px' }} /> {links(e.to)}</>}<br />{t('units.document', { no: e.document })}{e.note ? `, ${e.note}` : ''}</p></div>)}
      </aside>
    )}</Loaded>
  );
}
