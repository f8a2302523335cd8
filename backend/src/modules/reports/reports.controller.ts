import { Controller, StreamableFile } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/reports';
import { MayBeStale } from '#platform/db';
import { type Actor, By, Handles, Input } from '#platform/http';
import { ExportsService } from './exports.service.ts';
import { IndicatorSetsService } from './indicator-sets.service.ts';
import { ReportsService } from './reports.service.ts';

@Controller()
export class ReportsController {
  constructor(private readonly reports: ReportsService, private readonly exports: ExportsService, private readonly sets: IndicatorSetsService) {}

  @Handles(contract.getReport, 'cascade.read')
  @MayBeStale()
  async getReport(@By() actor: Actor, @Input(contract.getReport) input: ArgsOf<typeof contract.getReport>) { return (await this.reports.report(actor, input)).table; }

  @Handles(contract.downloadReport, 'cascade.read')
  async downloadReport(@By() actor: Actor, @Input(contract.downloadReport) input: ArgsOf<typeof contract.downloadReport>) {
    const { bytes, name, type } = await this.exports.file(await this.reports.report(actor, input), input.query.format, { ...input.query, actor });
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"` });
  }

  @Handles(contract.listIndicatorSets, 'cascade.read')
  listIndicatorSets(@Input(contract.listIndicatorSets) input: ArgsOf<typeof contract.listIndicatorSets>) { return this.sets.list(input); }

  @Handles(contract.saveIndicatorSet, 'programme.edit')
  saveIndicatorSet(@By() actor: Actor, @Input(contract.saveIndicatorSet) input: ArgsOf<typeof contract.saveIndicatorSet>) { return this.sets.save(actor, input); }
}
