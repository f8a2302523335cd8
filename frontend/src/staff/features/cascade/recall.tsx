import { getRecall, type Recall } from '@lantoa/shared/refreshers';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import { Empty, Loaded } from '../../../ui/staff-parts.tsx';
import type { TableOf } from '../../../ui/table.ts';
import type { Filters } from './filters.tsx';

/** Topics below this have faded: the next refresher comes forward. */
const WEAK = 0.7;

/** What people in post remember today, by what their answers predict: by topic, and by the units below. */
export function RecallPanel({ f }: { f: Filters }) {
  const recall = useQuery({ ...query(getRecall, { query: f.scope.unitId ? { unitId: f.scope.unitId } : {} }), enabled: f.ready });
  return <Loaded query={recall} height={260}>{(r) => (r.all.recall === null ? <Empty>{t('recall.empty', { n: number(r.all.people) })}</Empty> : <Shown r={r} f={f} />)}</Loaded>;
}

function Shown({ r, f }: { r: Recall; f: Filters }) {
  const topics = r.topics.filter((x) => x.recall !== null);
  const weak = topics.filter((x) => (x.recall ?? 1) < WEAK);
  const table: TableOf = { columns: [{ label: t('campaign.course') }, { label: t('recall.topic') }, { label: t('recall.share'), kind: 'share' }, { label: 'n', kind: 'int' }], rows: r.topics.map((x) => [x.courseTitle, x.topic, x.recall, x.people]) };
  const title = weak.length ? t('recall.weak', { n: weak.length, topic: weak[0]?.topic ?? '', share: percent(weak[0]?.recall ?? 0) }) : t('recall.good', { share: percent(r.all.recall ?? 0) });
  return (
    <Figure tableOnly title={title} sub={t('recall.sub', { day: day(r.asOf), people: number(r.all.people) })} summary={title} table={table} about={f.about} file={`con-nho-du-doan-${r.asOf}`} aside={<Link href="/quan-ly/dot-on/moi">{t('campaign.new')}</Link>}>
      <div className="grid2">
        <div>{topics.slice(0, 8).map((x) => <Line key={`${x.courseTitle} ${x.topic}`} name={x.topic} note={x.courseTitle} recall={x.recall} people={x.people} />)}</div>
        <div>{r.units.slice(0, 12).map((u) => <Line key={u.unitId} name={u.name} note="" recall={u.recall} people={u.people} />)}</div>
      </div>
    </Figure>
  );
}

const Line = ({ name, note, recall, people }: { name: string; note: string; recall: number | null; people: number }) => (
  <div className="person"><span style={{ flex: 1, minWidth: 0 }}>{name}{note && <span className="sub"> · {note}</span>}{recall !== null && <span className="meter-bar" aria-hidden style={{ display: 'block', marginTop: 4 }}><i style={{ width: `${100 * recall}%`, background: recall < WEAK ? 'var(--bazan-500)' : undefined }} /></span>}</span><span className="sub">{recall === null ? t('recall.few', { n: number(people) }) : `${percent(recall)} (n = ${number(people)})`}</span></div>
);
