import { Controller, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/assessment';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { ExchangeService } from './exchange.service.ts';

/** Questions and courses, in and out. */
@Controller()
export class ExchangeController {
  constructor(private readonly exchange: ExchangeService) {}

  @Handles(contract.previewQuestions, 'course.edit')
  previewQuestions(@By() actor: Actor, @Input(contract.previewQuestions) input: ArgsOf<typeof contract.previewQuestions>) { return this.exchange.questions(actor, input, false); }

  @Handles(contract.importQuestions, 'course.edit')
  importQuestions(@By() actor: Actor, @Input(contract.importQuestions) input: ArgsOf<typeof contract.importQuestions>) { return this.exchange.questions(actor, input, true); }

  @Handles(contract.exportGift, 'course.draft')
  async exportGift(@Input(contract.exportGift) { params }: ArgsOf<typeof contract.exportGift>) { return file(Buffer.from(await this.exchange.gift(params.courseSlug), 'utf8'), contract.exportGift.produces, `${params.courseSlug}.gift`); }

  @Handles(contract.exportMoodleXml, 'course.draft')
  async exportMoodleXml(@Input(contract.exportMoodleXml) { params }: ArgsOf<typeof contract.exportMoodleXml>) { return file(Buffer.from(await this.exchange.moodleXml(params.courseSlug), 'utf8'), contract.exportMoodleXml.produces, `${params.courseSlug}.xml`); }

  @Handles(contract.exportCourse, 'course.draft')
  async exportCourse(@Input(contract.exportCourse) { params }: ArgsOf<typeof contract.exportCourse>) { return file(await this.exchange.archive(params.courseSlug), contract.exportCourse.produces, `${params.courseSlug}.zip`); }

  @Handles(contract.previewCourse, 'course.edit')
  previewCourse(@Input(contract.previewCourse) input: ArgsOf<typeof contract.previewCourse>) { return this.exchange.preview(input); }

  @Handles(contract.importCourse, 'course.edit')
  importCourse(@By() actor: Actor, @Input(contract.importCourse) input: ArgsOf<typeof contract.importCourse>) { return this.exchange.import(actor, input); }
}

const file = (bytes: Uint8Array, type: string | undefined, name: string): StreamableFile => new StreamableFile(bytes, { type: type ?? 'application/octet-stream', disposition: `attachment; filename="${name.replace(/[^\w.-]/g, '')}"` });
