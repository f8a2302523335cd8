import { Controller } from '@nestjs/common';
import * as contract from '@lantoa/shared/account';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { DirectoryService } from '#modules/organisation';
import { ActivationService } from './activation.service.ts';
import { SecondStepService } from './second-step.service.ts';

/** How somebody gets in, changed by themselves. */
@Controller()
export class AccountController {
  constructor(private readonly secondStep: SecondStepService, private readonly activation: ActivationService, private readonly directory: DirectoryService) {}

  @Handles(contract.getSecondStep, 'self')
  getSecondStep(@By() actor: Actor) { return this.secondStep.state(actor.personId); }

  @Handles(contract.beginSecondStep, 'self')
  beginSecondStep(@By() actor: Actor, @Input(contract.beginSecondStep) input: ArgsOf<typeof contract.beginSecondStep>) { return this.secondStep.begin(actor, input); }

  @Handles(contract.confirmSecondStep, 'self')
  confirmSecondStep(@By() actor: Actor, @Input(contract.confirmSecondStep) input: ArgsOf<typeof contract.confirmSecondStep>) { return this.secondStep.confirm(actor, input); }

  @Handles(contract.renewRecoveryCodes, 'self')
  renewRecoveryCodes(@By() actor: Actor, @Input(contract.renewRecoveryCodes) input: ArgsOf<typeof contract.renewRecoveryCodes>) { return this.secondStep.renew(actor, input); }

  @Handles(contract.endSecondStep, 'self')
  endSecondStep(@By() actor: Actor, @Input(contract.endSecondStep) input: ArgsOf<typeof contract.endSecondStep>) { return this.secondStep.end(actor, input); }

  @Handles(contract.removeSecondStep, 'role.grant')
  async removeSecondStep(@By() actor: Actor, @Input(contract.removeSecondStep) { params }: ArgsOf<typeof contract.removeSecondStep>) {
    await this.directory.mustSee(actor, params.personId, 'role.grant');
    return this.secondStep.remove(actor, params.personId);
  }

  @Handles(contract.changeSecret, 'self')
  changeSecret(@By() actor: Actor, @Input(contract.changeSecret) input: ArgsOf<typeof contract.changeSecret>) { return this.activation.change(actor, input); }
}
