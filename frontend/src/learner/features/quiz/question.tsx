import { mediaAddress } from '@lantoa/shared/curriculum';
import { severalChoice, UNKNOWN } from '@lantoa/shared/rules/marking';
import { IconCheck, IconX } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import { Feedback } from './feedback.tsx';
import { Matching } from './matching.tsx';
import { Ordering } from './ordering.tsx';
import type { QuestionProps } from './question-props.ts';

/** Drawn and not typed: not every phone's font has these. */
const SHAPES = ['M6 1l5.5 10H.5z', 'M1 1h10v10H1z', 'M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z', 'M6 .2L11.8 6 6 11.8.2 6z'];
const Shape = ({ d }: { d: string | undefined }) => <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden><path d={d} fill="#fff" /></svg>;
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'];

/** One question, whatever its kind; after answering, what was right and why. "I don't know yet" is always there. */
export function QuestionView(props: QuestionProps) {
  const { question, courseSlug, choice, shown, onChoose } = props;
  const Kind = question.kind === 'ordering' ? Ordering : question.kind === 'matching' ? Matching : Options;
  return (
    <>
      <fieldset className={`options ${question.kind === 'picture' ? 'pictures' : ''}`} disabled={shown}>
        <legend className="question" style={{ marginBottom: 16 }}>{question.stem}</legend>
        {question.picture && <img className="picture" src={mediaAddress(courseSlug, question.picture.file)} alt={question.picture.alt} />}
        {question.kind === 'multiple' && <p className="lead">{t('quiz.several')}</p>}
        <Kind {...props} />
        <label className="option">
          <input type="radio" name={question.questionVersionId} checked={choice === UNKNOWN} onChange={() => onChoose(UNKNOWN)} />
          <span className="letter" aria-hidden>?</span><span>{t('quiz.unknown')}</span>
        </label>
      </fieldset>
      {shown && <Feedback question={question} choice={choice ?? UNKNOWN} />}
    </>
  );
}

/** Options as whole-row targets: letter, shape and colour, and always the text. */
function Options({ question, courseSlug, choice, shown, onChoose }: QuestionProps) {
  const several = question.kind === 'multiple';
  const chosen = new Set(choice && choice !== UNKNOWN ? choice.split('+') : []);
  const toggle = (id: string) => {
    if (!several) return onChoose(id);
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(severalChoice(next));
  };
  return question.options.map((o, i) => (
    <label key={o.id} className={`option ${shown && o.right ? 'right' : ''} ${shown && chosen.has(o.id) && !o.right ? 'wrong' : ''}`}>
      <input type={several ? 'checkbox' : 'radio'} name={question.questionVersionId} checked={chosen.has(o.id)} onChange={() => toggle(o.id)} />
      {o.picture && <img className="choice" src={mediaAddress(courseSlug, o.picture.file)} alt={o.picture.alt} />}
      <span className={`letter ${LETTERS[i]?.toLowerCase()}`} aria-hidden>{LETTERS[i]}<Shape d={SHAPES[i]} /></span>
      <span>{o.text}{shown && o.right && <strong> <IconCheck size={20} stroke={3} style={{ verticalAlign: '-4px' }} aria-hidden /> {t('quiz.right')}</strong>}{shown && chosen.has(o.id) && !o.right && <strong> <IconX size={20} stroke={3} style={{ verticalAlign: '-4px' }} aria-hidden /> {t('quiz.yours')}</strong>}</span>
    </label>
  ));
}
