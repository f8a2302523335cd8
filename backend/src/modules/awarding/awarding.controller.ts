import { Controller, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/awarding';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { BatchPapersService } from './batch-papers.service.ts';
import { BatchViews } from './batch-views.ts';
import { BatchesService } from './batches.service.ts';
import { CandidatesService } from './candidates.service.ts';
import { RenewalsService } from './renewals.service.ts';

@Controller()
export class AwardingController {
  constructor(private readonly batches: BatchesService, private readonly views: BatchViews, private readonly candidates: CandidatesService, private readonly papers: BatchPapersService, private readonly renewals: RenewalsService) {}

  @Handles(contract.listCandidates, 'batch.prepare')
  listCandidates(@By() actor: Actor, @Input(contract.listCandidates) input: ArgsOf<typeof contract.listCandidates>) { return this.candidates.list(actor, input); }

  @Handles(contract.listBatches, 'register.read')
  listBatches(@By() actor: Actor) { return this.views.list(actor); }

  @Handles(contract.getBatch, 'register.read')
  getBatch(@By() actor: Actor, @Input(contract.getBatch) { params }: ArgsOf<typeof contract.getBatch>) { return this.views.get(actor, params.batchId); }

  @Handles(contract.listPlaces, 'register.read')
  listPlaces(@By() actor: Actor, @Input(contract.listPlaces) { params }: ArgsOf<typeof contract.listPlaces>) { return this.views.places(actor, params.batchId); }

  @Handles(contract.prepareBatch, 'batch.prepare')
  prepareBatch(@By() actor: Actor, @Input(contract.prepareBatch) input: ArgsOf<typeof contract.prepareBatch>) { return this.batches.prepare(actor, input); }

  @Handles(contract.approveBatch, 'batch.approve')
  approveBatch(@By() actor: Actor, @Input(contract.approveBatch) input: ArgsOf<typeof contract.approveBatch>) { return this.batches.approve(actor, input); }

  @Handles(contract.withdrawBatch, 'register.read')
  withdrawBatch(@By() actor: Actor, @Input(contract.withdrawBatch) input: ArgsOf<typeof contract.withdrawBatch>) { return this.batches.withdraw(actor, input); }

  @Handles(contract.previewBatch, 'register.read')
  previewBatch(@By() actor: Actor, @Input(contract.previewBatch) { params }: ArgsOf<typeof contract.previewBatch>) { return this.papers.preview(actor, params.batchId); }

  @Handles(contract.makeMissing, 'batch.prepare')
  makeMissing(@By() actor: Actor, @Input(contract.makeMissing) { params }: ArgsOf<typeof contract.makeMissing>) { return this.papers.makeMissing(actor, params.batchId); }

  @Handles(contract.printBatch, 'register.read')
  async printBatch(@By() actor: Actor, @Input(contract.printBatch) { params, query }: ArgsOf<typeof contract.printBatch>) { return new StreamableFile(await this.papers.print(actor, params.batchId, query), { type: contract.printBatch.produces }); }

  @Handles(contract.printHandOut, 'register.read')
  async printHandOut(@By() actor: Actor, @Input(contract.printHandOut) { params }: ArgsOf<typeof contract.printHandOut>) { return new StreamableFile(await this.papers.handOut(actor, params.batchId), { type: contract.printHandOut.produces }); }

  @Handles(contract.listLapsing, 'register.read')
  listLapsing(@By() actor: Actor, @Input(contract.listLapsing) input: ArgsOf<typeof contract.listLapsing>) { return this.renewals.list(actor, input); }

  @Handles(contract.markLapsingCalled, 'register.read')
  markLapsingCalled(@By() actor: Actor, @Input(contract.markLapsingCalled) input: ArgsOf<typeof contract.markLapsingCalled>) { return this.renewals.called(actor, input); }

  @Handles(contract.prepareRenewals, 'batch.prepare')
  prepareRenewals(@By() actor: Actor, @Input(contract.prepareRenewals) input: ArgsOf<typeof contract.prepareRenewals>) { return this.renewals.prepare(actor, input); }
}
