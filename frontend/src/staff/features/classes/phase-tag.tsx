import type { ClassRow } from '@lantoa/shared/training';
import { daysBetween } from '@lantoa/shared/rules/days';
import { todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';

const LOOK: Record<string, string> = { draft: '', submitted: 'busy', returned: 'warn', approved: 'ok', running: 'ok', 'report-due': 'warn', 'report-submitted': 'busy', 'report-returned': 'warn', completed: 'plain', cancelled: '' };

/** The state of a class in words; a late report says how late. */
export function PhaseTag({ c }: { c: Pick<ClassRow, 'phase' | 'reportDueOn'> }) {
  const late = c.phase === 'report-due' ? daysBetween(c.reportDueOn, todayHere()) : 0;
  return <span className={`tag ${LOOK[c.phase]}`}>{late > 0 ? t('phase.late', { n: late }) : t(`phase.${c.phase}`)}</span>;
}
