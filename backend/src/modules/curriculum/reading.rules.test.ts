import { versionsToRead } from './reading.rules.ts';

const versions = [{ courseId: 'a', versionId: 'a1', number: 1, cards: 10 }, { courseId: 'a', versionId: 'a2', number: 2, cards: 10 }, { courseId: 'a', versionId: 'a3', number: 3, cards: 10 }, { courseId: 'b', versionId: 'b1', number: 1, cards: 4 }];

test.each([
  ['nothing yet: the newest', {}, ['a3', 'b1']],
  ['in the middle of an older one: that', { a1: 3 }, ['a1', 'b1']],
  ['in the middle of two: the newer of them', { a1: 3, a2: 9 }, ['a2', 'b1']],
  ['an older one read to its end: the newest', { a1: 10 }, ['a3', 'b1']],
  ['the newest read to its end, an older one not: that', { a3: 10, a2: 1 }, ['a2', 'b1']],
])('%s', (_, seen, read) => expect(versionsToRead(versions, new Map(Object.entries(seen))).sort()).toEqual(read));
