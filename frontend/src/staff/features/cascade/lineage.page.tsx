import { getLineage, getLineageClass, type Lineage } from '@lantoa/shared/lineage';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Head, Loaded } from '../../../ui/staff-parts.tsx';
import { Line } from './line.tsx';

/** Who taught a person, whom they taught, and how far that went on. */
export default function LineagePage({ personId }: { personId: string }) {
  const lineage = useQuery(query(getLineage, { params: { personId } }));
  return <Loaded query={lineage} height={400}>{(l) => <><Head title={t('lineage.title', { name: l.name })} back={`/quan-ly/nguoi/${personId}`} sub={l.alarm ? t(`alarm.${l.alarm}`) : undefined} /><Line l={l} />{l.taught.length > 0 && <Classes l={l} />}</>}</Loaded>;
}

/** The classes taught; one opens into its people, with how many each has reached since. */
function Classes({ l }: { l: Lineage }) {
  const [open, setOpen] = useState<string | null>(l.taught.length === 1 ? (l.taught[0]?.classId ?? null) : null);
  return (
    <section className="panel stack"><h2 style={{ margin: 0 }}>{t('lineage.classes')}</h2>{l.taught.map((c) => (
      <details key={c.classId} open={open === c.classId} onToggle={(e) => { if (e.currentTarget.open) setOpen(c.classId); else if (open === c.classId) setOpen(null); }}><summary>{c.code} · {c.title} · {day(c.endedOn)} · {t('lineage.node', { learners: c.learners, passed: c.passed, post: c.post.mean === null ? t('table.nSmall') : number(c.post.mean, 1) })}</summary>{open === c.classId && <People classId={c.classId} />}</details>
    ))}</section>
  );
}

const FIRST = 20;

function People({ classId }: { classId: string }) {
  const people = useQuery(query(getLineageClass, { params: { classId } }));
  const [all, setAll] = useState(false);
  return <Loaded query={people}>{({ items }) => (
    <div>{[...items].sort((a, b) => b.descendants - a.descendants).slice(0, all ? undefined : FIRST).map((p) => <div key={p.personId} className="person"><span><Link href={`/quan-ly/nguoi/${p.personId}/lan-toa`}>{p.name}</Link><br /><span className="sub">{p.unitName}</span></span><span className="sub">{p.taught ? t('lineage.goes', { classes: p.taught, n: number(p.descendants) }) : t('person.taughtNone')}</span></div>)}{!all && items.length > FIRST && <Button variant="subtle" onClick={() => setAll(true)}>{t('table.more', { n: items.length - FIRST })}</Button>}</div>
  )}</Loaded>;
}
