import { correlationInterval, discrimination, figuresOf, keyMayBeWrong, type OptionCount, type Sums } from './item-analysis.rules.ts';

/** Sums of a list of people: credit of the question and of the rest of the test, as a naive reader would add them. */
function sumsOf(people: readonly { x: number; rest: number }[], over: Partial<Sums> = {}): Sums {
  const sum = (f: (p: { x: number; rest: number }) => number) => people.reduce((total, p) => total + f(p), 0);
  return { nPre: 0, pre: 0, unknown: 0, nPost: people.length, post: sum((p) => p.x), postSquares: sum((p) => p.x ** 2), rest: sum((p) => p.rest), restSquares: sum((p) => p.rest ** 2), product: sum((p) => p.x * p.rest), pairs: 0, gain: 0, ...over };
}
const KEY = { rightChoice: 'a', options: ['a', 'b', 'c'] };
/** n people; the better ones by the rest of the test are right with chance `up`, the others with `down` (spread evenly). */
const people = (n: number, up: number, down: number) => Array.from({ length: n }, (_, i) => ({ x: (i % 10) / 10 < (i < n / 2 ? down : up) ? 1 : 0, rest: i < n / 2 ? 5 + (i % 4) : 11 + (i % 4) }));

test('the correlation of four people by hand', () => expect(discrimination(sumsOf([{ x: 1, rest: 3 }, { x: 1, rest: 4 }, { x: 0, rest: 1 }, { x: 0, rest: 2 }]))).toBeCloseTo(2 / Math.sqrt(5), 10));
test('what does not vary has no correlation', () => expect([discrimination(sumsOf([{ x: 1, rest: 3 }, { x: 1, rest: 4 }])), discrimination(sumsOf([{ x: 1, rest: 0.3 }, { x: 0, rest: 0.3 }])), discrimination(sumsOf([]))]).toEqual([null, null, null]));
test('the interval of r = 0.5 over 28 people (Fisher)', () => expect(correlationInterval(0.5, 28).map((x) => Math.round(x * 1000) / 1000)).toEqual([0.156, 0.736]));

test('under 30 answers there is no verdict, whatever the figures say', () => {
  const f = figuresOf(sumsOf(people(29, 0, 1)), KEY, [{ choice: 'b', n: 15, upper: 10, lower: 0 }]);
  expect([f.strength, f.flags]).toEqual(['none', []]);
});
test.each([[30, 'provisional'], [99, 'provisional'], [100, 'firm']] as const)('%d answers are %s', (n, strength) => expect(figuresOf(sumsOf(people(n, 0.9, 0.5)), KEY, []).strength).toBe(strength));

describe('a wrong key', () => {
  const against: OptionCount[] = [{ choice: 'a', n: 30, upper: 4, lower: 18 }, { choice: 'b', n: 60, upper: 29, lower: 9 }];
  test('is suspected where those who know more choose another option', () => expect(keyMayBeWrong(-0.4, 100, 'a', against)).toBe(true));
  test.each([['a correlation above zero', 0.05, 100, against], ['another option that the weak prefer', -0.4, 100, [{ choice: 'a', n: 30, upper: 4, lower: 18 }, { choice: 'b', n: 60, upper: 9, lower: 29 }]], ['too few answers', -0.6, 29, against], ['nobody prefers another option', -0.4, 100, [{ choice: 'a', n: 60, upper: 20, lower: 20 }, { choice: 'b', n: 10, upper: 3, lower: 3 }]], ['they only do not know', -0.4, 100, [{ choice: 'a', n: 10, upper: 2, lower: 5 }, { choice: 'unknown', n: 50, upper: 30, lower: 5 }]]])('is not suspected with %s', (_, r, n, counts) =>
    expect(keyMayBeWrong(r as number, n as number, 'a', counts as OptionCount[])).toBe(false));
});

test.each<[string, Partial<Sums>, [number, number], string]>([
  ['everybody knows', {}, [1, 0.98], 'everybody-knows'], ['hard after', {}, [0.4, 0.2], 'too-hard-after'], ['no gain', { nPre: 100, pre: 60, pairs: 100, gain: 2 }, [0.8, 0.5], 'class-changes-nothing'], ['easy before', { nPre: 100, pre: 90 }, [1, 0.9], 'too-easy-before'], ['strong and weak alike', {}, [0.7, 0.7], 'weak'],
])('%s', (_, over, [up, down], flag) => expect(figuresOf(sumsOf(people(100, up, down), over), { ...KEY, options: [] }, []).flags).toContain(flag));

test('an option that hardly anybody chose is dead from 100 answers on', () => {
  const counts = (n: number): OptionCount[] => [{ choice: 'a', n: n - 12, upper: 0, lower: 0 }, { choice: 'b', n: 12, upper: 0, lower: 0 }];
  expect([figuresOf(sumsOf(people(100, 0.9, 0.5)), KEY, counts(100)).flags, figuresOf(sumsOf(people(99, 0.9, 0.5)), KEY, counts(99)).flags]).toEqual([['dead-option'], []]);
});
