import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CourseContent } from '@lantoa/shared/curriculum';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { Outbox } from '#platform/outbox';
import { Course, CourseVersion, Lesson } from './course.entity.ts';
import { contentHash } from './course-folder.ts';

/** Writes versions: both doors, files and editor, end here. */
@Injectable()
export class Publishing {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly outbox: Outbox) {}

  /** The course of a slug, made when there is none; held until the transaction ends. */
  async course(slug: string): Promise<Course> {
    await this.db.lock(`course:${slug}`);
    return (await this.db.repo(Course).findOneBy({ slug })) ?? this.db.repo(Course).save({ id: randomUUID(), slug });
  }

  /** Writes the next version and tells the news. @returns its id */
  async publish(actor: Pick<Actor, 'personId'> | null, course: Course, content: CourseContent, source: 'files' | 'editor'): Promise<string> {
    const last = await this.db.repo(CourseVersion).findOne({ where: { courseId: course.id }, order: { number: 'DESC' } });
    const { lessons, ...head } = content;
    const version = { id: randomUUID(), courseId: course.id, number: (last?.number ?? 0) + 1, ...head, source, contentHash: contentHash(content), publishedAt: clock.now(), publishedBy: actor?.personId ?? null };
    await this.db.repo(CourseVersion).insert(version);
    await this.db.repo(Lesson).insert(lessons.map(({ note, check, ...l }, i) => ({ id: randomUUID(), courseVersionId: version.id, position: i + 1, ...l, trainerNote: note, checkSlug: check })));
    await this.audit.record(actor, 'course.published', { type: 'course', id: course.id }, { slug: course.slug, number: version.number, source });
    await this.outbox.emit('course-published', { courseSlug: course.slug, versionId: version.id });
    return version.id;
  }
}
