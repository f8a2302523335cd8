import type { Cascade, TierFigures } from '@lantoa/shared/cascade';
import { scaleLinear } from 'd3-scale';
import { day, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';
import type { Filters } from './filters.tsx';

const W = 1000;
const ROW = 92;
const TOP = 46;
const BAR = { from: 190, to: 480, height: 26 };
const DOTS = { from: 620, to: 960 };

/**
 * The cascade ladder: one row per tier, on the left trained against target with a tick for the plan to date, on the right on one axis of 0–100 the mean before (○) and
 * after (●), and what was left of it after 90 days (◆). A dashed line joins the tiers and says what was lost. Shapes carry the meaning, so it reads in grey.
 */
export function Ladder({ c, f }: { c: Cascade; f: Filters }) {
  const { tiers } = c;
  const onTier = (position: number) => { f.set({ tang: String(position) }); document.getElementById('don-vi')?.scrollIntoView(); };
  const worst = tiers.map((x, i) => ({ x, from: tiers[i - 1]?.name ?? '' })).filter(({ x }) => (x.drop?.points ?? 0) > 0).sort((a, b) => (b.x.drop?.points ?? 0) - (a.x.drop?.points ?? 0))[0];
  const title = worst?.x.drop ? t('ladder.found', { tier: worst.x.name, from: worst.from, points: number(worst.x.drop.points, 1) }) : t('ladder.title');
  if (!tiers.some((x) => x.enrolled)) return <section className="panel stack"><h2>{t('ladder.title')}</h2><p className="sub">{t('ladder.empty')}</p><Wide tiers={tiers} onTier={onTier} /><Cards tiers={tiers} onTier={onTier} /></section>;
  return (
    <Figure title={title} sub={t('ladder.sub', { day: day(c.asOf), n: c.anchors })} summary={tiers.map(summary).join('. ')} about={f.about} file={`thang-lan-toa-${c.asOf}`} table={tableOf(tiers)}>
      <Wide tiers={tiers} onTier={onTier} /><Cards tiers={tiers} onTier={onTier} />
    </Figure>
  );
}

const tableOf = (tiers: readonly TierFigures[]): TableOf => ({
  columns: [
    { label: t('table.tier') }, { label: t('table.target'), kind: 'int' }, { label: t('table.enrolled'), kind: 'int' }, { label: t('table.passed'), kind: 'int' }, { label: t('table.reach'), kind: 'share' }, { label: t('ladder.col.planned'), kind: 'int' },
    { label: t('ladder.col.pre'), kind: 'points' }, { label: t('ladder.col.preN'), kind: 'int' }, { label: t('ladder.col.post'), kind: 'points' }, { label: t('ladder.col.margin'), kind: 'points' }, { label: t('ladder.col.postN'), kind: 'int' }, { label: t('ladder.col.gain'), kind: 'points' }, { label: t('ladder.col.pairs'), kind: 'int' },
    { label: t('ladder.col.drop'), kind: 'points' }, { label: t('ladder.col.low'), kind: 'points' }, { label: t('ladder.col.high'), kind: 'points' }, { label: t('ladder.col.kept'), kind: 'share' }, { label: t('ladder.col.keptN'), kind: 'int' },
  ],
  rows: tiers.map((x) => [x.name, x.target, x.enrolled, x.passed, x.reach, x.planned, x.pre.mean, x.pre.n, x.post.mean, x.post.margin, x.post.n, x.gain.points, x.gain.pairs, x.drop?.points ?? null, x.drop?.low ?? null, x.drop?.high ?? null, x.kept.share, x.kept.n]),
});

const diamond = (x: number, y: number): string => `M${x},${y - 9}l9,9l-9,9l-9,-9z`;
const summary = (x: TierFigures): string => t('ladder.summary', { name: x.name, passed: x.passed, target: x.target, pre: x.pre.mean ?? t('ladder.few'), post: x.post.mean ?? t('ladder.few'), n: x.post.n });
const drop = (points: number): string => (points >= 0 ? t('ladder.lost', { points: number(points, 1) }) : t('ladder.gained', { points: number(-points, 1) }));

function Wide({ tiers, onTier }: { tiers: readonly TierFigures[]; onTier: (position: number) => void }) {
  const x = scaleLinear([0, 100], [DOTS.from, DOTS.to]);
  const height = TOP + tiers.length * ROW + 24;
  const y = (i: number) => TOP + i * ROW + 30;
  return (
    <svg className="ladder art hide-small" viewBox={`0 0 ${W} ${height}`} role="group" aria-label={tiers.map(summary).join('. ')}>
      <text x={BAR.from} y={20}>{t('ladder.people')}</text><text x={DOTS.from} y={20}>{t('ladder.scores')}</text>
      <circle cx={DOTS.from + 112} cy={15} r={6} fill="#fff" stroke="#1B1F27" strokeWidth={2} /><text x={DOTS.from + 124} y={20}>{t('ladder.before')}</text><circle cx={DOTS.from + 184} cy={15} r={6} fill="#8C3622" /><text x={DOTS.from + 196} y={20}>{t('ladder.after')}</text>
      {tiers.some((x) => x.kept.share !== null) && <><path d={diamond(DOTS.from + 244, 15)} fill="#175E52" /><text x={DOTS.from + 258} y={20}>{t('ladder.later')}</text></>}
      {[0, 20, 40, 60, 80, 100].map((v) => <g key={v}><line x1={x(v)} x2={x(v)} y1={TOP - 12} y2={height - 24} stroke="#DFE2E8" /><text x={x(v)} y={height - 6} textAnchor="middle">{v}</text></g>)}
      {tiers.map((tier, i) => {
        const next = tiers[i + 1];
        const share = Math.min(1, tier.reach ?? 0);
        const plan = tier.target ? Math.min(1, tier.planned / tier.target) : 0;
        const width = BAR.to - BAR.from;
        return (
          <g key={tier.name} role="button" tabIndex={0} style={{ cursor: 'pointer' }} onClick={() => onTier(i + 1)} onKeyDown={(e) => e.key === 'Enter' && onTier(i + 1)}>
            <text x={0} y={y(i) + 5} fontWeight="700">{t('ladder.tier', { n: i + 1, name: tier.name })}</text>
            <rect x={BAR.from} y={y(i) - BAR.height / 2} width={width} height={BAR.height} rx={4} fill="#E4EAF7" />
            <rect x={BAR.from} y={y(i) - BAR.height / 2} width={width * share} height={BAR.height} rx={4} fill="#3554A0" />
            {tier.planned > 0 && <rect x={BAR.from + width * plan - 1.5} y={y(i) - BAR.height / 2 - 5} width={3} height={BAR.height + 10} fill="#1B1F27" />}
            <text x={BAR.to + 12} y={y(i) + 5}>{number(tier.passed)}/{number(tier.target)}{tier.reach === null ? '' : ` · ${percent(tier.reach)}`}</text>
            {tier.post.mean !== null && next && next.post.mean !== null && next.drop !== null && <><line x1={x(tier.post.mean)} y1={y(i)} x2={x(next.post.mean)} y2={y(i + 1)} stroke="#8C3622" strokeDasharray="4 4" /><text x={Math.max(x(tier.post.mean), x(next.post.mean)) + 10} y={(y(i) + y(i + 1)) / 2 + 5} style={{ fill: '#8C3622' }}>{drop(next.drop.points)}</text></>}
            {tier.pre.mean !== null && tier.post.mean !== null && <line x1={x(tier.pre.mean)} x2={x(tier.post.mean)} y1={y(i)} y2={y(i)} stroke="#868E9C" strokeWidth={3} />}
            {tier.pre.mean !== null && <circle cx={x(tier.pre.mean)} cy={y(i)} r={8} fill="#fff" stroke="#1B1F27" strokeWidth={2} />}
            {tier.post.mean !== null && <><circle cx={x(tier.post.mean)} cy={y(i)} r={8} fill={tier.post.n < 30 ? '#fff' : '#8C3622'} stroke="#8C3622" strokeWidth={2} /><text x={x(tier.post.mean)} y={y(i) - 14} textAnchor="middle" fontWeight="700" style={{ fill: '#8C3622' }}>{number(tier.post.mean, 1)}</text></>}
            {tier.post.mean !== null && tier.kept.share !== null && <><path d={diamond(x(tier.post.mean * tier.kept.share), y(i))} fill="#175E52" stroke="#fff" /><text x={x(tier.post.mean * tier.kept.share)} y={y(i) + 24} textAnchor="middle" style={{ fill: '#175E52' }}>{percent(tier.kept.share)}</text></>}
            {tier.post.mean === null && <text x={DOTS.from} y={y(i) + 5} style={{ fill: '#525A68' }}>{tier.post.n ? t('ladder.few') : t('ladder.none')}</text>}
            <text x={DOTS.from} y={y(i) + 30} style={{ fill: '#525A68' }}>{t(tier.gain.points === null ? 'ladder.n' : 'ladder.nGain', { pre: number(tier.pre.n), post: number(tier.post.n), gain: number(tier.gain.points ?? 0, 1) })}</text>
          </g>
        );
      })}
    </svg>
  );
}

const Cards = ({ tiers, onTier }: { tiers: readonly TierFigures[]; onTier: (position: number) => void }) => (
  <div className="only-small stack">{tiers.map((tier, i) => (
    <div key={tier.name} className="stack">
      {tier.drop !== null && <p className="sub" style={{ color: 'var(--bazan-700)', textAlign: 'center' }}>{drop(tier.drop.points)}</p>}
      <div className="panel stack" style={{ gap: 6 }}>
        <strong>{t('ladder.tier', { n: i + 1, name: tier.name })}</strong>
        <div style={{ height: 14, background: '#E4EAF7', borderRadius: 4 }}><div style={{ height: '100%', width: `${Math.min(100, 100 * (tier.reach ?? 0))}%`, background: '#3554A0', borderRadius: 4 }} /></div>
        <span>{number(tier.passed)}/{number(tier.target)}{tier.reach === null ? '' : ` · ${percent(tier.reach)}`}</span>
        <span>{tier.kept.share !== null && `${t('ladder.keptCard', { share: percent(tier.kept.share), n: number(tier.kept.n) })} · `}{tier.post.mean === null ? (tier.post.n ? t('ladder.few') : t('ladder.none')) : t('ladder.dots', { pre: tier.pre.mean === null ? '–' : number(tier.pre.mean, 1), post: number(tier.post.mean, 1), n: number(tier.post.n) })}</span>
        <button type="button" className="linklike" onClick={() => onTier(i + 1)}>{t('ladder.byUnit')}</button>
      </div>
    </div>
  ))}</div>
);
