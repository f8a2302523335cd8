import { type ClassProposal, getNext } from '@lantoa/shared/outlook';
import { NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { Empty, Loaded } from '../../../ui/staff-parts.tsx';
import type { Filters } from './filters.tsx';

const USUAL_DAYS = 20;

/** Which classes to hold with so many class-days, best first, each with what speaks for it. */
export function NextClassesPanel({ f }: { f: Filters }) {
  const [params] = useSearchParams();
  const days = Math.min(200, Math.max(1, Number(params.get('buoi')) || USUAL_DAYS));
  const next = useQuery({ ...query(getNext, { query: { ...f.scope, classDays: String(days) } }), enabled: f.ready });
  const ask = <NumberInput aria-label={t('next.days')} value={days} min={1} max={200} suffix={` ${t('next.daysUnit')}`} w={150} onChange={(n) => f.set({ buoi: n ? String(n) : null })} />;
  return <Loaded query={next} height={240}>{(n) => {
    if (!n.missing) return <Empty>{t('next.nothing')}</Empty>;
    const table: TableOf = {
      columns: [{ label: '#', kind: 'int' }, { label: t('table.tier') }, { label: t('tiles.area') }, { label: t('next.communes') }, { label: t('next.people'), kind: 'int' }, { label: t('next.daysLong'), kind: 'points' }, { label: t('next.perDay'), kind: 'points' }, { label: t('next.teacher') }, { label: t('next.why') }],
      rows: n.proposals.map((p) => [p.rank, p.tierName, p.areaName, p.places.map((x) => `${x.name} ${x.people}`).join('; '), p.people, p.days, p.perDay, p.teacher?.name ?? t('next.guest'), why(p)]),
    };
    return (
      <>
        {n.proposals.length ? <Figure tableOnly title={t('next.found', { classes: n.proposals.length, people: number(n.closes), missing: number(n.missing) })} sub={t('next.sub', { days: number(n.used, 1), seats: n.seats, day: day(n.asOf) })} summary={n.proposals.map((p) => `${p.rank}. ${p.areaName}: ${why(p)}`).join(' ')} table={table} about={f.about} file={`lop-nen-mo-${n.asOf}`} aside={ask}>
          <ol className="proposals">{n.proposals.map((p) => <li key={p.rank}><div><strong>{t('next.class', { tier: p.tierName, area: p.areaName, people: p.people })}</strong><p className="sub">{why(p)}</p><details><summary>{t('next.which', { n: p.places.length })}</summary><p className="sub">{p.places.map((x) => `${x.name}: ${x.people}${x.nobody ? ` (${t('places.none')})` : ''}`).join(' · ')}</p></details></div><span className="tag busy">{t('next.rate', { n: number(p.perDay, 1) })}</span></li>)}</ol>
        </Figure> : <section className="panel stack"><h2>{t('next.none')}</h2><div className="row-s no-print">{ask}</div></section>}
        {n.withoutTeacher.length > 0 && <section className="panel stack"><h2 style={{ margin: 0 }}>{t('next.blocked', { n: n.withoutTeacher.length })}</h2><p className="sub">{t('next.blockedHow')}</p><ul className="bare">{n.withoutTeacher.map((w) => <li key={`${w.areaId} ${w.tier}`} className="person"><span>{w.areaName}<br /><span className="sub">{t('classes.tier', { name: w.tierName })}</span></span><strong>{t('next.missing', { n: number(w.missing) })}</strong></li>)}</ul></section>}
      </>
    );
  }}</Loaded>;
}

/** What speaks for a class, in one sentence. */
function why(p: ClassProposal): string {
  const nobody = p.places.filter((x) => x.nobody).length;
  const parts = [
    t('next.why.people', { people: p.people, days: number(p.days, 1), perDay: number(p.perDay, 1) }), p.reach !== null && t('next.why.reach', { share: percent(p.reach) }), nobody > 0 && t('next.why.nobody', { n: nobody }),
    p.teacher ? t(p.teacher.near ? 'next.why.near' : 'next.why.far', { name: p.teacher.name, day: day(p.teacher.validUntil) }) : t('next.why.guest'), p.teacher?.expectedGain != null && t('next.why.gain', { points: number(p.teacher.expectedGain, 1) }),
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
}
