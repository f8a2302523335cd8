import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { type FormSource, type QuestionSource, readQuestions } from './question-folder.ts';
import { Form, FormItem, Question, QuestionVersion } from './question.entity.ts';

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Loads a course's questions and forms. What has not changed keeps its version; what has gets the next one. */
@Injectable()
export class QuestionsImporter {
  constructor(private readonly db: Db) {}

  async load(courseSlug: string, courseFolder: string): Promise<void> {
    const { questions, forms } = await readQuestions(courseFolder);
    await this.db.transaction(async () => {
      await this.db.lock(`questions:${courseSlug}`);
      const versions = new Map<string, string>();
      for (const q of questions) versions.set(q.slug, await this.question(courseSlug, q));
      for (const f of forms) await this.form(courseSlug, f, f.questions.map((slug) => versions.get(slug) as string));
    });
  }

  private async question(courseSlug: string, source: QuestionSource): Promise<string> {
    const repo = this.db.repo(Question);
    const question = (await repo.findOneBy({ slug: source.slug })) ?? (await repo.save({ id: randomUUID(), courseSlug, slug: source.slug, anchor: source.anchor ?? false }));
    const contentHash = hashOf(source);
    const last = await this.db.repo(QuestionVersion).findOne({ where: { questionId: question.id }, order: { number: 'DESC' } });
    if (last?.contentHash === contentHash) return last.id;
    const id = randomUUID();
    const options = source.options.map((o, i) => ({ id: 'abcdef'[i] as string, text: o.text, right: o.right ?? false, reason: o.reason }));
    await this.db.repo(QuestionVersion).insert({
      id, questionId: question.id, number: (last?.number ?? 0) + 1, topic: source.topic, stem: source.stem, options, lessonSlug: source.lesson ?? null, cardSlug: source.card ?? null, difficulty: source.difficulty, contentHash,
    });
    return id;
  }

  private async form(courseSlug: string, source: FormSource, questionVersionIds: string[]): Promise<void> {
    const contentHash = hashOf({ ...source, questionVersionIds });
    const last = await this.db.repo(Form).findOne({ where: { courseSlug, slug: source.slug }, order: { number: 'DESC' } });
    if (last?.contentHash === contentHash) return;
    const id = randomUUID();
    await this.db.repo(Form).insert({ id, courseSlug, slug: source.slug, number: (last?.number ?? 0) + 1, kind: source.kind, title: source.title, lessonSlug: source.lesson ?? null, passMark: source.passMark ?? null, maxAttempts: source.maxAttempts ?? null, contentHash });
    await this.db.repo(FormItem).insert(questionVersionIds.map((questionVersionId, i) => ({ formId: id, position: i + 1, questionVersionId })));
  }
}
