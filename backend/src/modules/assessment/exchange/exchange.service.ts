import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { importCourse, ImportReport, importQuestions, previewCourse, QuestionFormat } from '@lantoa/shared/assessment';
import type { CourseContent } from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { CoursesService, differencesOf, DraftsService, PicturesService, readCourse, writeCourse } from '#modules/curriculum';
import { questionHash } from '../bank/question-bank.service.ts';
import { QuestionDraftsService } from '../bank/question-drafts.service.ts';
import { draftFaults } from '../bank/question-drafts.view.ts';
import { readQuestions, writeQuestions } from '../bank/question-folder.ts';
import { packed, unpacked } from './course-archive.ts';
import { readQuestionFile, sourcesOf } from './question-file.ts';
import { writeGift } from './write-gift.rules.ts';
import { writeMoodleXml } from './write-moodle-xml.rules.ts';

/** Courses and questions in and out: files of other systems, and whole courses as the files of `content/`. */
@Injectable()
export class ExchangeService {
  constructor(private readonly db: Db, private readonly courses: CoursesService, private readonly drafts: DraftsService, private readonly pictures: PicturesService, private readonly waiting: QuestionDraftsService) {}

  /** What a question file would bring; with `write`, brings it: as drafts, all or (with any error) nothing. */
  async questions(actor: Actor | null, { params, body }: ArgsOf<typeof importQuestions>, write: boolean): Promise<ImportReport> {
    await this.courses.mustExist(params.courseSlug);
    return this.takeFile(actor, params.courseSlug, body.format, Buffer.from(body.contentBase64, 'base64'), write);
  }

  /** The same for the command line. */
  async takeFile(actor: Actor | null, courseSlug: string, format: QuestionFormat, bytes: Buffer, write: boolean): Promise<ImportReport> {
    const file = readQuestionFile(bytes, format);
    const media = new Map<string, Buffer>();
    const names = await this.pictures.namesOf(courseSlug);
    const keep = (b: Uint8Array): string | null => {
      try {
        // A picture that the course has keeps its name: our own export comes back to the letter.
        const name = names.get(createHash('sha256').update(b).digest('hex')) ?? this.pictures.nameOf(Buffer.from(b));
        media.set(name, Buffer.from(b));
        return name;
      } catch {
        return null;
      }
    };
    const sources = sourcesOf(file, keep);
    const known = await this.waiting.known(courseSlug);
    const questions = sources.map(({ source: q, category }) => ({ slug: q.slug, kind: q.kind, stem: q.stem, category, faults: draftFaults(q).length, known: known.has(questionHash(q)) }));
    let imported = 0;
    if (write && !file.errors.length) {
      imported = await this.db.transaction(async () => {
        if (media.size) await this.pictures.keep(await this.courses.idOf(courseSlug), media);
        return this.waiting.takeIn(actor, courseSlug, sources.map((s) => s.source));
      });
    }
    return { read: file.read, imported, unchanged: questions.filter((q) => q.known).length, notSupported: file.notSupported, errors: file.errors, questions };
  }

  async gift(courseSlug: string): Promise<string> {
    return writeGift(await this.waiting.allSources(courseSlug), courseSlug);
  }

  async moodleXml(courseSlug: string): Promise<string> {
    const media = await this.pictures.allOf(courseSlug);
    return writeMoodleXml(await this.waiting.allSources(courseSlug), courseSlug, new Map([...media].map(([file, bytes]) => [file, bytes.toString('base64')])));
  }

  /** A course as the files of `content/`, zipped. */
  async archive(courseSlug: string): Promise<Uint8Array> {
    return packed(await this.folder(courseSlug));
  }

  /** The files of a course: lessons, kit, questions, tests, pictures. */
  async folder(courseSlug: string): Promise<Map<string, Uint8Array>> {
    const head = await this.courses.currentOf(courseSlug);
    const content = await this.courses.content(head.versionId);
    const text = new Map([...writeCourse(content), ...writeQuestions(await this.waiting.bank.sources(courseSlug), await this.waiting.bank.formSources(courseSlug), content.lessons)]);
    const files = new Map<string, Uint8Array>([...text].map(([file, t]) => [file, Buffer.from(t, 'utf8')]));
    for (const [file, bytes] of await this.pictures.allOf(courseSlug)) files.set(`media/${file}`, bytes);
    return files;
  }

  async preview({ params, body }: ArgsOf<typeof previewCourse>) {
    const read = this.readArchive(params.courseSlug, body.contentBase64);
    if (!read.course) return { faults: read.faults, differences: [], lessons: 0, pictures: 0, questions: 0, newQuestions: 0 };
    const before = (await this.courses.current()).find((c) => c.slug === params.courseSlug);
    const empty: CourseContent = { ...read.course.content, lessons: [], kit: { plans: [], slides: [], handouts: [], rolePlays: [] } };
    const known = await this.waiting.known(params.courseSlug);
    return {
      faults: [], differences: differencesOf(before ? await this.courses.content(before.versionId) : empty, read.course.content), lessons: read.course.content.lessons.length, pictures: read.media.size,
      questions: read.questions.length, newQuestions: read.questions.filter((q) => !known.has(questionHash(q))).length,
    };
  }

  /** Lessons go into the course's draft, questions that differ become drafts: nothing is published by an import. */
  import(actor: Actor, { params, body }: ArgsOf<typeof importCourse>) {
    return this.db.transaction(async () => {
      const read = this.readArchive(params.courseSlug, body.contentBase64);
      if (!read.course) throw problem('curriculum.archive-refused', { reason: 'faults', n: read.faults.length, first: `${read.faults[0]?.file}:${read.faults[0]?.line}` });
      orProblem((await this.courses.current()).find((c) => c.slug === params.courseSlug), 'curriculum.not-found');
      await this.pictures.keep(await this.courses.idOf(params.courseSlug), read.media);
      const draft = await this.drafts.replace(actor, params.courseSlug, read.course.content);
      return { draft, questionDrafts: await this.waiting.takeIn(actor, params.courseSlug, read.questions) };
    });
  }

  private readArchive(courseSlug: string, contentBase64: string) {
    const folder = unpacked(Buffer.from(contentBase64, 'base64'));
    const course = readCourse(courseSlug, folder);
    const questions = readQuestions(courseSlug, folder, course.source?.content.lessons ?? []);
    const faults = [...course.faults, ...(course.source ? questions.faults : [])].map(({ file, line, message }) => ({ file, line, message }));
    const media = new Map([...folder].flatMap(([file, bytes]) => (file.startsWith('media/') ? [[file.slice('media/'.length), bytes] as const] : [])));
    return { faults, course: faults.length ? null : course.source, questions: questions.source?.questions ?? [], media };
  }
}
