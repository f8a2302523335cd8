import { Controller, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/awarding';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { BatchesService } from './batches.service.ts';

@Controller()
export class AwardingController {
  constructor(private readonly batches: BatchesService) {}

  @Handles(contract.getEligibility, 'class.read')
  getEligibility(@By() actor: Actor, @Input(contract.getEligibility) input: ArgsOf<typeof contract.getEligibility>) { return this.batches.eligibility(actor, input); }

  @Handles(contract.listBatches, 'register.read')
  listBatches(@By() actor: Actor) { return this.batches.list(actor); }

  @Handles(contract.getBatch, 'register.read')
  getBatch(@By() actor: Actor, @Input(contract.getBatch) input: ArgsOf<typeof contract.getBatch>) { return this.batches.get(actor, input.params.batchId); }

  @Handles(contract.prepareBatch, 'batch.prepare')
  prepareBatch(@By() actor: Actor, @Input(contract.prepareBatch) input: ArgsOf<typeof contract.prepareBatch>) { return this.batches.prepare(actor, input); }

  @Handles(contract.approveBatch, 'batch.approve')
  approveBatch(@By() actor: Actor, @Input(contract.approveBatch) input: ArgsOf<typeof contract.approveBatch>) { return this.batches.approve(actor, input); }

  @Handles(contract.printBatch, 'register.read')
  async printBatch(@By() actor: Actor, @Input(contract.printBatch) { params }: ArgsOf<typeof contract.printBatch>) { return new StreamableFile(await this.batches.print(actor, params.batchId), { type: contract.printBatch.produces }); }
}
