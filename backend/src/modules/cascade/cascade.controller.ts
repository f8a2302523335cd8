import { Controller } from '@nestjs/common';
import * as contract from '@lantoa/shared/cascade';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { CascadeService } from './cascade.service.ts';

@Controller()
export class CascadeController {
  constructor(private readonly cascade: CascadeService) {}

  @Handles(contract.getCascade, 'cascade.read')
  getCascade(@By() actor: Actor, @Input(contract.getCascade) input: ArgsOf<typeof contract.getCascade>) { return this.cascade.cascade(actor, input); }

  @Handles(contract.getUnitTable, 'cascade.read')
  getUnitTable(@By() actor: Actor, @Input(contract.getUnitTable) input: ArgsOf<typeof contract.getUnitTable>) { return this.cascade.unitTable(actor, input); }

  @Handles(contract.getLosses, 'cascade.read')
  getLosses(@By() actor: Actor, @Input(contract.getLosses) input: ArgsOf<typeof contract.getLosses>) { return this.cascade.losses(actor, input); }

  @Handles(contract.getLineage, 'cascade.read')
  getLineage(@By() actor: Actor, @Input(contract.getLineage) input: ArgsOf<typeof contract.getLineage>) { return this.cascade.lineage(actor, input); }
}
