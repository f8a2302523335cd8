import { type ClassDetail, type ClassResults, getClass, getReport, getResults, submitReport } from '@lantoa/shared/training';
import { Alert, Button, Table, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';

const FEW = 10;

/** The questions that the class often gets wrong, who passed and why not, and the report. */
export default function ResultsPage({ classId }: { classId: string }) {
  const cls = useQuery(query(getClass, { params: { classId } }));
  const results = useQuery(query(getResults, { params: { classId } }));
  return (
    <Loaded query={cls}>{(c) => (
      <>
        <Head title={t('results.title')} back={`/quan-ly/lop/${classId}`} sub={`${c.title} · ${c.code}`}><Button variant="outline" onClick={() => window.print()}>{t('ui.print')}</Button></Head>
        <Loaded query={results} height={400}>{(r) => <><Figures r={r} /><Questions r={r} /><People r={r} /></>}</Loaded>
        <Report c={c} />
      </>
    )}</Loaded>
  );
}

const Figures = ({ r }: { r: ClassResults }) => (
  <section className="answers">
    <div>{r.preMean !== null && r.postMean !== null && r.pairs >= FEW ? t('results.gain', { pre: number(r.preMean * 100), post: number(r.postMean * 100) }) : t('results.few')}<small>{t('results.pairs', { n: r.pairs })}</small></div>
    <div>{t('results.passed', { n: r.figures.passed, of: r.figures.enrolled })}<small>{t('results.attended', { n: r.figures.attended, women: r.figures.women, men: r.figures.men })}</small></div>
  </section>
);

const Questions = ({ r }: { r: ClassResults }) => (
  <section className="panel"><h2>{t('results.questions')}</h2>
    {r.questions.length === 0 ? <p>{t('results.noPost')}</p> : <Scroll label={t('results.questions')}><Table><Table.Thead><Table.Tr><Table.Th>{t('results.question')}</Table.Th><Table.Th>{t('results.wrong')}</Table.Th><Table.Th className="hide-small">{t('results.change')}</Table.Th><Table.Th className="hide-small">{t('results.worst')}</Table.Th></Table.Tr></Table.Thead><Table.Tbody>
      {r.questions.slice(0, 10).map((q) => <Table.Tr key={q.stem}><Table.Td>{q.stem}<p className="sub">{q.topic}</p></Table.Td><Table.Td style={{ whiteSpace: 'nowrap' }}>{t('results.wrongCount', { n: q.wrong, of: q.n })}</Table.Td><Table.Td className="hide-small" style={{ whiteSpace: 'nowrap' }}>{q.n < FEW ? t('results.nSmall') : t('results.beforeAfter', { pre: q.pre === null ? '–' : percent(q.pre), post: percent(q.post) })}</Table.Td><Table.Td className="hide-small">{q.worstChoice ? `“${q.worstChoice}” (${q.worstCount})` : ''}</Table.Td></Table.Tr>)}
    </Table.Tbody></Table></Scroll>}
  </section>
);

const People = ({ r }: { r: ClassResults }) => (
  <section className="panel"><h2>{t('results.people')}</h2><Scroll label={t('results.people')}><Table><Table.Thead><Table.Tr><Table.Th>{t('person.name')}</Table.Th><Table.Th>{t('results.present')}</Table.Th><Table.Th>{t('results.before')}</Table.Th><Table.Th>{t('results.after')}</Table.Th><Table.Th>{t('results.outcome')}</Table.Th></Table.Tr></Table.Thead><Table.Tbody>
    {r.people.map((p) => <Table.Tr key={p.enrolmentId}><Table.Td>{p.name}<p className="sub">{p.unitName}</p></Table.Td><Table.Td>{p.sessionsPresent}/{p.sessions}</Table.Td><Table.Td>{p.pre === null ? '–' : percent(p.pre)}</Table.Td><Table.Td>{p.post === null ? '–' : percent(p.post)}</Table.Td><Table.Td><span className={`tag ${p.outcome === 'passed' ? 'ok' : 'warn'}`}>{t(`outcome.${p.outcome}`)}</span>{p.overtime && <span className="tag warn">{t('results.overtime')}</span>}{p.reasons.length > 0 && <p className="sub">{p.reasons.map((x) => t(`reason.${x}`)).join(', ')}</p>}</Table.Td></Table.Tr>)}
  </Table.Tbody></Table></Scroll></section>
);

function Report({ c }: { c: ClassDetail }) {
  const report = useQuery(query(getReport, { params: { classId: c.id } }));
  return (
    <section className="panel stack" id="bao-cao"><h2>{t('report.title')}</h2>
      <Loaded query={report}>{(r) => (c.mayRun && c.phase !== 'completed' && c.phase !== 'report-submitted' ? <ReportForm c={c} initial={r} missing={r.missing} /> : r.submittedAt ? <dl className="stack" style={{ margin: 0 }}>{(['good', 'difficult', 'support'] as const).map((k) => <div key={k}><dt className="sub">{t(`report.${k}`)}</dt><dd style={{ margin: 0 }}>{r[k] || '–'}</dd></div>)}</dl> : <Empty>{t('report.none')}</Empty>)}</Loaded>
    </section>
  );
}

function ReportForm({ c, initial, missing }: { c: ClassDetail; initial: { good: string; difficult: string; support: string }; missing: readonly { code: string; sessionId: string | null }[] }) {
  const client = useQueryClient();
  const [text, setText] = useState({ good: initial.good, difficult: initial.difficult, support: initial.support });
  const send = useMutation({ mutationFn: () => call(submitReport, { params: { classId: c.id }, body: text }, { key: crypto.randomUUID() }), onSuccess: () => client.invalidateQueries({ queryKey: ['training'] }) });
  const submit = (e: FormEvent) => { e.preventDefault(); send.mutate(); };
  return (
    <form className="stack" onSubmit={submit}>
      {missing.length > 0 && <Alert color="nghe" title={t('report.missing')}><ul style={{ margin: 0 }}>{missing.map((m) => <li key={m.code + m.sessionId}>{m.sessionId ? <Link href={`/quan-ly/lop/${c.id}/diem-danh/${m.sessionId}`}>{t(`missing.${m.code}`)}</Link> : <Link href={`/quan-ly/lop/${c.id}`}>{t(`missing.${m.code}`)}</Link>}</li>)}</ul></Alert>}
      {(['good', 'difficult', 'support'] as const).map((k) => <Textarea key={k} label={t(`report.${k}`)} value={text[k]} onChange={(e) => setText({ ...text, [k]: e.currentTarget.value })} autosize minRows={2} />)}
      <p className="sub">{t('report.noCases')}</p>
      <ProblemAlert of={send} />
      <div><Button type="submit" disabled={missing.length > 0} loading={send.isPending}>{t('report.send')}</Button></div>
    </form>
  );
}
