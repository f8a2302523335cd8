import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { addRecording, Card, decideRecording, LessonContent, Recording as RecordingView, Track } from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Files } from '#platform/files';
import { type Actor, orProblem, problem } from '#platform/http';
import { Course, CourseVersion } from './course.entity.ts';
import { CoursesQueries } from './courses.queries.ts';
import { Recording } from './draft.entity.ts';
import { LIMIT_BYTES, mediaType } from './media.rules.ts';
import { PicturesService } from './pictures.service.ts';

/** Cards read aloud: added by one person, let through by another, heard as long as the card still says what was read. */
@Injectable()
export class RecordingsService {
  constructor(private readonly db: Db, private readonly files: Files, private readonly audit: Audit, private readonly queries: CoursesQueries, private readonly pictures: PicturesService) {}

  async add(actor: Actor, { params, body }: ArgsOf<typeof addRecording>): Promise<RecordingView> {
    const course = await this.course(params.courseSlug);
    const card = orProblem((await this.newest(course)).flatMap((l) => l.cards.map((c) => ({ subject: `${l.slug}/${c.slug}`, card: c }))).find((c) => c.subject === body.subject), 'curriculum.not-found').card;
    const bytes = Buffer.from(body.contentBase64, 'base64');
    if (bytes.length > LIMIT_BYTES.audio) throw problem('curriculum.recording-too-large', { megabytes: Math.ceil(bytes.length / 1_000_000), max: LIMIT_BYTES.audio / 1_000_000 });
    const type = mediaType(bytes);
    if (!type?.startsWith('audio/')) throw problem('curriculum.recording-refused');
    const row = { id: randomUUID(), courseId: course.id, subject: body.subject, language: body.language, state: 'waiting' as const, textHash: wordsHash(card), type, bytes: bytes.length, seconds: body.seconds, speaker: body.speaker, consentedAt: clock.now(), recordedBy: actor.personId, at: clock.now(), decidedBy: null };
    await this.files.put(keyOf(row), bytes, type);
    await this.db.transaction(async () => {
      await this.db.repo(Recording).insert(row);
      await this.audit.record(actor, 'recording.added', { type: 'course', id: course.id }, { subject: body.subject, language: body.language });
    });
    return this.view(row.id);
  }

  /** Lets a recording be heard, or refuses it; never by the person who made it. */
  decide(actor: Actor, { params, body }: ArgsOf<typeof decideRecording>): Promise<RecordingView> {
    return this.db.transaction(async () => {
      const row = orProblem(await this.db.repo(Recording).findOne({ where: { id: params.recordingId }, lock: { mode: 'pessimistic_write' } }), 'curriculum.not-found');
      if (row.recordedBy === actor.personId) throw problem('curriculum.same-person');
      await this.db.repo(Recording).update({ id: row.id }, { state: body.approve ? 'approved' : 'refused', decidedBy: actor.personId });
      await this.audit.record(actor, body.approve ? 'recording.approved' : 'recording.refused', { type: 'recording', id: row.id });
      return this.view(row.id);
    });
  }

  async bytes(id: string): Promise<{ bytes: Uint8Array; type: string }> {
    const row = orProblem(await this.db.repo(Recording).findOneBy({ id }), 'curriculum.not-found');
    return { bytes: orProblem(await this.files.get(keyOf(row)), 'curriculum.not-found'), type: row.type };
  }

  /** What can be heard of each card of a lesson: per language the newest approved recording of the card's present words. */
  async tracksOf(courseId: string, lesson: string, cards: readonly Card[]): Promise<Map<string, Track[]>> {
    const rows = await this.db.repo(Recording).find({ where: cards.map((c) => ({ courseId, subject: subjectOf(lesson, c.slug), state: 'approved' as const, textHash: wordsHash(c) })), order: { at: 'DESC' } });
    const tracks = new Map<string, Track[]>();
    for (const r of rows) {
      const card = r.subject.split('/')[1] as string;
      const of = tracks.get(card) ?? [];
      if (!of.some((t) => t.language === r.language)) of.push({ language: r.language as Track['language'], url: addressOf(r.id), seconds: r.seconds, bytes: r.bytes });
      tracks.set(card, of);
    }
    return tracks;
  }

  /** The translation table: cards of the newest version (or of the open draft) and the newest recording per language. */
  async table(actor: Actor, courseSlug: string) {
    const course = await this.course(courseSlug);
    const lessons = await this.newest(course);
    const rows = lessons.flatMap((l) => l.cards.map((c) => ({ subject: `${l.slug}/${c.slug}`, lesson: l.slug, lessonTitle: l.title, title: c.title, text: c.text })));
    const ids = (await this.db.rows<{ id: string }>('select distinct on (subject, language) id from recording where course_id = $1 order by subject, language, at desc', [course.id])).map((r) => r.id);
    const items = await this.views(lessons, ids);
    return { rows, items: items.filter((i) => rows.some((r) => r.subject === i.subject)), pictureBytes: Object.fromEntries(await this.pictures.weights(course.id)), mayEdit: actor.can('course.edit'), mayDecide: actor.can('course.review') };
  }

  private async view(id: string): Promise<RecordingView> {
    const { courseId } = await this.db.repo(Recording).findOneByOrFail({ id });
    return (await this.views(await this.newest({ id: courseId }), [id]))[0] as RecordingView;
  }

  private async views(lessons: readonly LessonContent[], ids: string[]): Promise<RecordingView[]> {
    const words = new Map(lessons.flatMap((l) => l.cards.map((c) => [subjectOf(l.slug, c.slug), wordsHash(c)] as const)));
    const rows = await this.db.rows<Omit<RecordingView, 'at' | 'url' | 'stale'> & { at: Date; textHash: string }>(
      `select r.id, r.subject, r.language, r.state, r.seconds, r.bytes, r.speaker, r.at, r.text_hash as "textHash", p.name as "recordedBy" from recording r join person p on p.id = r.recorded_by where r.id = any($1::uuid[]) order by r.subject, r.language`, [ids]);
    return rows.map(({ textHash, at, ...r }) => ({ ...r, at: at.toISOString(), url: addressOf(r.id), stale: words.get(r.subject) !== textHash }));
  }

  private async course(slug: string): Promise<Course> {
    return orProblem(await this.db.repo(Course).findOneBy({ slug }), 'curriculum.not-found');
  }

  /** The lessons that people write or read now: of the open draft, else of the newest version. */
  private async newest(course: Pick<Course, 'id'>): Promise<LessonContent[]> {
    const drafted = await this.db.rows<{ content: LessonContent }>(
      `select l.content from lesson_draft l join course_draft d on d.id = l.draft_id where d.course_id = $1 and d.status in ('draft', 'review', 'returned') and l.removed_at is null order by l.position`, [course.id]);
    if (drafted.length) return drafted.map((d) => d.content);
    const version = await this.db.repo(CourseVersion).findOne({ where: { courseId: course.id }, order: { number: 'DESC' } });
    return version ? (await this.queries.content(version.id)).lessons : [];
  }
}

const subjectOf = (lesson: string, card: string): string => `${lesson}/${card}`;
const addressOf = (id: string): string => `/api/recordings/${id}/audio`;
const keyOf = (r: Pick<Recording, 'id' | 'courseId'>): string => `recordings/${r.courseId}/${r.id}`;
/** A recording says the title and the text; a new picture does not make it stale. */
const wordsHash = (c: Pick<Card, 'title' | 'text'>): string => createHash('sha256').update(`${c.title}\n${c.text}`).digest('hex');
