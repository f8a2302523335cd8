import { outcomeOf } from './passing.rules.ts';

const RULE = { minAttendance: 0.8, passMark: 0.7 };
const P = 'present' as const;
const A = 'absent' as const;

test.each([
  ['all sessions and exactly the pass mark', [P, P, P, P], 0.7, 'passed', []],
  ['late counts as present', ['late' as const, P, P, P], 0.9, 'passed', []],
  ['three of four is below 80 %', [P, P, P, A], 0.9, 'not-passed', ['attendance']],
  ['four of five is 80 %', [P, P, P, P, A], 0.7, 'passed', []],
  ['excused is not present', [P, P, P, 'excused' as const], 0.9, 'not-passed', ['attendance']],
  ['one point short', [P, P], 0.65, 'not-passed', ['post-score']],
  ['no post-test', [P, P], null, 'not-passed', ['no-post']],
  ['both missing', [P, A], 0.2, 'not-passed', ['attendance', 'post-score']],
  ['never there', [A, A], 0.9, 'absent', ['attendance']],
  ['a session without a mark is not presence', [P, null], 0.9, 'not-passed', ['attendance']],
])('%s', (_, marks, post, outcome, reasons) => expect(outcomeOf({ marks, post }, RULE)).toMatchObject({ outcome, reasons }));
