import { getTrainers, type TrainerFigures, type Trainers } from '@lantoa/shared/lineage';
import { showPhone } from '@lantoa/shared/rules/phone';
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { Empty, Loaded, Scroll } from '../../../ui/staff-parts.tsx';
import { type Filters, Frame, useFilters } from './filters.tsx';

const W = 1000;
const H = 380;
const BOX = { left: 64, right: 970, top: 20, bottom: 330 };
const FIRST = 50;
const ALARMS = ['never-taught', 'no-class', 'expired'] as const;

/** Those who may teach or have taught: whose learners gain unusually much or little, and whom to call. */
export default function TrainersPage() {
  const f = useFilters();
  const trainers = useQuery({ ...query(getTrainers, { query: f.scope }), enabled: f.ready });
  return <Frame f={f} title={t('trainers.title')}><Loaded query={trainers} height={420}>{(r) => (r.total ? <><Funnel r={r} f={f} /><List r={r} f={f} /></> : <Empty>{t('trainers.empty')}</Empty>)}</Loaded></Frame>;
}

/** Only who lies outside the limits is named: inside them, trainers differ no more than chance would have it. */
function Funnel({ r, f }: { r: Trainers; f: Filters }) {
  const seen = r.items.filter((x) => x.against !== null);
  const outside = seen.filter((x) => x.outside);
  if (!r.funnel || seen.length < 2) return <Empty>{t('funnel.empty')}</Empty>;
  const title = outside.length ? t('funnel.found', { n: outside.length, of: seen.length }) : t('funnel.none', { n: seen.length });
  return (
    <Figure title={title} sub={t('funnel.sub', { day: day(r.asOf) })} summary={outside.map((x) => `${x.name}: ${signed(x.against ?? 0)} (n=${x.pairs})`).join('. ') || title} table={tableOf(r.items)} about={f.about} file={`giang-vien-${r.asOf}`}>
      <Art funnel={r.funnel} seen={seen} />
      <div className="only-small">{outside.map((x) => <div key={x.personId} className="person"><span><Link href={`/quan-ly/nguoi/${x.personId}/lan-toa`}>{x.name}</Link><br /><span className="sub">{t(`funnel.${x.outside}`)} · n={x.pairs}</span></span><strong>{signed(x.against ?? 0)}</strong></div>)}</div>
    </Figure>
  );
}

function Art({ funnel, seen }: { funnel: NonNullable<Trainers['funnel']>; seen: readonly TrainerFigures[] }) {
  const most = Math.max(...funnel.limits.map((l) => l.n));
  const values = [...seen.map((x) => x.against ?? 0), ...funnel.limits.flatMap((l) => [l.low, l.high])];
  const [low, high] = [Math.min(...values) - 2, Math.max(...values) + 3];
  // The square root of n: the limits of few learners need room.
  const x = (n: number) => BOX.left + (Math.sqrt(n) / Math.sqrt(most * 1.06)) * (BOX.right - BOX.left);
  const y = (v: number) => BOX.bottom - ((v - low) / (high - low)) * (BOX.bottom - BOX.top);
  // Two who taught together stand in one spot.
  const spots = [...new Set(seen.map((p) => `${p.pairs} ${p.against}`))].map((key) => { const who = seen.filter((p) => `${p.pairs} ${p.against}` === key); return { n: who[0]?.pairs ?? 0, gain: who[0]?.against ?? 0, who }; });
  const path = (side: 'low' | 'high') => funnel.limits.map((l, i) => `${i ? 'L' : 'M'}${x(l.n).toFixed(1)},${y(l[side]).toFixed(1)}`).join('');
  return (
    <svg className="art hide-small" viewBox={`0 0 ${W} ${H}`} aria-hidden>
      {scaleLinear([low, high], [0, 1]).ticks(6).map((v) => <g key={v}><line x1={BOX.left} x2={BOX.right} y1={y(v)} y2={y(v)} stroke="#DFE2E8" /><text x={BOX.left - 8} y={y(v) + 5} textAnchor="end" fontSize={14} fill="#525A68">{signed(v)}</text></g>)}
      {funnel.limits.filter((l, i) => i % 2 === 0 || l.n === most).map((l) => <text key={l.n} x={x(l.n)} y={BOX.bottom + 20} textAnchor="middle" fontSize={14} fill="#525A68">{l.n}</text>)}
      <text x={BOX.right} y={H - 6} textAnchor="end" fontSize={14} fill="#525A68">{t('funnel.x')}</text><text x={BOX.left} y={14} fontSize={14} fill="#525A68">{t('funnel.y')}</text>
      <line x1={BOX.left} x2={BOX.right} y1={y(funnel.mean)} y2={y(funnel.mean)} stroke="#1B1F27" />
      <path d={path('low')} fill="none" stroke="#8C3622" strokeDasharray="6 4" /><path d={path('high')} fill="none" stroke="#8C3622" strokeDasharray="6 4" />
      {spots.map(({ n, gain, who }) => { const right = x(n) > W * 0.7; return <g key={`${n} ${gain}`}><circle cx={x(n)} cy={y(gain)} r={6} fill={n < 30 ? '#fff' : '#3554A0'} stroke="#3554A0" strokeWidth={2} />{who[0]?.outside && <text x={x(n) + (right ? -12 : 12)} y={y(gain) + 5} textAnchor={right ? 'end' : 'start'} fontSize={14} fontWeight="700">{who.map((w) => w.name).join(', ')}</text>}</g>; })}
    </svg>
  );
}

const signed = (v: number): string => (v > 0 ? `+${number(v, 1)}` : v < 0 ? `−${number(-v, 1)}` : '0');

const tableOf = (items: readonly TrainerFigures[]): TableOf => ({
  columns: [{ label: t('trainers.name') }, { label: t('table.name') }, { label: t('trainers.classes'), kind: 'int' }, { label: t('trainers.learners'), kind: 'int' }, { label: t('ladder.col.gain'), kind: 'points' }, { label: t('ladder.col.pairs'), kind: 'int' }, { label: t('trainers.against'), kind: 'points' }, { label: t('trainers.expected'), kind: 'points' }, { label: t('trainers.limits') }, { label: t('table.last'), kind: 'day' }, { label: t('trainers.until'), kind: 'day' }, { label: t('trainers.alarm') }],
  rows: items.map((x) => [x.name, x.unitName, x.classes, x.learners, x.gain, x.pairs, x.against, x.expected, x.outside && t(`funnel.${x.outside}`), x.lastTaughtOn, x.validUntil, x.alarm && t(`alarm.${x.alarm}`)]),
});

/** Everybody, to be called by reason; each leads to the own line. */
function List({ r, f }: { r: Trainers; f: Filters }) {
  const [params] = useSearchParams();
  const alarm = ALARMS.find((a) => a === params.get('goi'));
  const [all, setAll] = useState(false);
  const rows = r.items.filter((x) => !alarm || x.alarm === alarm);
  const choices = [{ value: '', label: t('trainers.everybody', { n: r.total }) }, ...ALARMS.map((a) => ({ value: a, label: `${t(`alarm.${a}`)} (${r.alarms[a]})` }))];
  return (
    <Figure tableOnly title={t('trainers.call', { n: number(r.alarms['never-taught'] + r.alarms['no-class'] + r.alarms.expired) })} sub={t('trainers.sub', { never: r.alarms['never-taught'], idle: r.alarms['no-class'], expired: r.alarms.expired })} summary={t('trainers.sub', { never: r.alarms['never-taught'], idle: r.alarms['no-class'], expired: r.alarms.expired })} table={tableOf(rows)} about={f.about} file={`goi-giang-vien-${r.asOf}`} aside={<Select aria-label={t('trainers.alarm')} value={alarm ?? ''} data={choices} onChange={(v) => f.set({ goi: v || null })} allowDeselect={false} w={280} />}>
      {rows.length ? <Scroll wideOnly label={t('trainers.title')}><table className="data"><thead><tr><th>{t('trainers.name')}</th><th className="num">{t('trainers.classes')}</th><th className="num">{t('trainers.learners')}</th><th className="num">{t('trainers.gain')}</th><th className="num">{t('table.last')}</th><th>{t('trainers.alarm')}</th><th>{t('trainers.phone')}</th></tr></thead>
        <tbody>{rows.slice(0, all ? undefined : FIRST).map((x) => <tr key={x.personId}><td><Link href={`/quan-ly/nguoi/${x.personId}/lan-toa`}>{x.name}</Link><br /><span className="sub">{x.unitName}</span></td><td className="num">{number(x.classes)}</td><td className="num">{number(x.learners)}</td><td className="num">{x.gain === null ? <span className="sub">{x.pairs ? t('table.nSmall') : '–'}</span> : <>{number(x.gain, 1)} <span className="sub">n={x.pairs}</span></>}</td><td className="num">{x.lastTaughtOn ? day(x.lastTaughtOn) : '–'}</td><td>{x.alarm && <span className={`tag ${x.alarm === 'expired' ? 'bad' : 'warn'}`}>{t(`alarm.${x.alarm}`)}</span>}</td><td>{x.phone ? <a href={`tel:${x.phone}`}>{showPhone(x.phone)}</a> : '–'}</td></tr>)}</tbody></table></Scroll> : <p>{t('trainers.nobody')}</p>}
      <div className="only-small">{rows.slice(0, all ? undefined : FIRST).map((x) => <div key={x.personId} className="person wraps"><span><Link href={`/quan-ly/nguoi/${x.personId}/lan-toa`}>{x.name}</Link><br /><span className="sub">{[x.unitName, t('trainers.small', { classes: x.classes, learners: x.learners })].filter(Boolean).join(' · ')}</span></span>{x.alarm && <span className="tag warn">{t(`alarm.${x.alarm}`)}</span>}{x.phone && <a href={`tel:${x.phone}`}>{t('people.callShort')}</a>}</div>)}</div>
      {!all && rows.length > FIRST && <Button variant="subtle" onClick={() => setAll(true)}>{t('table.more', { n: rows.length - FIRST })}</Button>}
    </Figure>
  );
}
