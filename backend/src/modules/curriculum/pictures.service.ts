import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { addPicture } from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { Audit } from '#platform/audit';
import { CONFIG, type Config } from '#platform/config';
import { Db } from '#platform/db';
import { Files } from '#platform/files';
import { type Actor, orProblem, problem } from '#platform/http';
import { Course, CoursePicture } from './course.entity.ts';
import { extensions, mediaType, pictureFault } from './media.rules.ts';

/** Pictures of courses, from both doors, in the file store. */
@Injectable()
export class PicturesService {
  constructor(private readonly db: Db, private readonly files: Files, private readonly audit: Audit, @Inject(CONFIG) private readonly config: Config) {}

  /** Keeps pictures that came with files; one whose bytes are known is left alone. */
  async keep(courseId: string, pictures: ReadonlyMap<string, Buffer>): Promise<void> {
    const known = new Map((await this.db.repo(CoursePicture).findBy({ courseId })).map((p) => [p.file, p.sha256]));
    for (const [file, bytes] of pictures) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const type = mediaType(bytes);
      if (known.get(file) === sha256 || !type) continue;
      await this.files.put(keyOf(courseId, file), bytes, type);
      await this.db.repo(CoursePicture).upsert({ courseId, file, type, bytes: bytes.length, sha256 }, ['courseId', 'file']);
    }
  }

  /** Adds a picture under a name made from its content. */
  async add(actor: Actor, { params, body }: ArgsOf<typeof addPicture>): Promise<{ file: string; bytes: number }> {
    const course = orProblem(await this.db.repo(Course).findOneBy({ slug: params.courseSlug }), 'curriculum.not-found');
    const bytes = Buffer.from(body.contentBase64, 'base64');
    const file = this.nameOf(bytes);
    await this.db.transaction(async () => {
      await this.keep(course.id, new Map([[file, bytes]]));
      await this.audit.record(actor, 'picture.added', { type: 'course', id: course.id }, { file });
    });
    return { file, bytes: bytes.length };
  }

  /** The name that a picture's content gives it; refuses what is no picture, is too heavy or carries code. */
  nameOf(bytes: Buffer): string {
    const type = mediaType(bytes);
    const reason = pictureFault('', bytes);
    if (reason || !type) throw problem('curriculum.picture-refused', { reason: !type?.startsWith('image/') ? 'type' : bytes.length > 500_000 ? 'size' : 'unsafe', kilobytes: Math.ceil(bytes.length / 1000) });
    return `${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.${extensions[type]}`;
  }

  async read(courseSlug: string, file: string): Promise<{ bytes: Uint8Array; type: string; sha256: string }> {
    const [row] = await this.db.rows<{ courseId: string; type: string; sha256: string }>('select p.course_id as "courseId", p.type, p.sha256 from course_picture p join course c on c.id = p.course_id where c.slug = $1 and p.file = $2', [courseSlug, file]);
    const found = orProblem(row, 'curriculum.not-found');
    return { bytes: orProblem(await this.stored(courseSlug, { ...found, file }), 'curriculum.not-found'), type: found.type, sha256: found.sha256 };
  }

  /** Bytes of each picture of a course. */
  async weights(courseId: string): Promise<Map<string, number>> {
    return new Map((await this.db.repo(CoursePicture).findBy({ courseId })).map((p) => [p.file, p.bytes]));
  }

  /** The names that the pictures of a course have, by the SHA-256 of their bytes. */
  async namesOf(courseSlug: string): Promise<Map<string, string>> {
    const courseId = (await this.db.repo(Course).findOneBy({ slug: courseSlug }))?.id;
    if (!courseId) return new Map();
    return new Map((await this.db.repo(CoursePicture).findBy({ courseId })).map((p) => [p.sha256, p.file]));
  }

  /** All pictures of a course with their bytes. */
  async allOf(courseSlug: string): Promise<Map<string, Buffer>> {
    const courseId = (await this.db.repo(Course).findOneBy({ slug: courseSlug }))?.id ?? '';
    const rows = courseId ? await this.db.repo(CoursePicture).find({ where: { courseId }, order: { file: 'ASC' } }) : [];
    const read = await Promise.all(rows.map(async (p) => [p.file, await this.stored(courseSlug, p)] as const));
    return new Map(read.flatMap(([file, bytes]) => (bytes ? [[file, Buffer.from(bytes)] as const] : [])));
  }

  /** The bytes from the store; a picture that came with the program is also found in its content folder, should the store have lost it. */
  private async stored(courseSlug: string, p: { courseId: string; file: string; sha256: string }): Promise<Uint8Array | null> {
    const kept = await this.files.get(keyOf(p.courseId, p.file));
    if (kept) return kept;
    const shipped = await readFile(path.join(this.config.contentDir, 'courses', courseSlug, 'media', p.file)).catch(() => null);
    return shipped && createHash('sha256').update(shipped).digest('hex') === p.sha256 ? shipped : null;
  }
}

const keyOf = (courseId: string, file: string): string => `media/${courseId}/${file}`;
