import { listBatches } from '@lantoa/shared/awarding';
import { listChangeRequests } from '@lantoa/shared/register';
import { type ClassDetail, type ClassRow, getClass, getResults, listClasses } from '@lantoa/shared/training';
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, number, span } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { ChangeCase } from '../../../ui/change-case.tsx';
import { Decisions } from '../../../ui/decisions.tsx';
import { Empty, Head, Loaded } from '../../../ui/staff-parts.tsx';

const QUEUES = ['plans', 'reports', 'batches', 'changes'] as const;
type Queue = (typeof QUEUES)[number];
const NAMES: Record<Queue, string> = { plans: 'ke-hoach', reports: 'bao-cao', batches: 'dot-cap', changes: 'sua-so' };

/** What waits for a second person: plans and reports of classes, with the case and its checks beside the list (J and K move, D approves); batches of certificates; changes of the register. */
export default function ApprovalsPage() {
  const client = useQueryClient();
  const classes = useQuery({ ...query(listClasses, {}), refetchInterval: 60_000 });
  const [search, setSearch] = useSearchParams();
  const [decided, setDecided] = useState<string>();
  const may = new Set(useSession()?.permissions);
  const batches = useQuery({ ...query(listBatches, {}), enabled: may.has('batch.approve') });
  const changes = useQuery({ ...query(listChangeRequests, {}), enabled: may.has('batch.approve') });
  const queue = QUEUES.find((q) => NAMES[q] === search.get('hang')) ?? (may.has('class.approve') ? 'plans' : 'batches');
  const waiting = (q: Queue): ClassRow[] => [...(classes.data?.items ?? [])].filter((c) => c.next === ({ plans: 'approve', reports: 'approve-report' } as Record<string, string>)[q]).sort((a, b) => (a.decideBy ?? '').localeCompare(b.decideBy ?? ''));
  const items = waiting(queue);
  const chosen = items.find((c) => c.id === search.get('lop')) ?? items[0];
  const own = (batches.data?.items ?? []).filter((b) => b.mayApprove);
  const asked = (changes.data?.items ?? []).filter((c) => c.mayDecide);
  const count = (q: Queue) => (q === 'batches' ? own.length : q === 'changes' ? asked.length : waiting(q).length);
  const queues = QUEUES.filter((q) => may.has(q === 'plans' || q === 'reports' ? 'class.approve' : 'batch.approve'));
  const pick = (id: string | undefined) => setSearch({ hang: NAMES[queue], ...(id && { lop: id }) });
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
      <SegmentedControl value={queue} onChange={(q) => setSearch({ hang: NAMES[q as Queue] })} data={queues.map((q) => ({ value: q, label: t(`approvals.${q}`, { n: count(q) }) }))} aria-label={t('approvals.title')} />
      {queue === 'batches' && <Loaded query={batches} height={200}>{() => (own.length ? <section className="panel">{own.map((b) => <div key={b.id} className="person wraps"><span><Link href={`/quan-ly/cap/${b.id}`}><strong>{t('batch.title', { code: b.code })}</strong></Link><br /><span className="sub">{b.title} · {t('award.count', { n: b.certificates })} · {t('award.by', { name: b.preparedBy })}</span></span><Button component={Link} href={`/quan-ly/cap/${b.id}`}>{t('batch.look')}</Button></div>)}</section> : <Empty>{t('approvals.empty')}</Empty>)}</Loaded>}
      {queue === 'changes' && <Loaded query={changes} height={200}>{() => (asked.length ? <div className="stack">{asked.map((r) => <ChangeCase key={r.id} r={r} />)}</div> : <Empty>{t('approvals.empty')}</Empty>)}</Loaded>}
      {(queue === 'plans' || queue === 'reports') && <Loaded query={classes} height={300}>{() => (items.length === 0 ? <Empty>{t(decided ? 'approvals.emptySince' : 'approvals.empty', { at: decided ?? '' })}</Empty> : (
        <div className="cases">
          <nav className="panel" aria-label={t(`approvals.${queue}`, { n: items.length })}>{items.map((c) => <button key={c.id} type="button" className="case" aria-current={c.id === chosen?.id ? 'true' : undefined} onClick={() => pick(c.id)}><strong>{c.title}</strong><span className="sub">{c.unitName} · {span(c.startsOn, c.endsOn)}</span>{c.decideBy && <span className={`tag ${c.overdue === 'decision' ? 'bad' : ''}`}>{t(c.overdue === 'decision' ? 'approvals.late' : 'approvals.by', { day: day(c.decideBy) })}</span>}</button>)}</nav>
          {chosen && <Case key={chosen.id} id={chosen.id} report={queue === 'reports'} onDone={() => { setDecided(new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })); void client.invalidateQueries({ queryKey: ['training'] }); }} />}
        </div>
      ))}</Loaded>}
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
