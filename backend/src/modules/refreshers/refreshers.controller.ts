import { Controller } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/refreshers';
import { type Actor, By, Handles, Input } from '#platform/http';
import { CampaignsService } from './campaigns.service.ts';
import { RecallService } from './recall.service.ts';
import { RefreshersService } from './refreshers.service.ts';

@Controller()
export class RefreshersController {
  constructor(private readonly refreshers: RefreshersService, private readonly campaigns: CampaignsService, private readonly recalls: RecallService) {}

  @Handles(contract.listMyRefreshers, 'self')
  listMyRefreshers(@By() actor: Actor) { return this.refreshers.mine(actor); }

  @Handles(contract.noteReceived, 'self')
  noteReceived(@By() actor: Actor, @Input(contract.noteReceived) input: ArgsOf<typeof contract.noteReceived>) { return this.refreshers.received(actor, input); }

  @Handles(contract.startRefresher, 'self')
  startRefresher(@By() actor: Actor, @Input(contract.startRefresher) input: ArgsOf<typeof contract.startRefresher>) { return this.refreshers.start(actor, input); }

  @Handles(contract.compareRefresher, 'self')
  compareRefresher(@By() actor: Actor, @Input(contract.compareRefresher) input: ArgsOf<typeof contract.compareRefresher>) { return this.refreshers.compare(actor, input); }

  @Handles(contract.listReviews, 'self')
  listReviews(@By() actor: Actor) { return this.refreshers.reviews(actor); }

  @Handles(contract.listCalls, 'class.read')
  listCalls(@By() actor: Actor) { return this.refreshers.calls(actor); }

  @Handles(contract.noteCall, 'class.read')
  noteCall(@By() actor: Actor, @Input(contract.noteCall) input: ArgsOf<typeof contract.noteCall>) { return this.refreshers.called(actor, input); }

  @Handles(contract.getRecall, 'cascade.read')
  getRecall(@By() actor: Actor, @Input(contract.getRecall) input: ArgsOf<typeof contract.getRecall>) { return this.recalls.recall(actor, input); }

  @Handles(contract.listCampaigns, 'cascade.read')
  listCampaigns(@By() actor: Actor) { return this.campaigns.list(actor); }

  @Handles(contract.suggestCampaign, 'campaign.run')
  suggestCampaign(@By() actor: Actor, @Input(contract.suggestCampaign) input: ArgsOf<typeof contract.suggestCampaign>) { return this.campaigns.suggest(actor, input); }

  @Handles(contract.startCampaign, 'campaign.run')
  startCampaign(@By() actor: Actor, @Input(contract.startCampaign) input: ArgsOf<typeof contract.startCampaign>) { return this.campaigns.start(actor, input); }

  @Handles(contract.getCampaign, 'cascade.read')
  getCampaign(@By() actor: Actor, @Input(contract.getCampaign) input: ArgsOf<typeof contract.getCampaign>) { return this.campaigns.get(actor, input); }

  @Handles(contract.moveCampaign, 'campaign.run')
  moveCampaign(@By() actor: Actor, @Input(contract.moveCampaign) input: ArgsOf<typeof contract.moveCampaign>) { return this.campaigns.move(actor, input); }
}
