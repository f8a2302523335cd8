import { type ClassDetail, type ClassRow, getClass, getResults, listClasses } from '@lantoa/shared/training';
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number, span } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Decisions } from '../../../ui/decisions.tsx';
import { Empty, Head, Loaded } from '../../../ui/staff-parts.tsx';

const QUEUES = ['plans', 'reports'] as const;

/** Plans and reports that wait for a decision: the list, and beside it the case with its checks in words. J and K move, D approves. */
export default function ApprovalsPage() {
  const client = useQueryClient();
  const classes = useQuery({ ...query(listClasses, {}), refetchInterval: 60_000 });
  const [search, setSearch] = useSearchParams();
  const [decided, setDecided] = useState<string>();
  const queue = search.get('hang') === 'bao-cao' ? 'reports' : 'plans';
  const waiting = (q: (typeof QUEUES)[number]): ClassRow[] => [...(classes.data?.items ?? [])].filter((c) => c.next === (q === 'plans' ? 'approve' : 'approve-report')).sort((a, b) => (a.decideBy ?? '').localeCompare(b.decideBy ?? ''));
  const items = waiting(queue);
  const chosen = items.find((c) => c.id === search.get('lop')) ?? items[0];
  const pick = (id: string | undefined) => setSearch({ hang: queue === 'reports' ? 'bao-cao' : 'ke-hoach', ...(id && { lop: id }) });
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement) return;
      const at = items.findIndex((c) => c.id === chosen?.id);
      if (e.key.toLowerCase() === 'j') pick(items[Math.min(items.length - 1, at + 1)]?.id);
      if (e.key.toLowerCase() === 'k') pick(items[Math.max(0, at - 1)]?.id);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
  return (
    <>
      <Head title={t('approvals.title')} sub={<span className="hide-small">{t('approvals.keys')}</span>} />
      <SegmentedControl value={queue} onChange={(q) => setSearch({ hang: q === 'reports' ? 'bao-cao' : 'ke-hoach' })} data={QUEUES.map((q) => ({ value: q, label: t(`approvals.${q}`, { n: waiting(q).length }) }))} aria-label={t('approvals.title')} />
      <Loaded query={classes} height={300}>{() => (items.length === 0 ? <Empty>{t(decided ? 'approvals.emptySince' : 'approvals.empty', { at: decided ?? '' })}</Empty> : (
        <div className="cases">
          <nav className="panel" aria-label={t(`approvals.${queue}`, { n: items.length })}>{items.map((c) => <button key={c.id} type="button" className="case" aria-current={c.id === chosen?.id ? 'true' : undefined} onClick={() => pick(c.id)}><strong>{c.title}</strong><span className="sub">{c.unitName} · {span(c.startsOn, c.endsOn)}</span>{c.decideBy && <span className={`tag ${c.overdue === 'decision' ? 'bad' : ''}`}>{t(c.overdue === 'decision' ? 'approvals.late' : 'approvals.by', { day: day(c.decideBy) })}</span>}</button>)}</nav>
          {chosen && <Case key={chosen.id} id={chosen.id} report={queue === 'reports'} onDone={() => { setDecided(new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })); void client.invalidateQueries({ queryKey: ['training'] }); }} />}
        </div>
      ))}</Loaded>
    </>
  );
}

function Case({ id, report, onDone }: { id: string; report: boolean; onDone: () => void }) {
  const cls = useQuery(query(getClass, { params: { classId: id } }));
  return (
    <Loaded query={cls} height={300}>{(c) => (
      <div className="stack">
        <section className="panel stack"><div><h2 style={{ margin: 0 }}>{c.title}</h2><p className="sub">{c.code} · {t('classes.tier', { name: c.tierName })} · {c.unitName}, {c.place}</p></div>
          <dl className="facts2"><div><dt>{t('classes.days')}</dt><dd>{span(c.startsOn, c.endsOn)} · {t('wizard.sessions', { n: c.sessions.length })}</dd></div><div><dt>{t('hub.trainers')}</dt><dd>{c.trainers.map((x) => <div key={x.name}>{x.name}{x.registerNo ? ` · ${x.registerNo}` : x.body ? ` · ${x.body}` : ''}</div>)}</dd></div><div><dt>{t('classes.enrolled')}</dt><dd>{report ? t('task.rosterCount', { n: c.enrolled, of: c.expected }) : t('classes.people', { n: c.expected })}</dd></div>{c.invitations.length > 0 && <div><dt>{t('hub.invited')}</dt><dd>{c.invitations.map((i) => [i.locality, i.unitName].filter(Boolean).join(', ')).join('; ')}</dd></div>}</dl>
          {report && <Outcome c={c} />}
          <div className="row-s"><Button component={Link} variant="outline" size="compact-md" href={`/quan-ly/lop/${c.id}`}>{t('classes.see')}</Button>{report && <Button component={Link} variant="outline" size="compact-md" href={`/quan-ly/lop/${c.id}/ket-qua`}>{t('results.title')}</Button>}</div>
        </section>
        <Decisions c={c} onDone={onDone} keys />
      </div>
    )}</Loaded>
  );
}

function Outcome({ c }: { c: ClassDetail }) {
  const results = useQuery(query(getResults, { params: { classId: c.id } }));
  return <Loaded query={results} height={80}>{(r) => <p style={{ margin: 0 }}>{t('results.passed', { n: r.figures.passed, of: r.figures.enrolled })} · {t('results.attended', { n: r.figures.attended, women: r.figures.women, men: r.figures.men })}{r.preMean !== null && r.postMean !== null ? ` · ${t('results.gain', { pre: number(r.preMean * 100), post: number(r.postMean * 100) })}` : ''}</p>}</Loaded>;
}
