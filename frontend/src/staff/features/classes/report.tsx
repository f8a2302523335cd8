import { addClassFile, listClassFiles, removeClassFile } from '@lantoa/shared/attendance';
import { type ClassDetail, type ClassResults, getReport, submitReport } from '@lantoa/shared/training';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, FileButton, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { base64Of } from '../../../lib/base64.ts';
import { bytes } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { lighterPhoto } from '../../../lib/picture.ts';
import { Empty, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

/** The report: what is missing, the three questions, papers, and whom it proposes for certificates; once handed in, what was said. */
export function Report({ c, results }: { c: ClassDetail; results: ClassResults }) {
  const report = useQuery(query(getReport, { params: { classId: c.id } }));
  return (
    <section className="panel stack" id="bao-cao"><h2>{t('report.title')}</h2>
      <Loaded query={report}>{(r) => (c.mayRun && c.phase !== 'completed' && c.phase !== 'report-submitted' ? <ReportForm c={c} results={results} initial={r} missing={r.missing} /> : r.submittedAt ? <dl className="stack" style={{ margin: 0 }}>{(['good', 'difficult', 'support'] as const).map((k) => <div key={k}><dt className="sub">{t(`report.${k}`)}</dt><dd style={{ margin: 0 }}>{r[k] || '–'}</dd></div>)}</dl> : <Empty>{t('report.none')}</Empty>)}</Loaded>
    </section>
  );
}

function ReportForm({ c, results, initial, missing }: { c: ClassDetail; results: ClassResults; initial: { good: string; difficult: string; support: string }; missing: readonly { code: string; sessionId: string | null }[] }) {
  const client = useQueryClient();
  const draft = `lantoa.report.${c.id}`;
  const [text, setTextState] = useState(() => ({ good: initial.good, difficult: initial.difficult, support: initial.support, ...(JSON.parse(localStorage.getItem(draft) ?? '{}') as Partial<Text>) }));
  // What was written stays on this machine until it is handed in.
  const setText = (next: Text) => { setTextState(next); localStorage.setItem(draft, JSON.stringify(next)); };
  const send = useMutation({ mutationFn: () => call(submitReport, { params: { classId: c.id }, body: text }, { key: newId() }), onSuccess: () => { localStorage.removeItem(draft); return client.invalidateQueries({ queryKey: ['training'] }); } });
  const submit = (e: FormEvent) => { e.preventDefault(); send.mutate(); };
  return (
    <form className="stack" onSubmit={submit}>
      {missing.length > 0 && <Alert color="nghe" title={t('report.missing')}><ul style={{ margin: 0 }}>{missing.map((m) => <li key={m.code + m.sessionId}>{m.sessionId ? <Link href={`/quan-ly/lop/${c.id}/diem-danh/${m.sessionId}`}>{t(`missing.${m.code}`)}</Link> : <Link href={`/quan-ly/lop/${c.id}${m.code === 'to-match' ? '/doi-chieu' : m.code === 'no-roster' ? '/nhap' : ''}`}>{t(`missing.${m.code}`)}</Link>}</li>)}</ul></Alert>}
      {(['good', 'difficult', 'support'] as const).map((k) => <Textarea key={k} label={t(`report.${k}`)} value={text[k]} onChange={(e) => setText({ ...text, [k]: e.currentTarget.value })} autosize minRows={2} />)}
      <p className="sub">{t('report.noCases')}</p>
      <Papers c={c} />
      <Proposed r={results} />
      <ProblemAlert of={send} />
      <div><Button type="submit" disabled={missing.length > 0} loading={send.isPending}>{t('report.send')}</Button></div>
    </form>
  );
}

type Text = { good: string; difficult: string; support: string };

/** Photos of signed sheets and other papers that go with the report. */
function Papers({ c }: { c: ClassDetail }) {
  const client = useQueryClient();
  const files = useQuery(query(listClassFiles, { params: { classId: c.id } }));
  const done = { onSuccess: () => client.invalidateQueries({ queryKey: ['training', 'listClassFiles'] }) };
  const add = useMutation({ mutationFn: async (file: File) => call(addClassFile, { params: { classId: c.id }, body: { id: newId(), name: file.name.replace(/[<>]/g, ''), contentBase64: await base64Of(await lighterPhoto(file)) } }), ...done });
  const remove = useMutation({ mutationFn: (fileId: string) => call(removeClassFile, { params: { fileId } }), ...done });
  return (
    <div><strong>{t('report.papers')}</strong>
      {files.data?.items.map((f) => <div key={f.id} className="person"><span><a href={f.address} target="_blank" rel="noreferrer">{f.name}</a><br /><span className="sub">{bytes(f.bytes)}</span></span><Button type="button" variant="subtle" color="do" size="compact-md" onClick={() => remove.mutate(f.id)}>{t('ui.remove')}</Button></div>)}
      <ProblemAlert of={add} /><ProblemAlert of={remove} />
      <div style={{ marginTop: 8 }}><FileButton onChange={(f) => f && add.mutate(f)} accept="image/*,application/pdf" inputProps={{ 'aria-label': t('report.addPaper') }}>{(props) => <Button type="button" {...props} variant="outline" size="compact-md" loading={add.isPending}>{t('report.addPaper')}</Button>}</FileButton></div>
    </div>
  );
}

/** Whom the report proposes for certificates, and why the others are left out. */
function Proposed({ r }: { r: ClassResults }) {
  const left = r.people.filter((p) => p.outcome !== 'passed');
  return (
    <details className="panel"><summary style={{ cursor: 'pointer', minHeight: 40 }}><strong>{t('report.proposed', { n: r.figures.passed, of: r.people.length })}</strong></summary>
      {left.length > 0 && <><p className="sub">{t('report.leftOut')}</p><ul className="bare">{left.map((p) => <li key={p.enrolmentId} className="person"><span>{p.name}<br /><span className="sub">{p.unitName}</span></span><span className="sub">{p.reasons.map((x) => t(`reason.${x}`)).join(', ')}</span></li>)}</ul></>}
    </details>
  );
}
