import { listOverdue, markCalled, type OverdueCase, overdueKinds } from '@lantoa/shared/places';
import { showPhone } from '@lantoa/shared/rules/phone';
import { Button, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { day, moment, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { Empty, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { type Filters, Frame, useFilters } from './filters.tsx';

type Kind = (typeof overdueKinds)[number];
/** Shown at first; the file has them all. */
const FIRST = 50;

/** Whom to call about what is late; who was called stands at the end, with when and by whom. */
export default function OverduePage() {
  const f = useFilters();
  const [params] = useSearchParams();
  const kind = overdueKinds.find((k) => k === params.get('loai')) ?? 'report';
  const cases = useQuery({ ...query(listOverdue, { query: { ...f.scope, kind } }), enabled: f.ready });
  return (
    <Frame f={f} title={t('overdue.title')}>
      <SegmentedControl className="no-print" aria-label={t('overdue.kind')} value={kind} onChange={(v) => f.set({ loai: v })} data={overdueKinds.map((k) => ({ value: k, label: t(`overdue.${k}`) }))} />
      <Loaded query={cases}>{({ items, total }) => (items.length ? <Calls items={items} total={total} kind={kind} f={f} /> : <Empty>{t(`overdue.none.${kind}`)}</Empty>)}</Loaded>
    </Frame>
  );
}

function Calls({ items, total, kind, f }: { items: readonly OverdueCase[]; total: number; kind: Kind; f: Filters }) {
  const client = useQueryClient();
  const [all, setAll] = useState(false);
  const mark = useMutation({ mutationFn: (o: { subjectId: string; called: boolean }) => call(markCalled, { body: { kind, ...o } }), onSuccess: () => client.invalidateQueries({ queryKey: ['cascade', 'listOverdue'] }) });
  const open = items.filter((x) => !x.calledAt).length;
  const table: TableOf = { columns: [{ label: t('overdue.who') }, { label: t('table.name') }, { label: t('overdue.what') }, { label: t('overdue.due'), kind: 'day' }, { label: t('overdue.late'), kind: 'int' }, { label: t('trainers.phone') }, { label: t('overdue.called') }], rows: items.map((x) => [x.title, x.unitName, x.what, x.dueOn, x.daysLate, x.phone && showPhone(x.phone), x.calledAt && t('overdue.calledBy', { at: moment(x.calledAt), name: x.calledBy ?? '' })]) };
  return (
    <Figure tableOnly title={t(`overdue.found.${kind}`, { n: number(total) })} sub={items.length < total ? t('overdue.first', { n: number(items.length), open: number(open) }) : t('overdue.open', { open: number(open) })} summary={t(`overdue.found.${kind}`, { n: number(total) })} table={table} about={f.about} file={`qua-han-${kind}-${f.asOf}`}>
      <ProblemAlert of={mark} />
      <div>{items.slice(0, all ? undefined : FIRST).map((x) => (
        <div key={x.subjectId} className="person wraps">
          <span>{kind === 'report' ? <Link href={`/quan-ly/lop/${x.subjectId}`}>{x.title}</Link> : x.personId ? <Link href={`/quan-ly/nguoi/${x.personId}`}>{x.title}</Link> : <strong>{x.title}</strong>}<br /><span className="sub">{[x.unitName, x.what, t('overdue.dueOn', { day: day(x.dueOn), n: number(x.daysLate) })].filter(Boolean).join(' · ')}</span>{x.calledAt && <><br /><span className="sub">{t('overdue.calledBy', { at: moment(x.calledAt), name: x.calledBy ?? '' })}</span></>}</span>
          {x.phone ? <a className="callable" href={`tel:${x.phone}`}>{showPhone(x.phone)}</a> : <span className="sub">{t('places.noPhone')}</span>}
          <Button className="no-print" size="compact-md" variant={x.calledAt ? 'subtle' : 'outline'} loading={mark.isPending && mark.variables.subjectId === x.subjectId} onClick={() => mark.mutate({ subjectId: x.subjectId, called: !x.calledAt })}>{t(x.calledAt ? 'overdue.notCalled' : 'overdue.markCalled')}</Button>
        </div>
      ))}</div>
      {!all && items.length > FIRST && <Button className="no-print" variant="subtle" onClick={() => setAll(true)}>{t('table.more', { n: number(items.length - FIRST) })}</Button>}
    </Figure>
  );
}
