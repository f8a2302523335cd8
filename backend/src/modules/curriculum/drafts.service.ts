import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { addDraftLesson, commentDraft, compareVersions, CourseContent, createCourse, DraftLesson as LessonView, Draft as DraftView, LessonContent, moveDraft, moveDraftLesson, removeDraftLesson, resolveComment, saveDraftHead, saveDraftLesson } from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { In, IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { cleanText } from '#platform/content';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { Course, CourseVersion } from './course.entity.ts';
import { CoursesQueries } from './courses.queries.ts';
import { differencesOf } from './differences.ts';
import { CourseDraft, DraftAuthor, DraftComment, LessonDraft } from './draft.entity.ts';
import { afterMove, isWritable } from './draft-lifecycle.rules.ts';
import { draftView, lessonView } from './drafts.view.ts';
import { slugify } from './lesson-text.rules.ts';
import { LessonTemplates } from './lesson-templates.ts';
import { Publishing } from './publishing.service.ts';

const OPEN = In(['draft', 'review', 'returned']);
const EMPTY_KIT = { plans: [], slides: [], handouts: [], rolePlays: [] };

/** Writing the next version of a course: one open draft, saved lesson by lesson, let through by a second person. */
@Injectable()
export class DraftsService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly queries: CoursesQueries, private readonly publishing: Publishing, private readonly templates: LessonTemplates) {}

  async list(actor: Actor) {
    return { items: await this.queries.withDrafts(), mayEdit: actor.can('course.edit') };
  }

  async course(actor: Actor, slug: string) {
    const course = orProblem(await this.db.repo(Course).findOneBy({ slug }), 'curriculum.not-found');
    const versions = await this.queries.versions(course.id);
    const draft = await this.db.repo(CourseDraft).findOneBy({ courseId: course.id, status: OPEN });
    return { slug, title: versions[0]?.title ?? draft?.title ?? slug, versions: versions.map((v) => ({ ...v, publishedAt: v.publishedAt.toISOString() })), draft: draft && (await this.view(actor, draft)), mayEdit: actor.can('course.edit') };
  }

  /** Opens a draft of the newest version, or gives the one that is open. */
  open(actor: Actor, slug: string): Promise<DraftView> {
    return this.db.transaction(async () => {
      const course = orProblem(await this.db.repo(Course).findOneBy({ slug }), 'curriculum.not-found');
      await this.db.lock(`draft:${course.id}`);
      const open = await this.db.repo(CourseDraft).findOneBy({ courseId: course.id, status: OPEN });
      if (open) return this.view(actor, open);
      const version = orProblem(await this.db.repo(CourseVersion).findOne({ where: { courseId: course.id }, order: { number: 'DESC' } }), 'curriculum.not-found');
      return this.begin(actor, course, await this.queries.content(version.id), version.number);
    });
  }

  create(actor: Actor, { body }: ArgsOf<typeof createCourse>): Promise<DraftView> {
    return this.db.transaction(async () => {
      const slug = slugify(body.title);
      if (!slug || (await this.db.repo(Course).existsBy({ slug }))) throw problem('curriculum.slug-taken', { title: body.title });
      return this.begin(actor, await this.publishing.course(slug), { ...body, position: 99, lessons: [this.templates.lesson('five-cards', body.title)], kit: EMPTY_KIT }, 0);
    });
  }

  saveHead(actor: Actor, { params, body }: ArgsOf<typeof saveDraftHead>): Promise<DraftView> {
    return this.writing(actor, params.draftId, async (draft) => {
      const { revision, ...head } = body;
      const done = await this.db.repo(CourseDraft).update({ id: draft.id, revision }, { ...head, revision: revision + 1 });
      if (!done.affected) throw problem('curriculum.changed-meanwhile', { by: '' });
    });
  }

  /** Saves a lesson whole. A newer revision of somebody else is not overwritten. */
  saveLesson(actor: Actor, { params, body }: ArgsOf<typeof saveDraftLesson>): Promise<LessonView> {
    return this.db.transaction(async () => {
      const draft = await this.writable(params.draftId);
      const row = orProblem(await this.db.repo(LessonDraft).findOne({ where: { id: params.lessonId, draftId: draft.id, removedAt: IsNull() }, lock: { mode: 'pessimistic_write' } }), 'curriculum.not-found');
      const names = await this.names([row.editedBy, actor.personId]);
      if (row.revision !== body.revision) throw problem('curriculum.changed-meanwhile', { by: names.get(row.editedBy) ?? '' });
      const { revision, cards, ...head } = body;
      const content: LessonContent = { slug: row.content.slug, ...head, note: head.note || null, cards: cards.map((c) => ({ ...c, slug: c.slug ?? slugify(c.title), text: cleanText(c.text) })) };
      const next = { content, revision: revision + 1, editedBy: actor.personId, editedAt: clock.now() };
      await this.db.repo(LessonDraft).update({ id: row.id }, next);
      await this.author(actor, draft.id);
      return lessonView({ ...row, ...next }, names);
    });
  }

  addLesson(actor: Actor, { params, body }: ArgsOf<typeof addDraftLesson>): Promise<DraftView> {
    return this.writing(actor, params.draftId, async (draft) => {
      const lessons = await this.lessons(draft.id);
      const content = this.templates.lesson(body.template, body.title);
      if (!content.slug || lessons.some((l) => l.content.slug === content.slug)) throw problem('curriculum.slug-taken', { title: body.title });
      await this.insertLesson(actor, draft.id, content, (lessons.at(-1)?.position ?? 0) + 1);
    });
  }

  moveLesson(actor: Actor, { params, body }: ArgsOf<typeof moveDraftLesson>): Promise<DraftView> {
    return this.writing(actor, params.draftId, async (draft) => {
      const lessons = await this.lessons(draft.id);
      const at = lessons.findIndex((l) => l.id === params.lessonId);
      const [moved, other] = [lessons[at], lessons[at + body.by]];
      if (!moved) throw problem('curriculum.not-found');
      if (!other) return;
      await this.db.repo(LessonDraft).update({ id: moved.id }, { position: other.position });
      await this.db.repo(LessonDraft).update({ id: other.id }, { position: moved.position });
    });
  }

  /** Takes a lesson out, or back in at the end. */
  removeLesson(actor: Actor, { params }: ArgsOf<typeof removeDraftLesson>, back = false): Promise<DraftView> {
    return this.writing(actor, params.draftId, async (draft) => {
      const last = (await this.lessons(draft.id)).at(-1)?.position ?? 0;
      const done = await this.db.repo(LessonDraft).update({ id: params.lessonId, draftId: draft.id }, back ? { removedAt: null, position: last + 1 } : { removedAt: clock.now() });
      if (!done.affected) throw problem('curriculum.not-found');
    });
  }

  /** Replaces all lessons of the open draft (or of a new one) by those of an imported course. */
  replace(actor: Actor, slug: string, content: CourseContent): Promise<DraftView> {
    return this.db.transaction(async () => {
      const { id } = await this.open(actor, slug);
      return this.writing(actor, id, async (draft) => {
        const { lessons, ...head } = content;
        await this.db.repo(CourseDraft).update({ id: draft.id }, { ...head, revision: draft.revision + 1 });
        await this.db.repo(LessonDraft).update({ draftId: draft.id, removedAt: IsNull() }, { removedAt: clock.now() });
        for (const [i, l] of lessons.entries()) await this.insertLesson(actor, draft.id, l, i + 1);
      });
    });
  }

  comment(actor: Actor, { params, body }: ArgsOf<typeof commentDraft>): Promise<DraftView> {
    return this.db.transaction(async () => {
      const draft = await this.find(params.draftId);
      await this.db.repo(DraftComment).insert({ id: randomUUID(), draftId: draft.id, ...body, by: actor.personId, at: clock.now(), resolvedAt: null });
      return this.view(actor, draft);
    });
  }

  resolve(actor: Actor, { params }: ArgsOf<typeof resolveComment>): Promise<DraftView> {
    return this.db.transaction(async () => {
      const draft = await this.find(params.draftId);
      const done = await this.db.repo(DraftComment).update({ id: params.commentId, draftId: draft.id }, { resolvedAt: clock.now() });
      if (!done.affected) throw problem('curriculum.not-found');
      return this.view(actor, draft);
    });
  }

  /** Hands to review, returns, publishes or drops. What the quality meter blocks is not published; nobody publishes what they wrote. */
  move(actor: Actor, { params, body }: ArgsOf<typeof moveDraft>): Promise<DraftView> {
    return this.db.transaction(async () => {
      const draft = orProblem(await this.db.repo(CourseDraft).findOne({ where: { id: params.draftId }, lock: { mode: 'pessimistic_write' } }), 'curriculum.not-found');
      const moved = afterMove(draft.status, body.act, { mayEdit: actor.can('course.edit'), mayReview: actor.can('course.review'), isAuthor: await this.isAuthor(actor, draft.id) });
      if ('refused' in moved) throw problem(moved.refused === 'not-allowed' ? 'access.not-allowed' : `curriculum.${moved.refused}`);
      const view = await this.view(actor, draft);
      if ((body.act === 'submit' || body.act === 'publish') && view.blocked) throw problem('curriculum.blocked', { n: view.lessons.filter((l) => l.findings.some((f) => f.blocks)).length });
      const decided = body.act === 'return' || body.act === 'publish' ? { decidedBy: actor.personId, decidedAt: clock.now() } : {};
      await this.db.repo(CourseDraft).update({ id: draft.id }, { status: moved.to, ...decided, ...(body.act === 'submit' && { submittedBy: actor.personId }) });
      if (body.note) await this.db.repo(DraftComment).insert({ id: randomUUID(), draftId: draft.id, lesson: view.lessons[0]?.content.slug ?? '', card: null, text: body.note, by: actor.personId, at: clock.now(), resolvedAt: null });
      await this.audit.record(actor, `draft.${body.act}`, { type: 'course-draft', id: draft.id }, { note: body.note });
      if (body.act === 'publish') await this.publishing.publish(actor, await this.publishing.course(view.courseSlug), contentOf(draft, await this.lessons(draft.id)), 'editor');
      return this.view(actor, await this.find(draft.id));
    });
  }

  async compare({ params, query }: ArgsOf<typeof compareVersions>) {
    const course = orProblem(await this.db.repo(Course).findOneBy({ slug: params.courseSlug }), 'curriculum.not-found');
    const version = async (number: number) => this.queries.content(orProblem(await this.db.repo(CourseVersion).findOneBy({ courseId: course.id, number }), 'curriculum.not-found').id);
    const to = query.to === undefined ? await this.contentOfDraft(course.id) : await version(query.to);
    return { items: differencesOf(await version(query.from), to) };
  }

  private async contentOfDraft(courseId: string): Promise<CourseContent> {
    const draft = orProblem(await this.db.repo(CourseDraft).findOneBy({ courseId, status: OPEN }), 'curriculum.not-found');
    return contentOf(draft, await this.lessons(draft.id));
  }

  private async begin(actor: Actor, course: Course, content: CourseContent, baseNumber: number): Promise<DraftView> {
    const { lessons, ...head } = content;
    const draft = this.db.repo(CourseDraft).create({ id: randomUUID(), courseId: course.id, baseNumber, status: 'draft', revision: 1, ...head, createdBy: actor.personId, createdAt: clock.now(), submittedBy: null, decidedBy: null, decidedAt: null });
    await this.db.repo(CourseDraft).insert(draft);
    for (const [i, l] of lessons.entries()) await this.insertLesson(actor, draft.id, l, i + 1);
    await this.audit.record(actor, 'draft.opened', { type: 'course', id: course.id }, { slug: course.slug, base: baseNumber });
    return this.view(actor, draft);
  }

  private async insertLesson(actor: Actor, draftId: string, content: LessonContent, position: number): Promise<void> {
    await this.db.repo(LessonDraft).insert({ id: randomUUID(), draftId, position, revision: 1, content, editedBy: actor.personId, editedAt: clock.now(), removedAt: null });
  }

  /** Runs a change of an open draft and counts the actor among its authors. */
  private writing(actor: Actor, draftId: string, work: (draft: CourseDraft) => Promise<void>): Promise<DraftView> {
    return this.db.transaction(async () => {
      const draft = await this.writable(draftId);
      await work(draft);
      await this.author(actor, draft.id);
      return this.view(actor, await this.find(draft.id));
    });
  }

  private async author(actor: Actor, draftId: string): Promise<void> {
    await this.db.repo(DraftAuthor).createQueryBuilder().insert().values({ draftId, personId: actor.personId }).orIgnore().execute();
  }

  private isAuthor(actor: Actor, draftId: string): Promise<boolean> {
    return this.db.repo(DraftAuthor).existsBy({ draftId, personId: actor.personId });
  }

  private async find(id: string): Promise<CourseDraft> {
    return orProblem(await this.db.repo(CourseDraft).findOneBy({ id }), 'curriculum.not-found');
  }

  private async writable(id: string): Promise<CourseDraft> {
    const draft = orProblem(await this.db.repo(CourseDraft).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } }), 'curriculum.not-found');
    if (!isWritable(draft.status)) throw problem('curriculum.wrong-state');
    return draft;
  }

  private lessons(draftId: string): Promise<LessonDraft[]> {
    return this.db.repo(LessonDraft).find({ where: { draftId, removedAt: IsNull() }, order: { position: 'ASC' } });
  }

  private async view(actor: Actor, draft: CourseDraft): Promise<DraftView> {
    const { slug } = await this.db.repo(Course).findOneByOrFail({ id: draft.courseId });
    const lessons = await this.lessons(draft.id);
    const comments = await this.db.repo(DraftComment).find({ where: { draftId: draft.id }, order: { at: 'ASC' } });
    const names = await this.names([draft.createdBy, draft.submittedBy, ...lessons.map((l) => l.editedBy), ...comments.map((c) => c.by)]);
    return draftView(actor, draft, slug, lessons, comments, names, await this.isAuthor(actor, draft.id));
  }

  private async names(ids: (string | null)[]): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ id: string; name: string }>('select id, name from person where id = any($1::uuid[])', [ids.filter((id) => id !== null)]);
    return new Map(rows.map((r) => [r.id, r.name]));
  }
}

const contentOf = (d: CourseDraft, lessons: readonly LessonDraft[]): CourseContent => ({ position: d.position, title: d.title, aim: d.aim, audience: d.audience, hours: Number(d.hours), kit: d.kit, lessons: lessons.map((l) => l.content) });
