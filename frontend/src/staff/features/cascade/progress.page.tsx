import { getProgress, type Progress } from '@lantoa/shared/cascade';
import { getOutlook, type OutlookFigures } from '@lantoa/shared/outlook';
import { useQuery } from '@tanstack/react-query';
import { scaleLinear } from 'd3-scale';
import { query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { Empty, Loaded } from '../../../ui/staff-parts.tsx';
import { type Filters, Frame, useFilters } from './filters.tsx';
import { NextClassesPanel } from './next-classes.tsx';
import { RetentionPanel } from './retention.tsx';

const H = 300;
const BOX = { left: 64, top: 24, bottom: 262 };
/** Width of the drawing on a screen and on a phone: letters stay as large. */
const WIDTHS = { 'hide-small': 1000, 'only-small': 420 } as const;
const DAY_MS = 86_400_000;

/** Reach over time against the plan, how it will go on, and which classes to hold next. */
export default function ProgressPage() {
  const f = useFilters();
  const progress = useQuery({ ...query(getProgress, { query: f.scope }), enabled: f.ready });
  const outlook = useQuery({ ...query(getOutlook, { query: f.scope }), enabled: f.ready });
  return (
    <Frame f={f} title={t('progress.title')}>
      <Loaded query={progress} height={320}>{(p) => <>{p.tiers.map((tier, i) => <Line key={tier.name} tier={tier} ahead={outlook.data?.tiers[i]} asOf={p.asOf} f={f} />)}</>}</Loaded>
      <RetentionPanel f={f} />
      <NextClassesPanel f={f} />
    </Frame>
  );
}

type Tier = Progress['tiers'][number];
type Ahead = OutlookFigures['tiers'][number];

/** One tier: who passed by each week, the steps of the plan, and beyond today the middle and the width of what is likely. */
function Line({ tier, ahead, asOf, f }: { tier: Tier; ahead: Ahead | undefined; asOf: string; f: Filters }) {
  if (!tier.weeks.length && !ahead?.planned) return <Empty>{t('progress.empty', { tier: tier.name })}</Empty>;
  const passed = tier.weeks.at(-1)?.passed ?? 0;
  const title = !ahead ? tier.name : passed >= tier.target && tier.target > 0 ? t('progress.reached', { tier: tier.name }) : ahead.reachedBy ? t('progress.by', { tier: tier.name, day: day(ahead.reachedBy) }) : t('progress.notWithinYear', { tier: tier.name });
  const sub = ahead ? t('progress.sub', { passed: number(passed), target: number(tier.target), pace: number(ahead.pace, 1), planned: number(ahead.planned) }) : '';
  const last = ahead?.weeks.at(-1);
  const table: TableOf = {
    columns: [{ label: t('progress.week'), kind: 'day' }, { label: t('table.passed'), kind: 'int' }, { label: t('ladder.col.planned'), kind: 'int' }, { label: t('progress.expected'), kind: 'int' }, { label: t('ladder.col.low'), kind: 'int' }, { label: t('ladder.col.high'), kind: 'int' }],
    rows: [...tier.weeks.map((w) => [w.week, w.passed, w.planned, null, null, null]), ...(ahead?.weeks ?? []).map((w) => [w.until, null, null, w.expected, w.low, w.high])],
  };
  return (
    <Figure title={title} sub={sub} summary={last ? t('progress.summary', { tier: tier.name, passed: number(passed), expected: number(last.expected), low: number(last.low), high: number(last.high), day: day(last.until) }) : title} table={table} about={[...f.about, [t('table.tier'), tier.name]]} file={`tien-do-${asOf}`}>
      <Art tier={tier} ahead={ahead} asOf={asOf} where="hide-small" /><Art tier={tier} ahead={ahead} asOf={asOf} where="only-small" />
      <p className="sub legend-line"><span className="l-passed">{t('progress.legend.passed')}</span><span className="l-plan">{t('progress.legend.plan')}</span><span className="l-ahead">{t('progress.legend.ahead')}</span></p>
    </Figure>
  );
}

function Art({ tier, ahead, asOf, where }: { tier: Tier; ahead: Ahead | undefined; asOf: string; where: keyof typeof WIDTHS }) {
  const W = WIDTHS[where];
  const right = W - 20;
  const passed = tier.weeks.at(-1)?.passed ?? 0;
  const first = Date.parse(tier.weeks[0]?.week ?? asOf) - 7 * DAY_MS;
  const end = Date.parse(ahead?.weeks.at(-1)?.until ?? asOf);
  const top = Math.max(1, tier.target, passed, ...tier.weeks.map((w) => w.planned), ...(ahead?.weeks ?? []).map((w) => w.high)) * 1.08;
  const x = (d: string | number) => BOX.left + ((typeof d === 'number' ? d : Date.parse(d)) - first) / Math.max(DAY_MS, end - first) * (right - BOX.left);
  const y = (n: number) => BOX.bottom - (Math.min(n, top) / top) * (BOX.bottom - BOX.top);
  const done: [string | number, number][] = [[first, 0], ...tier.weeks.map((w): [string, number] => [w.week, w.passed]), [asOf, passed]];
  const path = (points: readonly (readonly [string | number, number])[]) => points.map(([d, n], i) => `${i ? 'L' : 'M'}${x(d).toFixed(1)},${y(n).toFixed(1)}`).join('');
  const steps = tier.weeks.reduce<{ d: string; n: number }>((s, w) => ({ d: `${s.d}L${x(w.week).toFixed(1)},${y(s.n).toFixed(1)}L${x(w.week).toFixed(1)},${y(w.planned).toFixed(1)}`, n: w.planned }), { d: `M${x(first)},${y(0)}`, n: 0 });
  const fan = ahead && [...[[asOf, passed] as const], ...ahead.weeks.map((w) => [w.until, w.high] as const), ...[...ahead.weeks].reverse().map((w) => [w.until, w.low] as const)];
  const years = Array.from({ length: new Date(end).getUTCFullYear() - new Date(first).getUTCFullYear() + 1 }, (_, i) => `${new Date(first).getUTCFullYear() + i}-01-01`).filter((d) => Date.parse(d) > first && Date.parse(d) < end);
  return (
    <svg className={`art ${where}`} viewBox={`0 0 ${W} ${H}`} aria-hidden>
      {scaleLinear([0, top], [0, 1]).ticks(5).map((n) => <g key={n}><line x1={BOX.left} x2={right} y1={y(n)} y2={y(n)} stroke="#DFE2E8" /><text x={BOX.left - 8} y={y(n) + 5} textAnchor="end" fontSize={14} fill="#525A68">{number(n)}</text></g>)}
      {years.map((d) => <g key={d}><line x1={x(d)} x2={x(d)} y1={BOX.top} y2={BOX.bottom} stroke="#DFE2E8" /><text x={x(d)} y={H - 12} textAnchor="middle" fontSize={14} fill="#525A68">{d.slice(0, 4)}</text></g>)}
      {tier.target > 0 && <><line x1={BOX.left} x2={right} y1={y(tier.target)} y2={y(tier.target)} stroke="#1B1F27" strokeDasharray="2 4" /><text x={BOX.left + 6} y={y(tier.target) - 6} fontSize={14} fill="#1B1F27">{t('progress.target', { n: number(tier.target) })}</text></>}
      {fan && <path d={`${path(fan)}Z`} fill="#3554A0" fillOpacity={0.14} />}
      <path d={steps.d} fill="none" stroke="#C2583B" strokeWidth={2} strokeDasharray="6 4" />
      <path d={path(done)} fill="none" stroke="#3554A0" strokeWidth={3} />
      {ahead && <path d={path([[asOf, passed], ...ahead.weeks.map((w): [string, number] => [w.until, w.expected])])} fill="none" stroke="#3554A0" strokeWidth={2} strokeDasharray="2 5" />}
      <circle cx={x(asOf)} cy={y(passed)} r={6} fill="#3554A0" /><text x={x(asOf)} y={y(passed) + 24} textAnchor="middle" fontSize={15} fontWeight="700" fill="#3554A0">{number(passed)}</text>
    </svg>
  );
}
