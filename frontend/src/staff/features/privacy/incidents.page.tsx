import { addIncidentStep, type Incident, type IncidentData, incidentData, listIncidents, noteIncident, type StepKind } from '@lantoa/shared/incidents';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Checkbox, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { moment, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

const LOOK: Record<Incident['state'], string> = { open: 'tag warn', reported: 'tag busy', closed: 'tag ok' };
const STEPS: readonly StepKind[] = ['reported', 'told', 'note', 'closed'];
const peopleOf = (i: Incident): string => (i.people === null ? t('incident.peopleUnknown') : t('incident.peopleN', { n: number(i.people) }));

/** Breaches of personal data: what happened, until when it must be reported, what was done since. */
export default function IncidentsPage() {
  const client = useQueryClient();
  const incidents = useQuery(query(listIncidents, {}));
  const [noting, setNoting] = useState(false);
  const [adding, setAdding] = useState<{ i: Incident; kind: StepKind }>();
  const [telling, setTelling] = useState<Incident>();
  const news = () => { setNoting(false); setAdding(undefined); return client.invalidateQueries({ queryKey: ['privacy'] }); };
  return (
    <>
      <Head title={t('incident.title')} sub={t('incident.sub')} back="/quan-ly/du-lieu"><Button onClick={() => setNoting(true)}>{t('incident.new')}</Button></Head>
      <Loaded query={incidents} height={240}>{({ items }) => (items.length === 0 ? <Empty>{t('incident.none')}</Empty> : (
        <div className="stack">{items.map((i) => (
          <section key={i.id} className="panel stack">
            <div style={{ display: 'flex', gap: 12, alignItems: 'start', justifyContent: 'space-between' }}>
              <span><strong>{i.what}</strong><br /><span className="sub">{t('incident.noted', { at: moment(i.foundAt), name: i.notedBy })} · {i.data.map((d) => t(`incident.data.${d}`)).join(', ')}{i.data.length ? ' · ' : ''}{peopleOf(i)}{i.state === 'open' ? ` · ${t('incident.by', { at: moment(i.reportBy) })}` : ''}</span></span>
              <span className={i.late ? 'tag bad' : LOOK[i.state]}>{t(`incident.state.${i.state}`)}{i.late ? ` · ${t('incident.late')}` : ''}</span>
            </div>
            {i.steps.map((s) => <p key={`${s.at}${s.kind}`} style={{ margin: 0 }}><strong>{t(`incident.step.${s.kind}`)}</strong>: {s.words} <span className="sub">{moment(s.at)} · {s.by}</span></p>)}
            {i.state !== 'closed' && <div className="row-s">
              <Button size="compact-md" variant="outline" onClick={() => setTelling(i)}>{t('incident.notice')}</Button>
              {STEPS.filter((kind) => kind !== 'reported' || i.state === 'open').map((kind) => <Button key={kind} size="compact-md" variant={kind === 'closed' ? 'subtle' : 'outline'} onClick={() => setAdding({ i, kind })}>{t(`incident.step.${kind}`)}</Button>)}
            </div>}
          </section>
        ))}</div>
      ))}</Loaded>
      <Dialog opened={noting} onClose={() => setNoting(false)} title={t('incident.new')}><Note onDone={news} /></Dialog>
      <Dialog opened={adding !== undefined} onClose={() => setAdding(undefined)} title={adding ? t(`incident.step.${adding.kind}`) : ''}>{adding && <Step {...adding} onDone={news} />}</Dialog>
      <Dialog opened={telling !== undefined} onClose={() => setTelling(undefined)} title={t('incident.notice')}>{telling && <Notice i={telling} />}</Dialog>
    </>
  );
}

/** This moment as a field for a time shows it. */
const now = (): string => { const d = new Date(); d.setMinutes(d.getMinutes() - d.getTimezoneOffset()); return d.toISOString().slice(0, 16); };

function Note({ onDone }: { onDone: () => unknown }) {
  const [id] = useState(newId);
  const [what, setWhat] = useState('');
  const [foundAt, setFoundAt] = useState(now);
  const [data, setData] = useState<IncidentData[]>([]);
  const [people, setPeople] = useState<number | null>(null);
  const send = useMutation({ mutationFn: () => call(noteIncident, { body: { id, what, foundAt: new Date(foundAt).toISOString(), data, people } }), onSuccess: onDone });
  return (
    <div className="stack">
      <Textarea label={t('incident.what')} description={t('incident.whatHint')} value={what} onChange={(e) => setWhat(e.currentTarget.value)} autosize minRows={3} />
      <TextInput type="datetime-local" label={t('incident.foundAt')} value={foundAt} max={now()} onChange={(e) => setFoundAt(e.currentTarget.value)} />
      <Checkbox.Group label={t('incident.data')} value={data} onChange={(v) => setData(v as IncidentData[])}><div className="stack" style={{ gap: 8, marginTop: 8 }}>{incidentData.map((d) => <Checkbox key={d} value={d} label={t(`incident.data.${d}`)} />)}</div></Checkbox.Group>
      <NumberInput label={t('incident.people')} placeholder={t('incident.unknown')} min={0} allowDecimal={false} value={people ?? ''} onChange={(v) => setPeople(v === '' ? null : Number(v))} />
      <ProblemAlert of={send} />
      <Button disabled={!what.trim() || !foundAt} loading={send.isPending} onClick={() => send.mutate()}>{t('incident.save')}</Button>
    </div>
  );
}

function Step({ i, kind, onDone }: { i: Incident; kind: StepKind; onDone: () => unknown }) {
  const [id] = useState(newId);
  const [words, setWords] = useState('');
  const send = useMutation({ mutationFn: () => call(addIncidentStep, { params: { incidentId: i.id }, body: { id, kind, words } }), onSuccess: onDone });
  return <div className="stack"><Textarea label={t(`incident.words.${kind}`)} value={words} onChange={(e) => setWords(e.currentTarget.value)} autosize minRows={3} /><ProblemAlert of={send} /><Button disabled={!words.trim()} loading={send.isPending} onClick={() => send.mutate()}>{t('incident.save')}</Button></div>;
}

/** What the form for the authority asks, as far as it is known here. */
function Notice({ i }: { i: Incident }) {
  const [copied, setCopied] = useState(false);
  const text = [
    t('incident.notice.what', { what: i.what }), t('incident.notice.when', { at: moment(i.foundAt) }), t('incident.notice.data', { data: i.data.map((d) => t(`incident.data.${d}`)).join(', ') || t('incident.unknown') }),
    t('incident.notice.people', { people: i.people === null ? t('incident.unknown') : number(i.people) }), t('incident.notice.done'), ...i.steps.map((s) => `   - ${moment(s.at)}: ${s.words}`), t('incident.notice.contact'),
  ].join('\n');
  return <div className="stack"><Alert color="cham">{t('incident.noticeHint')}</Alert><Textarea aria-label={t('incident.notice')} value={text} readOnly autosize /><Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>{t(copied ? 'incident.copied' : 'incident.copy')}</Button></div>;
}
