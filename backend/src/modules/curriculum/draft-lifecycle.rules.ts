/** Lifecycle of content that two people answer for: written by one, let through by another. Used by drafts of courses and of questions. */
export type DraftStatus = 'draft' | 'review' | 'returned' | 'published' | 'dropped';
export type DraftAct = 'submit' | 'take-back' | 'return' | 'publish' | 'drop';

const MOVES: Record<DraftAct, { from: readonly DraftStatus[]; to: DraftStatus; by: 'editor' | 'reviewer' }> = {
  submit: { from: ['draft', 'returned'], to: 'review', by: 'editor' },
  'take-back': { from: ['review'], to: 'draft', by: 'editor' },
  return: { from: ['review'], to: 'returned', by: 'reviewer' },
  publish: { from: ['review'], to: 'published', by: 'reviewer' },
  drop: { from: ['draft', 'review', 'returned'], to: 'dropped', by: 'editor' },
};

/** The status after an act, or the reason why it may not be done: wrong state, wrong role, or an author who would publish their own work. */
export function afterMove(status: DraftStatus, act: DraftAct, who: { mayEdit: boolean; mayReview: boolean; isAuthor: boolean }): { to: DraftStatus } | { refused: 'wrong-state' | 'not-allowed' | 'same-person' } {
  const move = MOVES[act];
  if (!(move.by === 'editor' ? who.mayEdit : who.mayReview)) return { refused: 'not-allowed' };
  if (!move.from.includes(status)) return { refused: 'wrong-state' };
  return act === 'publish' && who.isAuthor ? { refused: 'same-person' } : { to: move.to };
}

export const isOpen = (status: DraftStatus): boolean => status === 'draft' || status === 'review' || status === 'returned';
/** May its text be changed? */
export const isWritable = (status: DraftStatus): boolean => status === 'draft' || status === 'returned';
