import { pairsChoice, readPairs, UNKNOWN } from '@lantoa/shared/rules/marking';
import { t } from '../../../lib/i18n.ts';
import type { QuestionProps } from './question-props.ts';

/** Each left side with a list of partners; a partner that is taken elsewhere moves here. */
export function Matching({ question, choice, shown, onChoose }: QuestionProps) {
  const pairs = readPairs(choice && choice !== UNKNOWN ? choice : '');
  const right = question.answer ? readPairs(question.answer) : null;
  const take = (left: string, partner: string) => {
    const next = new Map([...pairs].filter(([, p]) => p !== partner));
    if (partner) next.set(left, partner);
    else next.delete(left);
    onChoose(pairsChoice(next));
  };
  return question.options.map((o) => (
    <label key={o.id} className={`pair ${shown && right?.get(o.id) === pairs.get(o.id) ? 'option right' : ''}`}>
      <strong>{o.text}</strong>
      <select value={pairs.get(o.id) ?? ''} onChange={(e) => take(o.id, e.currentTarget.value)}>
        <option value="">{t('quiz.pair')}</option>
        {question.matches.map((m) => <option key={m.id} value={m.id}>{m.text}</option>)}
      </select>
    </label>
  ));
}
