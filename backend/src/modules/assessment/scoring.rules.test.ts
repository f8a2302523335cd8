import fc from 'fast-check';
import { type KeyItem, neededToPass, passes, score } from './scoring.rules.ts';

const KEY: KeyItem[] = [
  { questionVersionId: 'q1', rightOption: 'a', anchor: true }, { questionVersionId: 'q2', rightOption: 'b', anchor: false }, { questionVersionId: 'q3', rightOption: 'c', anchor: true },
];

test('right, wrong and unanswered', () => {
  expect(score(KEY, [{ questionVersionId: 'q1', choice: 'a' }, { questionVersionId: 'q2', choice: 'c' }])).toEqual({
    marks: [{ questionVersionId: 'q1', choice: 'a', right: true }, { questionVersionId: 'q2', choice: 'c', right: false }, { questionVersionId: 'q3', choice: null, right: false }],
    answered: 2, right: 1, total: 3, share: 1 / 3, anchorRight: 1, anchorTotal: 2,
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
