import { Injectable } from '@nestjs/common';
import type { CourseContent, getLesson, LessonContent, markCards } from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { CardSeen, Course, CourseVersion, Lesson } from './course.entity.ts';
import { contentHash } from './course-folder.ts';
import { CoursesQueries, type CourseHead } from './courses.queries.ts';
import { PicturesService } from './pictures.service.ts';
import { Publishing } from './publishing.service.ts';
import { Reading } from './reading.ts';
import { RecordingsService } from './recordings.service.ts';

/** Published courses: what people read. */
@Injectable()
export class CoursesService {
  constructor(private readonly db: Db, private readonly queries: CoursesQueries, private readonly pictures: PicturesService, private readonly recordings: RecordingsService, private readonly publishing: Publishing, private readonly reading: Reading) {}

  /**
   * Publishes a course that came from files, unless this very content was a version before: files that nobody has touched since do not
   * undo what was edited in the browser. @returns the id of the version with this content
   */
  publishFiles(slug: string, content: CourseContent): Promise<string> {
    return this.db.transaction(async () => {
      const course = await this.publishing.course(slug);
      const known = await this.db.repo(CourseVersion).findOneBy({ courseId: course.id, contentHash: contentHash(content) });
      return known?.id ?? this.publishing.publish(null, course, content, 'files');
    });
  }

  list(actor: Actor) {
    return this.reading.list(actor.personId);
  }

  async lesson(actor: Actor, { params }: ArgsOf<typeof getLesson>) {
    const lesson = orProblem(await this.db.repo(Lesson).findOneBy({ id: params.lessonId }), 'curriculum.not-found');
    const version = await this.queries.version(lesson.courseVersionId);
    const next = await this.db.repo(Lesson).findOneBy({ courseVersionId: lesson.courseVersionId, position: lesson.position + 1 });
    const seen = await this.db.repo(CardSeen).findBy({ lessonId: lesson.id, personId: actor.personId });
    const tracks = await this.recordings.tracksOf(version.courseId, lesson.slug, lesson.cards);
    const weights = await this.pictures.weights(version.courseId);
    const cards = lesson.cards.map((c) => ({ ...c, tracks: tracks.get(c.slug) ?? [], pictureBytes: weights.get(c.picture?.file ?? '') ?? 0 }));
    const audio: Record<string, number> = {};
    for (const t of cards.flatMap((c) => c.tracks)) audio[t.language] = (audio[t.language] ?? 0) + t.bytes;
    return {
      ...lesson, trainerNote: actor.can('class.run') || actor.can('course.draft') ? lesson.trainerNote : null, check: lesson.checkSlug, courseSlug: version.slug, courseTitle: version.title, cards,
      bytes: { text: Buffer.byteLength(JSON.stringify(lesson.cards)), pictures: cards.reduce((sum, c) => sum + c.pictureBytes, 0), audio }, seen: seen.map((s) => s.card), next: next && { id: next.id, title: next.title },
    };
  }

  async markCards(actor: Actor, { params, body }: ArgsOf<typeof markCards>) {
    const lesson = orProblem(await this.db.repo(Lesson).findOneBy({ id: params.lessonId }), 'curriculum.not-found');
    const known = new Set(lesson.cards.map((c) => c.slug));
    if (body.cards.some((c) => !known.has(c))) throw problem('curriculum.not-found');
    const rows = [...new Set(body.cards)].map((card) => ({ personId: actor.personId, lessonId: lesson.id, card, at: clock.now() }));
    await this.db.repo(CardSeen).createQueryBuilder().insert().values(rows).orIgnore().execute();
    return {};
  }

  version(id: string): Promise<CourseHead> {
    return this.queries.version(id);
  }

  /** The newest version of each course. */
  current(): Promise<CourseHead[]> {
    return this.queries.current();
  }

  /** The newest version of one course. */
  async currentOf(slug: string): Promise<CourseHead> {
    return orProblem((await this.queries.current()).find((c) => c.slug === slug), 'curriculum.not-found');
  }

  /** The whole content of a version. */
  content(versionId: string): Promise<CourseContent> {
    return this.queries.content(versionId);
  }

  /** A course of this name, published or only begun; else the problem `curriculum.not-found`. */
  async mustExist(slug: string): Promise<void> {
    orProblem(await this.db.repo(Course).findOneBy({ slug }), 'curriculum.not-found');
  }

  /** The id of a course; one that nobody has written yet is made, to hold what comes in for it. */
  idOf(slug: string): Promise<string> {
    return this.db.transaction(async () => (await this.publishing.course(slug)).id);
  }

  /** The lessons of a course's newest version. */
  async lessonsOf(slug: string): Promise<LessonContent[]> {
    const head = (await this.queries.current()).find((c) => c.slug === slug);
    return head ? (await this.queries.content(head.versionId)).lessons : [];
  }
}
