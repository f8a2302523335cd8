import type { AskedQuestion } from '@lantoa/shared/assessment';
import { t } from '../../../lib/i18n.ts';

const SHAPES = ['▲', '■', '●', '◆'];
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
            <span className={`letter ${LETTERS[i]?.toLowerCase()}`} aria-hidden>{LETTERS[i]}{SHAPES[i]}</span>
            <span>{o.text}{shown && o.right && <strong> ✓ {t('quiz.right')}</strong>}{shown && o.id === choice && !o.right && <strong> ✕ {t('quiz.yours')}</strong>}</span>
          </label>
        ))}
        <label className="option">
          <input type="radio" name={question.questionVersionId} checked={choice === 'unknown'} onChange={() => onChoose('unknown')} />
          <span className="letter" aria-hidden>?</span><span>{t('quiz.unknown')}</span>
        </label>
      </fieldset>
      {shown && <div className={`notice ${mine?.right ? 'ok' : ''}`} role="status"><strong>{t(mine?.right ? 'quiz.wasRight' : 'quiz.wasWrong')}</strong><p>{mine?.reason}</p>{!mine?.right && <p>{right?.text}. {right?.reason}</p>}</div>}
    </>
  );
}
