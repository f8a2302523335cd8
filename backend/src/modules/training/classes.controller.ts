import { Controller } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/training';
import { type Actor, By, Handles, Input } from '#platform/http';
import { ClassTestsService } from './class-tests.service.ts';
import { ClassesService } from './classes.service.ts';
import { OpeningService } from './opening.service.ts';
import { ReportsService } from './reports.service.ts';

@Controller()
export class ClassesController {
  constructor(private readonly classes: ClassesService, private readonly opening: OpeningService, private readonly tests: ClassTestsService, private readonly reports: ReportsService) {}

  @Handles(contract.listClasses, 'class.read')
  listClasses(@By() actor: Actor) { return this.classes.list(actor); }

  @Handles(contract.openClass, 'class.open')
  openClass(@By() actor: Actor, @Input(contract.openClass) input: ArgsOf<typeof contract.openClass>) { return this.opening.open(actor, input); }

  @Handles(contract.getClass, 'class.read')
  getClass(@By() actor: Actor, @Input(contract.getClass) input: ArgsOf<typeof contract.getClass>) { return this.classes.detail(actor, input.params.classId); }

  @Handles(contract.moveClass, 'class.read')
  moveClass(@By() actor: Actor, @Input(contract.moveClass) input: ArgsOf<typeof contract.moveClass>) { return this.reports.move(actor, input); }

  @Handles(contract.getChecks, 'class.read')
  getChecks(@By() actor: Actor, @Input(contract.getChecks) input: ArgsOf<typeof contract.getChecks>) { return this.classes.checks(actor, input.params.classId); }

  @Handles(contract.openTest, 'class.run')
  openTest(@By() actor: Actor, @Input(contract.openTest) input: ArgsOf<typeof contract.openTest>) { return this.tests.open(actor, input); }

  @Handles(contract.closeTest, 'class.run')
  closeTest(@By() actor: Actor, @Input(contract.closeTest) input: ArgsOf<typeof contract.closeTest>) { return this.tests.close(actor, input); }

  @Handles(contract.getResults, 'class.read')
  getResults(@By() actor: Actor, @Input(contract.getResults) input: ArgsOf<typeof contract.getResults>) { return this.reports.resultsFor(actor, input.params.classId); }

  @Handles(contract.getReport, 'class.read')
  getReport(@By() actor: Actor, @Input(contract.getReport) input: ArgsOf<typeof contract.getReport>) { return this.reports.report(actor, input.params.classId); }

  @Handles(contract.submitReport, 'class.run')
  submitReport(@By() actor: Actor, @Input(contract.submitReport) input: ArgsOf<typeof contract.submitReport>) { return this.reports.submit(actor, input); }
}
