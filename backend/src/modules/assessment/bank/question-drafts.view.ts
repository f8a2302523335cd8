import type { QuestionContent, QuestionDraftView } from '@lantoa/shared/assessment';
import type { Actor } from '#platform/http';
import { isWritable } from '#modules/curriculum';
import type { QuestionDraft } from './question.entity.ts';
import { type QuestionSource, questionFaults } from './question-text.rules.ts';

/** A question as the editor shows it. */
export const contentView = (q: QuestionSource): QuestionContent => ({
  kind: q.kind, topic: q.topic, anchor: q.anchor, lesson: q.lesson, card: q.card, difficulty: q.difficulty, stem: q.stem, picture: q.picture,
  options: q.options.map((o) => ({ text: o.text, right: o.right ?? false, reason: o.reason, match: o.match ?? null, picture: o.picture ?? null })),
});

/** What the editor sent, as it is written in files. */
export const sourceOfContent = (slug: string, c: QuestionContent): QuestionSource => ({
  slug, kind: c.kind, topic: c.topic, anchor: c.anchor, lesson: c.lesson, card: c.card, difficulty: c.difficulty, stem: c.stem, picture: c.picture,
  options: c.options.map((o) => ({ text: o.text, ...(o.right && { right: true }), reason: o.reason, ...(o.match !== null && c.kind === 'matching' && { match: o.match }), ...(o.picture && { picture: o.picture }) })),
});

/** What still stands against asking a question: its own faults, and a card that explains it. */
export const draftFaults = (q: QuestionSource): QuestionDraftView['faults'] => [...questionFaults(q), ...(q.lesson && q.card ? [] : [{ code: 'card', option: null, message: 'names no card that explains it' }])];

export const draftView = (actor: Actor, d: QuestionDraft, editedBy: string | null, wasAnchor: boolean): QuestionDraftView => ({
  id: d.id, courseSlug: d.courseSlug, questionId: d.questionId, slug: d.content.slug, content: contentView(d.content), status: d.status, origin: d.origin, revision: d.revision, note: d.note, editedBy, faults: draftFaults(d.content),
  mayEdit: actor.can('course.edit') && isWritable(d.status), mayDecide: actor.can('course.review') && d.status === 'review' && d.editedBy !== actor.personId, breaksComparison: wasAnchor,
});
