import { Controller, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/credentials';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { CertificatesService } from './certificates.service.ts';
import { PapersService } from './papers/papers.service.ts';

@Controller()
export class CredentialsController {
  constructor(private readonly certificates: CertificatesService, private readonly papers: PapersService) {}

  @Handles(contract.listMyCertificates, 'self')
  listMyCertificates(@By() actor: Actor) { return this.certificates.mine(actor); }

  @Handles(contract.getPaper, 'self')
  async getPaper(@By() actor: Actor, @Input(contract.getPaper) { params }: ArgsOf<typeof contract.getPaper>) { return new StreamableFile(await this.papers.paper(actor, params.entryId), { type: contract.getPaper.produces }); }
}
