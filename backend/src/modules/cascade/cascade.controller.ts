import { Controller } from '@nestjs/common';
import * as contract from '@lantoa/shared/cascade';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as lineage from '@lantoa/shared/lineage';
import * as outlook from '@lantoa/shared/outlook';
import { MayBeStale } from '#platform/db';
import { type Actor, By, Handles, Input } from '#platform/http';
import { CascadeService } from './cascade.service.ts';
import { LineageService } from './lineage/door.ts';
import { OutlookService } from './outlook/door.ts';

@Controller()
export class CascadeController {
  constructor(private readonly cascade: CascadeService, private readonly lineage: LineageService, private readonly outlook: OutlookService) {}

  @Handles(contract.getCascade, 'cascade.read')
  @MayBeStale()
  getCascade(@By() actor: Actor, @Input(contract.getCascade) input: ArgsOf<typeof contract.getCascade>) { return this.cascade.cascade(actor, input); }

  @Handles(contract.getUnitTable, 'cascade.read')
  @MayBeStale()
  getUnitTable(@By() actor: Actor, @Input(contract.getUnitTable) input: ArgsOf<typeof contract.getUnitTable>) { return this.cascade.unitTable(actor, input); }

  @Handles(contract.getProgress, 'cascade.read')
  @MayBeStale()
  getProgress(@By() actor: Actor, @Input(contract.getProgress) input: ArgsOf<typeof contract.getProgress>) { return this.cascade.progress(actor, input); }

  @Handles(contract.getLosses, 'cascade.read')
  @MayBeStale()
  getLosses(@By() actor: Actor, @Input(contract.getLosses) input: ArgsOf<typeof contract.getLosses>) { return this.cascade.losses(actor, input); }

  @Handles(lineage.getLineage, 'cascade.read')
  getLineage(@By() actor: Actor, @Input(lineage.getLineage) input: ArgsOf<typeof lineage.getLineage>) { return this.lineage.lineage(actor, input); }

  @Handles(lineage.getOwnLineage, 'class.read')
  getOwnLineage(@By() actor: Actor) { return this.lineage.own(actor); }

  @Handles(lineage.getLineageClass, 'cascade.read')
  @MayBeStale()
  getLineageClass(@By() actor: Actor, @Input(lineage.getLineageClass) input: ArgsOf<typeof lineage.getLineageClass>) { return this.lineage.people(actor, input); }

  @Handles(lineage.getTrainers, 'cascade.read')
  @MayBeStale()
  getTrainers(@By() actor: Actor, @Input(lineage.getTrainers) input: ArgsOf<typeof lineage.getTrainers>) { return this.lineage.trainers(actor, input); }

  @Handles(outlook.getOutlook, 'cascade.read')
  @MayBeStale()
  getOutlook(@By() actor: Actor, @Input(outlook.getOutlook) input: ArgsOf<typeof outlook.getOutlook>) { return this.outlook.outlook(actor, input); }

  @Handles(outlook.getNext, 'cascade.read')
  getNext(@By() actor: Actor, @Input(outlook.getNext) input: ArgsOf<typeof outlook.getNext>) { return this.outlook.next(actor, input); }
}
