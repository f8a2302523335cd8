import type { AttendanceStatus } from '@lantoa/shared/training';

export interface PassRule { minAttendance: number; passMark: number }
/** What is known of one person in a class: a mark per session (`null` where none was made) and the post-test's share right, 0–1. */
export interface Record { marks: readonly (AttendanceStatus | null)[]; post: number | null }
export type Outcome = 'passed' | 'not-passed' | 'absent';
export type Reason = 'attendance' | 'no-post' | 'post-score';

export const isPresent = (status: AttendanceStatus | null): boolean => status === 'present' || status === 'late';

/**
 * Did the person pass? Present in at least the tier's share of the sessions, and the post-test at the pass mark (domain.md, "Rules with their
 * defaults": 80 % and 70 %). Who was in no session is `absent`. Every unmet part is a reason.
 */
export function outcomeOf(record: Record, rule: PassRule): { outcome: Outcome; reasons: Reason[]; present: number } {
  const present = record.marks.filter(isPresent).length;
  if (present === 0) return { outcome: 'absent', reasons: ['attendance'], present };
  const reasons: Reason[] = [];
  if (present < rule.minAttendance * record.marks.length - 1e-9) reasons.push('attendance');
  if (record.post === null) reasons.push('no-post');
  else if (record.post < rule.passMark - 1e-9) reasons.push('post-score');
  return { outcome: reasons.length ? 'not-passed' : 'passed', reasons, present };
}
