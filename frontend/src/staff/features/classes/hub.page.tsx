import { printSignInSheet } from '@lantoa/shared/class-papers';
import { type ClassDetail, getClass } from '@lantoa/shared/training';
import { Alert, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { addressOf, query } from '../../../lib/api.ts';
import { day, span, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Copy, Dialog, Head, Loaded } from '../../../ui/staff-parts.tsx';
import { Decisions } from '../../../ui/decisions.tsx';
import { OfflineKit } from './offline-kit.tsx';
import { PhaseTag } from './phase-tag.tsx';
import { Slips } from './slips.tsx';
import { Unsent } from './unsent.tsx';

type State = 'todo' | 'doing' | 'done' | 'locked';
const LOOK: Record<State, string> = { todo: 'tag', doing: 'tag busy', done: 'tag plain', locked: 'tag' };

/** One page from preparation to report: a task list whose whole rows are the links. */
export default function HubPage({ classId }: { classId: string }) {
  const cls = useQuery(query(getClass, { params: { classId } }));
  return <><Copy of={cls} /><Loaded query={cls} height={400}>{(c) => <Hub c={c} />}</Loaded></>;
}

function Task({ label, state, href, note }: { label: string; state: State; href: string | null; note?: string | undefined }) {
  const status = <span className={LOOK[state]}>{note ?? t(`task.${state}`)}</span>;
  return <li>{href && state !== 'locked' ? <Link href={href} className={state === 'done' ? 'done' : ''}><span>{label}</span>{status}</Link> : <div><span>{label}</span>{status}</div>}</li>;
}

function Hub({ c }: { c: ClassDetail }) {
  const client = useQueryClient();
  const [slips, setSlips] = useState(false);
  const at = `/quan-ly/lop/${c.id}`;
  const has = c.enrolled > 0;
  const reported = c.phase === 'completed' || c.phase === 'report-submitted';
  return (
    <>
      <Head title={c.title} back="/quan-ly/lop" sub={<>{c.code} · {t('classes.tier', { name: c.tierName })} · {c.unitName} · {span(c.startsOn, c.endsOn)}</>}><Button component={Link} variant="outline" href={`/quan-ly/lop/moi?tu=${c.id}`}>{t('hub.copy')}</Button></Head>
      <span><PhaseTag c={c} /></span>
      {c.note && <Alert color="nghe" title={t('hub.returned')}>{c.note}</Alert>}
      {c.overdue && <Alert color="nghe">{t(`hub.overdue.${c.overdue}`, { day: day(c.overdue === 'report' ? c.reportDueOn : (c.decideBy ?? c.reportDueOn)) })}</Alert>}
      {c.phase === 'draft' && <Alert color="cham">{t('hub.draft')}</Alert>}
      {c.phase === 'submitted' && c.decideBy && <Alert color="cham">{t('hub.waits', { day: day(c.decideBy) })}</Alert>}
      <Decisions c={c} onDone={() => void client.invalidateQueries({ queryKey: ['training'] })} />
      {has && <Unsent classId={c.id} />}
      <div className="grid2">
        <div className="stack">
          <section className="panel"><h2>{t('hub.before')}</h2><ul className="tasks">
            <Task label={t('task.roster')} state={!c.mayRun && !has ? 'locked' : has ? (c.enrolled >= c.expected ? 'done' : 'doing') : 'todo'} href={c.mayRun ? `${at}/nhap` : null} note={has ? t('task.rosterCount', { n: c.enrolled, of: c.expected }) : undefined} />
            <li>{has ? <button type="button" onClick={() => setSlips(true)}><span>{t('task.slips')}</span><span className="tag">{t('classes.people', { n: c.enrolled })}</span></button> : <div><span>{t('task.slips')}</span><span className="tag">{t('task.rosterFirst')}</span></div>}</li>
          </ul></section>
          <section className="panel"><h2>{t('hub.during')}</h2><ul className="tasks">
            {c.sessions.map((s) => <Task key={s.id} label={t(`task.attendance.${s.part}`, { day: day(s.date).slice(0, 5) })} state={s.closedAt ? 'done' : !c.mayRun || s.date > todayHere() ? 'locked' : s.marked ? 'doing' : 'todo'} href={`${at}/diem-danh/${s.id}`} note={s.date > todayHere() ? t('task.notYet') : undefined} />)}
            {(['pre', 'post'] as const).map((kind) => {
              const x = c[kind];
              const locked = !has || !c.mayRun || (kind === 'post' && c.pre.state === 'not-open');
              const note = x.state !== 'not-open' ? t('task.handedIn', { n: x.submitted, of: x.seats }) : locked ? t(kind === 'post' && has && c.mayRun ? 'task.preFirst' : 'task.locked') : t('task.todo');
              return <Task key={kind} label={t(`task.${kind}`)} state={x.state === 'closed' ? 'done' : locked && x.state === 'not-open' ? 'locked' : x.state === 'open' ? 'doing' : 'todo'} href={`${at}/thi/${kind}`} note={note} />;
            })}
            {c.teachesBack && <Task label={t('task.teachBack')} state={!has ? 'locked' : 'todo'} href={`${at}/giang-thu`} note={has ? t('task.open.rubric') : undefined} />}
            {c.mayWalkIn && has && <Task label={t('task.identities')} state="todo" href={`${at}/doi-chieu`} note={t('task.see')} />}
          </ul></section>
          <section className="panel"><h2>{t('hub.after')}</h2><ul className="tasks">
            <Task label={t('task.questions')} state={c.post.submitted > 0 ? 'todo' : 'locked'} href={`${at}/ket-qua`} note={c.post.submitted > 0 ? t('task.ready') : t('task.postFirst')} />
            <Task label={t('task.report')} state={reported ? 'done' : has && c.post.state !== 'not-open' ? 'todo' : 'locked'} href={`${at}/ket-qua#bao-cao`} note={reported ? undefined : t('task.due', { day: day(c.reportDueOn) })} />
            <Task label={t('task.certificates')} state={c.certificates > 0 ? 'done' : c.phase === 'completed' ? 'doing' : 'locked'} href={c.phase === 'completed' ? '/quan-ly/cap' : null} note={c.certificates > 0 ? t('task.issued', { n: c.certificates }) : undefined} />
          </ul></section>
        </div>
        <div className="stack"><About c={c} />{has && c.mayRun && <OfflineKit c={c} />}</div>
      </div>
      <Dialog opened={slips} onClose={() => setSlips(false)} title={t('task.slips')} size="xl"><Slips classId={c.id} /></Dialog>
    </>
  );
}

function About({ c }: { c: ClassDetail }) {
  return (
    <aside className="panel stack"><h2>{t('hub.about')}</h2>
      <div><p className="sub">{t('wizard.place')}</p><strong>{c.place}</strong></div>
      <div><p className="sub">{t('hub.sessions')}</p>{c.sessions.map((s) => <div key={s.id} className="row-s">{day(s.date)}, {s.startsAt}–{s.endsAt} {c.enrolled > 0 && <a className="no-print" target="_blank" rel="noreferrer" href={addressOf(printSignInSheet, { params: { sessionId: s.id } })}>{t('hub.signIn')}</a>}</div>)}</div>
      <div><p className="sub">{t('hub.trainers')}</p>{c.trainers.map((x) => <div key={x.name}><strong>{x.name}</strong><p className="sub">{x.registerNo ? t('hub.qualified', { no: x.registerNo }) : x.body ? t('hub.guest', { body: x.body }) : t('hub.noPaper')}</p></div>)}</div>
      {c.invitations.length > 0 && <div><p className="sub">{t('hub.invited')}</p>{c.invitations.map((i) => <div key={`${i.unitName}${i.locality}`}>{[i.locality, i.unitName].filter(Boolean).join(', ')}: {i.people}</div>)}</div>}
    </aside>
  );
}
