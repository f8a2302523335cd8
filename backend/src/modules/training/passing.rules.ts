import type { AttendanceStatus } from '@lantoa/shared/attendance';

export interface PassRule { minAttendance: number; passMark: number; /** Lines of the rubric that must be stood, and the least that each must reach; none where nobody teaches back. */ rubric?: { lines: readonly string[]; least: number } }
/** What is known of one person in a class: a mark per session (`null` where none was made) and the post-test's share right, 0–1. */
export interface Achieved { marks: readonly (AttendanceStatus | null)[]; post: number | null; teachBack?: readonly Readonly<Record<string, number>>[] }
export type Outcome = 'passed' | 'not-passed' | 'absent';
export type Reason = 'attendance' | 'no-post' | 'post-score' | 'no-teach-back' | 'teach-back';

export const isPresent = (status: AttendanceStatus | null): boolean => status === 'present' || status === 'late';

/**
 * Did the person pass? Present in at least the tier's share of the sessions, and the post-test at the pass mark (domain.md, "Rules with their
 * defaults": 80 % and 70 %). for trainer tiers also the teach-back, in
 * each line at least as much as the rule says, as the mean of two observers. Who was in no session is `absent`. Every unmet part is a reason.
 */
export function outcomeOf(record: Achieved, rule: PassRule): { outcome: Outcome; reasons: Reason[]; present: number } {
  const present = record.marks.filter(isPresent).length;
  if (present === 0) return { outcome: 'absent', reasons: ['attendance'], present };
  const reasons: Reason[] = [];
  if (present < rule.minAttendance * record.marks.length - 1e-9) reasons.push('attendance');
  if (record.post === null) reasons.push('no-post');
  else if (record.post < rule.passMark - 1e-9) reasons.push('post-score');
  if (rule.rubric?.lines.length) {
    const stood = rubricOf(rule.rubric.lines, record.teachBack ?? []);
    if (stood === null) reasons.push('no-teach-back');
    else if (stood.some((l) => l.mean < (rule.rubric?.least ?? 0) - 1e-9)) reasons.push('teach-back');
  }
  return { outcome: reasons.length ? 'not-passed' : 'passed', reasons, present };
}

/** Two observers who differ by this much have seen two different lessons: they should talk. */
const APART = 2;
const OBSERVERS = 2;

/** Each line of the rubric as the mean of the two observers, and whether they are far apart; `null` until both have scored every line. */
export function rubricOf(lines: readonly string[], observed: readonly Readonly<Record<string, number>>[]): { line: string; mean: number; apart: boolean }[] | null {
  if (observed.length < OBSERVERS || observed.some((o) => lines.some((l) => o[l] === undefined))) return null;
  return lines.map((line) => {
    const given = observed.map((o) => o[line] as number);
    return { line, mean: given.reduce((a, b) => a + b, 0) / given.length, apart: Math.max(...given) - Math.min(...given) >= APART };
  });
}
