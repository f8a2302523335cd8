import { getLosses, type TopicLoss } from '@lantoa/shared/cascade';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Loaded, Scroll } from '../../../ui/staff-parts.tsx';

type Losses = OutputOf<typeof getLosses>;
type Step = TopicLoss['steps'][number];

/** Topic by tier on shared questions: where a hand-over lost points, and where to look first, in sentences. */
export function LossesPanel({ programme, asOf }: { programme: string; asOf: string }) {
  const losses = useQuery({ ...query(getLosses, { query: { programme, asOf } }), enabled: programme !== '' });
  return <Loaded query={losses} height={280}>{(l) => <Heat losses={l} />}</Loaded>;
}

function Heat({ losses }: { losses: Losses }) {
  const shown = losses.topics.filter((x) => x.means.some((m) => m.mean !== null));
  if (!shown.length) return <Empty>{t('losses.empty')}</Empty>;
  const worst = shown.flatMap((x) => x.steps.map((s) => ({ topic: x.topic, s }))).filter((x) => x.s.low > 0).sort((a, b) => b.s.points - a.s.points)[0];
  return (
    <section className="panel stack">
      <div><h2 style={{ margin: 0 }}>{worst ? t('losses.found', { tier: losses.tiers[worst.s.to - 1] ?? '', points: number(worst.s.points, 1), topic: worst.topic }) : t('losses.none')}</h2>
        <p className="sub">{t('losses.sub', { day: day(losses.asOf) })}</p></div>
      <Scroll wideOnly label={t('losses.title')}><table className="heat">
        <thead><tr><th>{t('losses.topic')}</th>{losses.tiers.map((name) => <th key={name}>{t('classes.tier', { name })}</th>)}<th>{t('losses.drop')}</th></tr></thead>
        <tbody>{shown.map((x) => <tr key={x.topic}><th scope="row"><details><summary>{x.topic}</summary><Steps topic={x} tiers={losses.tiers} /></details></th>{x.means.map((m, i) => <td key={losses.tiers[i]} style={shade(m.mean)}>{cell(m)}</td>)}<td><strong>{x.drop === null ? '–' : minus(x.drop)}</strong></td></tr>)}</tbody>
      </table></Scroll>
      <div className="only-small stack">{shown.map((x) => <article key={x.topic} className="stack" style={{ gap: 4, borderTop: '1px solid var(--line-200)', paddingTop: 12 }}><strong>{x.topic}</strong>{x.means.map((m, i) => <span key={losses.tiers[i]}>{t('classes.tier', { name: losses.tiers[i] ?? '' })}: {cell(m)}</span>)}<Steps topic={x} tiers={losses.tiers} /></article>)}</div>
    </section>
  );
}

const Steps = ({ topic, tiers }: { topic: TopicLoss; tiers: readonly string[] }) => <>{topic.steps.map((s) => <p key={s.from} className="sub" style={{ fontWeight: 400 }}>{t('losses.step', { from: tiers[s.from - 1] ?? '', to: tiers[s.to - 1] ?? '', points: minus(s.points), low: number(s.low, 1), high: number(s.high, 1) })} <Place step={s} /></p>)}</>;

/** Where to look first, for somebody who is no statistician. */
function Place({ step: { place: p } }: { step: Step }) {
  if (p.kind === 'question') return <>{t('losses.at.question', { stem: p.stem, points: number(p.points, 1) })} <Link href={`/quan-ly/cau-hoi/${p.questionId}`}>{t('losses.seeQuestion')}</Link></>;
  if (p.kind === 'trainer') return <>{t('losses.at.trainer', { lowest: number(p.lowest, 1), highest: number(p.highest, 1) })} {p.classes.map((c, i) => <span key={c.id}>{i > 0 && ', '}<Link href={`/quan-ly/lop/${c.id}/ket-qua`}>{c.code}</Link></span>)}</>;
  if (p.kind === 'lesson') return <>{t('losses.at.lesson', { grew: number(p.grew, 1), others: number(p.others, 1) })}</>;
  if (p.kind === 'tier') return <>{p.startedLower !== null && p.startedLower > 0 ? t('losses.at.tierLower', { points: number(p.startedLower, 1) }) : t('losses.at.tier')}</>;
  return <>{t(`losses.at.${p.kind}`)}</>;
}

const cell = (m: TopicLoss['means'][number]): string => (m.mean === null ? (m.n ? t('table.nSmall') : '–') : `${number(m.mean, 1)} (n=${number(m.n)})`);
/** A loss is written with its sign, a gain with a plus. */
const minus = (points: number): string => (points > 0 ? `−${number(points, 1)}` : points < 0 ? `+${number(-points, 1)}` : '0');
/** From 40 to 100 points: light to darker; the number stands in it, also in grey. */
const shade = (mean: number | null) => (mean === null ? { color: 'var(--ink-600)' } : { background: `rgba(53, 84, 160, ${Math.max(0, Math.min(1, (mean - 40) / 60)) * 0.38})` });
