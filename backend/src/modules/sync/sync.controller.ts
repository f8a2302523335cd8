import { Controller } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/sync';
import { type Actor, By, Cookies, Handles, Input } from '#platform/http';
import { SyncService } from './sync.service.ts';
import { UnsentService } from './unsent.service.ts';

@Controller()
export class SyncController {
  constructor(private readonly service: SyncService, private readonly unsent: UnsentService) {}

  @Handles(contract.sync, 'self')
  sync(@By() actor: Actor, @Cookies() cookie: string, @Input(contract.sync) input: ArgsOf<typeof contract.sync>) { return this.service.sync(actor, cookie, input); }

  @Handles(contract.listUnsent, 'class.read')
  listUnsent(@By() actor: Actor, @Input(contract.listUnsent) input: ArgsOf<typeof contract.listUnsent>) { return this.unsent.list(actor, input); }
}
