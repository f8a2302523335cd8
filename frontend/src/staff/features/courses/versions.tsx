import { compareVersions, type Difference } from '@lantoa/shared/curriculum';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { query } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Loaded } from '../../../ui/staff-parts.tsx';

interface Version { id: string; number: number; source: string; publishedAt: string; publishedBy: string | null; lessons: number }
const DRAFT = 'draft';

/** Published versions, and what differs between any two of them or between one and the draft. */
export function Versions({ slug, versions, hasDraft }: { slug: string; versions: readonly Version[]; hasDraft: boolean }) {
  const newest = versions[0]?.number ?? 0;
  const [from, setFrom] = useState(String(hasDraft ? newest : Math.max(1, newest - 1)));
  const [to, setTo] = useState(hasDraft ? DRAFT : String(newest));
  const names = versions.map((v) => ({ value: String(v.number), label: t('courses.version', { n: v.number }) }));
  const differences = useQuery({ ...query(compareVersions, { params: { courseSlug: slug }, query: { from: Number(from), ...(to !== DRAFT && { to: Number(to) }) } }), enabled: newest > 0 });
  if (!newest) return <Empty>{t('versions.none')}</Empty>;
  return (
    <div className="stack">
      <section className="panel"><ul className="tasks">{versions.map((v) => <li key={v.id}><div><span>{t('courses.version', { n: v.number })} · {t('courses.lessons', { n: v.lessons })}</span><span className="sub">{t(`versions.${v.source}`)}{v.publishedBy && ` · ${v.publishedBy}`} · {moment(v.publishedAt)}</span></div></li>)}</ul></section>
      <section className="panel stack"><h2>{t('versions.compare')}</h2>
        <div className="row-s"><Select label={t('versions.from')} data={names} value={from} allowDeselect={false} onChange={(v) => v && setFrom(v)} /><Select label={t('versions.to')} data={[...(hasDraft ? [{ value: DRAFT, label: t('versions.draft') }] : []), ...names]} value={to} allowDeselect={false} onChange={(v) => v && setTo(v)} /></div>
        <Loaded query={differences}>{({ items }) => (items.length ? <div className="stack">{items.map((d) => <Change key={`${d.lesson}/${d.card}/${d.change}`} d={d} />)}</div> : <p>{t('versions.same')}</p>)}</Loaded>
      </section>
    </div>
  );
}

export const Change = ({ d }: { d: Difference }) => (
  <div className="panel"><h3 style={{ marginTop: 0 }}>{d.lessonTitle}{d.card && ` › ${d.card}`} <span className={`tag ${d.change === 'removed' ? 'bad' : d.change === 'added' ? 'ok' : 'busy'}`}>{t(`change.${d.change}`)}</span></h3>
    <div className="diff">{d.parts.map((p, i) => (p.kind === 'added' ? <ins key={i}>{p.text}</ins> : p.kind === 'removed' ? <del key={i}>{p.text}</del> : <span key={i}>{p.text.length > 400 ? `${p.text.slice(0, 180)} … ${p.text.slice(-180)}` : p.text}</span>))}</div>
  </div>
);
