import { type AttemptResult, getResult } from '@lantoa/shared/assessment';
import { compareRefresher } from '@lantoa/shared/refreshers';
import { IconDeviceMobileCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { isPractice, type OpenAttempt, useKeptAttempt } from '../../../lib/attempts.ts';
import { day, moment, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { useSession } from '../../../lib/session.ts';
import { Bar, LinkCard, Notice, Skeletons } from '../../../ui/parts.tsx';
import { creditHere } from './feedback.tsx';

/** What happened and what next. Counts and not percentages; never "you are certified"; nothing at all after a pre-test. Until the server has it, only what this phone knows, and that it is this phone's word. */
export default function ResultPage({ attemptId }: { attemptId: string }) {
  const personId = useSession()?.person?.id ?? '';
  const kept = useKeptAttempt(personId, attemptId);
  const waits = kept.data?.attempt?.handedInAt && !kept.data.result ? kept.data.attempt : null;
  const asked = useQuery({ ...query(getResult, { params: { attemptId } }), enabled: kept.data !== undefined && !kept.data.result && !waits });
  const result = kept.data?.result ?? asked.data;
  return (
    <>
      <Bar title={t('result.title')} back="/hoc" />
      <main className="page">
        {waits ? <Kept attempt={waits} /> : result ? <><Outcome r={result} />{result.kind === 'refresher' && result.counts && kept.data?.attempt && <Group refresherId={kept.data.attempt.series} total={result.total} />}</> : asked.isError ? <Notice kind="bad">{problemText(asked.error)}</Notice> : <Skeletons n={1} />}
        <Link className="btn" href="/hoc">{t('ui.toToday')}</Link>
      </main>
    </>
  );
}

/** Handed in here and not acknowledged: a practice can be counted on the phone, a graded test cannot. */
function Kept({ attempt }: { attempt: OpenAttempt }) {
  const sex = useSession()?.person?.sex ?? 'unknown';
  const { kind, questions } = attempt.asked;
  const right = questions.filter((q) => creditHere(q, attempt.given[q.questionVersionId] ?? '') === 1).length;
  return (
    <>
      {isPractice(kind) && <h1>{t(`result.right.${sex}`, { n: right, of: questions.length })}</h1>}
      <Notice><IconDeviceMobileCheck size={22} aria-hidden style={{ verticalAlign: '-5px' }} /> {t(isPractice(kind) ? 'result.keptPractice' : 'result.kept')}</Notice>
    </>
  );
}

function Outcome({ r }: { r: AttemptResult }) {
  const sex = useSession()?.person?.sex ?? 'unknown';
  const received = <p className="lead">{t('result.received', { at: moment(r.submittedAt) })}</p>;
  if (r.kind === 'pre') return <><Tick /><h1>{t('result.thanks', { n: r.answered })}</h1>{received}</>;
  return (
    <>
      {r.passed !== false && <Tick />}
      <h1>{t(`result.right.${sex}`, { n: r.right ?? 0, of: r.total })}</h1>
      {r.points !== null && r.points !== r.right && <p className="lead">{t('result.points', { n: number(r.points, 1), of: r.total })}</p>}
      {received}
      {r.passed === true && <Notice kind="ok">{t('result.passed')}</Notice>}
      {r.passed === false && <Notice kind="warn">{t('result.notPassed', { n: r.right ?? 0, of: r.total, needed: r.needed ?? 0 })}</Notice>}
      {r.review.length > 0 && <><h2>{t('result.review')}</h2>{r.review.map((q) => (q.lessonId ? <LinkCard key={q.stem} href={`/hoc/bai/${q.lessonId}#${q.cardSlug ?? ''}`} title={q.stem} note={t('result.card')} /> : <div key={q.stem} className="card">{q.stem}</div>))}</>}
    </>
  );
}

/** How one's group did, never who; and when the next refresher comes. Nothing where there is no network or no group of ten. */
function Group({ refresherId, total }: { refresherId: string; total: number }) {
  const { data } = useQuery(query(compareRefresher, { params: { refresherId } }));
  if (!data) return null;
  return <>{data.group && <p>{t('result.group', { unit: data.group.unitName, n: number(data.group.mean * total, 1), of: total, people: data.group.people })}</p>}{data.nextOn && <p className="lead">{t('result.next', { day: day(data.nextOn) })}</p>}</>;
}

const Tick = () => <svg className="tick" viewBox="0 0 48 48" aria-hidden><circle cx="24" cy="24" r="22" fill="#E1F3E8" /><path d="M14 25l7 7 14-15" fill="none" stroke="#17603F" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" /></svg>;
