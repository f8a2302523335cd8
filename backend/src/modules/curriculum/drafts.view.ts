import type { DraftLesson, Draft as DraftView, Finding, LessonContent } from '@lantoa/shared/curriculum';
import type { Actor } from '#platform/http';
import type { CourseDraft, DraftComment, LessonDraft } from './draft.entity.ts';
import { isWritable } from './draft-lifecycle.rules.ts';
import { lessonFindings } from './lesson-text.rules.ts';

/** The quality meter of a lesson, as the editor shows it. */
export const findingsOf = (l: LessonContent): Finding[] => lessonFindings(l).map((f) => ({ code: f.code, card: f.card === null ? null : (l.cards[f.card]?.slug ?? null), blocks: f.blocks, params: f.params }));

export const lessonView = (l: LessonDraft, names: ReadonlyMap<string, string>): DraftLesson =>
  ({ id: l.id, position: l.position, revision: l.revision, editedBy: names.get(l.editedBy) ?? '', editedAt: l.editedAt.toISOString(), content: l.content, findings: findingsOf(l.content) });

/** A draft with everything that the editor's page shows. `isAuthor`: the asker has saved something of it. */
export function draftView(actor: Actor, d: CourseDraft, courseSlug: string, lessons: readonly LessonDraft[], comments: readonly DraftComment[], names: ReadonlyMap<string, string>, isAuthor: boolean): DraftView {
  const views = lessons.map((l) => lessonView(l, names));
  return {
    id: d.id, courseSlug, status: d.status, baseNumber: d.baseNumber, revision: d.revision, title: d.title, aim: d.aim, audience: d.audience, hours: Number(d.hours), createdBy: names.get(d.createdBy) ?? '', submittedBy: d.submittedBy && (names.get(d.submittedBy) ?? ''),
    lessons: views, comments: comments.map((c) => ({ id: c.id, lesson: c.lesson, card: c.card, text: c.text, by: names.get(c.by) ?? '', at: c.at.toISOString(), resolvedAt: c.resolvedAt?.toISOString() ?? null })),
    blocked: views.length === 0 || views.some((l) => l.findings.some((f) => f.blocks)), mayEdit: actor.can('course.edit') && isWritable(d.status), mayDecide: actor.can('course.review') && d.status === 'review' && !isAuthor,
  };
}
