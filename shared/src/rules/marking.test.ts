import fc from 'fast-check';
import { CHOICE, creditOf, isChoiceOf, type MarkedOption, orderChoice, type QuestionKind, questionKinds, rightChoice } from '@lantoa/shared/rules/marking';

const one: MarkedOption[] = [{ id: 'a', right: false }, { id: 'b', right: true }, { id: 'c', right: false }];
const several: MarkedOption[] = [{ id: 'a', right: true }, { id: 'b', right: false }, { id: 'c', right: true }, { id: 'd', right: false }];
const steps: MarkedOption[] = ['c', 'a', 'd', 'b'].map((id) => ({ id, right: false }));
const pairs: MarkedOption[] = [{ id: 'a', right: false, match: { id: 'c' } }, { id: 'b', right: false, match: { id: 'a' } }, { id: 'c', right: false, match: { id: 'b' } }];
const OPTIONS: Record<QuestionKind, MarkedOption[]> = { single: one, picture: one, 'true-false': one.slice(0, 2), multiple: several, ordering: steps, matching: pairs };

test.each([
  ['single', 'b', 1], ['single', 'a', 0], ['single', 'unknown', 0], ['single', null, 0], ['true-false', 'b', 1],
  ['multiple', 'a+c', 1], ['multiple', 'a', 0.5], ['multiple', 'a+b', 0], ['multiple', 'a+b+c', 0.5], ['multiple', 'a+b+c+d', 0], ['multiple', 'b', 0],
  ['ordering', 'c>a>d>b', 1], ['ordering', 'a>c>d>b', 4 / 6], ['ordering', 'b>d>a>c', 0], ['ordering', 'c>a>d', 0],
  ['matching', 'a=c,b=a,c=b', 1], ['matching', 'a=c,b=b,c=a', 1 / 3], ['matching', 'a=c', 0],
] as const)('%s answered %s is worth %d', (kind, choice, credit) => expect(creditOf(kind, OPTIONS[kind], choice)).toBeCloseTo(credit));

test.each(questionKinds)('%s: the right answer is an answer, has the form of one, and is worth 1', (kind) => {
  const right = rightChoice(kind, OPTIONS[kind]);
  expect([isChoiceOf(kind, OPTIONS[kind], right), CHOICE.test(right), creditOf(kind, OPTIONS[kind], right)]).toEqual([true, true, 1]);
});

test.each([['single', 'd'], ['single', 'a+b'], ['multiple', 'a+a'], ['multiple', 'a+x'], ['ordering', 'a>b'], ['ordering', 'a>a>b>c'], ['matching', 'a=c,b=c,c=b'], ['matching', 'a=x,b=a,c=b']] as const)('%s cannot be answered %s', (kind, choice) =>
  expect(isChoiceOf(kind, OPTIONS[kind], choice)).toBe(false));

test('for any order: credit is 0–1, and only the right order earns 1', () => {
  fc.assert(fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (given) => {
    const credit = creditOf('ordering', steps, orderChoice(given));
    expect(credit).toBeGreaterThanOrEqual(0);
    expect(credit === 1).toBe(given.join() === 'c,a,d,b');
  }));
});

test('for any set of options: taking a wrong one away never costs anything', () => {
  fc.assert(fc.property(fc.subarray(['a', 'b', 'c', 'd'], { minLength: 2 }), (chosen) => {
    const without = chosen.filter((id) => id !== 'b');
    if (without.length) expect(creditOf('multiple', several, without.join('+'))).toBeGreaterThanOrEqual(creditOf('multiple', several, chosen.join('+')));
  }));
});
