import type { AskedQuestion } from '@lantoa/shared/assessment';
import { isChoiceOf, orderChoice } from '@lantoa/shared/rules/marking';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiProblem } from '../../../lib/api.ts';
import { giveAnswer, handInAttempt, isPractice, type OpenAttempt, openAttempt } from '../../../lib/attempts.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { useSession } from '../../../lib/session.ts';
import { Bar, Notice, Skeletons, SyncBadge } from '../../../ui/parts.tsx';
import { reading } from '../../settings.ts';
import { creditHere } from './feedback.tsx';
import { QuestionView } from './question.tsx';
import { TimeLeft, useSecondsLeft } from './timer.tsx';

/** One question per page. Practice answers at once with the reason; a graded test keeps still until it is handed in. */
export default function QuizPage({ formId, sittingId, refresher = false }: { formId: string; sittingId: string | null; refresher?: boolean }) {
  const personId = useSession()?.person?.id ?? '';
  const attempt = useQuery({ queryKey: ['attempt', personId, sittingId ?? formId], staleTime: 0, gcTime: 0, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: 'always', queryFn: () => openAttempt(personId, { formId, sittingId, refresher, language: reading().listen }) });
  if (attempt.isError) return <><Bar title={t('quiz.title')} back="/hoc" /><main className="page"><Notice kind="bad">{attempt.error instanceof ApiProblem ? problemText(attempt.error) : t('quiz.noStorage')}</Notice><Link className="btn" href="/hoc">{t('ui.toToday')}</Link></main></>;
  if (!attempt.data) return <><Bar title={t('quiz.title')} back="/hoc" /><main className="page"><Skeletons n={1} /></main></>;
  if (attempt.data.handedInAt) return <><Bar title={t('quiz.title')} back="/hoc" /><main className="page"><Notice>{t('quiz.already')}</Notice><Link className="btn" href={`/hoc/ket-qua/${attempt.data.id}`}>{t('quiz.seeResult')}</Link></main></>;
  return <Sitting key={attempt.data.id} personId={personId} attempt={attempt.data} />;
}

interface SittingProps { personId: string; attempt: OpenAttempt }

/** What a question is answered with before anything was touched: an order stands as it is shown. */
const untouched = (q: AskedQuestion): string | undefined => (q.kind === 'ordering' ? orderChoice(q.options.map((o) => o.id)) : undefined);
/** Is the answer whole? Several need one, pairs need all. */
const isWhole = (q: AskedQuestion, choice: string): boolean => choice !== '' && isChoiceOf(q.kind, q.kind === 'matching' ? q.options.map((o, i) => ({ id: o.id, right: false, match: { id: q.matches[i]?.id ?? '' } })) : q.options.map((o) => ({ id: o.id, right: false })), choice);

function Sitting({ personId, attempt: { id, asked: attempt, given } }: SittingProps) {
  const { questions } = attempt;
  const graded = !isPractice(attempt.kind);
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const [answers, setAnswers] = useState(given);
  // Practice asks what was wrong once more at the end; that second try is for learning and is not counted.
  const [queue, setQueue] = useState(() => questions.map((_, i) => i));
  const [place, setPlace] = useState(() => Math.max(0, questions.findIndex((q) => !(q.questionVersionId in given))));
  const [picked, setPicked] = useState<string>();
  const [shown, setShown] = useState(false);
  const [checking, setChecking] = useState(questions.every((q) => q.questionVersionId in given));
  const [error, setError] = useState<string>();
  const left = useSecondsLeft(id, attempt.allowedSeconds);
  const question = questions[queue[place] as number] as AskedQuestion;
  const again = place >= questions.length;
  const choice = picked ?? (again ? undefined : answers[question.questionVersionId]) ?? untouched(question);
  useEffect(() => {
    if (left === 0) setChecking(true);
  }, [left]);

  const handIn = useMutation({
    networkMode: 'always', mutationFn: () => handInAttempt(personId, id),
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: ['assessment'] });
      navigate(`/hoc/ket-qua/${id}`);
    },
    onError: () => setError(t('quiz.notSaved')),
  });

  const answer = async () => {
    if (choice === undefined || !isWhole(question, choice)) return setError(t(question.kind === 'matching' ? 'quiz.pairAll' : 'quiz.choose'));
    if (!again) {
      try {
        await giveAnswer(personId, id, question.questionVersionId, choice);
      } catch {
        return setError(t('quiz.notSaved'));
      }
      setAnswers({ ...answers, [question.questionVersionId]: choice });
      if (!graded && creditHere(question, choice) < 1) setQueue([...queue, queue[place] as number]);
    }
    if (graded) next();
    else {
      setPicked(choice);
      setShown(true);
    }
  };
  const next = () => {
    setError(undefined);
    // The last answer of a practice stays in sight until the result is there.
    if (!graded && place + 1 >= queue.length) return handIn.mutate();
    setPicked(undefined);
    setShown(false);
    window.scrollTo(0, 0);
    if (place + 1 < queue.length) setPlace(place + 1);
    else setChecking(true);
  };
  useKeys(question, shown, setPicked, () => (shown ? next() : void answer()));

  const side = left === null ? <SyncBadge narrow /> : <TimeLeft seconds={left} />;
  if (checking && graded) {
    const open = questions.map((q, i) => (q.questionVersionId in answers ? null : i + 1)).filter((n) => n !== null);
    return (
      <>
        <Bar title={attempt.title} back="/hoc" side={side} />
        <main className="page">
          <h1>{t('quiz.check')}</h1>
          {error && <Notice kind="bad">{error}</Notice>}
          {left === 0 && <Notice kind="warn">{t('quiz.timeOver')}</Notice>}
          {open.length > 0 && <Notice kind="warn">{t('quiz.open', { n: open.length, list: open.join(', ') })}</Notice>}
          <ol className="list">{questions.map((q, i) => <li key={q.questionVersionId}><button type="button" className="card link" style={{ width: '100%', textAlign: 'left' }} disabled={left === 0} onClick={() => { setPlace(i); setChecking(false); }}><span>{t('quiz.nth', { n: i + 1 })} {q.stem}</span><span className={`badge ${q.questionVersionId in answers ? 'ok' : 'warn'}`}>{t(q.questionVersionId in answers ? 'quiz.answered' : 'quiz.unanswered')}</span></button></li>)}</ol>
          <button type="button" className="btn" disabled={handIn.isPending} onClick={() => handIn.mutate()}>{handIn.isPending ? t('quiz.handingIn') : t('quiz.handIn')}</button>
          <p className="lead">{t('quiz.safe')}</p>
        </main>
      </>
    );
  }
  return (
    <>
      <Bar title={again ? t('quiz.again') : t('quiz.counter', { n: place + 1, of: questions.length })} back="/hoc" side={side} />
      <div className="meter" role="progressbar" aria-label={t('quiz.progress')} aria-valuenow={place + 1} aria-valuemin={1} aria-valuemax={queue.length}><div style={{ width: `${((place + (shown ? 1 : 0)) / queue.length) * 100}%` }} /></div>
      <main className="page">
        {error && <Notice kind="bad">{error}</Notice>}
        <QuestionView key={place} question={question} courseSlug={attempt.courseSlug} choice={choice} shown={shown} onChoose={(c) => { setPicked(c); setError(undefined); }} />
        {shown ? <button type="button" className="btn" onClick={next} disabled={handIn.isPending}>{place + 1 < queue.length ? t('quiz.next') : t('quiz.finish')}</button> : <button type="button" className="btn" onClick={() => void answer()}>{t('quiz.answer')}</button>}
      </main>
    </>
  );
}

/** Keys for a desk: 1–6 or A–F choose an option, Enter answers. */
function useKeys(question: AskedQuestion, shown: boolean, choose: (choice: string) => void, enter: () => void): void {
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (e.target instanceof HTMLElement && ['SELECT', 'BUTTON', 'A', 'TEXTAREA'].includes(e.target.tagName)) return;
      const at = '123456'.includes(e.key) ? Number(e.key) - 1 : 'abcdef'.indexOf(e.key.toLowerCase());
      const option = e.key.length === 1 && at >= 0 ? question.options[at] : undefined;
      if (option && !shown && ['single', 'true-false', 'picture'].includes(question.kind)) choose(option.id);
      else if (e.key === 'Enter') enter();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
