import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { getLesson, markCards } from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { CardSeen, Course, CourseVersion, Lesson } from './course.entity.ts';
import type { CourseSource } from './course-folder.ts';

interface CourseHead { slug: string; versionId: string; number: number; title: string; aim: string; hours: number }

@Injectable()
export class CoursesService {
  constructor(private readonly db: Db, private readonly audit: Audit) {}

  /** Publishes a new version when the source differs from the last one. @returns the id of the version in force */
  publish(source: CourseSource): Promise<string> {
    return this.db.transaction(async () => {
      await this.db.lock(`course:${source.slug}`);
      const course = (await this.db.repo(Course).findOneBy({ slug: source.slug })) ?? (await this.db.repo(Course).save({ id: randomUUID(), slug: source.slug }));
      const last = await this.db.repo(CourseVersion).findOne({ where: { courseId: course.id }, order: { number: 'DESC' } });
      if (last?.contentHash === source.hash) return last.id;
      const version = { id: randomUUID(), courseId: course.id, number: (last?.number ?? 0) + 1, title: source.title, aim: source.aim, hours: source.hours, contentHash: source.hash, publishedAt: clock.now() };
      await this.db.repo(CourseVersion).insert(version);
      await this.db.repo(Lesson).insert(source.lessons.map((l, i) => ({ id: randomUUID(), courseVersionId: version.id, position: i + 1, ...l })));
      await this.audit.record(null, 'course.published', { type: 'course', id: course.id }, { slug: source.slug, number: version.number });
      return version.id;
    });
  }

  async list(actor: Actor) {
    const courses = await this.current();
    const lessons = await this.db.rows<{ courseVersionId: string; id: string; slug: string; position: number; title: string; aim: string; minutes: number; cards: number; cardsSeen: number }>(
      `select l.course_version_id as "courseVersionId", l.id, l.slug, l.position, l.title, l.aim, l.minutes, jsonb_array_length(l.cards) as cards,
          (select count(*) from card_seen s where s.lesson_id = l.id and s.person_id = $2)::int as "cardsSeen"
        from lesson l where l.course_version_id = any($1::uuid[]) order by l.position`, [courses.map((c) => c.versionId), actor.personId]);
    return { items: courses.map((c) => ({ ...c, lessons: lessons.filter((l) => l.courseVersionId === c.versionId) })) };
  }

  async lesson(actor: Actor, { params }: ArgsOf<typeof getLesson>) {
    const lesson = orProblem(await this.db.repo(Lesson).findOneBy({ id: params.lessonId }), 'curriculum.not-found');
    const version = await this.version(lesson.courseVersionId);
    const next = await this.db.repo(Lesson).findOneBy({ courseVersionId: lesson.courseVersionId, position: lesson.position + 1 });
    const seen = await this.db.repo(CardSeen).findBy({ lessonId: lesson.id, personId: actor.personId });
    return { ...lesson, trainerNote: actor.can('class.run') ? lesson.trainerNote : null, courseSlug: version.slug, courseTitle: version.title, seen: seen.map((s) => s.card), next: next && { id: next.id, title: next.title } };
  }

  async markCards(actor: Actor, { params, body }: ArgsOf<typeof markCards>) {
    const lesson = orProblem(await this.db.repo(Lesson).findOneBy({ id: params.lessonId }), 'curriculum.not-found');
    const known = new Set(lesson.cards.map((c) => c.slug));
    if (body.cards.some((c) => !known.has(c))) throw problem('curriculum.not-found');
    const rows = [...new Set(body.cards)].map((card) => ({ personId: actor.personId, lessonId: lesson.id, card, at: clock.now() }));
    await this.db.repo(CardSeen).createQueryBuilder().insert().values(rows).orIgnore().execute();
    return {};
  }

  /** The newest version of each course. */
  current(): Promise<CourseHead[]> {
    return this.db.rows<CourseHead>(
      `select distinct on (c.slug) c.slug, v.id as "versionId", v.number, v.title, v.aim, v.hours from course c join course_version v on v.course_id = c.id order by c.slug, v.number desc`);
  }

  async version(id: string): Promise<CourseHead> {
    const [row] = await this.db.rows<CourseHead>('select c.slug, v.id as "versionId", v.number, v.title, v.aim, v.hours from course c join course_version v on v.course_id = c.id where v.id = $1', [id]);
    return orProblem(row, 'curriculum.not-found');
  }

  /** The newest version of one course. */
  async currentOf(slug: string): Promise<CourseHead> {
    return orProblem((await this.current()).find((c) => c.slug === slug), 'curriculum.not-found');
  }
}
