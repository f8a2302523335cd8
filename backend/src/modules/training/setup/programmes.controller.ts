import { Controller, StreamableFile } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/programmes';
import { listProgrammes } from '@lantoa/shared/training';
import { type Actor, By, Handles, Input } from '#platform/http';
import { ProgrammesService } from '../programmes.service.ts';
import { ProgrammeSetupService } from './programme-setup.service.ts';

@Controller()
export class ProgrammesController {
  constructor(private readonly programmes: ProgrammesService, private readonly setup: ProgrammeSetupService) {}

  @Handles(listProgrammes, 'class.read')
  listProgrammes() { return this.programmes.list(); }

  @Handles(contract.updateProgramme, 'programme.edit')
  updateProgramme(@By() actor: Actor, @Input(contract.updateProgramme) input: ArgsOf<typeof contract.updateProgramme>) { return this.setup.update(actor, input); }

  @Handles(contract.updateTier, 'programme.edit')
  updateTier(@By() actor: Actor, @Input(contract.updateTier) input: ArgsOf<typeof contract.updateTier>) { return this.setup.updateTier(actor, input); }

  @Handles(contract.listRules, 'class.read')
  listRules(@Input(contract.listRules) input: ArgsOf<typeof contract.listRules>) { return this.setup.rules(input.params.tierId); }

  @Handles(contract.setRule, 'programme.edit')
  setRule(@By() actor: Actor, @Input(contract.setRule) input: ArgsOf<typeof contract.setRule>) { return this.setup.setRule(actor, input); }

  @Handles(contract.listTargets, 'class.read')
  listTargets(@Input(contract.listTargets) input: ArgsOf<typeof contract.listTargets>) { return this.setup.targets(input.params.tierId); }

  @Handles(contract.previewTargets, 'programme.edit')
  previewTargets(@By() actor: Actor, @Input(contract.previewTargets) input: ArgsOf<typeof contract.previewTargets>) { return this.setup.previewTargets(actor, input); }

  @Handles(contract.applyTargets, 'programme.edit')
  applyTargets(@By() actor: Actor, @Input(contract.applyTargets) input: ArgsOf<typeof contract.applyTargets>) { return this.setup.applyTargets(actor, input); }

  @Handles(contract.getTargetsTemplate, 'class.read')
  async getTargetsTemplate(@Input(contract.getTargetsTemplate) { params }: ArgsOf<typeof contract.getTargetsTemplate>) {
    return new StreamableFile(await this.setup.template(params.tierId), { type: contract.getTargetsTemplate.produces, disposition: 'attachment; filename="chi-tieu.xlsx"' });
  }
}
