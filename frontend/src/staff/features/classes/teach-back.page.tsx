import { getTeachBack, saveTeachBack, type TeachBackSheet } from '@lantoa/shared/class-papers';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { query } from '../../../lib/api.ts';
import { number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { perform, useWaiting } from '../../../lib/outbox.ts';
import { useSession } from '../../../lib/session.ts';
import { Copy, Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

type Person = TeachBackSheet['people'][number];

/** Teaching back: two observers, each line from 1 to 4. The mean of both must reach what the rule says. */
export default function TeachBackPage({ classId }: { classId: string }) {
  const sheet = useQuery(query(getTeachBack, { params: { classId } }));
  const [observer, setObserver] = useState<1 | 2>(1);
  const [name, setName] = useState('');
  const [person, setPerson] = useState<Person>();
  const waits = useWaiting(useSession()?.person?.id ?? '', [saveTeachBack], { classId }).filter((op) => !op.refused);
  return (
    <>
      <Head title={t('teachBack.title')} back={`/quan-ly/lop/${classId}`} sub={sheet.data ? t('teachBack.how', { least: number(sheet.data.least, 1) }) : undefined} />
      <Copy of={sheet} />
      {waits.length > 0 && <Alert color="nghe" role="status">{t('teachBack.kept', { names: [...new Set(waits.map((op) => op.about))].join(', ') })}</Alert>}
      <Loaded query={sheet}>{(s) => (s.people.length === 0 ? <Empty>{t('attendance.empty')}</Empty> : (
        <>
          <section className="panel stack" style={{ maxWidth: 560 }}><SegmentedControl value={String(observer)} onChange={(v) => setObserver(Number(v) as 1 | 2)} data={[{ value: '1', label: t('teachBack.first') }, { value: '2', label: t('teachBack.second') }]} aria-label={t('teachBack.observer')} /><TextInput label={t('teachBack.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} /></section>
          <section className="panel">{s.people.map((p) => <div key={p.enrolmentId} className="person wraps"><span><strong>{p.name}</strong><br /><span className="sub">{p.unitName}{p.result ? ` · ${p.result.map((r) => number(r.mean, 1)).join(' · ')}` : ''}</span>{p.result?.some((r) => r.apart) && <><br /><span className="tag warn">{t('teachBack.apart')}</span></>}</span><span className="row-s"><span className={`tag ${p.passed === true ? 'ok' : p.passed === false ? 'bad' : ''}`}>{p.passed === null ? t('teachBack.scored', { n: p.observed.length }) : t(p.passed ? 'teachBack.passed' : 'teachBack.notPassed')}</span><Button size="compact-md" variant="outline" disabled={!name.trim()} onClick={() => setPerson(p)}>{t('teachBack.score')}</Button></span></div>)}{!name.trim() && <p className="sub">{t('teachBack.nameFirst')}</p>}</section>
          <Dialog opened={person !== undefined} onClose={() => setPerson(undefined)} title={person?.name ?? ''}>{person && <Scoring key={person.enrolmentId + observer} classId={classId} sheet={s} person={person} observer={observer} observerName={name.trim()} onDone={() => setPerson(undefined)} />}</Dialog>
        </>
      ))}</Loaded>
    </>
  );
}

function Scoring({ classId, sheet, person, observer, observerName, onDone }: { classId: string; sheet: TeachBackSheet; person: Person; observer: 1 | 2; observerName: string; onDone: () => void }) {
  const client = useQueryClient();
  const personId = useSession()?.person?.id ?? '';
  const before = person.observed.find((o) => o.observer === observer);
  const [scores, setScores] = useState<Record<string, number>>(before?.scores ?? {});
  const [note, setNote] = useState(before?.note ?? '');
  const [id] = useState(newId);
  const save = useMutation({ mutationFn: () => perform(personId, saveTeachBack, { params: { classId }, body: { marks: [{ id, enrolmentId: person.enrolmentId, observer, observerName, scores, note: note || null }] } }, person.name), onSuccess: (next) => { if (next) client.setQueryData(query(getTeachBack, { params: { classId } }).queryKey, next); onDone(); } });
  return (
    <div className="stack">
      {before && <Alert color="cham">{t('teachBack.before', { name: before.observerName })}</Alert>}
      {sheet.lines.map((l) => <div key={l.id} role="group" aria-label={l.text}><strong>{l.text}</strong><div className="marks" style={{ marginTop: 4 }}>{[1, 2, 3, 4].map((n) => <button key={n} type="button" aria-pressed={scores[l.id] === n} onClick={() => setScores({ ...scores, [l.id]: n })}>{n}</button>)}</div></div>)}
      <p className="sub">{t('teachBack.scale')}</p>
      <Textarea label={t('teachBack.note')} value={note} onChange={(e) => setNote(e.currentTarget.value)} autosize minRows={2} />
      <ProblemAlert of={save} />
      <Button disabled={sheet.lines.some((l) => scores[l.id] === undefined)} loading={save.isPending} onClick={() => save.mutate()}>{t('teachBack.save')}</Button>
    </div>
  );
}
