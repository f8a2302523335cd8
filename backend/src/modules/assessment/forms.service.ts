import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FormKind } from '@lantoa/shared/assessment';
import { type QuestionKind, rightChoice } from '@lantoa/shared/rules/marking';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { problem } from '#platform/http';
import { Form, FormItem } from './bank/question.entity.ts';
import type { Option, Picture } from './bank/question-text.rules.ts';
import type { KeyItem } from './scoring.rules.ts';

export interface FormQuestion { questionVersionId: string; slug: string; kind: QuestionKind; anchor: boolean; topic: string; stem: string; picture: Picture | null; options: Option[]; lessonSlug: string | null; cardSlug: string | null; difficulty: number }
export interface FullForm { id: string; slug: string; courseSlug: string; kind: FormKind; title: string; passMark: number | null; maxAttempts: number | null; timeLimitMinutes: number | null; lessonSlug: string | null; questions: FormQuestion[]; key: KeyItem[] }

const QUESTIONS = 'select v.id as "questionVersionId", q.slug, v.kind, q.anchor, v.topic, v.stem, v.picture, v.options, v.lesson_slug as "lessonSlug", v.card_slug as "cardSlug", v.difficulty';
const OF_ITEM = 'join question_version v on v.id = i.question_version_id join question q on q.id = v.question_id';
const keyOf = (questions: readonly FormQuestion[]): KeyItem[] => questions.map((q) => ({ questionVersionId: q.questionVersionId, kind: q.kind, options: q.options, anchor: q.anchor, rightChoice: rightChoice(q.kind, q.options) }));

/** Forms with their questions. They never change, so one that was read is kept. */
@Injectable()
export class FormsService {
  private readonly db: Db;
  private readonly known = new Map<string, FullForm>();
  constructor(db: Db) {
    this.db = db;
  }

  async get(id: string): Promise<FullForm> {
    const known = this.known.get(id);
    if (known) return known;
    const form = await this.read(id);
    this.known.set(id, form);
    return form;
  }

  /** The newest form of a course by its slug (`pre`, `post`). */
  async current(courseSlug: string, slug: string): Promise<FullForm> {
    const [row] = await this.db.rows<{ id: string }>('select id from form where course_slug = $1 and slug = $2 order by number desc limit 1', [courseSlug, slug]);
    if (!row) throw problem('assessment.form-not-found');
    return this.get(row.id);
  }

  /** A form of chosen questions, for one sitting; with an id that is known already it is made once. It is withdrawn from the start: courses neither offer it nor take it along when they change. @returns its id */
  async refresher(o: { id?: string; courseSlug: string; slug: string; title: string; questionVersionIds: readonly string[] }): Promise<string> {
    const id = o.id ?? randomUUID();
    if (o.id && (await this.db.repo(Form).existsBy({ id }))) return id;
    const contentHash = createHash('sha256').update(JSON.stringify(o.questionVersionIds)).digest('hex');
    await this.db.repo(Form).insert({ id, courseSlug: o.courseSlug, slug: o.slug, number: 1, kind: 'refresher', title: o.title, lessonSlug: null, tier: null, passMark: null, maxAttempts: null, timeLimitMinutes: null, contentHash, withdrawnAt: clock.now() });
    await this.db.repo(FormItem).insert(o.questionVersionIds.map((questionVersionId, position) => ({ formId: id, position, questionVersionId })));
    return id;
  }

  /** What such a form would be, before it is made. */
  async ofVersions(o: { id: string; courseSlug: string; title: string; questionVersionIds: readonly string[] }): Promise<FullForm> {
    const questions = await this.db.rows<FormQuestion>(`${QUESTIONS} from unnest($1::uuid[]) with ordinality as i(question_version_id, position) ${OF_ITEM} order by i.position`, [o.questionVersionIds]);
    return { id: o.id, slug: o.id, courseSlug: o.courseSlug, kind: 'refresher', title: o.title, passMark: null, maxAttempts: null, timeLimitMinutes: null, lessonSlug: null, questions, key: keyOf(questions) };
  }

  /** Forms that anybody signed in may take. */
  async free() {
    const items = await this.db.rows<{ formId: string; title: string; kind: FormKind; courseSlug: string; lessonSlug: string | null; questions: number }>(
      `select distinct on (f.course_slug, f.slug) f.id as "formId", f.title, f.kind, f.course_slug as "courseSlug", f.lesson_slug as "lessonSlug", (select count(*) from form_item i where i.form_id = f.id)::int as questions
        from form f where f.kind in ('practice', 'lesson-check') and f.withdrawn_at is null order by f.course_slug, f.slug, f.number desc`);
    return { items };
  }

  private async read(id: string): Promise<FullForm> {
    const [form] = await this.db.rows<Omit<FullForm, 'questions' | 'key'>>('select id, slug, course_slug as "courseSlug", kind, title, pass_mark as "passMark", max_attempts as "maxAttempts", time_limit_minutes as "timeLimitMinutes", lesson_slug as "lessonSlug" from form where id = $1', [id]);
    if (!form) throw problem('assessment.form-not-found');
    const questions = await this.db.rows<FormQuestion>(`${QUESTIONS} from form_item i ${OF_ITEM} where i.form_id = $1 order by i.position`, [id]);
    return { ...form, questions, key: keyOf(questions) };
  }
}
