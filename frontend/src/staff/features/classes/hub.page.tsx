import { type ClassAct, type ClassDetail, closeTest, getChecks, getClass, issueClassSlips, listEnrolments, moveClass, openTest } from '@lantoa/shared/training';
import { Alert, Button, Checkbox, NumberInput, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { day, span, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { SlipSheet } from '../../../ui/slip-sheet.tsx';
import { PhaseTag } from './phase-tag.tsx';

interface TimeLimit { timeLimitMinutes: number | null; extraTime: boolean }
const NO_LIMIT: TimeLimit = { timeLimitMinutes: null, extraTime: false };

type State = 'todo' | 'doing' | 'done' | 'locked';
const LOOK: Record<State, string> = { todo: 'tag', doing: 'tag busy', done: 'tag plain', locked: 'tag' };

/** One page from preparation to report: a task list whose whole rows are the links. */
export default function HubPage({ classId }: { classId: string }) {
  const cls = useQuery(query(getClass, { params: { classId } }));
  return <Loaded query={cls} height={400}>{(c) => <Hub c={c} />}</Loaded>;
}

function Hub({ c }: { c: ClassDetail }) {
  const client = useQueryClient();
  const [slips, setSlips] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['training'] });
  const at = `/quan-ly/lop/${c.id}`;
  const test = useMutation({ mutationFn: ({ kind, limit }: { kind: 'pre' | 'post'; limit?: TimeLimit }) => (limit ? call(openTest, { params: { classId: c.id, kind }, body: limit }) : call(closeTest, { params: { classId: c.id, kind } })), onSuccess: () => { setOpening(undefined); return refresh(); } });
  const [opening, setOpening] = useState<'pre' | 'post'>();
  const has = c.enrolled > 0;
  const task = (label: string, state: State, href: string | null, note?: string) => <li key={label}>{href && state !== 'locked' ? <Link href={href} className={state === 'done' ? 'done' : ''}><span>{label}</span><span className={LOOK[state]}>{note ?? t(`task.${state}`)}</span></Link> : <div><span>{label}</span><span className={LOOK[state]}>{note ?? t(`task.${state}`)}</span></div>}</li>;
  const testRow = (kind: 'pre' | 'post') => {
    const x = c[kind];
    const locked = !has || (kind === 'post' && c.pre.state === 'not-open');
    const status = x.state === 'not-open' ? (locked ? t(kind === 'post' && has ? 'task.preFirst' : 'task.locked') : t('task.todo')) : t('task.handedIn', { n: x.submitted, of: x.seats });
    return <li key={kind}><div style={{ flexWrap: 'wrap' }}><span>{t(`task.${kind}`)}</span><span style={{ display: 'flex', gap: 8, alignItems: 'center' }}><span className={`tag ${x.state === 'open' ? 'busy' : ''}`}>{status}</span>{c.mayRun && !locked && x.state !== 'open' && <Button size="compact-md" variant="subtle" onClick={() => setOpening(kind)}>{t('task.timed')}</Button>}{c.mayRun && !locked && <Button size="compact-md" variant={x.state === 'open' ? 'outline' : 'filled'} loading={test.isPending} onClick={() => (x.state === 'open' ? test.mutate({ kind }) : test.mutate({ kind, limit: NO_LIMIT }))}>{t(x.state === 'open' ? 'task.close' : 'task.open')}</Button>}</span></div></li>;
  };
  return (
    <>
      <Head title={c.title} back="/quan-ly/lop" sub={<>{c.code} · {t('classes.tier', { name: c.tierName })} · {c.unitName} · {span(c.startsOn, c.endsOn)}</>} />
      <span><PhaseTag c={c} /></span>
      {c.note && <Alert color="nghe" title={t('hub.returned')}>{c.note}</Alert>}
      {c.phase === 'draft' && <Alert color="cham">{t('hub.draft')}</Alert>}
      <Decisions c={c} onDone={refresh} />
      <ProblemAlert of={test} />
      <div className="grid2">
        <div className="stack">
          <section className="panel"><h2>{t('hub.before')}</h2><ul className="tasks">
            {task(t('task.roster'), !c.mayRun && !has ? 'locked' : has ? (c.enrolled >= c.expected ? 'done' : 'doing') : 'todo', c.mayRun ? `${at}/nhap` : null, has ? t('task.rosterCount', { n: c.enrolled, of: c.expected }) : undefined)}
            <li>{has ? <button type="button" onClick={() => setSlips(true)}><span>{t('task.slips')}</span><span className="tag">{t('classes.people', { n: c.enrolled })}</span></button> : <div><span>{t('task.slips')}</span><span className="tag">{t('task.rosterFirst')}</span></div>}</li>
          </ul></section>
          <section className="panel"><h2>{t('hub.during')}</h2><ul className="tasks">
            {c.sessions.map((s) => task(t(`task.attendance.${s.part}`, { day: day(s.date).slice(0, 5) }), s.closedAt ? 'done' : !has || !c.mayRun ? 'locked' : s.date > todayHere() ? 'locked' : s.marked ? 'doing' : 'todo', `${at}/diem-danh/${s.id}`, s.date > todayHere() ? t('task.notYet') : undefined))}
            {testRow('pre')}{testRow('post')}
          </ul></section>
          <section className="panel"><h2>{t('hub.after')}</h2><ul className="tasks">
            {task(t('task.questions'), c.post.submitted > 0 ? 'todo' : 'locked', `${at}/ket-qua`, c.post.submitted > 0 ? t('task.ready') : t('task.postFirst'))}
            {task(t('task.report'), c.phase === 'completed' || c.phase === 'report-submitted' ? 'done' : has && c.post.state !== 'not-open' ? 'todo' : 'locked', `${at}/ket-qua#bao-cao`, c.phase === 'completed' || c.phase === 'report-submitted' ? undefined : t('task.due', { day: day(c.reportDueOn) }))}
            {task(t('task.certificates'), c.certificates > 0 ? 'done' : c.phase === 'completed' ? 'doing' : 'locked', c.phase === 'completed' ? '/quan-ly/cap' : null, c.certificates > 0 ? t('task.issued', { n: c.certificates }) : undefined)}
          </ul></section>
        </div>
        <aside className="panel stack"><h2>{t('hub.about')}</h2><div><p className="sub">{t('wizard.place')}</p><strong>{c.place}</strong></div><div><p className="sub">{t('hub.sessions')}</p>{c.sessions.map((s) => <div key={s.id}>{day(s.date)}, {s.startsAt}–{s.endsAt}</div>)}</div><div><p className="sub">{t('hub.trainers')}</p>{c.trainers.map((x) => <div key={x.name}><strong>{x.name}</strong><p className="sub">{x.registerNo ? t('hub.qualified', { no: x.registerNo }) : (x.body ?? t('hub.noPaper'))}</p></div>)}</div></aside>
      </div>
      <Dialog opened={opening !== undefined} onClose={() => setOpening(undefined)} title={t('task.timed')}>{opening && <TimedOpening busy={test.isPending} onOpen={(limit) => test.mutate({ kind: opening, limit })} />}</Dialog>
      <Dialog opened={slips} onClose={() => setSlips(false)} title={t('task.slips')} size="xl"><Slips classId={c.id} /></Dialog>
    </>
  );
}

/** Handing in, approving, returning, with the checks in words beside the decision. */
function Decisions({ c, onDone }: { c: ClassDetail; onDone: () => void }) {
  const [asking, setAsking] = useState<ClassAct>();
  const [note, setNote] = useState('');
  const deciding = c.acts.includes('approve') || c.acts.includes('approve-report');
  const checks = useQuery({ ...query(getChecks, { params: { classId: c.id } }), enabled: deciding });
  const move = useMutation({ mutationFn: (act: ClassAct) => call(moveClass, { params: { classId: c.id }, body: { act, note: note || null } }, { key: crypto.randomUUID() }), onSuccess: () => { setAsking(undefined); setNote(''); onDone(); } });
  const acts = c.acts.filter((a) => a !== 'cancel');
  if (!c.acts.length) return null;
  const needed = (code: string) => c.phase !== 'submitted' || code === 'trainers-qualified' || code === 'no-clash';
  return (
    <section className="panel stack no-print">
      {deciding && <><h2>{t(c.acts.includes('approve') ? 'decide.plan' : 'decide.report')}</h2><ul style={{ margin: 0, paddingLeft: 0, listStyle: 'none' }}>{checks.data?.items.filter((x) => needed(x.code)).map((x) => <li key={x.code}><span className={`tag ${x.ok ? 'ok' : 'warn'}`}>{t(x.ok ? 'check.good' : 'check.look')}</span> {t(`check.${x.code}.${x.ok}`, x.params)}</li>)}</ul></>}
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
        {acts.map((a) => <Button key={a} variant={a.startsWith('return') ? 'outline' : 'filled'} loading={move.isPending && move.variables === a} onClick={() => (a.startsWith('return') ? setAsking(a) : move.mutate(a))}>{t(`act.${a}`)}</Button>)}
        {c.acts.includes('cancel') && <Button variant="subtle" color="do" onClick={() => setAsking('cancel')}>{t('act.cancel')}</Button>}
      </div>
      <ProblemAlert of={move} />
      <Dialog opened={asking !== undefined} onClose={() => setAsking(undefined)} title={t('act.title')}><div className="stack"><Textarea label={t('act.reason')} value={note} onChange={(e) => setNote(e.currentTarget.value)} autosize minRows={3} /><Button disabled={note.trim().length < 3} loading={move.isPending} onClick={() => asking && move.mutate(asking)}>{asking ? t(`act.${asking}`) : ''}</Button></div></Dialog>
    </section>
  );
}

function Slips({ classId }: { classId: string }) {
  const people = useQuery(query(listEnrolments, { params: { classId } }));
  const issue = useMutation({ mutationFn: (personIds?: string[]) => call(issueClassSlips, { params: { classId }, body: personIds ? { personIds } : {} }) });
  if (issue.data) return <SlipSheet slips={issue.data.items} />;
  return (
    <div className="stack">
      <Alert color="nghe">{t('slips.warning')}</Alert>
      <ProblemAlert of={issue} />
      <Button loading={issue.isPending} onClick={() => issue.mutate(undefined)}>{t('slips.all', { n: people.data?.items.length ?? 0 })}</Button>
      <Loaded query={people}>{({ items }) => <div>{items.map((p) => <div key={p.id} className="person"><span><strong>{p.name}</strong><br /><span className="sub">{p.birthYear} · {p.unitName}</span></span><Button variant="outline" size="compact-md" onClick={() => issue.mutate([p.personId])}>{t('slips.one')}</Button></div>)}</div>}</Loaded>
    </div>
  );
}

/** A time limit is the exception: minutes, and half as much again for those who read slowly. */
function TimedOpening({ busy, onOpen }: { busy: boolean; onOpen: (limit: TimeLimit) => void }) {
  const [minutes, setMinutes] = useState(30);
  const [extraTime, setExtraTime] = useState(true);
  return (
    <div className="stack">
      <p className="sub">{t('task.timedWhat')}</p>
      <NumberInput label={t('task.minutes')} value={minutes} min={5} max={240} onChange={(v) => setMinutes(Number(v) || 30)} />
      <Checkbox label={t('task.extra', { n: Math.round(minutes * 1.5) })} checked={extraTime} onChange={(e) => setExtraTime(e.currentTarget.checked)} />
      <div><Button loading={busy} onClick={() => onOpen({ timeLimitMinutes: minutes, extraTime })}>{t('task.openTimed', { n: extraTime ? Math.round(minutes * 1.5) : minutes })}</Button></div>
    </div>
  );
}
