import type { Lineage } from '@lantoa/shared/lineage';
import { day, number, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import { Empty } from '../../../ui/staff-parts.tsx';
import type { TableOf } from '../../../ui/table.ts';

const W = 1000;
const BOX = { width: 280, height: 64, gap: 12 };
const X = { above: 0, self: 360, below: 720 };
/** More classes than this are listed, not drawn. */
const DRAWN = 40;

/** The line of one person: classes learned in, classes taught, how far it went on. */
export function Line({ l }: { l: Lineage }) {
  if (!l.learnedIn.length && !l.taught.length) return <Empty>{t('lineage.empty')}</Empty>;
  const title = l.descendants ? t('lineage.found', { n: number(l.descendants), classes: l.taught.length }) : t('lineage.nobody');
  const depths = l.reached.map((r) => t('lineage.depth', { n: r.depth, people: number(r.people) })).join(' · ');
  const since = l.since && t('lineage.since', { day: day(l.since.day), months: l.since.months, perMonth: number(l.since.perMonth, 1) });
  const table: TableOf = {
    columns: [{ label: t('lineage.col.side') }, { label: t('lineage.col.class') }, { label: t('table.tier') }, { label: t('lineage.col.ended'), kind: 'day' }, { label: t('trainers.learners'), kind: 'int' }, { label: t('table.passed'), kind: 'int' }, { label: t('table.post'), kind: 'points' }, { label: 'n', kind: 'int' }, { label: t('lineage.col.trainers') }],
    rows: [...l.learnedIn.map((c) => [t('lineage.learned'), `${c.code} · ${c.title}`, c.tier, c.endedOn, c.learners, c.passed, c.post.mean, c.post.n, c.trainers.map((x) => x.name).join(', ')]), ...l.taught.map((c) => [t('lineage.taught'), `${c.code} · ${c.title}`, c.tier, c.endedOn, c.learners, c.passed, c.post.mean, c.post.n, l.name])],
  };
  return (
    <Figure title={title} sub={[depths, since].filter(Boolean).join(' · ') || t('lineage.none')} summary={[title, depths, since].filter(Boolean).join('. ')} table={table} about={[[t('trainers.name'), l.name], [t('overview.asOf'), day(todayHere())]]} file={`lan-toa-${todayHere()}`}>
      {l.taught.length <= DRAWN ? <Art l={l} /> : <p className="sub">{t('lineage.many')}</p>}
      <div className="only-small">{l.learnedIn.map((c) => <p key={c.classId} className="sub"><strong>{t('lineage.learned')}</strong> {c.title}, {day(c.endedOn)}: {c.trainers.map((x) => x.name).join(', ')}</p>)}</div>
    </Figure>
  );
}

/** Left: the classes where it was learned, with who taught them; middle: the person; right: the classes taught. Solid: the class that gave the newest certificate; the others dashed. */
function Art({ l }: { l: Lineage }) {
  const rows = Math.max(1, l.learnedIn.length, l.taught.length);
  const height = rows * (BOX.height + BOX.gap);
  const y = (i: number, of: number) => (height - of * (BOX.height + BOX.gap)) / 2 + i * (BOX.height + BOX.gap);
  const middle = height / 2;
  const link = (from: [number, number], to: [number, number]) => `M${from[0]},${from[1]}C${(from[0] + to[0]) / 2},${from[1]} ${(from[0] + to[0]) / 2},${to[1]} ${to[0]},${to[1]}`;
  const center = (i: number, of: number) => y(i, of) + BOX.height / 2;
  return (
    <svg className="art hide-small" viewBox={`0 0 ${W} ${height + 8}`} aria-hidden>
      {l.learnedIn.map((c, i) => <g key={c.classId}><path d={link([X.above + BOX.width, center(i, l.learnedIn.length)], [X.self, middle])} fill="none" stroke="#868E9C" strokeWidth={2} strokeDasharray={c.current ? undefined : '5 4'} /><Box x={X.above} y={y(i, l.learnedIn.length)} first={c.title} second={`${day(c.endedOn)} · ${c.trainers.map((x) => x.name).join(', ')}`} third={c.trainers.flatMap((x) => x.learnedIn.map((a) => t('lineage.above', { name: x.name, code: a.code, trainers: a.trainers.join(', ') }))).join('; ')} /></g>)}
      {l.taught.map((c, i) => <g key={c.classId}><path d={link([X.self + BOX.width, middle], [X.below, center(i, l.taught.length)])} fill="none" stroke="#868E9C" strokeWidth={2} /><Box x={X.below} y={y(i, l.taught.length)} first={`${c.code} · ${day(c.endedOn)}`} second={c.title} third={t('lineage.node', { learners: c.learners, passed: c.passed, post: c.post.mean === null ? t('table.nSmall') : number(c.post.mean, 1) })} strength={c.post.mean} /></g>)}
      <Box x={X.self} y={middle - BOX.height / 2} first={l.name} second={t('lineage.reach', { n: number(l.descendants) })} third="" self />
    </svg>
  );
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const Box = ({ x, y, first, second, third, self = false, strength = null }: { x: number; y: number; first: string; second: string; third: string; self?: boolean; strength?: number | null }) => (
  <g transform={`translate(${x} ${y})`}><rect width={BOX.width} height={BOX.height} rx={8} fill={self ? '#1C2749' : '#fff'} stroke={self ? '#1C2749' : '#868E9C'} />{strength !== null && <rect width={6} height={BOX.height} rx={3} fill="#3554A0" fillOpacity={0.2 + Math.max(0, Math.min(1, (strength - 40) / 60)) * 0.8} />}<text x={14} y={20} fontSize={14} fontWeight="700" fill={self ? '#fff' : '#1B1F27'}>{cut(first, 30)}</text><text x={14} y={38} fontSize={13} fill={self ? '#fff' : '#3C434F'}>{cut(second, 38)}</text><text x={14} y={55} fontSize={13} fill={self ? '#fff' : '#525A68'}>{cut(third, 38)}</text></g>
);
