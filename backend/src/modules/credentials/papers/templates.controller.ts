import { Controller, StreamableFile } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/templates';
import { type Actor, By, Handles, Input } from '#platform/http';
import { PreviewsService } from './previews.service.ts';
import { TemplatesService } from './templates.service.ts';

@Controller()
export class TemplatesController {
  constructor(private readonly templates: TemplatesService, private readonly previews: PreviewsService) {}

  @Handles(contract.listTemplates, 'register.read')
  listTemplates(@By() actor: Actor) { return this.templates.list(actor); }

  @Handles(contract.makeTemplate, 'template.edit')
  makeTemplate(@By() actor: Actor, @Input(contract.makeTemplate) input: ArgsOf<typeof contract.makeTemplate>) { return this.templates.make(actor, input); }

  @Handles(contract.saveVersion, 'template.edit')
  saveVersion(@By() actor: Actor, @Input(contract.saveVersion) input: ArgsOf<typeof contract.saveVersion>) { return this.templates.save(actor, input); }

  @Handles(contract.useTemplate, 'template.edit')
  useTemplate(@By() actor: Actor, @Input(contract.useTemplate) input: ArgsOf<typeof contract.useTemplate>) { return this.templates.use(actor, input); }

  @Handles(contract.previewTemplate, 'register.read')
  previewTemplate(@Input(contract.previewTemplate) input: ArgsOf<typeof contract.previewTemplate>) { return this.previews.preview(input); }

  @Handles(contract.printTestSheet, 'register.read')
  async printTestSheet(@Input(contract.printTestSheet) input: ArgsOf<typeof contract.printTestSheet>) { return new StreamableFile(await this.previews.testSheet(input), { type: contract.printTestSheet.produces }); }

  @Handles(contract.addStampImage, 'template.seal')
  addStampImage(@By() actor: Actor, @Input(contract.addStampImage) input: ArgsOf<typeof contract.addStampImage>) { return this.templates.addImage(actor, input); }

  @Handles(contract.listStampImages, 'template.edit')
  listStampImages() { return this.templates.images(); }
}
