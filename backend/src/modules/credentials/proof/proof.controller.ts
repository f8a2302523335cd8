import { Controller, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/credentials';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input, orProblem, PublicUrl } from '#platform/http';
import { BadgesService } from './badges.service.ts';
import { didOf } from './documents.ts';
import { DocumentsService } from './documents.service.ts';
import { KeysService } from './keys.service.ts';
import { StatusListsService } from './status-lists.service.ts';

const idOf = (file: string): string => file.slice(0, -'.json'.length);

@Controller()
export class ProofController {
  constructor(private readonly documents: DocumentsService, private readonly keys: KeysService, private readonly lists: StatusListsService, private readonly badges: BadgesService, private readonly url: PublicUrl) {}

  @Handles(contract.getIssuerKeys, 'public')
  async getIssuerKeys(@Input(contract.getIssuerKeys) { params }: ArgsOf<typeof contract.getIssuerKeys>) { return JSON.stringify(await this.keys.published(params.slug, didOf(this.url.value, params.slug))); }

  @Handles(contract.getSignedCredential, 'public')
  getSignedCredential(@Input(contract.getSignedCredential) { params }: ArgsOf<typeof contract.getSignedCredential>) { return this.documents.bytes('credential', idOf(params.file)); }

  @Handles(contract.getClassRecord, 'public')
  getClassRecord(@Input(contract.getClassRecord) { params }: ArgsOf<typeof contract.getClassRecord>) { return this.documents.bytes('class-record', idOf(params.file)); }

  @Handles(contract.getStatusList, 'public')
  async getStatusList(@Input(contract.getStatusList) { params }: ArgsOf<typeof contract.getStatusList>) { return orProblem(await this.lists.bytes(params.slug, params.number), 'credentials.not-found'); }

  @Handles(contract.getCredential, 'self')
  async getCredential(@By() actor: Actor, @Input(contract.getCredential) { params }: ArgsOf<typeof contract.getCredential>) { return this.badges.credential(actor, params.entryId); }

  @Handles(contract.getBadge, 'self')
  async getBadge(@By() actor: Actor, @Input(contract.getBadge) { params }: ArgsOf<typeof contract.getBadge>) { return new StreamableFile(await this.badges.png(actor, params.entryId), { type: contract.getBadge.produces }); }

  @Handles(contract.getBadgeSvg, 'self')
  getBadgeSvg(@By() actor: Actor, @Input(contract.getBadgeSvg) { params }: ArgsOf<typeof contract.getBadgeSvg>) { return this.badges.svg(actor, params.entryId); }
}
