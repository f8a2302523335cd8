import type { AskedQuestion } from '@lantoa/shared/assessment';
import { IconCheck, IconX } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';

/** Drawn and not typed: not every phone's font has these. */
const SHAPES = ['M6 1l5.5 10H.5z', 'M1 1h10v10H1z', 'M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z', 'M6 .2L11.8 6 6 11.8.2 6z'];
const Shape = ({ d }: { d: string | undefined }) => <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden><path d={d} fill="#fff" /></svg>;
const LETTERS = ['A', 'B', 'C', 'D'];

/** A question with its options as whole-row targets: letter, shape and colour, and always the text. */
export function QuestionView({ question, choice, shown, onChoose }: { question: AskedQuestion; choice: string | undefined; shown: boolean; onChoose: (choice: string) => void }) {
  const mine = question.options.find((o) => o.id === choice);
  const right = question.options.find((o) => o.right);
  return (
    <>
      <fieldset className="options" disabled={shown}>
        <legend className="question" style={{ marginBottom: 16 }}>{question.stem}</legend>
        {question.options.map((o, i) => (
          <label key={o.id} className={`option ${shown && o.right ? 'right' : ''} ${shown && o.id === choice && !o.right ? 'wrong' : ''}`}>
            <input type="radio" name={question.questionVersionId} checked={choice === o.id} onChange={() => onChoose(o.id)} />
            <span className={`letter ${LETTERS[i]?.toLowerCase()}`} aria-hidden>{LETTERS[i]}<Shape d={SHAPES[i]} /></span>
            <span>{o.text}{shown && o.right && <strong> <IconCheck size={20} stroke={3} style={{ verticalAlign: '-4px' }} aria-hidden /> {t('quiz.right')}</strong>}{shown && o.id === choice && !o.right && <strong> <IconX size={20} stroke={3} style={{ verticalAlign: '-4px' }} aria-hidden /> {t('quiz.yours')}</strong>}</span>
          </label>
        ))}
        <label className="option">
          <input type="radio" name={question.questionVersionId} checked={choice === 'unknown'} onChange={() => onChoose('unknown')} />
          <span className="letter" aria-hidden>?</span><span>{t('quiz.unknown')}</span>
        </label>
      </fieldset>
      {shown && <div className={`notice ${mine?.right ? 'ok' : ''}`} role="status"><strong>{t(mine?.right ? 'quiz.wasRight' : 'quiz.wasWrong')}</strong><p>{mine?.reason}</p>{!mine?.right && <p><strong>{right?.text}.</strong> {right?.reason?.replace(/^(Đúng( vậy)?|Đúng là [^.]*)\. /, '')}</p>}</div>}
    </>
  );
}
