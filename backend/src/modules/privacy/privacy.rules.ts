import type { StepKind } from '@lantoa/shared/incidents';
import type { RequestKind } from '@lantoa/shared/privacy';
import { addDays, type Day } from '@lantoa/shared/rules/days';

/** Working days within which a request is answered (NĐ 356/2025/NĐ-CP, Điều 5). Public holidays are not known here: an answer may come later by them, never earlier. */
const ANSWER_WORKING_DAYS = 2;
/** Days within which it is done, counted from the day it was asked (the same article). */
const DONE_DAYS: Record<RequestKind, number> = { view: 10, correct: 10, withdraw: 15, erase: 20 };

const isWorkingDay = (day: Day): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** The day `n` working days (Monday to Friday) after another. */
export function addWorkingDays(day: Day, n: number): Day {
  let at = day;
  for (let left = n; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left--;
  }
  return at;
}

/** Until when a request is to be answered, and done. */
export const dueDays = (kind: RequestKind, askedOn: Day): { answerBy: Day; doneBy: Day } => ({ answerBy: addWorkingDays(askedOn, ANSWER_WORKING_DAYS), doneBy: addDays(askedOn, DONE_DAYS[kind]) });

/** Is somebody still waiting who should have heard, or been served, by now? */
export const isLate = (r: { state: string; answeredOn: Day | null; answerBy: Day; doneBy: Day }, today: Day): boolean => r.state !== 'done' && r.state !== 'refused' && ((r.answeredOn === null && today > r.answerBy) || today > r.doneBy);

/** Hours within which a breach is reported to the authority, from when it was found (Luật 91/2025/QH15, Điều 23). */
const REPORT_HOURS = 72;

/** What an incident has come to by its steps, until when it is to be reported, and whether that has passed. One that was closed unreported was found to need no report. */
export function standingOf(foundAt: Date, steps: readonly { kind: StepKind }[], now: Date): { state: 'open' | 'reported' | 'closed'; reportBy: Date; late: boolean } {
  const reportBy = new Date(foundAt.getTime() + REPORT_HOURS * 3_600_000);
  const has = (kind: StepKind) => steps.some((s) => s.kind === kind);
  const state = has('closed') ? 'closed' : has('reported') ? 'reported' : 'open';
  return { state, reportBy, late: state === 'open' && now > reportBy };
}
