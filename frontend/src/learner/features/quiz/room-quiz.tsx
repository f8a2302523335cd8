import type { Attempt, AskedQuestion } from '@lantoa/shared/assessment';
import { isChoiceOf, orderChoice } from '@lantoa/shared/rules/marking';
import type { SeatState } from '@lantoa/shared/rooms';
import { IconCloudCheck, IconDeviceMobileCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import type { RoomClient } from '../../../lib/room-client.ts';
import { Bar, Notice } from '../../../ui/parts.tsx';
import { AnswerCode } from './answer-code.tsx';
import { QuestionView } from './question.tsx';
import { TimeLeft, useSecondsLeft } from './timer.tsx';

interface Props { client: RoomClient; state: SeatState; attempt: Attempt; away: boolean; error: unknown }

const untouched = (q: AskedQuestion): string | undefined => (q.kind === 'ordering' ? orderChoice(q.options.map((o) => o.id)) : undefined);
const isWhole = (q: AskedQuestion, choice: string): boolean => isChoiceOf(q.kind, q.options.map((o, i) => ({ id: o.id, right: false, ...(q.kind === 'matching' && { match: { id: q.matches[i]?.id ?? '' } }) })), choice);

/** The questions, each at one's own pace or all at the host's. Every answer is kept on the phone before it is sent. */
export function RoomQuiz({ client, state, attempt, away, error }: Props) {
  const { questions } = attempt;
  const together = state.pace === 'together';
  const [own, setOwn] = useState(() => Math.max(0, questions.findIndex((q) => client.choiceOf(q.questionVersionId) === undefined)));
  const [picked, setPicked] = useState<{ at: number; choice: string }>();
  const [checking, setChecking] = useState(() => questions.every((q) => client.choiceOf(q.questionVersionId) !== undefined) && !together);
  const [fault, setFault] = useState<string>();
  const left = useSecondsLeft(attempt.id, attempt.allowedSeconds);
  const at = together ? Math.min(state.question, questions.length - 1) : own;
  const question = questions[at] as AskedQuestion;
  const kept = client.choiceOf(question.questionVersionId);
  const choice = (picked?.at === at ? picked.choice : undefined) ?? kept ?? untouched(question);
  const last = at + 1 >= questions.length;
  const answer = async () => {
    if (choice === undefined || !isWhole(question, choice)) return setFault(t(question.kind === 'matching' ? 'quiz.pairAll' : 'quiz.choose'));
    setFault(undefined);
    if (choice !== kept) await client.answer(question.questionVersionId, choice);
    window.scrollTo(0, 0);
    if (together) return last ? setChecking(true) : undefined;
    if (last) setChecking(true);
    else setOwn(own + 1);
  };
  const handing = client.seat.handingIn;
  const badge = <span className={`badge ${client.waiting ? '' : 'ok'}`} role="status">{client.waiting ? <IconDeviceMobileCheck size={18} aria-hidden /> : <IconCloudCheck size={18} aria-hidden />}{t(client.waiting ? 'room.onPhone' : 'room.sent')}</span>;
  const notices = <>{away && <Notice kind="warn">{t('room.away')}</Notice>}{error !== undefined && (error as { code?: string }).code !== 'network' && <Notice kind="bad">{problemText(error)}</Notice>}{fault && <Notice kind="bad">{fault}</Notice>}</>;
  if (checking || left === 0) {
    const open = questions.flatMap((q, i) => (client.choiceOf(q.questionVersionId) === undefined ? [i + 1] : []));
    return (
      <>
        <Bar title={t('quiz.check')} side={left === null ? badge : <TimeLeft seconds={left} />} />
        <main className="page">
          <p className="lead">{client.seat.name}</p>
          {notices}
          {open.length > 0 && <Notice kind="warn">{t('quiz.open', { n: open.length, list: open.join(', ') })}</Notice>}
          {handing && away && <AnswerCode client={client} questions={questions.map((q) => q.questionVersionId)} />}
          {!together && left !== 0 && !handing && <ol className="list">{questions.map((q, i) => <li key={q.questionVersionId}><button type="button" className="card link" style={{ width: '100%', textAlign: 'left' }} onClick={() => { setOwn(i); setChecking(false); }}><span>{t('quiz.nth', { n: i + 1 })} {q.stem}</span><span className={`badge ${client.choiceOf(q.questionVersionId) ? 'ok' : 'warn'}`}>{t(client.choiceOf(q.questionVersionId) ? 'quiz.answered' : 'quiz.unanswered')}</span></button></li>)}</ol>}
          <button type="button" className="btn" disabled={handing} onClick={() => void client.handIn().catch((e) => setFault(problemText(e)))}>{t(handing ? 'room.handingIn' : 'quiz.handIn')}</button>
          <p className="lead">{t(handing ? 'room.keepOpen' : 'quiz.safe')}</p>
        </main>
      </>
    );
  }
  return (
    <>
      <Bar title={t('quiz.counter', { n: at + 1, of: questions.length })} side={left === null ? badge : <TimeLeft seconds={left} />} />
      <div className="meter" role="progressbar" aria-label={t('quiz.progress')} aria-valuenow={at + 1} aria-valuemin={1} aria-valuemax={questions.length}><div style={{ width: `${(at / questions.length) * 100}%` }} /></div>
      <main className="page">
        {notices}
        <QuestionView key={question.questionVersionId} question={question} courseSlug={attempt.courseSlug} choice={choice} shown={false} onChoose={(c) => { setPicked({ at, choice: c }); setFault(undefined); }} />
        <button type="button" className="btn" onClick={() => void answer()}>{t(together && kept !== undefined && kept === choice && !last ? 'room.waitNext' : 'quiz.answer')}</button>
        {!together && at > 0 && <button type="button" className="btn text" onClick={() => setOwn(at - 1)}>{t('room.previous')}</button>}
      </main>
    </>
  );
}
