import { Injectable } from '@nestjs/common';
import type { CourseContent } from '@lantoa/shared/curriculum';
import { Db } from '#platform/db';
import { orProblem } from '#platform/http';
import { CourseVersion, Lesson } from './course.entity.ts';

export interface CourseHead { slug: string; courseId: string; versionId: string; number: number; position: number; title: string; aim: string; audience: string; hours: number; hasKit: boolean }

const HEAD = `c.slug, c.id as "courseId", v.id as "versionId", v.number, v.position, v.title, v.aim, v.audience, v.hours::float8 as hours, jsonb_array_length(v.kit -> 'plans') > 0 as "hasKit"`;

@Injectable()
export class CoursesQueries {
  constructor(private readonly db: Db) {}

  current(): Promise<CourseHead[]> {
    return this.db.rows<CourseHead>(`select * from (select distinct on (c.slug) ${HEAD} from course c join course_version v on v.course_id = c.id order by c.slug, v.number desc) x order by position, slug`);
  }

  heads(versionIds: string[]) {
    return this.db.rows<CourseHead>(`select ${HEAD} from course c join course_version v on v.course_id = c.id where v.id = any($1::uuid[])`, [versionIds]);
  }

  lessonRows(versionIds: string[]) {
    return this.db.rows<{ courseVersionId: string; id: string; slug: string; position: number; title: string; aim: string; minutes: number; sensitive: boolean; cards: number }>(
      `select l.course_version_id as "courseVersionId", l.id, l.slug, l.position, l.title, l.aim, l.minutes, l.sensitive, jsonb_array_length(l.cards) as cards
        from lesson l where l.course_version_id = any($1::uuid[]) order by l.position`, [versionIds]);
  }

  async version(id: string): Promise<CourseHead> {
    return orProblem((await this.heads([id]))[0], 'curriculum.not-found');
  }

  async content(versionId: string): Promise<CourseContent> {
    const { position, title, aim, audience, hours, kit } = await this.db.repo(CourseVersion).findOneByOrFail({ id: versionId });
    const lessons = await this.db.repo(Lesson).find({ where: { courseVersionId: versionId }, order: { position: 'ASC' } });
    return { position, title, aim, audience, hours: Number(hours), kit, lessons: lessons.map((l) => ({ slug: l.slug, title: l.title, aim: l.aim, minutes: l.minutes, note: l.trainerNote, sensitive: l.sensitive, check: l.checkSlug, cards: l.cards })) };
  }

  /** Every course with its newest version, if it has one, and its open draft, if there is one. */
  withDrafts() {
    return this.db.rows<{ slug: string; title: string; number: number | null; lessons: number; status: 'draft' | 'review' | 'returned' | null; hasKit: boolean }>(
      `select c.slug, coalesce(v.title, d.title, c.slug) as title, v.number, d.status, coalesce(jsonb_array_length(v.kit -> 'plans') > 0, false) as "hasKit",
          coalesce((select count(*) from lesson l where l.course_version_id = v.id), (select count(*) from lesson_draft l where l.draft_id = d.id))::int as lessons
        from course c left join lateral (select * from course_version v where v.course_id = c.id order by v.number desc limit 1) v on true
        left join course_draft d on d.course_id = c.id and d.status in ('draft', 'review', 'returned') order by v.number is null, v.position, c.slug`);
  }

  /** Versions of a course, newest first, with who published them. */
  versions(courseId: string) {
    return this.db.rows<{ id: string; number: number; title: string; source: 'files' | 'editor'; publishedAt: Date; publishedBy: string | null; lessons: number }>(
      `select v.id, v.number, v.title, v.source, v.published_at as "publishedAt", p.name as "publishedBy", (select count(*) from lesson l where l.course_version_id = v.id)::int as lessons
        from course_version v left join person p on p.id = v.published_by where v.course_id = $1 order by v.number desc`, [courseId]);
  }
}
