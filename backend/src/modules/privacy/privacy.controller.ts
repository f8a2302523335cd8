import { Controller, StreamableFile } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as incidents from '@lantoa/shared/incidents';
import * as contract from '@lantoa/shared/privacy';
import { type Actor, By, Handles, Input } from '#platform/http';
import { DirectoryService } from '#modules/organisation';
import { IncidentsService } from './incidents.service.ts';
import { OwnData } from './own-data.ts';
import { RequestsService } from './requests.service.ts';

const file = (bytes: Uint8Array) => new StreamableFile(bytes, { type: 'application/json', disposition: 'attachment; filename="lan-toa-du-lieu.json"' });

@Controller()
export class PrivacyController {
  constructor(private readonly requests: RequestsService, private readonly data: OwnData, private readonly directory: DirectoryService, private readonly breaches: IncidentsService) {}

  @Handles(contract.getMyData, 'self')
  getMyData(@By() actor: Actor) { return this.requests.mine(actor); }

  @Handles(contract.downloadMyData, 'self')
  async downloadMyData(@By() actor: Actor) { return file(await this.data.all(actor, actor.personId)); }

  @Handles(contract.askPrivacy, 'self')
  askPrivacy(@By() actor: Actor, @Input(contract.askPrivacy) { body }: ArgsOf<typeof contract.askPrivacy>) { return this.requests.ask(actor, actor.personId, body); }

  @Handles(contract.endConsent, 'self')
  endConsent(@By() actor: Actor, @Input(contract.endConsent) input: ArgsOf<typeof contract.endConsent>) { return this.requests.endConsent(actor, input); }

  @Handles(contract.listPrivacyRequests, 'privacy.run')
  listPrivacyRequests(@By() actor: Actor) { return this.requests.list(actor); }

  @Handles(contract.notePrivacyRequest, 'privacy.run')
  async notePrivacyRequest(@By() actor: Actor, @Input(contract.notePrivacyRequest) { params, body }: ArgsOf<typeof contract.notePrivacyRequest>) {
    await this.directory.mustSee(actor, params.personId, 'privacy.run');
    return this.requests.ask(actor, params.personId, body);
  }

  @Handles(contract.answerPrivacyRequest, 'privacy.run')
  answerPrivacyRequest(@By() actor: Actor, @Input(contract.answerPrivacyRequest) input: ArgsOf<typeof contract.answerPrivacyRequest>) { return this.requests.answer(actor, input); }

  @Handles(contract.prepareErasure, 'privacy.run')
  prepareErasure(@By() actor: Actor, @Input(contract.prepareErasure) input: ArgsOf<typeof contract.prepareErasure>) { return this.requests.prepare(actor, input); }

  @Handles(contract.confirmErasure, 'privacy.run')
  confirmErasure(@By() actor: Actor, @Input(contract.confirmErasure) input: ArgsOf<typeof contract.confirmErasure>) { return this.requests.confirm(actor, input); }

  @Handles(contract.downloadPersonData, 'privacy.run')
  async downloadPersonData(@By() actor: Actor, @Input(contract.downloadPersonData) { params }: ArgsOf<typeof contract.downloadPersonData>) {
    await this.directory.mustSee(actor, params.personId, 'privacy.run');
    return file(await this.data.all(actor, params.personId));
  }

  @Handles(incidents.listIncidents, 'privacy.run')
  listIncidents(@By() actor: Actor) { return this.breaches.list(actor); }

  @Handles(incidents.noteIncident, 'privacy.run')
  noteIncident(@By() actor: Actor, @Input(incidents.noteIncident) input: ArgsOf<typeof incidents.noteIncident>) { return this.breaches.note(actor, input); }

  @Handles(incidents.addIncidentStep, 'privacy.run')
  addIncidentStep(@By() actor: Actor, @Input(incidents.addIncidentStep) input: ArgsOf<typeof incidents.addIncidentStep>) { return this.breaches.add(actor, input); }
}
