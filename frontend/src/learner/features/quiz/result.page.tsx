import { type AttemptResult, getResult } from '@lantoa/shared/assessment';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { moment, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { useSession } from '../../../lib/session.ts';
import { Bar, LinkCard, Notice, Skeletons } from '../../../ui/parts.tsx';

/** What happened and what next. Counts and not percentages; never "you are certified"; nothing at all after a pre-test. */
export default function ResultPage({ attemptId }: { attemptId: string }) {
  const result = useQuery(query(getResult, { params: { attemptId } }));
  return (
    <>
      <Bar title={t('result.title')} back="/hoc" />
      <main className="page">
        {result.isPending && <Skeletons n={1} />}
        {result.isError && <Notice kind="bad">{problemText(result.error)}</Notice>}
        {result.data && <Outcome r={result.data} />}
        <Link className="btn" href="/hoc">{t('ui.toToday')}</Link>
      </main>
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

const Tick = () => <svg className="tick" viewBox="0 0 48 48" aria-hidden><circle cx="24" cy="24" r="22" fill="#E1F3E8" /><path d="M14 25l7 7 14-15" fill="none" stroke="#17603F" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" /></svg>;
