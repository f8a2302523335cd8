import { Controller, Req } from '@nestjs/common';
import * as contract from '@lantoa/shared/credentials';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { FastifyRequest } from 'fastify';
import * as clock from '#platform/clock';
import { type Actor, By, Handles, Input, Problem, problem } from '#platform/http';
import { Limits } from '#modules/access';
import { ForgeriesService } from './forgeries.service.ts';
import { forgeryPage, formPage, resultPage } from './verification.page.ts';
import { type Outcome, VerificationService } from './verification.service.ts';

@Controller()
export class CheckController {
  constructor(private readonly verification: VerificationService, private readonly forgeries: ForgeriesService, private readonly limits: Limits) {}

  @Handles(contract.verifyByToken, 'public')
  async verifyByToken(@Input(contract.verifyByToken) { params }: ArgsOf<typeof contract.verifyByToken>) { return this.page(await this.verification.ask(params, 'code')); }

  @Handles(contract.verifyByNumber, 'public')
  async verifyByNumber(@Input(contract.verifyByNumber) { query: { so, ten } }: ArgsOf<typeof contract.verifyByNumber>, @Req() request: FastifyRequest) {
    return so && ten ? this.page(await this.limited(request.ip, () => this.verification.ask({ number: so, name: ten }, 'form'))) : formPage(this.verification.host);
  }

  @Handles(contract.verifyByMachine, 'public')
  async verifyByMachine(@Input(contract.verifyByMachine) { query: q }: ArgsOf<typeof contract.verifyByMachine>, @Req() request: FastifyRequest) {
    if (q.token) return this.verification.answer({ token: q.token });
    if (!q.number || !q.name) throw problem('credentials.number-and-name');
    await this.limits.spend('verify', request.ip);
    return this.verification.answer({ number: q.number, name: q.name });
  }

  @Handles(contract.forgeryForm, 'public')
  forgeryForm(@Input(contract.forgeryForm) { query }: ArgsOf<typeof contract.forgeryForm>) { return forgeryPage(this.verification.host, { number: query.so ?? '' }); }

  @Handles(contract.reportForgery, 'public')
  async reportForgery(@Input(contract.reportForgery) input: ArgsOf<typeof contract.reportForgery>, @Req() request: FastifyRequest) {
    const tired = await this.limited(request.ip, async () => { await this.forgeries.report(input); return null; });
    return tired ? this.page(tired) : forgeryPage(this.verification.host, { phone: await this.verification.phone() });
  }

  @Handles(contract.listForgeryReports, 'register.read')
  listForgeryReports(@By() actor: Actor) { return this.forgeries.list(actor); }

  @Handles(contract.closeForgeryReport, 'batch.prepare')
  closeForgeryReport(@By() actor: Actor, @Input(contract.closeForgeryReport) input: ArgsOf<typeof contract.closeForgeryReport>) { return this.forgeries.close(actor, input); }

  private page(outcome: Outcome): string {
    return resultPage(outcome, clock.now(), this.verification.host);
  }

  /** Too many tries are an outcome of their own, with its own words, and no fault of the paper. */
  private async limited<T>(ip: string, work: () => Promise<T>): Promise<T | Extract<Outcome, { kind: 'too-many' }>> {
    try {
      await this.limits.spend('verify', ip);
    } catch (e) {
      if (e instanceof Problem) return { kind: 'too-many', minutes: Number(e.params?.minutes ?? 10) };
      throw e;
    }
    return work();
  }
}
