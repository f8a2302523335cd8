import fc from 'fast-check';
import { isOvertime, type KeyItem, neededToPass, passes, score, secondsAllowed } from './scoring.rules.ts';

const options = (right: string) => ['a', 'b', 'c'].map((id) => ({ id, right: id === right }));
const single = (id: string, right: string, anchor: boolean): KeyItem => ({ questionVersionId: id, kind: 'single', options: options(right), rightChoice: right, anchor });
const KEY: KeyItem[] = [single('q1', 'a', true), single('q2', 'b', false), single('q3', 'c', true)];

test('right, wrong and unanswered', () => {
  expect(score(KEY, [{ questionVersionId: 'q1', choice: 'a' }, { questionVersionId: 'q2', choice: 'c' }])).toEqual({
    marks: [{ questionVersionId: 'q1', choice: 'a', right: true, credit: 1 }, { questionVersionId: 'q2', choice: 'c', right: false, credit: 0 }, { questionVersionId: 'q3', choice: null, right: false, credit: 0 }],
    answered: 2, right: 1, points: 1, total: 3, share: 1 / 3, anchorRight: 1, anchorTotal: 2,
  });
});

test('"I don’t know yet" is an answer, and not right', () => expect(score(KEY, [{ questionVersionId: 'q1', choice: 'unknown' }])).toMatchObject({ answered: 1, right: 0 }));
test('an answer to a foreign question does not count', () => expect(score(KEY, [{ questionVersionId: 'x', choice: 'a' }])).toMatchObject({ answered: 0, right: 0, total: 3 }));

test.each([[0.7, 20, 14], [0.7, 10, 7], [0.7, 15, 11], [1, 3, 3], [0, 3, 0]])('a pass mark of %d on %d questions needs %d', (mark, total, needed) => expect(neededToPass(mark, total)).toBe(needed));
test('14 of 20 passes at 70 %, 13 does not, and a pre-test has no pass', () => expect([passes(14, 20, 0.7), passes(13, 20, 0.7), passes(20, 20, null)]).toEqual([true, false, null]));

test('for any answers: the parts add up, and more right answers never score lower', () => {
  const choice = fc.constantFrom('a', 'b', 'c', 'unknown');
  fc.assert(fc.property(fc.array(fc.record({ questionVersionId: fc.constantFrom('q1', 'q2', 'q3', 'x'), choice })), (answers) => {
    const s = score(KEY, answers);
    expect(s.right).toBe(s.marks.filter((m) => m.right).length);
    expect(s.right).toBeLessThanOrEqual(s.answered);
    expect(s.share * s.total).toBeCloseTo(s.right);
    const better = score(KEY, [...answers, { questionVersionId: 'q2', choice: 'b' }]);
    expect(better.right).toBeGreaterThanOrEqual(s.right);
  }));
});

test('a partly right answer counts in part, and passes by points', () => {
  const several: KeyItem = { questionVersionId: 'q4', kind: 'multiple', options: [{ id: 'a', right: true }, { id: 'b', right: true }, { id: 'c', right: false }], rightChoice: 'a+b', anchor: false };
  const s = score([...KEY, several], [{ questionVersionId: 'q1', choice: 'a' }, { questionVersionId: 'q4', choice: 'a' }]);
  expect([s.right, s.points, s.share]).toEqual([1, 1.5, 0.375]);
  expect([passes(13.5, 20, 0.7), passes(14, 20, 0.7)]).toEqual([false, true]);
});

test('a time limit is half as long again where that is allowed, and answers over it are seen', () => {
  expect([secondsAllowed(null, true), secondsAllowed(20, false), secondsAllowed(20, true)]).toEqual([null, 1200, 1800]);
  const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1000);
  expect([isOvertime(1200, [at(0), at(1250)]), isOvertime(1200, [at(0), at(1261)]), isOvertime(null, [at(0), at(9999)]), isOvertime(1200, [])]).toEqual([false, true, false, false]);
});
