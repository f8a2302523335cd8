import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { moveQuestionDraft, openQuestionDraft, QuestionDraftView, saveQuestionDraft } from '@lantoa/shared/assessment';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { In } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { afterMove, isWritable, slugify } from '#modules/curriculum';
import { QuestionBank, questionHash, sourceOf } from './question-bank.service.ts';
import { draftFaults, draftView, sourceOfContent } from './question-drafts.view.ts';
import { Question, QuestionDraft, QuestionVersion } from './question.entity.ts';
import type { QuestionSource } from './question-text.rules.ts';

const OPEN = In(['draft', 'review', 'returned']);

/** Writing questions: the next version of one, a new one, or one that came in a file; let through by a second person. */
@Injectable()
export class QuestionDraftsService {
  constructor(private readonly db: Db, private readonly audit: Audit, readonly bank: QuestionBank) {}

  /** The drafts of a course that wait for somebody. */
  async open(courseSlug: string) {
    const rows = await this.db.repo(QuestionDraft).find({ where: { courseSlug, status: OPEN }, order: { editedAt: 'DESC' } });
    const names = await this.names(rows.map((r) => r.editedBy));
    return rows.map((d) => ({ id: d.id, questionId: d.questionId, slug: d.content.slug, stem: d.content.stem, kind: d.content.kind, status: d.status as 'draft', origin: d.origin, editedBy: names.get(d.editedBy ?? '') ?? null, faults: draftFaults(d.content).length }));
  }

  async ofQuestion(actor: Actor, questionId: string): Promise<QuestionDraftView | null> {
    const draft = await this.db.repo(QuestionDraft).findOneBy({ questionId, status: OPEN });
    return draft && this.view(actor, draft);
  }

  async get(actor: Actor, id: string): Promise<QuestionDraftView> {
    return this.view(actor, orProblem(await this.db.repo(QuestionDraft).findOneBy({ id }), 'assessment.question-not-found'));
  }

  begin(actor: Actor, { params, body }: ArgsOf<typeof openQuestionDraft>): Promise<QuestionDraftView> {
    return this.db.transaction(async () => {
      if (body.questionId === null) return this.view(actor, await this.add(actor, params.courseSlug, null, emptyQuestion(body.kind), 'editor'));
      const question = orProblem(await this.db.repo(Question).findOneBy({ id: body.questionId, courseSlug: params.courseSlug }), 'assessment.question-not-found');
      await this.db.lock(`question-draft:${question.id}`);
      const open = await this.db.repo(QuestionDraft).findOneBy({ questionId: question.id, status: OPEN });
      if (open) return this.view(actor, open);
      const version = await this.db.repo(QuestionVersion).findOneOrFail({ where: { questionId: question.id }, order: { number: 'DESC' } });
      return this.view(actor, await this.add(actor, params.courseSlug, question.id, sourceOf(question, version), 'editor'));
    });
  }

  save(actor: Actor, { params, body }: ArgsOf<typeof saveQuestionDraft>): Promise<QuestionDraftView> {
    return this.db.transaction(async () => {
      const draft = await this.locked(params.draftId);
      if (!isWritable(draft.status)) throw problem('assessment.wrong-state');
      if (draft.revision !== body.revision) throw problem('curriculum.changed-meanwhile', { by: (await this.names([draft.editedBy])).get(draft.editedBy ?? '') ?? '' });
      const fresh = draft.questionId === null && draft.content.slug.startsWith('moi-');
      const content = sourceOfContent(fresh && body.content.stem ? await this.freeSlug(body.content.stem, draft.content.slug) : draft.content.slug, body.content);
      Object.assign(draft, { content, contentHash: questionHash(content), revision: draft.revision + 1, editedBy: actor.personId, editedAt: clock.now() });
      await this.db.repo(QuestionDraft).save(draft);
      return this.view(actor, draft);
    });
  }

  /** Hands to review, returns, publishes or drops. A question with faults is not published; nobody publishes what they wrote. */
  move(actor: Actor, { params, body }: ArgsOf<typeof moveQuestionDraft>): Promise<QuestionDraftView> {
    return this.db.transaction(async () => {
      const draft = await this.locked(params.draftId);
      const moved = afterMove(draft.status, body.act, { mayEdit: actor.can('course.edit'), mayReview: actor.can('course.review'), isAuthor: draft.editedBy === actor.personId });
      if ('refused' in moved) throw problem(moved.refused === 'not-allowed' ? 'access.not-allowed' : `assessment.${moved.refused}`);
      const faults = draftFaults(draft.content);
      if ((body.act === 'submit' || body.act === 'publish') && faults.length) throw problem('assessment.question-incomplete', { n: faults.length });
      Object.assign(draft, { status: moved.to, note: body.note ?? draft.note, ...((body.act === 'return' || body.act === 'publish') && { decidedBy: actor.personId }) });
      if (body.act === 'publish') draft.questionId = await this.bank.publish(draft.courseSlug, draft.content);
      await this.db.repo(QuestionDraft).save(draft);
      await this.audit.record(actor, `question-draft.${body.act}`, { type: 'question-draft', id: draft.id }, { slug: draft.content.slug, note: body.note });
      return this.view(actor, draft);
    });
  }

  /** Takes questions in as drafts; one that is there already, as a draft or as a version, is left alone. @returns how many are new */
  takeIn(actor: Actor | null, courseSlug: string, sources: readonly QuestionSource[]): Promise<number> {
    return this.db.transaction(async () => {
      await this.db.lock(`question-import:${courseSlug}`);
      const known = await this.known(courseSlug);
      let added = 0;
      for (const source of sources) {
        if (known.has(questionHash(source))) continue;
        const question = await this.db.repo(Question).findOneBy({ slug: source.slug });
        if (question && question.courseSlug !== courseSlug) throw problem('assessment.file-refused', { reason: 'other-course', slug: source.slug });
        if (question && (await this.db.repo(QuestionDraft).existsBy({ questionId: question.id, status: OPEN }))) throw problem('assessment.question-waiting', { slug: source.slug });
        await this.add(actor, courseSlug, question?.id ?? null, source, 'import');
        known.add(questionHash(source));
        added++;
      }
      return added;
    });
  }

  /** Hashes of everything that a course has: versions, and drafts that wait. */
  async known(courseSlug: string): Promise<Set<string>> {
    const rows = await this.db.rows<{ hash: string }>(
      `select content_hash as hash from question_draft where course_slug = $1 and status in ('draft', 'review', 'returned') union select v.content_hash from question_version v join question q on q.id = v.question_id where q.course_slug = $1`, [courseSlug]);
    return new Set(rows.map((r) => r.hash));
  }

  /** Every question of a course: those that are asked, and those that wait and never were. */
  async allSources(courseSlug: string): Promise<QuestionSource[]> {
    const waiting = await this.db.repo(QuestionDraft).find({ where: { courseSlug, status: OPEN }, order: { editedAt: 'ASC', id: 'ASC' } });
    return [...(await this.bank.sources(courseSlug)), ...waiting.filter((d) => d.questionId === null).map((d) => d.content)];
  }

  private async add(actor: Actor | null, courseSlug: string, questionId: string | null, content: QuestionSource, origin: 'editor' | 'import'): Promise<QuestionDraft> {
    const draft = this.db.repo(QuestionDraft).create({ id: randomUUID(), courseSlug, questionId, content, contentHash: questionId !== null && origin === 'editor' ? randomUUID() : questionHash(content), status: 'draft', origin, revision: 1, note: null, editedBy: actor?.personId ?? null, editedAt: clock.now(), decidedBy: null });
    await this.db.repo(QuestionDraft).insert(draft);
    await this.audit.record(actor, 'question-draft.opened', { type: 'question-draft', id: draft.id }, { slug: content.slug, origin });
    return draft;
  }

  private async freeSlug(stem: string, own: string): Promise<string> {
    const base = slugify(stem).slice(0, 60).replace(/-$/, '') || own;
    const taken = await this.db.repo(Question).existsBy({ slug: base });
    return taken ? `${base}-${randomUUID().slice(0, 6)}` : base;
  }

  private async locked(id: string): Promise<QuestionDraft> {
    return orProblem(await this.db.repo(QuestionDraft).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } }), 'assessment.question-not-found');
  }

  private async view(actor: Actor, draft: QuestionDraft): Promise<QuestionDraftView> {
    const names = await this.names([draft.editedBy]);
    const question = draft.questionId === null ? null : await this.db.repo(Question).findOneBy({ id: draft.questionId });
    return draftView(actor, draft, names.get(draft.editedBy ?? '') ?? null, question?.anchor ?? false);
  }

  private async names(ids: (string | null)[]): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ id: string; name: string }>('select id, name from person where id = any($1::uuid[])', [ids.filter((id) => id !== null)]);
    return new Map(rows.map((r) => [r.id, r.name]));
  }
}

/** A question that nobody has written yet, with the options that its kind needs. */
function emptyQuestion(kind: QuestionSource['kind']): QuestionSource {
  const texts = kind === 'true-false' ? ['Đúng', 'Sai'] : kind === 'ordering' || kind === 'matching' ? ['', '', ''] : ['', '', '', ''];
  return { slug: `moi-${randomUUID().slice(0, 8)}`, kind, topic: '', anchor: false, lesson: null, card: null, difficulty: 0.5, stem: '', picture: null, options: texts.map((text, i) => ({ text, ...(i === 0 && kind !== 'ordering' && kind !== 'matching' && { right: true }), reason: '', ...(kind === 'matching' && { match: '' }) })) };
}
