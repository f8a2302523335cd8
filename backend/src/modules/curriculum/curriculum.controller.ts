import { Controller, Res, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { FastifyReply } from 'fastify';
import { type Actor, By, Handles, Input } from '#platform/http';
import { CoursesService } from './courses.service.ts';
import { KitsService } from './kits.service.ts';
import { PicturesService } from './pictures.service.ts';
import { RecordingsService } from './recordings.service.ts';

/** What readers and trainers ask of courses. */
@Controller()
export class CurriculumController {
  constructor(private readonly courses: CoursesService, private readonly kits: KitsService, private readonly pictures: PicturesService, private readonly recordings: RecordingsService) {}

  @Handles(contract.listCourses, 'self')
  listCourses(@By() actor: Actor) { return this.courses.list(actor); }

  @Handles(contract.getLesson, 'self')
  getLesson(@By() actor: Actor, @Input(contract.getLesson) input: ArgsOf<typeof contract.getLesson>) { return this.courses.lesson(actor, input); }

  @Handles(contract.markCards, 'self')
  markCards(@By() actor: Actor, @Input(contract.markCards) input: ArgsOf<typeof contract.markCards>) { return this.courses.markCards(actor, input); }

  @Handles(contract.printKit, 'course.read')
  async printKit(@Input(contract.printKit) { params }: ArgsOf<typeof contract.printKit>) { return file(await this.kits.pdf(params.courseSlug), contract.printKit.produces, `${params.courseSlug}.pdf`); }

  @Handles(contract.editableKit, 'course.read')
  async editableKit(@Input(contract.editableKit) { params }: ArgsOf<typeof contract.editableKit>) { return file(await this.kits.document(params.courseSlug), contract.editableKit.produces, `${params.courseSlug}.docx`); }

  @Handles(contract.getMedia, 'public')
  async getMedia(@Input(contract.getMedia) { params }: ArgsOf<typeof contract.getMedia>, @Res({ passthrough: true }) reply: FastifyReply) {
    const { bytes, type, sha256 } = await this.pictures.read(params.courseSlug, params.file);
    void reply.headers({ 'content-type': type, 'cache-control': 'public, max-age=86400', etag: `"${sha256.slice(0, 32)}"`, 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" });
    return new StreamableFile(bytes, { type });
  }

  @Handles(contract.getRecording, 'self')
  async getRecording(@Input(contract.getRecording) { params }: ArgsOf<typeof contract.getRecording>, @Res({ passthrough: true }) reply: FastifyReply) {
    const { bytes, type } = await this.recordings.bytes(params.recordingId);
    void reply.headers({ 'content-type': type, 'cache-control': 'private, max-age=31536000, immutable' });
    return new StreamableFile(bytes, { type });
  }
}

const file = (bytes: Uint8Array, type: string | undefined, name: string): StreamableFile => new StreamableFile(bytes, { type: type ?? 'application/octet-stream', disposition: `attachment; filename="${name}"` });
