import { orderChoice, UNKNOWN } from '@lantoa/shared/rules/marking';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import type { QuestionProps } from './question-props.ts';

/** Steps that are put in order with two buttons each: nothing has to be dragged. */
export function Ordering({ question, choice, shown, onChoose }: QuestionProps) {
  const order = choice && choice !== UNKNOWN ? choice.split('>') : question.options.map((o) => o.id);
  const right = question.answer?.split('>');
  const move = (from: number, by: -1 | 1) => {
    const next = [...order];
    [next[from], next[from + by]] = [next[from + by] as string, next[from] as string];
    onChoose(orderChoice(next));
  };
  return (
    <ol className="steps">
      {order.map((id, i) => {
        const text = question.options.find((o) => o.id === id)?.text ?? '';
        return (
          <li key={id} className={shown ? (right?.[i] === id ? 'option right' : 'option') : ''}>
            <strong>{i + 1}</strong><span>{text}</span>
            {!shown && <button type="button" disabled={i === 0} aria-label={t('quiz.up', { text })} onClick={() => move(i, -1)}><IconArrowUp aria-hidden /></button>}
            {!shown && <button type="button" disabled={i === order.length - 1} aria-label={t('quiz.down', { text })} onClick={() => move(i, 1)}><IconArrowDown aria-hidden /></button>}
          </li>
        );
      })}
    </ol>
  );
}
