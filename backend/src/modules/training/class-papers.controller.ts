import { Controller, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/class-papers';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { ClassRefreshersService } from './class-refreshers.service.ts';
import { IdentitiesService } from './identities.service.ts';
import { PlanningService } from './planning.service.ts';
import { ClassPrintsService } from './prints/class-prints.service.ts';
import { SlipPrintsService } from './prints/slip-prints.service.ts';
import { TeachBackService } from './teach-back.service.ts';

const pdf = (bytes: Uint8Array, name: string) => new StreamableFile(bytes, { type: 'application/pdf', disposition: `inline; filename="${name}.pdf"` });

@Controller()
export class ClassPapersController {
  constructor(private readonly prints: ClassPrintsService, private readonly slips: SlipPrintsService, private readonly planning: PlanningService, private readonly teachBacks: TeachBackService, private readonly refreshers: ClassRefreshersService, private readonly identities: IdentitiesService) {}

  @Handles(contract.getPlanHelp, 'class.open')
  getPlanHelp(@Input(contract.getPlanHelp) input: ArgsOf<typeof contract.getPlanHelp>) { return this.planning.help(input); }

  @Handles(contract.printClassSlips, 'slip.issue')
  async printClassSlips(@By() actor: Actor, @Input(contract.printClassSlips) input: ArgsOf<typeof contract.printClassSlips>) { return pdf(await this.slips.ofClass(actor, input), 'phieu-kich-hoat'); }

  @Handles(contract.printSlips, 'slip.issue')
  async printSlips(@By() actor: Actor, @Input(contract.printSlips) input: ArgsOf<typeof contract.printSlips>) { return pdf(await this.slips.ofPeople(actor, input), 'phieu-kich-hoat'); }

  @Handles(contract.printSignInSheet, 'class.read')
  async printSignInSheet(@By() actor: Actor, @Input(contract.printSignInSheet) input: ArgsOf<typeof contract.printSignInSheet>) { return pdf(await this.prints.signInSheet(actor, input.params.sessionId), 'bang-ky-ten'); }

  @Handles(contract.printReport, 'class.read')
  async printReport(@By() actor: Actor, @Input(contract.printReport) input: ArgsOf<typeof contract.printReport>) { return pdf(await this.prints.report(actor, input.params.classId), 'bao-cao-lop'); }

  @Handles(contract.printRoomPoster, 'class.run')
  async printRoomPoster(@By() actor: Actor, @Input(contract.printRoomPoster) input: ArgsOf<typeof contract.printRoomPoster>) { return pdf(await this.prints.poster(actor, input), 'to-dan-phong'); }

  @Handles(contract.printPaperTest, 'class.run')
  async printPaperTest(@By() actor: Actor, @Input(contract.printPaperTest) input: ArgsOf<typeof contract.printPaperTest>) { return pdf(await this.prints.paperTest(actor, input), 'phieu-kiem-tra'); }

  @Handles(contract.getTeachBack, 'class.read')
  getTeachBack(@By() actor: Actor, @Input(contract.getTeachBack) input: ArgsOf<typeof contract.getTeachBack>) { return this.teachBacks.sheet(actor, input.params.classId); }

  @Handles(contract.saveTeachBack, 'class.run')
  saveTeachBack(@By() actor: Actor, @Input(contract.saveTeachBack) input: ArgsOf<typeof contract.saveTeachBack>) { return this.teachBacks.save(actor, input); }

  @Handles(contract.makeRefresher, 'class.run')
  makeRefresher(@By() actor: Actor, @Input(contract.makeRefresher) input: ArgsOf<typeof contract.makeRefresher>) { return this.refreshers.make(actor, input.params.classId); }

  @Handles(contract.listToMatch, 'class.read')
  listToMatch(@By() actor: Actor, @Input(contract.listToMatch) input: ArgsOf<typeof contract.listToMatch>) { return this.identities.list(actor, input.params.classId); }

  @Handles(contract.settleIdentity, 'class.run')
  settleIdentity(@By() actor: Actor, @Input(contract.settleIdentity) input: ArgsOf<typeof contract.settleIdentity>) { return this.identities.settle(actor, input); }
}
