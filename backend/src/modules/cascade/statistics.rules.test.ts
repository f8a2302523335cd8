import fc from 'fast-check';
import { betweenGroups, meanOf, type Sample, together, varianceOf, welch, wilson } from './statistics.rules.ts';

const sample = (...values: number[]): Sample => ({ n: values.length, sum: values.reduce((a, b) => a + b, 0), squares: values.reduce((a, b) => a + b * b, 0) });
const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 30 });

describe('a share with its interval', () => {
  // Newcombe, Statistics in Medicine 17:857 (1998), table I, method 3.
  test.each([[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]])('%i of %i', (right, n, low, high) => {
    expect(wilson(right, n).low).toBeCloseTo(low, 4);
    expect(wilson(right, n).high).toBeCloseTo(high, 4);
  });
  test('nothing known: everything possible', () => expect(wilson(0, 0)).toEqual({ low: 0, high: 1 }));
});

describe('a difference of two means', () => {
  test('by hand: 1..5 against 2, 4, 6, 8, 10', () => {
    // Means 3 and 6, variances 2.5 and 10, standard error √2.5, df 12.5² / (0.25/4·… ) = 5.882; t(0.975) = 2.459.
    const w = welch(sample(1, 2, 3, 4, 5), sample(2, 4, 6, 8, 10)) as NonNullable<ReturnType<typeof welch>>;
    expect(w.difference).toBe(-3);
    expect(w.low).toBeCloseTo(-6.888, 2);
    expect(w.high).toBeCloseTo(0.888, 2);
  });
  test('the other way round it is the same, mirrored', () => fc.assert(fc.property(values, values, (a, b) => {
    const [x, y] = [welch(sample(...a), sample(...b)), welch(sample(...b), sample(...a))];
    expect(x?.low).toBeCloseTo(-(y?.high as number), 6);
  })));
  test('one value is not enough', () => expect(welch(sample(1), sample(1, 2))).toBeNull());
});

describe('between classes and within', () => {
  test('by hand: three classes of three', () => {
    // Means 2, 5, 8, mean 5; between 27, within 1: F = 27 on 2 and 6, p = 0.001; correlation (27 − 1) / (27 + 2) = 0.8966.
    const g = betweenGroups([sample(1, 2, 3), sample(4, 5, 6), sample(7, 8, 9)]);
    expect(g?.share).toBeCloseTo(26 / 29, 6);
    expect(g?.p).toBeCloseTo(0.001, 4);
  });
  test('classes that are alike', () => expect(betweenGroups([sample(1, 5), sample(1, 5), sample(1, 5)])).toEqual({ share: 0, p: 1 }));
  test('one class has no others', () => expect(betweenGroups([sample(1, 2, 3)])).toBeNull());
});

test('samples add up', () => fc.assert(fc.property(values, values, (a, b) => {
  const both = together([sample(...a), sample(...b)]);
  expect(meanOf(both)).toBeCloseTo(meanOf(sample(...a, ...b)), 9);
  expect(varianceOf(both)).toBeCloseTo(varianceOf(sample(...a, ...b)), 9);
})));
