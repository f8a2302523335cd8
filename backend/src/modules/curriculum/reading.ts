import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { type CourseHead, CoursesQueries } from './courses.queries.ts';
import { type VersionSize, versionsToRead } from './reading.rules.ts';

interface Shown extends CourseHead { lessons: { courseVersionId: string; id: string; slug: string; position: number; title: string; aim: string; minutes: number; sensitive: boolean; cards: number }[] }

/** The list of courses as somebody reads it: the page that is opened most. A published version never changes, so what it holds is read once; who has seen what is asked each time. */
@Injectable()
export class Reading {
  private readonly shown = new Map<string, Shown>();

  constructor(private readonly db: Db, private readonly queries: CoursesQueries) {}

  async list(personId: string) {
    const seen = await this.db.prepared<{ versionId: string; lessonId: string; n: number }>(
      'select l.course_version_id as "versionId", s.lesson_id as "lessonId", count(*)::int as n from card_seen s join lesson l on l.id = s.lesson_id where s.person_id = $1 group by 1, 2', [personId]);
    const cardsSeen = new Map(seen.map((s) => [s.lessonId, s.n]));
    const ofVersion = new Map<string, number>();
    for (const s of seen) ofVersion.set(s.versionId, (ofVersion.get(s.versionId) ?? 0) + s.n);
    const shown = await this.versions();
    const items = versionsToRead(shown.map(sizeOf), ofVersion).map((id) => this.shown.get(id) as Shown);
    items.sort((a, b) => a.position - b.position || (a.slug < b.slug ? -1 : 1));
    return { items: items.map((c) => ({ ...c, lessons: c.lessons.map((l) => ({ ...l, cardsSeen: cardsSeen.get(l.id) ?? 0 })) })) };
  }

  /** All published versions; those that are new since the last time are read now. */
  private async versions(): Promise<Shown[]> {
    const ids = (await this.db.prepared<{ id: string }>('select id from course_version', [])).map((r) => r.id);
    const fresh = ids.filter((id) => !this.shown.has(id));
    if (fresh.length) {
      const lessons = await this.queries.lessonRows(fresh);
      for (const head of await this.queries.heads(fresh)) this.shown.set(head.versionId, { ...head, lessons: lessons.filter((l) => l.courseVersionId === head.versionId) });
    }
    return ids.map((id) => this.shown.get(id) as Shown);
  }
}

const sizeOf = (c: Shown): VersionSize => ({ courseId: c.courseId, versionId: c.versionId, number: c.number, cards: c.lessons.reduce((sum, l) => sum + l.cards, 0) });
