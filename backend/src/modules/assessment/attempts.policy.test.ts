import { canSee, startRefusal, visibleTo } from './attempts.policy.ts';

const post = { id: 'f1', kind: 'post' as const };
const open = { formId: 'f1', closedAt: null };

describe('who may start a form', () => {
  test('practice: anybody', () => expect(startRefusal({ id: 'p', kind: 'practice' }, null, false)).toBeNull());
  test('a post-test: with a seat, while it is open', () => expect(startRefusal(post, open, true)).toBeNull());
  test('a post-test without a seat does not exist for the asker', () => expect(startRefusal(post, open, false)).toBe('assessment.form-not-found'));
  test('a post-test without a sitting cannot be tried out', () => expect(startRefusal(post, null, true)).toBe('assessment.form-not-found'));
  test('a seat at one form opens no other form', () => expect(startRefusal({ id: 'f2', kind: 'pre' }, open, true)).toBe('assessment.form-not-found'));
  test('a closed sitting says so', () => expect(startRefusal(post, { ...open, closedAt: new Date() }, true)).toBe('assessment.not-open'));
});

test('an attempt is seen by its owner alone, as a check and as a filter', () => {
  const [owner, other] = [{ personId: 'p1' }, { personId: 'p2' }];
  expect([canSee(owner, owner), canSee(other, owner)]).toEqual([true, false]);
  expect(visibleTo(other)).toEqual({ personId: 'p2' });
});
