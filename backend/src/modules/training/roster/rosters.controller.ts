import { Controller, StreamableFile } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/training';
import { type Actor, By, Handles, Input } from '#platform/http';
import { EnrolmentsService } from '../enrolments.service.ts';
import { failedRowsSheet, rosterTemplate } from './roster-sheets.ts';
import { RostersService } from './rosters.service.ts';

@Controller()
export class RostersController {
  constructor(private readonly rosters: RostersService, private readonly enrolments: EnrolmentsService) {}

  @Handles(contract.listEnrolments, 'class.read')
  listEnrolments(@By() actor: Actor, @Input(contract.listEnrolments) input: ArgsOf<typeof contract.listEnrolments>) { return this.enrolments.list(actor, input.params.classId); }

  @Handles(contract.addEnrolment, 'class.run')
  addEnrolment(@By() actor: Actor, @Input(contract.addEnrolment) input: ArgsOf<typeof contract.addEnrolment>) { return this.enrolments.addOne(actor, input); }

  @Handles(contract.issueClassSlips, 'slip.issue')
  issueClassSlips(@By() actor: Actor, @Input(contract.issueClassSlips) input: ArgsOf<typeof contract.issueClassSlips>) { return this.enrolments.slips(actor, input); }

  @Handles(contract.readRoster, 'class.run')
  readRoster(@By() actor: Actor, @Input(contract.readRoster) input: ArgsOf<typeof contract.readRoster>) { return this.rosters.read(actor, input); }

  @Handles(contract.getRosterProgress, 'class.run')
  getRosterProgress(@By() actor: Actor, @Input(contract.getRosterProgress) input: ArgsOf<typeof contract.getRosterProgress>) { return this.rosters.progress(actor, input.params.rosterId); }

  @Handles(contract.mapRoster, 'class.run')
  mapRoster(@By() actor: Actor, @Input(contract.mapRoster) input: ArgsOf<typeof contract.mapRoster>) { return this.rosters.map(actor, input); }

  @Handles(contract.getRoster, 'class.run')
  getRoster(@By() actor: Actor, @Input(contract.getRoster) input: ArgsOf<typeof contract.getRoster>) { return this.rosters.get(actor, input.params.rosterId); }

  @Handles(contract.decideRoster, 'class.run')
  decideRoster(@By() actor: Actor, @Input(contract.decideRoster) input: ArgsOf<typeof contract.decideRoster>) { return this.rosters.decide(actor, input); }

  @Handles(contract.applyRoster, 'class.run')
  applyRoster(@By() actor: Actor, @Input(contract.applyRoster) input: ArgsOf<typeof contract.applyRoster>) { return this.rosters.apply(actor, input); }

  @Handles(contract.undoRoster, 'class.run')
  undoRoster(@By() actor: Actor, @Input(contract.undoRoster) input: ArgsOf<typeof contract.undoRoster>) { return this.rosters.undo(actor, input.params.rosterId); }

  @Handles(contract.getFailedRows, 'class.run')
  async getFailedRows(@By() actor: Actor, @Input(contract.getFailedRows) { params }: ArgsOf<typeof contract.getFailedRows>) {
    return new StreamableFile(await failedRowsSheet(await this.rosters.failedRows(actor, params.rosterId)), { type: contract.getFailedRows.produces, disposition: 'attachment; filename="dong-chua-nhap.xlsx"' });
  }

  @Handles(contract.getRosterTemplate, 'class.run')
  async getRosterTemplate() {
    return new StreamableFile(await rosterTemplate(), { type: contract.getRosterTemplate.produces, disposition: 'attachment; filename="mau-danh-sach.xlsx"' });
  }
}
