import { Controller, Inject, Req, Res } from '@nestjs/common';
import * as contract from '@lantoa/shared/access';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '#platform/config';
import { type Actor, By, Handles, Input } from '#platform/http';
import { DirectoryService } from '#modules/organisation';
import { ActivationService } from './activation.service.ts';
import { forget, keep, originOf } from './cookie.ts';
import { RolesService } from './roles.service.ts';
import { SessionsService, type SignedIn } from './sessions.service.ts';

@Controller()
export class AccessController {
  constructor(@Inject(CONFIG) private readonly config: Config, private readonly sessions: SessionsService, private readonly activation: ActivationService, private readonly roles: RolesService, private readonly directory: DirectoryService) {}

  @Handles(contract.getSession, 'public')
  getSession(@By() actor: Actor | null) { return this.sessions.view(actor); }

  @Handles(contract.signIn, 'public')
  async signIn(@Input(contract.signIn) input: ArgsOf<typeof contract.signIn>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) { return this.welcome(reply, await this.sessions.signIn(input, originOf(request))); }

  @Handles(contract.signOut, 'self')
  async signOut(@By() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply) {
    if (actor.sessionId) await this.sessions.end(actor, actor.sessionId);
    forget(reply);
    return {};
  }

  @Handles(contract.checkSlip, 'public')
  checkSlip(@Input(contract.checkSlip) input: ArgsOf<typeof contract.checkSlip>, @Req() request: FastifyRequest) { return this.activation.check(input, originOf(request)); }

  @Handles(contract.activate, 'public')
  async activate(@Input(contract.activate) input: ArgsOf<typeof contract.activate>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) { return this.welcome(reply, await this.activation.activate(input, originOf(request))); }

  @Handles(contract.claimInstallation, 'public')
  async claimInstallation(@Input(contract.claimInstallation) input: ArgsOf<typeof contract.claimInstallation>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) { return this.welcome(reply, await this.activation.claim(input, originOf(request))); }

  @Handles(contract.issueSlips, 'slip.issue')
  async issueSlips(@By() actor: Actor, @Input(contract.issueSlips) input: ArgsOf<typeof contract.issueSlips>) {
    for (const id of input.body.personIds) await this.directory.mustSee(actor, id, 'slip.issue');
    return this.activation.issue(actor, input);
  }

  @Handles(contract.getAccount, 'person.read')
  async getAccount(@By() actor: Actor, @Input(contract.getAccount) input: ArgsOf<typeof contract.getAccount>) {
    await this.directory.mustSee(actor, input.params.personId, 'person.read');
    return this.activation.account(input.params.personId);
  }

  @Handles(contract.grantRole, 'role.grant')
  async grantRole(@By() actor: Actor, @Input(contract.grantRole) input: ArgsOf<typeof contract.grantRole>) {
    await this.directory.mustSee(actor, input.params.personId, 'role.grant');
    return this.roles.grant(actor, input);
  }

  @Handles(contract.endGrant, 'role.grant')
  endGrant(@By() actor: Actor, @Input(contract.endGrant) input: ArgsOf<typeof contract.endGrant>) { return this.roles.end(actor, input); }

  @Handles(contract.listDevices, 'self')
  listDevices(@By() actor: Actor) { return this.sessions.devices(actor); }

  @Handles(contract.signOutDevice, 'self')
  async signOutDevice(@By() actor: Actor, @Input(contract.signOutDevice) input: ArgsOf<typeof contract.signOutDevice>) {
    await this.sessions.end(actor, input.params.sessionId);
    return {};
  }

  private welcome(reply: FastifyReply, signedIn: SignedIn) {
    keep(reply, this.config, signedIn);
    return signedIn.session;
  }
}
