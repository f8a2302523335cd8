import { afterMove, type DraftAct, type DraftStatus } from './draft-lifecycle.rules.ts';

const editor = { mayEdit: true, mayReview: false, isAuthor: true };
const reviewer = { mayEdit: false, mayReview: true, isAuthor: false };
const author = { mayEdit: true, mayReview: true, isAuthor: true };

test.each<[DraftStatus, DraftAct, typeof editor, object]>([
  ['draft', 'submit', editor, { to: 'review' }], ['returned', 'submit', editor, { to: 'review' }], ['review', 'take-back', editor, { to: 'draft' }],
  ['review', 'return', reviewer, { to: 'returned' }], ['review', 'publish', reviewer, { to: 'published' }], ['draft', 'drop', editor, { to: 'dropped' }],
  ['review', 'publish', author, { refused: 'same-person' }], ['review', 'publish', editor, { refused: 'not-allowed' }], ['draft', 'submit', reviewer, { refused: 'not-allowed' }],
  ['draft', 'publish', reviewer, { refused: 'wrong-state' }], ['published', 'submit', editor, { refused: 'wrong-state' }], ['dropped', 'drop', editor, { refused: 'wrong-state' }],
])('%s, %s', (status, act, who, result) => expect(afterMove(status, act, who)).toEqual(result));
