import { type AskedQuestion, type GivenAnswer, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { answersOf, forgetAttempt, keepAnswer } from '../../../lib/outbox.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { useSession } from '../../../lib/session.ts';
import { Bar, Notice, Skeletons } from '../../../ui/parts.tsx';
import { forgetAttemptId, keptAttemptId } from './attempt-id.ts';
import { QuestionView } from './question.tsx';

/** One question per page. Practice answers at once with the reason; a graded test keeps still until it is handed in. */
export default function QuizPage({ formId, sittingId }: { formId: string; sittingId: string | null }) {
  const personId = useSession()?.person?.id ?? '';
  const id = useMemo(() => keptAttemptId(personId, sittingId ?? formId), [personId, sittingId, formId]);
  const attempt = useQuery({
    queryKey: ['attempt', id], staleTime: Number.POSITIVE_INFINITY, retry: 1,
    queryFn: async () => {
      const started = await call(startAttempt, { body: { id, formId, sittingId } });
      const kept = await answersOf(id).catch(() => []);
      const given = Object.fromEntries([...started.saved.map((s) => [s.questionVersionId, s.choice]), ...kept.sort((a, b) => a.revision - b.revision).map((a) => [a.questionVersionId, a.choice])]) as Record<string, string>;
      return { ...started, given };
    },
  });
  if (attempt.isError) return <><Bar title={t('quiz.title')} back="/hoc" /><main className="page"><Notice kind="bad">{problemText(attempt.error)}</Notice><Link className="btn" href="/hoc">{t('ui.toToday')}</Link></main></>;
  if (!attempt.data) return <><Bar title={t('quiz.title')} back="/hoc" /><main className="page"><Skeletons n={1} /></main></>;
  if (attempt.data.submittedAt) return <Done id={id} personId={personId} series={sittingId ?? formId} />;
  const graded = !['practice', 'lesson-check'].includes(attempt.data.kind);
  return <Sitting key={id} id={id} personId={personId} series={sittingId ?? formId} title={attempt.data.title} questions={attempt.data.questions} given={attempt.data.given} graded={graded} />;
}

function Done({ id, personId, series }: { id: string; personId: string; series: string }) {
  forgetAttemptId(personId, series);
  return <><Bar title={t('quiz.title')} back="/hoc" /><main className="page"><Notice>{t('quiz.already')}</Notice><Link className="btn" href={`/hoc/ket-qua/${id}`}>{t('quiz.seeResult')}</Link></main></>;
}

interface SittingProps { id: string; personId: string; series: string; title: string; questions: readonly AskedQuestion[]; given: Record<string, string>; graded: boolean }

function Sitting({ id, personId, series, title, questions, given, graded }: SittingProps) {
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const [answers, setAnswers] = useState(given);
  const [revision, setRevision] = useState(Object.keys(given).length + 1);
  const [index, setIndex] = useState(() => Math.max(0, questions.findIndex((q) => !(q.questionVersionId in given))));
  const [picked, setPicked] = useState<string>();
  const [shown, setShown] = useState(false);
  const [checking, setChecking] = useState(questions.every((q) => q.questionVersionId in given));
  const [error, setError] = useState<string>();
  const question = questions[index] as AskedQuestion;
  const choice = picked ?? answers[question.questionVersionId];

  const handIn = useMutation({
    mutationFn: async () => call(submitAttempt, { params: { attemptId: id }, body: { answers: await answersOf(id) } }),
    onSuccess: async () => {
      await forgetAttempt(id);
      forgetAttemptId(personId, series);
      await client.invalidateQueries({ queryKey: ['assessment'] });
      navigate(`/hoc/ket-qua/${id}`);
    },
    onError: (e) => setError(problemText(e)),
  });

  const answer = async () => {
    if (!choice) return setError(t('quiz.choose'));
    const stored: GivenAnswer = { id: crypto.randomUUID(), questionVersionId: question.questionVersionId, choice, revision, answeredAt: new Date().toISOString() };
    try {
      await keepAnswer(personId, id, stored);
    } catch {
      return setError(t('quiz.notSaved'));
    }
    setRevision(revision + 1);
    setAnswers({ ...answers, [question.questionVersionId]: choice });
    if (graded) next();
    else setShown(true);
  };
  const next = () => {
    setError(undefined);
    setPicked(undefined);
    setShown(false);
    window.scrollTo(0, 0);
    if (index + 1 < questions.length) setIndex(index + 1);
    else if (graded) setChecking(true);
    else handIn.mutate();
  };

  if (checking && graded) {
    const open = questions.map((q, i) => (q.questionVersionId in answers ? null : i + 1)).filter((n) => n !== null);
    return (
      <>
        <Bar title={title} back="/hoc" />
        <main className="page">
          <h1>{t('quiz.check')}</h1>
          {error && <Notice kind="bad">{error}</Notice>}
          {open.length > 0 && <Notice kind="warn">{t('quiz.open', { n: open.length, list: open.join(', ') })}</Notice>}
          <ol className="list">{questions.map((q, i) => <li key={q.questionVersionId}><button type="button" className="card link" style={{ width: '100%', textAlign: 'left' }} onClick={() => { setIndex(i); setChecking(false); }}><span>{t('quiz.nth', { n: i + 1 })} {q.stem}</span><span className={`badge ${q.questionVersionId in answers ? 'ok' : 'warn'}`}>{t(q.questionVersionId in answers ? 'quiz.answered' : 'quiz.unanswered')}</span></button></li>)}</ol>
          <button type="button" className="btn" disabled={handIn.isPending} onClick={() => handIn.mutate()}>{handIn.isPending ? t('quiz.handingIn') : t('quiz.handIn')}</button>
          <p className="lead">{t('quiz.safe')}</p>
        </main>
      </>
    );
  }
  return (
    <>
      <Bar title={t('quiz.counter', { n: index + 1, of: questions.length })} back="/hoc" />
      <div className="meter" role="progressbar" aria-label={t('quiz.progress')} aria-valuenow={index + 1} aria-valuemin={1} aria-valuemax={questions.length}><div style={{ width: `${((index + (shown ? 1 : 0)) / questions.length) * 100}%` }} /></div>
      <main className="page">
        {error && <Notice kind="bad">{error}</Notice>}
        <QuestionView question={question} choice={choice} shown={shown} onChoose={(c) => { setPicked(c); setError(undefined); }} />
        {shown ? <button type="button" className="btn" onClick={next} disabled={handIn.isPending}>{index + 1 < questions.length ? t('quiz.next') : t('quiz.finish')}</button> : <button type="button" className="btn" onClick={() => void answer()}>{t('quiz.answer')}</button>}
      </main>
    </>
  );
}
