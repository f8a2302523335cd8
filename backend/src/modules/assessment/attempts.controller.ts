import { Controller } from '@nestjs/common';
import * as contract from '@lantoa/shared/assessment';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { AttemptsService } from './attempts.service.ts';
import { FormsService } from './forms.service.ts';
import { SittingsService } from './sittings.service.ts';

@Controller()
export class AttemptsController {
  constructor(private readonly attempts: AttemptsService, private readonly sittings: SittingsService, private readonly forms: FormsService) {}

  @Handles(contract.listOpenSittings, 'self')
  listOpenSittings(@By() actor: Actor) { return this.sittings.waitingFor(actor); }

  @Handles(contract.listPractice, 'self')
  listPractice() { return this.forms.free(); }

  @Handles(contract.getPractice, 'self')
  getPractice(@Input(contract.getPractice) input: ArgsOf<typeof contract.getPractice>) { return this.attempts.practice(input); }

  @Handles(contract.startAttempt, 'self')
  startAttempt(@By() actor: Actor, @Input(contract.startAttempt) input: ArgsOf<typeof contract.startAttempt>) { return this.attempts.start(actor, input); }

  @Handles(contract.getAttempt, 'self')
  getAttempt(@By() actor: Actor, @Input(contract.getAttempt) input: ArgsOf<typeof contract.getAttempt>) { return this.attempts.get(actor, input); }

  @Handles(contract.saveAnswers, 'self')
  saveAnswers(@By() actor: Actor, @Input(contract.saveAnswers) input: ArgsOf<typeof contract.saveAnswers>) { return this.attempts.save(actor, input); }

  @Handles(contract.submitAttempt, 'self')
  submitAttempt(@By() actor: Actor, @Input(contract.submitAttempt) input: ArgsOf<typeof contract.submitAttempt>) { return this.attempts.submit(actor, input); }

  @Handles(contract.getResult, 'self')
  getResult(@By() actor: Actor, @Input(contract.getResult) input: ArgsOf<typeof contract.getResult>) { return this.attempts.result(actor, input); }
}
