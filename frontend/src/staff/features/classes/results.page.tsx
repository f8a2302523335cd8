import { makeRefresher, printReport } from '@lantoa/shared/class-papers';
import { type ClassDetail, type ClassResults, getClass, getResults } from '@lantoa/shared/training';
import { Alert, Button, Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, call, query } from '../../../lib/api.ts';
import { number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { DotDelta } from '../../../ui/dot-delta.tsx';
import { Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';
import { Report } from './report.tsx';

const FEW = 10;

/** The questions that the class often gets wrong, who passed and why not, and the report. */
export default function ResultsPage({ classId }: { classId: string }) {
  const cls = useQuery(query(getClass, { params: { classId } }));
  const results = useQuery(query(getResults, { params: { classId } }));
  return (
    <Loaded query={cls}>{(c) => (
      <>
        <Head title={t('results.title')} back={`/quan-ly/lop/${classId}`} sub={`${c.title} · ${c.code}`}><Button component="a" variant="outline" target="_blank" href={addressOf(printReport, { params: { classId } })}>{t('report.pdf')}</Button></Head>
        <Loaded query={results} height={400}>{(r) => <><Figures r={r} /><Questions r={r} c={c} /><People r={r} /></>}</Loaded>
        <Loaded query={results} height={80}>{(r) => <Report c={c} results={r} />}</Loaded>
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

function Questions({ r, c }: { r: ClassResults; c: ClassDetail }) {
  const client = useQueryClient();
  const make = useMutation({ mutationFn: () => call(makeRefresher, { params: { classId: c.id } }), onSuccess: () => client.invalidateQueries({ queryKey: ['training'] }) });
  const wrong = r.questions.filter((q) => q.wrong > 0).length;
  return (
  <section className="panel stack"><h2 style={{ margin: 0 }}>{t('results.questions')}</h2>
    {r.questions.length === 0 ? <p>{t('results.noPost')}</p> : <Scroll label={t('results.questions')}><Table><Table.Thead><Table.Tr><Table.Th>{t('results.question')}</Table.Th><Table.Th>{t('results.wrong')}</Table.Th><Table.Th className="hide-small">{t('results.change')}</Table.Th><Table.Th className="hide-small">{t('results.worst')}</Table.Th></Table.Tr></Table.Thead><Table.Tbody>
      {r.questions.slice(0, 10).map((q) => <Table.Tr key={q.stem}><Table.Td>{q.stem}<p className="sub">{q.topic}{q.lessonId && <> · <a href={`/hoc/bai/${q.lessonId}${q.cardSlug ? `#${q.cardSlug}` : ''}`} target="_blank" rel="noreferrer">{t('results.card')}</a></>}</p></Table.Td><Table.Td style={{ whiteSpace: 'nowrap' }}>{t('results.wrongCount', { n: q.wrong, of: q.n })}</Table.Td><Table.Td className="hide-small" style={{ whiteSpace: 'nowrap' }}>{q.n < FEW ? t('results.nSmall') : <DotDelta from={q.pre} to={q.post} />}</Table.Td><Table.Td className="hide-small">{q.worstChoice ? `“${q.worstChoice}” (${q.worstCount})` : ''}</Table.Td></Table.Tr>)}
    </Table.Tbody></Table></Scroll>}
    {wrong > 0 && c.mayRun && <div>{r.refresher || make.isSuccess ? <Alert color="rung">{t('results.refresherMade', { n: make.data?.questions ?? Math.min(5, wrong), people: make.data?.people ?? c.enrolled })}</Alert> : <><ProblemAlert of={make} /><Button loading={make.isPending} onClick={() => make.mutate()}>{t('results.refresher', { n: Math.min(5, wrong) })}</Button><p className="sub">{t('results.refresherWhat')}</p></>}</div>}
  </section>
  );
}

const People = ({ r }: { r: ClassResults }) => (
  <section className="panel"><h2>{t('results.people')}</h2><Scroll label={t('results.people')}><Table><Table.Thead><Table.Tr><Table.Th>{t('person.name')}</Table.Th><Table.Th>{t('results.present')}</Table.Th><Table.Th>{t('results.before')}</Table.Th><Table.Th>{t('results.after')}</Table.Th><Table.Th>{t('results.outcome')}</Table.Th></Table.Tr></Table.Thead><Table.Tbody>
    {r.people.map((p) => <Table.Tr key={p.enrolmentId}><Table.Td>{p.name}<p className="sub">{p.unitName}</p></Table.Td><Table.Td>{p.sessionsPresent}/{p.sessions}</Table.Td><Table.Td>{p.pre === null ? '–' : percent(p.pre)}</Table.Td><Table.Td>{p.post === null ? '–' : percent(p.post)}</Table.Td><Table.Td><span className={`tag ${p.outcome === 'passed' ? 'ok' : 'warn'}`}>{t(`outcome.${p.outcome}`)}</span>{p.overtime && <span className="tag warn">{t('results.overtime')}</span>}{p.reasons.length > 0 && <p className="sub">{p.reasons.map((x) => t(`reason.${x}`)).join(', ')}</p>}</Table.Td></Table.Tr>)}
  </Table.Tbody></Table></Scroll></section>
);
