import { createHash, randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Outbox } from '#platform/outbox';
import { CoursesService } from '#modules/curriculum';
import { optionsOf } from './option-ids.rules.ts';
import { Form, FormItem, Question, QuestionVersion } from './question.entity.ts';
import { lessonForms, type QuestionsSource } from './question-folder.ts';
import type { FormSource, QuestionSource } from './question-text.rules.ts';

/** SHA-256 of a question as it is written. Keys are put in one order, so that files, editor and imports agree. */
export function questionHash(q: QuestionSource): string {
  const options = q.options.map((o) => [o.text, o.right ?? false, o.reason, o.match ?? null, o.picture ? [o.picture.file, o.picture.alt] : null]);
  return createHash('sha256').update(JSON.stringify([q.slug, q.kind, q.topic, q.anchor, q.lesson, q.card, q.difficulty, q.stem, q.picture && [q.picture.file, q.picture.alt], options])).digest('hex');
}

interface Known { question: Question; versions: { id: string; number: number; contentHash: string }[] }

/** Questions and forms as they are asked. What has not changed keeps its version; what has gets the next one. */
@Injectable()
export class QuestionBank implements OnModuleInit {
  constructor(private readonly db: Db, private readonly courses: CoursesService, private readonly outbox: Outbox) {}

  onModuleInit(): void {
    this.outbox.on('course-published', 'lesson-forms', ({ courseSlug }) => this.followLessons(courseSlug));
  }

  /** Takes over a course's questions and tests from files. A question whose text was a version before is left as it is now. */
  load(courseSlug: string, source: Pick<QuestionsSource, 'questions' | 'forms'>): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.lock(`questions:${courseSlug}`);
      const newest = await this.write(courseSlug, source.questions);
      await this.issue(courseSlug, source.forms, newest);
      await this.withdraw(courseSlug, (f) => source.forms.some((s) => s.slug === f.slug));
    });
  }

  /** Writes one question's next version and gives it to every form that asks it. @returns the question's id */
  publish(courseSlug: string, source: QuestionSource): Promise<string> {
    return this.db.transaction(async () => {
      await this.db.lock(`questions:${courseSlug}`);
      await this.write(courseSlug, [source]);
      await this.reissue(courseSlug, source.slug);
      await this.followLessons(courseSlug);
      return (await this.db.repo(Question).findOneByOrFail({ slug: source.slug })).id;
    });
  }

  /** The newest version of every question of a course, as it is written. */
  async sources(courseSlug: string): Promise<QuestionSource[]> {
    const rows = await this.newestVersions(courseSlug);
    return rows.map(({ question: q, version: v }) => sourceOf(q, v));
  }

  /** The forms that are offered now, as they are written. */
  async formSources(courseSlug: string): Promise<FormSource[]> {
    const rows = await this.db.rows<FormSource & { id: string }>(
      `select f.slug, f.kind, f.title, f.lesson_slug as lesson, f.tier, f.pass_mark::float8 as "passMark", f.max_attempts as "maxAttempts", f.time_limit_minutes as "timeLimitMinutes",
          (select array_agg(q.slug order by i.position) from form_item i join question_version v on v.id = i.question_version_id join question q on q.id = v.question_id where i.form_id = f.id) as questions
        from (select distinct on (slug) * from form where course_slug = $1 order by slug, number desc) f where f.withdrawn_at is null order by f.tier nulls last, f.kind desc, f.slug`, [courseSlug]);
    return rows;
  }

  /** Practice and closing questions follow the lessons as they are now. */
  private followLessons(courseSlug: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.lock(`questions:${courseSlug}`);
      const lessons = await this.courses.lessonsOf(courseSlug);
      const rows = await this.newestVersions(courseSlug);
      const forms = lessonForms(rows.map(({ question, version }) => ({ slug: question.slug, lesson: version.lessonSlug })), lessons);
      await this.issue(courseSlug, forms, new Map(rows.map((r) => [r.question.slug, r.version.id])));
      await this.withdraw(courseSlug, (f) => f.lessonSlug === null || forms.some((s) => s.slug === f.slug));
    });
  }

  /** Writes what is new. @returns slug → id of the version in force */
  private async write(courseSlug: string, sources: readonly QuestionSource[]): Promise<Map<string, string>> {
    const known = await this.known(sources.map((s) => s.slug));
    const newest = new Map<string, string>();
    const versions: Partial<QuestionVersion>[] = [];
    for (const s of sources) {
      const contentHash = questionHash(s);
      const before = known.get(s.slug);
      const questionId = before?.question.id ?? randomUUID();
      if (!before) await this.db.repo(Question).insert({ id: questionId, courseSlug, slug: s.slug, anchor: s.anchor });
      else if (before.question.anchor !== s.anchor) await this.db.repo(Question).update({ id: questionId }, { anchor: s.anchor });
      const last = before?.versions[0];
      if (last && before?.versions.some((v) => v.contentHash === contentHash)) {
        newest.set(s.slug, last.id);
        continue;
      }
      const id = randomUUID();
      versions.push({ id, questionId, number: (last?.number ?? 0) + 1, kind: s.kind, topic: s.topic, stem: s.stem, picture: s.picture, options: optionsOf(s), lessonSlug: s.lesson, cardSlug: s.card, difficulty: s.difficulty, contentHash });
      newest.set(s.slug, id);
    }
    if (versions.length) await this.db.repo(QuestionVersion).insert(versions as never);
    return newest;
  }

  private async known(slugs: string[]): Promise<Map<string, Known>> {
    const questions = await this.db.repo(Question).findBy({ slug: In(slugs) });
    const versions = await this.db.repo(QuestionVersion).find({ where: { questionId: In(questions.map((q) => q.id)) }, select: { id: true, questionId: true, number: true, contentHash: true }, order: { number: 'DESC' } });
    return new Map(questions.map((question) => [question.slug, { question, versions: versions.filter((v) => v.questionId === question.id) }]));
  }

  private async issue(courseSlug: string, sources: readonly FormSource[], newest: ReadonlyMap<string, string>): Promise<void> {
    const last = new Map((await this.newestForms(courseSlug)).map((f) => [f.slug, f]));
    for (const s of sources) {
      const ids = s.questions.map((slug) => newest.get(slug) as string);
      const contentHash = createHash('sha256').update(JSON.stringify([s.slug, s.kind, s.title, s.lesson, s.tier, s.passMark, s.maxAttempts, s.timeLimitMinutes, ids])).digest('hex');
      const before = last.get(s.slug);
      if (before?.contentHash === contentHash && !before.withdrawnAt) continue;
      const { lesson, questions: _questions, ...head } = s;
      const id = randomUUID();
      await this.db.repo(Form).insert({ id, courseSlug, number: (before?.number ?? 0) + 1, ...head, lessonSlug: lesson, contentHash, withdrawnAt: null });
      await this.db.repo(FormItem).insert(ids.map((questionVersionId, i) => ({ formId: id, position: i + 1, questionVersionId })));
    }
  }

  private async reissue(courseSlug: string, slug: string): Promise<void> {
    const forms = (await this.formSources(courseSlug)).filter((f) => f.questions.includes(slug));
    const newest = new Map((await this.newestVersions(courseSlug)).map((r) => [r.question.slug, r.version.id]));
    await this.issue(courseSlug, forms, newest);
  }

  private async withdraw(courseSlug: string, keep: (f: Form) => boolean): Promise<void> {
    const gone = (await this.newestForms(courseSlug)).filter((f) => !f.withdrawnAt && !keep(f));
    if (gone.length) await this.db.repo(Form).update({ courseSlug, slug: In(gone.map((f) => f.slug)), withdrawnAt: IsNull() }, { withdrawnAt: clock.now() });
  }

  private newestForms(courseSlug: string): Promise<Form[]> {
    return this.db.repo(Form).createQueryBuilder('f').distinctOn(['f.slug']).where('f.course_slug = :courseSlug', { courseSlug }).orderBy('f.slug').addOrderBy('f.number', 'DESC').getMany();
  }

  private async newestVersions(courseSlug: string): Promise<{ question: Question; version: QuestionVersion }[]> {
    const questions = await this.db.repo(Question).find({ where: { courseSlug }, order: { slug: 'ASC' } });
    const versions = await this.db.repo(QuestionVersion).createQueryBuilder('v').distinctOn(['v.question_id']).where('v.question_id in (select id from question where course_slug = :courseSlug)', { courseSlug }).orderBy('v.question_id').addOrderBy('v.number', 'DESC').getMany();
    const of = new Map(versions.map((v) => [v.questionId, v]));
    return questions.flatMap((question) => {
      const version = of.get(question.id);
      return version ? [{ question, version }] : [];
    });
  }
}

/** A stored version as it was written. */
export const sourceOf = (q: Pick<Question, 'slug' | 'anchor'>, v: QuestionVersion): QuestionSource => ({
  slug: q.slug, kind: v.kind, topic: v.topic, anchor: q.anchor, lesson: v.lessonSlug, card: v.cardSlug, difficulty: Number(v.difficulty), stem: v.stem, picture: v.picture,
  options: v.options.map((o) => ({ text: o.text, ...(o.right && { right: true }), reason: o.reason, ...(o.match && { match: o.match.text }), ...(o.picture && { picture: o.picture }) })),
});
