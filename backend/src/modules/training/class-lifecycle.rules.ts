import type { ClassAct, ClassPhase } from '@lantoa/shared/training';
import { addDays, type Day } from '@lantoa/shared/rules/days';

export type ClassStatus = Exclude<ClassPhase, 'running' | 'report-due'>;
type Act = ClassAct | 'submit-report';
/** `team`: who runs the class. `approver`: who oversees the unit and has no part in the class. */
interface Move { act: Act; from: readonly ClassStatus[]; to: ClassStatus; who: 'team' | 'approver' | 'either'; needsNote?: true; onlyBeforeFirstDay?: true }

/** The lifecycle of a class, as data: plan → approve → run → report → approve; returned with a reason; cancelled before it runs. */
export const MOVES: readonly Move[] = [
  { act: 'submit', from: ['draft', 'returned'], to: 'submitted', who: 'team' },
  { act: 'approve', from: ['submitted'], to: 'approved', who: 'approver' },
  { act: 'return', from: ['submitted'], to: 'returned', who: 'approver', needsNote: true },
  { act: 'cancel', from: ['draft', 'submitted', 'returned', 'approved'], to: 'cancelled', who: 'either', needsNote: true, onlyBeforeFirstDay: true },
  { act: 'submit-report', from: ['approved', 'report-returned'], to: 'report-submitted', who: 'team' },
  { act: 'approve-report', from: ['report-submitted'], to: 'completed', who: 'approver' },
  { act: 'return-report', from: ['report-submitted'], to: 'report-returned', who: 'approver', needsNote: true },
];

/** What an approved class is on a day: waiting, running, or due to report. Every other status is what it says. */
export function phaseOn(c: { status: ClassStatus; startsOn: Day; endsOn: Day }, day: Day): ClassPhase {
  if (c.status !== 'approved') return c.status;
  return day < c.startsOn ? 'approved' : day <= c.endsOn ? 'running' : 'report-due';
}

/** May attendance, tests and people still be written? From approval until the report is handed in. */
export const isOpenForWork = (status: ClassStatus): boolean => status === 'approved' || status === 'report-returned';

export interface Standing { team: boolean; oversees: boolean; involved: boolean }

/** What somebody may do with a class now. Nobody decides on a class that they have a part in. */
export function actsFor(c: { status: ClassStatus; startsOn: Day }, standing: Standing, day: Day): Act[] {
  return MOVES.filter((m) => m.from.includes(c.status) && !(m.onlyBeforeFirstDay && c.status === 'approved' && day >= c.startsOn) && mayTake(m, standing)).map((m) => m.act);
}

function mayTake(move: Move, s: Standing): boolean {
  const approver = s.oversees && !s.involved;
  return move.who === 'team' ? s.team : move.who === 'approver' ? approver : s.team || approver;
}

export const moveOf = (act: Act): Move => MOVES.find((m) => m.act === act) as Move;

/** Working days within which an office answers. */
export const DECIDE_WORKING_DAYS = 2;

/** The day `n` working days (Monday to Friday) after `day`. */
export function addWorkingDays(day: Day, n: number): Day {
  let at = day;
  for (let left = n; left > 0; ) {
    at = addDays(at, 1);
    if (![0, 6].includes(new Date(`${at}T00:00:00Z`).getUTCDay())) left--;
  }
  return at;
}

/** The last day on which the report is in time. */
export const reportDueOn = (endsOn: Day, days: number): Day => addDays(endsOn, days);

/** The one thing that a class needs next from the person who looks. */
export function nextStep(phase: ClassPhase, enrolled: number, acts: readonly Act[]): 'submit' | 'wait' | 'roster' | 'attend' | 'report' | 'approve' | 'approve-report' | 'none' {
  if (acts.includes('approve')) return 'approve';
  if (acts.includes('approve-report')) return 'approve-report';
  if (phase === 'draft' || phase === 'returned') return 'submit';
  if (phase === 'submitted' || phase === 'report-submitted') return 'wait';
  if (phase === 'approved' || phase === 'running') return enrolled === 0 ? 'roster' : phase === 'running' ? 'attend' : 'none';
  if (phase === 'report-due' || phase === 'report-returned') return enrolled === 0 ? 'roster' : 'report';
  return 'none';
}
