import { Controller, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/audit';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { OversightService } from './oversight.service.ts';

@Controller()
export class OversightController {
  constructor(private readonly oversight: OversightService) {}

  @Handles(contract.listAudit, 'audit.read')
  listAudit(@By() actor: Actor, @Input(contract.listAudit) input: ArgsOf<typeof contract.listAudit>) { return this.oversight.list(actor, input); }

  @Handles(contract.exportAudit, 'audit.read')
  async exportAudit(@By() actor: Actor, @Input(contract.exportAudit) input: ArgsOf<typeof contract.exportAudit>) { return new StreamableFile(await this.oversight.export(actor, input), { type: contract.exportAudit.produces, disposition: 'attachment; filename="lan-toa-nhat-ky.csv"' }); }

  @Handles(contract.verifyAudit, 'audit.read')
  verifyAudit() { return this.oversight.verify(); }
}
