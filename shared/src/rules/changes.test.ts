import fc from 'fast-check';
import { changed, changeOf } from '@lantoa/shared/rules/changes';

// Keys are those of our own views.
const json = fc.jsonValue({ maxDepth: 4 }).map((x) => JSON.stringify(x)).filter((x) => !x.includes('__proto__')).map((x) => JSON.parse(x));
const room = (n: number, answered: number) => ({ phase: 'running', done: n, people: [{ id: 'a', answered: 3 }, { id: 'b', answered }] });

describe('what has changed in a JSON value', () => {
  test('one number of one person', () => expect(changeOf(room(1, 4), room(1, 5))).toEqual({ at: { people: { at: { 1: { at: { answered: { to: 5 } } } } } } }));
  test('nothing', () => expect(changeOf(room(1, 4), room(1, 4))).toBeNull());
  test('a list that grew is sent as a whole', () => expect(changeOf({ a: [1] }, { a: [1, 2] })).toEqual({ at: { a: { to: [1, 2] } } }));
  test('null is a value', () => expect(changed({ a: 1 }, changeOf({ a: 1 }, { a: null }) as never)).toEqual({ a: null }));
  test('any value becomes any other, also after a way over the wire, and the first stays as it was', () => {
    fc.assert(fc.property(json, json, (a, b) => {
      const kept = JSON.stringify(a);
      const change = changeOf(a, b);
      const sent = change && JSON.parse(JSON.stringify(change));
      expect(sent ? changed(a, sent) : a).toEqual(b);
      expect(JSON.stringify(a)).toBe(kept);
    }));
  });
});
