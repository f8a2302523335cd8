import { Controller, Req } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/hub';
import type { FastifyRequest } from 'fastify';
import { type Actor, By, Handles, Input } from '#platform/http';
import { HandOverService } from './hand-over.service.ts';
import { HubService } from './hub.service.ts';
import { KitsService } from './kits.service.ts';

@Controller()
export class HubController {
  constructor(private readonly hub: HubService, private readonly kits: KitsService, private readonly handOvers: HandOverService) {}

  @Handles(contract.getClassKit, 'class.run')
  getClassKit(@By() actor: Actor, @Input(contract.getClassKit) input: ArgsOf<typeof contract.getClassKit>) { return this.kits.kit(actor, input.params.classId); }

  @Handles(contract.handOverAttempt, 'class.run')
  handOverAttempt(@By() actor: Actor, @Input(contract.handOverAttempt) input: ArgsOf<typeof contract.handOverAttempt>) { return this.handOvers.attempt(actor, input); }

  @Handles(contract.getHub, 'public')
  getHub(@Req() request: FastifyRequest) { return this.hub.get(request.ip); }

  @Handles(contract.listMainClasses, 'public')
  listMainClasses(@Req() request: FastifyRequest, @Input(contract.listMainClasses) input: ArgsOf<typeof contract.listMainClasses>) { return this.hub.mainClasses(request.ip, input); }

  @Handles(contract.fetchClass, 'public')
  fetchClass(@Req() request: FastifyRequest, @Input(contract.fetchClass) input: ArgsOf<typeof contract.fetchClass>) { return this.hub.fetch(request.ip, input); }

  @Handles(contract.handOver, 'class.run')
  handOver(@By() actor: Actor, @Input(contract.handOver) input: ArgsOf<typeof contract.handOver>) { return this.hub.handOver(actor, input); }
}
