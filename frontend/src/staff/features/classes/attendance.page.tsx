import { type AttendanceStatus, closeAttendance, getAttendance, markAttendance } from '@lantoa/shared/attendance';
import { addEnrolment, getClass } from '@lantoa/shared/training';
import { fold } from '@lantoa/shared/rules/text';
import { Alert, Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { type PickedUnit, UnitPicker } from '../../../ui/unit-picker.tsx';

const BUTTONS: AttendanceStatus[] = ['present', 'late', 'absent'];

/** Who is here, per half-day, by tapping names. */
export default function AttendancePage({ classId, sessionId }: { classId: string; sessionId: string }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const options = query(getAttendance, { params: { sessionId } });
  const session = useQuery(options);
  const [q, setQ] = useState('');
  const [adding, setAdding] = useState(false);
  const [late, setLate] = useState<{ enrolmentId: string; status: AttendanceStatus }>();
  const [reason, setReason] = useState('');
  const mark = useMutation({
    mutationFn: (m: { ids: string[]; status: AttendanceStatus; reason?: string }) => call(markAttendance, { params: { sessionId }, body: { marks: m.ids.map((enrolmentId) => ({ enrolmentId, status: m.status, reason: m.reason ?? null })) } }, { key: crypto.randomUUID() }),
    // The tap shows at once; if the server refuses, what it has comes back.
    onMutate: (m) => client.setQueryData(options.queryKey, (old) => old && { ...old, items: old.items.map((i) => (m.ids.includes(i.enrolmentId) ? { ...i, status: m.status } : i)) }),
    onError: () => client.invalidateQueries({ queryKey: options.queryKey }),
    onSuccess: () => { setLate(undefined); setReason(''); },
  });
  const close = useMutation({ mutationFn: (restAbsent: boolean) => call(closeAttendance, { params: { sessionId }, body: { restAbsent } }), onSuccess: () => { void client.invalidateQueries({ queryKey: ['training'] }); navigate(`/quan-ly/lop/${classId}`); } });
  return (
    <Loaded query={session} height={400}>{(s) => {
      const count = (...statuses: (AttendanceStatus | null)[]) => s.items.filter((i) => statuses.includes(i.status)).length;
      const open = count(null);
      const tap = (enrolmentId: string, status: AttendanceStatus) => (s.closedAt ? setLate({ enrolmentId, status }) : mark.mutate({ ids: [enrolmentId], status }));
      return (
        <>
          <Head title={t(`task.attendance.${s.part}`, { day: day(s.date) })} back={`/quan-ly/lop/${classId}`} sub={t('attendance.counts', { present: count('present', 'late'), absent: count('absent', 'excused'), open })} />
          {s.closedAt && <Alert color="cham">{t('attendance.closed')}</Alert>}
          <ProblemAlert of={mark} /><ProblemAlert of={close} />
          {s.items.length === 0 ? <Empty>{t('attendance.empty')}</Empty> : (
            <section className="panel stack">
              <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', alignItems: 'end' }}><TextInput label={t('attendance.find')} value={q} onChange={(e) => setQ(e.currentTarget.value)} style={{ flex: '1 1 200px' }} />{!s.closedAt && open > 0 && <Button variant="outline" onClick={() => mark.mutate({ ids: s.items.filter((i) => i.status === null).map((i) => i.enrolmentId), status: 'present' })}>{t('attendance.allPresent', { n: open })}</Button>}</div>
              <div className="people">{s.items.filter((i) => fold(i.name).includes(fold(q))).map((i) => <div key={i.enrolmentId} className="person"><span><strong>{i.name}</strong><br /><span className="sub">{i.unitName}</span></span><span className="marks" role="group" aria-label={i.name}>{BUTTONS.map((b) => <button key={b} type="button" aria-pressed={i.status === b} onClick={() => tap(i.enrolmentId, b)}>{t(`attendance.${b}`)}</button>)}</span></div>)}</div>
            </section>
          )}
          {!s.closedAt && <div className="no-print" style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}><Button loading={close.isPending} disabled={!s.items.length} onClick={() => close.mutate(open > 0)}>{t(open > 0 ? 'attendance.closeRest' : `attendance.close.${s.part}`, { n: open })}</Button><Button variant="outline" onClick={() => setAdding(true)}>{t('attendance.walkIn')}</Button></div>}
          <Dialog opened={late !== undefined} onClose={() => setLate(undefined)} title={t('attendance.change')}><div className="stack"><Textarea label={t('attendance.why')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} /><Button disabled={reason.trim().length < 3} loading={mark.isPending} onClick={() => late && mark.mutate({ ids: [late.enrolmentId], status: late.status, reason })}>{t('attendance.saveChange')}</Button></div></Dialog>
          <Dialog opened={adding} onClose={() => setAdding(false)} title={t('attendance.walkIn')}><WalkIn classId={classId} onDone={() => { setAdding(false); void client.invalidateQueries({ queryKey: ['training'] }); }} /></Dialog>
        </>
      );
    }}</Loaded>
  );
}

function WalkIn({ classId, onDone }: { classId: string; onDone: () => void }) {
  const cls = useQuery(query(getClass, { params: { classId } }));
  const [p, setP] = useState({ name: '', birthYear: 1985, phone: '', position: '' });
  const [unit, setUnit] = useState<PickedUnit | null>(null);
  const add = useMutation({ mutationFn: () => call(addEnrolment, { params: { classId }, body: { ...p, phone: p.phone || null, unitId: unit?.id ?? '' } }, { key: crypto.randomUUID() }), onSuccess: onDone });
  const submit = (e: FormEvent) => { e.preventDefault(); if (unit) add.mutate(); };
  return <form className="stack" onSubmit={submit}><ProblemAlert of={add} /><TextInput label={t('person.name')} value={p.name} onChange={(e) => setP({ ...p, name: e.currentTarget.value })} required /><NumberInput label={t('person.birthYear')} value={p.birthYear} min={1920} max={2012} onChange={(n) => setP({ ...p, birthYear: Number(n) })} required /><UnitPicker label={t('person.unit')} asOf={cls.data?.startsOn} value={unit} onPick={setUnit} /><TextInput label={t('person.position')} value={p.position} onChange={(e) => setP({ ...p, position: e.currentTarget.value })} required /><TextInput label={t('person.phoneOptional')} value={p.phone} onChange={(e) => setP({ ...p, phone: e.currentTarget.value })} type="tel" /><Button type="submit" loading={add.isPending} disabled={!unit}>{t('attendance.add')}</Button></form>;
}
