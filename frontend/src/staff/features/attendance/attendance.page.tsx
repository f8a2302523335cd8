import { type AttendanceRow, type AttendanceStatus, getAttendance, listMarks } from '@lantoa/shared/attendance';
import { fold } from '@lantoa/shared/rules/text';
import { Alert, Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day, moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Copy, Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { useMarks } from './use-marks.ts';
import { HallCode } from './hall-code.tsx';
import { ScanCards } from './scan-cards.tsx';
import { SheetPhotos } from './sheet-photos.tsx';
import { WalkIn } from './walk-in.tsx';

const BUTTONS: AttendanceStatus[] = ['present', 'late', 'absent', 'excused'];
const MODES = ['tap', 'scan', 'code'] as const;

/** Who is here, per half-day: by tapping names, scanning slips, or a code that learners scan. Every mark is kept on this machine before it is sent. */
export default function AttendancePage({ classId, sessionId }: { classId: string; sessionId: string }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const options = query(getAttendance, { params: { sessionId } });
  const session = useQuery(options);
  const [mode, setMode] = useState<(typeof MODES)[number]>('tap');
  const [q, setQ] = useState('');
  const [adding, setAdding] = useState(false);
  const [history, setHistory] = useState(false);
  const [late, setLate] = useState<{ ids: string[]; status: AttendanceStatus }>();
  const [reason, setReason] = useState('');
  const show = (ids: readonly string[], status: AttendanceStatus) => client.setQueryData(options.queryKey, (old) => old && { ...old, items: old.items.map((i) => (ids.includes(i.enrolmentId) ? { ...i, status, source: 'tap' as const } : i)) });
  const { waiting, closing, refused, see, keep, close: closeHere } = useMarks(classId, sessionId);
  const mark = (ids: string[], status: AttendanceStatus, why: string | null = null) => {
    show(ids, status);
    return keep(ids, status, why);
  };
  const close = useMutation({ mutationFn: closeHere, onSuccess: () => { void client.invalidateQueries({ queryKey: ['training'] }); navigate(`/quan-ly/lop/${classId}`); } });
  return (
    <Loaded query={session} height={400}>{(said) => {
      const s = see(said);
      const shut = s.closedAt !== null || closing;
      const count = (...statuses: (AttendanceStatus | null)[]) => s.items.filter((i) => statuses.includes(i.status)).length;
      const open = count(null);
      const tap = (ids: string[], status: AttendanceStatus) => (shut ? setLate({ ids, status }) : void mark(ids, status));
      return (
        <>
          <Head title={t(`task.attendance.${s.part}`, { day: day(s.date) })} back={`/quan-ly/lop/${classId}`} sub={t('attendance.counts', { present: count('present', 'late'), absent: count('absent', 'excused'), open })}><span className={`tag ${waiting ? '' : 'ok'}`} role="status">{t(waiting ? 'attendance.onMachine' : 'attendance.sent', { n: waiting })}</span></Head>
          {shut && <Alert color="cham">{t(s.closedAt ? 'attendance.closed' : 'attendance.closedHere')}</Alert>}
          <Copy of={session} />
          {refused && <Alert color="do" role="alert">{problemText(refused)}</Alert>}
          <ProblemAlert of={close} />
          {s.items.length === 0 ? <Empty action={<Button onClick={() => setAdding(true)}>{t('attendance.walkIn')}</Button>}>{t('attendance.empty')}</Empty> : (
            <section className="panel stack">
              {s.mayMark && !shut && <SegmentedControl fullWidth value={mode} onChange={(m) => setMode(m as typeof mode)} data={MODES.map((m) => ({ value: m, label: t(`attendance.mode.${m}`) }))} aria-label={t('attendance.modes')} />}
              {mode === 'scan' && !shut && <ScanCards sessionId={sessionId} onMarked={(id) => show([id], 'present')} />}
              {mode === 'code' && !shut && <HallCode sessionId={sessionId} onSeen={() => void client.invalidateQueries({ queryKey: options.queryKey })} />}
              <div className="row-s" style={{ alignItems: 'end' }}><TextInput label={t('attendance.find')} value={q} onChange={(e) => setQ(e.currentTarget.value)} style={{ flex: '1 1 200px' }} />{s.mayMark && !shut && open > 0 && <Button variant="outline" onClick={() => tap(s.items.filter((i) => i.status === null).map((i) => i.enrolmentId), 'present')}>{t('attendance.allPresent', { n: open })}</Button>}</div>
              <div className="people">{s.items.filter((i) => fold(i.name).includes(fold(q))).map((i) => <Row key={i.enrolmentId} item={i} mayMark={s.mayMark} onTap={(status) => tap([i.enrolmentId], status)} />)}</div>
            </section>
          )}
          {s.mayMark && <SheetPhotos classId={classId} sessionId={sessionId} files={s.files} />}
          <div className="no-print row-s">{s.mayMark && !shut && <><Button loading={close.isPending} disabled={!s.items.length} onClick={() => close.mutate(open > 0)}>{t(open > 0 ? 'attendance.closeRest' : `attendance.close.${s.part}`, { n: open })}</Button><Button variant="outline" onClick={() => setAdding(true)}>{t('attendance.walkIn')}</Button></>}<Button variant="subtle" onClick={() => setHistory(true)}>{t('attendance.history')}</Button></div>
          <Dialog opened={late !== undefined} onClose={() => setLate(undefined)} title={t('attendance.change')}><div className="stack"><Textarea label={t('attendance.why')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} /><Button disabled={reason.trim().length < 3} onClick={() => { if (late) void mark(late.ids, late.status, reason.trim()); setLate(undefined); setReason(''); }}>{t('attendance.saveChange')}</Button></div></Dialog>
          <Dialog opened={adding} onClose={() => setAdding(false)} title={t('attendance.walkIn')}><WalkIn classId={classId} onDone={() => { setAdding(false); void client.invalidateQueries({ queryKey: ['training'] }); }} /></Dialog>
          <Dialog opened={history} onClose={() => setHistory(false)} title={t('attendance.history')} size="lg"><History sessionId={sessionId} names={new Map(s.items.map((i) => [i.enrolmentId, i.name]))} /></Dialog>
        </>
      );
    }}</Loaded>
  );
}

function Row({ item: i, mayMark, onTap }: { item: AttendanceRow; mayMark: boolean; onTap: (status: AttendanceStatus) => void }) {
  return (
    <div className="person wraps"><span><strong>{i.name}</strong>{i.toMatch && <> <span className="tag warn">{t('attendance.toMatch')}</span></>}<br /><span className="sub">{i.unitName}{i.source === 'self' ? ` · ${t('attendance.own')}` : i.source === 'scan' ? ` · ${t('attendance.scanned')}` : ''}</span>{i.conflict && i.ownScan && <><br /><span className="sub">{t('attendance.conflict', { at: moment(i.ownScan) })}</span></>}</span>
      <span className="marks" role="group" aria-label={i.name}>{BUTTONS.map((b) => <button key={b} type="button" disabled={!mayMark} aria-pressed={i.status === b} onClick={() => onTap(b)}>{t(`attendance.${b}`)}</button>)}</span>
    </div>
  );
}

function History({ sessionId, names }: { sessionId: string; names: ReadonlyMap<string, string> }) {
  const marks = useQuery(query(listMarks, { params: { sessionId } }));
  return <Loaded query={marks}>{({ items }) => (items.length ? <ul className="bare">{[...items].reverse().map((m) => <li key={`${m.enrolmentId}${m.at}${m.status}`} className="person"><span><strong>{names.get(m.enrolmentId) ?? ''}</strong> · {t(`attendance.${m.status}`)}<br /><span className="sub">{t(`attendance.by.${m.source}`, { name: m.by, at: moment(m.at) })}{m.reason ? ` · ${m.reason}` : ''}</span></span></li>)}</ul> : <p className="sub">{t('attendance.noMarks')}</p>)}</Loaded>;
}
