import { type Cascade, getCascade } from '@lantoa/shared/cascade';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../../lib/api.ts';
import { day, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import { Empty, Loaded } from '../../../ui/staff-parts.tsx';
import type { TableOf } from '../../../ui/table.ts';
import type { Filters } from './filters.tsx';

const W = 1000;
const H = 260;
const BOX = { left: 64, right: 760, top: 20, bottom: 220 };
const LAST = 200;
const COLORS = ['#3554A0', '#C2583B', '#175E52'];
const SHAPES = ['circle', 'square', 'diamond'] as const;

/** What was kept of the post-test after 30, 90 and 180 days, tier by tier, each point with its n. */
export function RetentionPanel({ f }: { f: Filters }) {
  const cascade = useQuery({ ...query(getCascade, { query: f.scope }), enabled: f.ready });
  return <Loaded query={cascade} height={260}>{(c) => <Retention c={c} f={f} />}</Loaded>;
}

function Retention({ c, f }: { c: Cascade; f: Filters }) {
  const tiers = c.tiers.filter((x) => x.retention.some((r) => r.share !== null));
  if (!tiers.length) return <Empty>{t('retention.empty')}</Empty>;
  const worst = tiers.flatMap((x) => x.retention.flatMap((r) => (r.share === null ? [] : [{ name: x.name, ...r, share: r.share }]))).sort((a, b) => a.share - b.share)[0];
  const table: TableOf = { columns: [{ label: t('table.tier') }, { label: t('retention.days'), kind: 'int' }, { label: t('retention.kept'), kind: 'share' }, { label: 'n', kind: 'int' }], rows: c.tiers.flatMap((x) => x.retention.map((r) => [x.name, r.days, r.share, r.n])) };
  const words = tiers.map((x) => `${x.name}: ${x.retention.filter((r) => r.share !== null).map((r) => t('retention.point', { days: r.days, share: percent(r.share ?? 0), n: number(r.n) })).join(', ')}`).join('. ');
  const title = worst ? t('retention.found', { tier: worst.name, days: worst.days, share: percent(worst.share) }) : '';
  return <Figure title={title} sub={t('retention.sub', { day: day(c.asOf) })} summary={words} table={table} about={f.about} file={`con-nho-${c.asOf}`}><Art c={c} /><p className="only-small">{words}</p></Figure>;
}

function Art({ c }: { c: Cascade }) {
  const x = (days: number) => BOX.left + (days / LAST) * (BOX.right - BOX.left);
  const top = Math.max(1, ...c.tiers.flatMap((tier) => tier.retention.map((r) => r.share ?? 0)));
  const y = (share: number) => BOX.bottom - (share / top) * (BOX.bottom - BOX.top);
  const lines = c.tiers.map((tier, i) => ({ name: tier.name, color: COLORS[i % COLORS.length] as string, shape: SHAPES[i % SHAPES.length] as (typeof SHAPES)[number], points: [{ days: 0, share: 1, n: 0 }, ...tier.retention.flatMap((r) => (r.share === null ? [] : [{ days: r.days, share: r.share, n: r.n }]))] })).filter((l) => l.points.length > 1);
  return (
    <svg className="art hide-small" viewBox={`0 0 ${W} ${H}`} aria-hidden>
      {[0, 0.25, 0.5, 0.75, 1].map((s) => <g key={s}><line x1={BOX.left} x2={BOX.right} y1={y(s)} y2={y(s)} stroke="#DFE2E8" /><text x={BOX.left - 8} y={y(s) + 5} textAnchor="end" fontSize={14} fill="#525A68">{percent(s)}</text></g>)}
      {[0, 30, 90, 180].map((d) => <text key={d} x={x(d)} y={BOX.bottom + 22} textAnchor="middle" fontSize={14} fill="#525A68">{t('retention.after', { n: d })}</text>)}
      {lines.map((l) => { const last = l.points.at(-1) ?? { days: 0, share: 1, n: 0 }; return (
        <g key={l.name}><path d={l.points.map((p, i) => `${i ? 'L' : 'M'}${x(p.days)},${y(p.share)}`).join('')} fill="none" stroke={l.color} strokeWidth={2} />
          {l.points.slice(1).map((p) => <g key={p.days}>{l.shape === 'circle' ? <circle cx={x(p.days)} cy={y(p.share)} r={7} fill={p.n < 30 ? '#fff' : l.color} stroke={l.color} strokeWidth={2} /> : <rect x={x(p.days) - 6} y={y(p.share) - 6} width={12} height={12} transform={l.shape === 'diamond' ? `rotate(45 ${x(p.days)} ${y(p.share)})` : undefined} fill={p.n < 30 ? '#fff' : l.color} stroke={l.color} strokeWidth={2} />}<text x={x(p.days)} y={y(p.share) - 14} textAnchor="middle" fontSize={14} fill={l.color}>{percent(p.share)} (n={number(p.n)})</text></g>)}
          <text x={x(last.days) + 70} y={y(last.share) + 5} fontSize={15} fontWeight="700" fill={l.color}>{t('classes.tier', { name: l.name })}</text></g>
      ); })}
    </svg>
  );
}
