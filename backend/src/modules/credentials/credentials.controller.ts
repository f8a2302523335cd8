import { Controller, Req, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/credentials';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { FastifyRequest } from 'fastify';
import { type Actor, By, Handles, Input, Problem } from '#platform/http';
import { Limits } from '#modules/access';
import { CertificatesService } from './certificates.service.ts';
import { PapersService } from './papers.service.ts';
import { RegisterService } from './register.service.ts';
import { resultPage } from './verification.page.ts';
import { VerificationService } from './verification.service.ts';

@Controller()
export class CredentialsController {
  constructor(private readonly register: RegisterService, private readonly certificates: CertificatesService, private readonly papers: PapersService, private readonly verification: VerificationService, private readonly limits: Limits) {}

  @Handles(contract.listMyCertificates, 'self')
  listMyCertificates(@By() actor: Actor) { return this.certificates.mine(actor); }

  @Handles(contract.getPaper, 'self')
  async getPaper(@By() actor: Actor, @Input(contract.getPaper) { params }: ArgsOf<typeof contract.getPaper>) { return new StreamableFile(await this.papers.paper(actor, params.entryId), { type: contract.getPaper.produces }); }

  @Handles(contract.listRegister, 'register.read')
  listRegister(@By() actor: Actor, @Input(contract.listRegister) input: ArgsOf<typeof contract.listRegister>) { return this.register.list(actor, input); }

  @Handles(contract.verifyRegister, 'register.read')
  verifyRegister() { return this.register.verify(); }

  @Handles(contract.revokeEntry, 'batch.approve')
  revokeEntry(@By() actor: Actor, @Input(contract.revokeEntry) input: ArgsOf<typeof contract.revokeEntry>) { return this.register.revoke(actor, input); }

  @Handles(contract.verifyByToken, 'public')
  verifyByToken(@Input(contract.verifyByToken) { params }: ArgsOf<typeof contract.verifyByToken>) { return this.verification.byToken(params.token); }

  @Handles(contract.verifyByNumber, 'public')
  async verifyByNumber(@Input(contract.verifyByNumber) { query }: ArgsOf<typeof contract.verifyByNumber>, @Req() request: FastifyRequest) {
    if (!query.so || !query.ten) return this.verification.form();
    try {
      await this.limits.spend('verify', request.ip);
    } catch (e) {
      if (e instanceof Problem) return resultPage({ kind: 'too-many', minutes: Number(e.params?.minutes ?? 10) }, new Date());
      throw e;
    }
    return this.verification.byNumber(query.so, query.ten);
  }
}
