import { lossesOf, type QuestionCell, type TopicCell } from './losses.rules.ts';
import type { Sample } from './statistics.rules.ts';

/** `n` people of whom each has one of the shares, in turn. */
const people = (n: number, ...shares: number[]): Sample => {
  const all = Array.from({ length: n }, (_, i) => shares[i % shares.length] as number);
  return { n, sum: all.reduce((a, b) => a + b, 0), squares: all.reduce((a, b) => a + b * b, 0) };
};
const cell = (topic: string, tier: number, classId: string, before: Sample, after: Sample): TopicCell => ({ topic, tier, classId, code: `L-${classId}`, before, after });
const asked = (topic: string, tier: number, questionId: string, right: number, n = 40): QuestionCell => ({ topic, tier, questionId, stem: `Câu ${questionId}`, n, right });
const one = (cells: TopicCell[], questions: QuestionCell[] = []) => lossesOf(cells, questions, 2)[0];
/** A first tier that knows 0.9 afterwards, having begun at 0.5. */
const first = (topic = 'Giới') => cell(topic, 1, 'A', people(40, 0.4, 0.6), people(40, 0.85, 0.95));

describe('what was lost', () => {
  test('means of both tiers, points with their interval, the worst topic first', () => {
    const list = lossesOf([first(), cell('Giới', 2, 'B', people(40, 0.4, 0.6), people(40, 0.6, 0.8)), first('Quyền'), cell('Quyền', 2, 'B', people(40, 0.4, 0.6), people(40, 0.8, 0.9))], [], 2);
    expect(list.map((t) => [t.topic, t.means.map((m) => m.mean), t.drop])).toEqual([['Giới', [90, 70], 20], ['Quyền', [90, 85], 5]]);
    // Standard deviations 0.0506 and 0.1013 of 40 each: error 0.0179, df 57.3, t 2.002, half 3.6 points.
    expect(list[0]?.steps[0]).toMatchObject({ from: 1, to: 2, points: 20, low: 16.4, high: 23.6 });
  });
  test('fewer than ten people: hidden, and no loss is told', () => expect(one([first(), cell('Giới', 2, 'B', people(9, 0.5), people(9, 0.5))])).toEqual({ topic: 'Giới', means: [{ mean: 90, n: 40, margin: 1.6 }, { mean: null, n: 9, margin: null }], drop: null, steps: [], questions: [] }));
});

test('down to the question: its share in every tier, the one that lost most first, fewer than ten hidden', () => expect(one([first(), cell('Giới', 2, 'B', people(40, 0.5), people(40, 0.6, 0.8))], [asked('Giới', 1, 'q1', 36), asked('Giới', 2, 'q1', 30), asked('Giới', 1, 'q2', 36), asked('Giới', 2, 'q2', 12), asked('Giới', 1, 'q3', 36), asked('Giới', 2, 'q3', 5, 9)])?.questions).toEqual([
  { questionId: 'q2', stem: 'Câu q2', means: [{ mean: 90, n: 40 }, { mean: 30, n: 40 }], drop: 60 }, { questionId: 'q1', stem: 'Câu q1', means: [{ mean: 90, n: 40 }, { mean: 75, n: 40 }], drop: 15 }, { questionId: 'q3', stem: 'Câu q3', means: [{ mean: 90, n: 40 }, { mean: null, n: 9 }], drop: null },
]));

describe('the place to look first', () => {
  const place = (cells: TopicCell[], questions: QuestionCell[] = []) => one(cells, questions)?.steps[0]?.place;
  test('nothing was lost', () => expect(place([first(), cell('Giới', 2, 'B', people(40, 0.5), people(40, 0.95, 1))])).toEqual({ kind: 'none' }));
  test('a difference that may be chance', () => expect(place([cell('Giới', 1, 'A', people(12, 0, 1), people(12, 0.2, 1)), cell('Giới', 2, 'B', people(12, 0, 1), people(12, 0, 1))])).toEqual({ kind: 'chance' }));
  test('one question, when the others kept', () => expect(place([first(), cell('Giới', 2, 'B', people(40, 0.5), people(40, 0.6, 0.8))], [asked('Giới', 1, 'q1', 36), asked('Giới', 1, 'q2', 36), asked('Giới', 2, 'q1', 12), asked('Giới', 2, 'q2', 35)])).toEqual({ kind: 'question', questionId: 'q1', stem: 'Câu q1', points: 60 }));
  test('some classes, when they differ', () => expect(place([first(), cell('Giới', 2, 'B', people(20, 0.5), people(20, 0.4, 0.5)), cell('Giới', 2, 'C', people(20, 0.5), people(20, 0.85, 0.95)), cell('Giới', 2, 'D', people(20, 0.5), people(20, 0.8, 0.9))])).toEqual({ kind: 'trainer', lowest: 45, highest: 90, classes: [{ id: 'B', code: 'L-B' }, { id: 'D', code: 'L-D' }] }));
  test('the lesson, when every class lost alike and this topic grew little', () => expect(place([first(), cell('Giới', 2, 'B', people(40, 0.6), people(40, 0.6, 0.7)), first('Quyền'), cell('Quyền', 2, 'B', people(40, 0.4), people(40, 0.85, 0.9))])).toEqual({ kind: 'lesson', grew: 5, others: 47.5 }));
  test('the tier, when it grew as elsewhere but began lower', () => expect(place([first(), cell('Giới', 2, 'B', people(40, 0.2, 0.4), people(40, 0.6, 0.8)), first('Quyền'), cell('Quyền', 2, 'B', people(40, 0.4), people(40, 0.85, 0.9))])).toEqual({ kind: 'tier', startedLower: 20 }));
});
