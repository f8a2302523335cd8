import type { QuestionFigures } from '@lantoa/shared/assessment';
import { number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';

const GRAVE = ['key-may-be-wrong', 'weak', 'too-hard-after'];
const LOOK = { none: '', provisional: 'warn', firm: 'ok' };

/** How many answers, and how much they can be trusted. */
export const Strength = ({ f }: { f: QuestionFigures }) => <span className={`tag ${LOOK[f.strength]}`}>{t(`strength.${f.strength}`, { n: number(f.nPost) })}</span>;

/** Right before → right after, as two dots on one line and in figures. */
export function Delta({ f }: { f: QuestionFigures }) {
  if (f.before === null && f.after === null) return <span className="sub">–</span>;
  const x = (share: number) => 6 + share * 88;
  return (
    <span className="delta">
      <svg width="100" height="16" viewBox="0 0 100 16" aria-hidden><path d="M6 8h88" stroke="#DFE2E8" strokeWidth="2" />{f.before !== null && f.after !== null && <path d={`M${x(f.before)} 8H${x(f.after)}`} stroke="#3554A0" strokeWidth="2" />}{f.before !== null && <circle cx={x(f.before)} cy="8" r="5" fill="#fff" stroke="#3554A0" strokeWidth="2" />}{f.after !== null && <circle cx={x(f.after)} cy="8" r="5" fill="#3554A0" />}</svg>
      {t('bank.beforeAfter', { before: f.before === null ? '–' : percent(f.before), after: f.after === null ? '–' : percent(f.after) })}
    </span>
  );
}

const reading = (r: number): string => (r < 0 ? 'wrong' : r < 0.1 ? 'weak' : r < 0.2 ? 'look' : r < 0.3 ? 'fair' : 'good');

/** The corrected item-total correlation in words; no verdict under 30 answers, a range under 100. */
export function Discrimination({ f }: { f: QuestionFigures }) {
  if (f.strength === 'none' || f.discrimination === null) return <span className="sub">{t('strength.noVerdict')}</span>;
  const range = f.strength === 'provisional' && f.discriminationFrom !== null && f.discriminationTo !== null ? ` (${number(f.discriminationFrom, 2)} – ${number(f.discriminationTo, 2)})` : '';
  return <span>{number(f.discrimination, 2)}{range} · {t(`reading.${reading(f.discrimination)}`)}</span>;
}

export const Flags = ({ f }: { f: QuestionFigures }) => <span className="row-s" style={{ gap: 4 }}>{f.flags.map((x) => <span key={x} className={`tag ${GRAVE.includes(x) ? 'bad' : 'warn'}`}>{t(`flag.${x}`)}</span>)}</span>;
