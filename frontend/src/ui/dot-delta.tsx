import { percent } from '../lib/format.ts';
import { t } from '../lib/i18n.ts';

const WIDTH = 120;
const at = (share: number): number => 8 + share * (WIDTH - 16);

/** A share before (○) and after (●) on one line from 0 to 100, with the numbers in words. */
export function DotDelta({ from, to }: { from: number | null; to: number }) {
  return (
    <span className="delta"><svg width={WIDTH} height={20} viewBox={`0 0 ${WIDTH} 20`} aria-hidden><line x1={8} x2={WIDTH - 8} y1={10} y2={10} stroke="var(--line-200)" strokeWidth={2} />{from !== null && <><line x1={at(from)} x2={at(to)} y1={10} y2={10} stroke="var(--cham-600)" strokeWidth={3} /><circle cx={at(from)} cy={10} r={6} fill="#fff" stroke="var(--cham-600)" strokeWidth={2} /></>}<circle cx={at(to)} cy={10} r={6} fill="var(--cham-600)" /></svg><span>{t('results.beforeAfter', { pre: from === null ? '–' : percent(from), post: percent(to) })}</span></span>
  );
}
