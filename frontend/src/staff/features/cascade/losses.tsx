import { getLosses, type TopicLoss } from '@lantoa/shared/cascade';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { Empty, Loaded } from '../../../ui/staff-parts.tsx';
import type { Filters } from './filters.tsx';

type Losses = OutputOf<typeof getLosses>;
type Step = TopicLoss['steps'][number];
const W = 1000;
const LABEL = 330;
const DROP = 110;
const ROW = 44;
const TOP = 34;

/** Topic by tier on shared questions: where a hand-over lost points, and where to look first, in sentences. */
export function LossesPanel({ f }: { f: Filters }) {
  const losses = useQuery({ ...query(getLosses, { query: f.scope }), enabled: f.ready });
  return <div id="hao-hut"><Loaded query={losses} height={280}>{(l) => <Heat losses={l} f={f} />}</Loaded></div>;
}

function Heat({ losses, f }: { losses: Losses; f: Filters }) {
  const topics = losses.topics.filter((x) => x.means.some((m) => m.mean !== null));
  if (!topics.length) return <Empty>{t('losses.empty')}</Empty>;
  const worst = topics.flatMap((x) => x.steps.map((s) => ({ topic: x.topic, s }))).filter((x) => x.s.low > 0).sort((a, b) => b.s.points - a.s.points)[0];
  const title = worst ? t('losses.found', { tier: losses.tiers[worst.s.to - 1] ?? '', points: number(worst.s.points, 1), topic: worst.topic }) : t('losses.none');
  const words = (x: TopicLoss) => `${x.topic}: ${x.means.map((m, i) => `${losses.tiers[i]} ${cell(m)}`).join(', ')}${x.drop === null ? '' : `, ${t('losses.drop')} ${minus(x.drop)}`}`;
  return (
    <Figure title={title} sub={t('losses.sub', { day: day(losses.asOf) })} summary={topics.map(words).join('. ')} table={tableOf(topics, losses.tiers)} about={f.about} file={`chu-de-hao-hut-${losses.asOf}`}>
      <Art topics={topics} tiers={losses.tiers} />
      <h3>{t('losses.where')}</h3>
      <div className="topics">{topics.map((x) => (
        <details key={x.topic} open={x.topic === worst?.topic}><summary>{x.topic}{x.drop !== null && <strong> {minus(x.drop)}</strong>}</summary>
          <p className="only-small sub">{x.means.map((m, i) => `${t('classes.tier', { name: losses.tiers[i] ?? '' })}: ${cell(m)}`).join(' · ')}</p>
          {x.steps.length ? x.steps.map((s) => <p key={s.from} className="sub">{t('losses.step', { from: losses.tiers[s.from - 1] ?? '', to: losses.tiers[s.to - 1] ?? '', points: minus(s.points), low: number(s.low, 1), high: number(s.high, 1) })} <Place step={s} /></p>) : <p className="sub">{t('losses.oneTier')}</p>}
          {x.questions.length > 0 && <table className="data anchors"><tbody>{x.questions.map((q) => <tr key={q.questionId}><td><Link href={`/quan-ly/cau-hoi/${q.questionId}`}>{q.stem}</Link></td><td>{q.means.map((m) => (m.mean === null ? (m.n ? t('table.nSmall') : '–') : `${number(m.mean)}%`)).join(' · ')}</td><td className="num">{q.drop === null ? '–' : minus(q.drop)}</td></tr>)}</tbody></table>}
        </details>
      ))}</div>
    </Figure>
  );
}

/** The heat table as a drawing: the number stands in every cell, so it reads in grey. */
function Art({ topics, tiers }: { topics: readonly TopicLoss[]; tiers: readonly string[] }) {
  const width = (W - LABEL - DROP) / tiers.length;
  const at = (i: number) => LABEL + i * width;
  return (
    <svg className="art hide-small" viewBox={`0 0 ${W} ${TOP + topics.length * ROW}`} aria-hidden>
      {tiers.map((name, i) => <text key={name} x={at(i) + width / 2} y={20} textAnchor="middle" fill="#525A68">{t('classes.tier', { name })}</text>)}<text x={W} y={20} textAnchor="end" fill="#525A68">{t('losses.drop')}</text>
      {topics.map((x, k) => (
        <g key={x.topic} transform={`translate(0 ${TOP + k * ROW})`}>
          <text x={0} y={26} fontWeight="700">{x.topic}</text>
          {x.means.map((m, i) => <g key={tiers[i]}><rect x={at(i) + 2} y={2} width={width - 4} height={ROW - 4} rx={6} fill={m.mean === null ? '#fff' : '#3554A0'} fillOpacity={m.mean === null ? 1 : shade(m.mean)} stroke={m.mean === null ? '#868E9C' : 'none'} strokeDasharray="4 4" /><text x={at(i) + width / 2} y={27} textAnchor="middle" fill={m.mean === null ? '#525A68' : '#1B1F27'}>{cell(m)}</text></g>)}
          <text x={W} y={26} textAnchor="end" fontWeight="700">{x.drop === null ? '–' : minus(x.drop)}</text>
        </g>
      ))}
    </svg>
  );
}

const tableOf = (topics: readonly TopicLoss[], tiers: readonly string[]): TableOf => ({
  columns: [{ label: t('losses.topic') }, ...tiers.flatMap((name) => [{ label: t('classes.tier', { name }), kind: 'points' as const }, { label: `n, ${name}`, kind: 'int' as const }]), { label: t('losses.drop'), kind: 'points' }, { label: t('losses.where') }],
  rows: topics.map((x) => [x.topic, ...x.means.flatMap((m) => [m.mean, m.n]), x.drop, x.steps.map((s) => `${tiers[s.to - 1]}: ${placeWords(s)}`).join(' ')]),
});

const placeWords = ({ place: p }: Step): string => {
  if (p.kind === 'question') return t('losses.at.question', { stem: p.stem, points: number(p.points, 1) });
  if (p.kind === 'trainer') return `${t('losses.at.trainer', { lowest: number(p.lowest, 1), highest: number(p.highest, 1) })} ${p.classes.map((c) => c.code).join(', ')}`;
  if (p.kind === 'lesson') return t('losses.at.lesson', { grew: number(p.grew, 1), others: number(p.others, 1) });
  if (p.kind === 'tier') return p.startedLower !== null && p.startedLower > 0 ? t('losses.at.tierLower', { points: number(p.startedLower, 1) }) : t('losses.at.tier');
  return t(`losses.at.${p.kind}`);
};

/** Where to look first, for somebody who is no statistician, with the way there. */
function Place({ step }: { step: Step }) {
  const p = step.place;
  if (p.kind === 'question') return <>{placeWords(step)} <Link href={`/quan-ly/cau-hoi/${p.questionId}`}>{t('losses.seeQuestion')}</Link></>;
  if (p.kind === 'trainer') return <>{t('losses.at.trainer', { lowest: number(p.lowest, 1), highest: number(p.highest, 1) })} {p.classes.map((c, i) => <span key={c.id}>{i > 0 && ', '}<Link href={`/quan-ly/lop/${c.id}/ket-qua`}>{c.code}</Link></span>)}</>;
  return <>{placeWords(step)}</>;
}

const cell = (m: TopicLoss['means'][number]): string => (m.mean === null ? (m.n ? t('table.nSmall') : '–') : `${number(m.mean, 1)} (n=${number(m.n)})`);
/** A loss is written with its sign, a gain with a plus. */
const minus = (points: number): string => (points > 0 ? `−${number(points, 1)}` : points < 0 ? `+${number(-points, 1)}` : '0');
/** From 40 to 100 points: light to darker. */
const shade = (mean: number): number => 0.04 + Math.max(0, Math.min(1, (mean - 40) / 60)) * 0.36;
