import { Controller } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/organisation';
import * as merging from '@lantoa/shared/people-merge';
import * as changing from '@lantoa/shared/unit-changes';
import { type Actor, By, Handles, Input } from '#platform/http';
import { UnitChangesService } from './changes/unit-changes.service.ts';
import { DirectoryService } from './directory.service.ts';
import { DuplicatesService } from './duplicates.service.ts';
import { UnitsService } from './units.service.ts';

@Controller()
export class OrganisationController {
  constructor(private readonly units: UnitsService, private readonly directory: DirectoryService, private readonly duplicates: DuplicatesService, private readonly changes: UnitChangesService) {}

  @Handles(contract.listUnits, 'unit.read')
  listUnits(@Input(contract.listUnits) input: ArgsOf<typeof contract.listUnits>) { return this.units.list(input); }

  @Handles(contract.searchUnits, 'unit.read')
  searchUnits(@Input(contract.searchUnits) input: ArgsOf<typeof contract.searchUnits>) { return this.units.search(input); }

  @Handles(contract.getUnit, 'unit.read')
  getUnit(@Input(contract.getUnit) input: ArgsOf<typeof contract.getUnit>) { return this.units.get(input); }

  @Handles(contract.listPeople, 'person.read')
  listPeople(@By() actor: Actor, @Input(contract.listPeople) input: ArgsOf<typeof contract.listPeople>) { return this.directory.list(actor, input); }

  @Handles(contract.getPerson, 'person.read')
  getPerson(@By() actor: Actor, @Input(contract.getPerson) input: ArgsOf<typeof contract.getPerson>) { return this.directory.get(actor, input); }

  @Handles(contract.addPerson, 'person.write')
  addPerson(@By() actor: Actor, @Input(contract.addPerson) input: ArgsOf<typeof contract.addPerson>) { return this.directory.add(actor, input); }

  @Handles(contract.correctPerson, 'person.write')
  correctPerson(@By() actor: Actor, @Input(contract.correctPerson) input: ArgsOf<typeof contract.correctPerson>) { return this.directory.correct(actor, input); }

  @Handles(merging.listDuplicates, 'person.write')
  listDuplicates(@By() actor: Actor) { return this.duplicates.list(actor); }

  @Handles(merging.mergePeople, 'person.write')
  mergePeople(@By() actor: Actor, @Input(merging.mergePeople) input: ArgsOf<typeof merging.mergePeople>) { return this.duplicates.merge(actor, input); }

  @Handles(merging.listMerges, 'person.read')
  listMerges(@By() actor: Actor, @Input(merging.listMerges) input: ArgsOf<typeof merging.listMerges>) { return this.duplicates.merged(actor, input.params.personId); }

  @Handles(merging.undoMerge, 'person.write')
  undoMerge(@By() actor: Actor, @Input(merging.undoMerge) input: ArgsOf<typeof merging.undoMerge>) { return this.duplicates.undo(actor, input.params.mergeId); }

  @Handles(merging.keepApart, 'person.write')
  keepApart(@By() actor: Actor, @Input(merging.keepApart) input: ArgsOf<typeof merging.keepApart>) { return this.duplicates.apart(actor, input); }

  @Handles(changing.previewUnitChange, 'unit.change')
  previewUnitChange(@By() actor: Actor, @Input(changing.previewUnitChange) input: ArgsOf<typeof changing.previewUnitChange>) { return this.changes.preview(actor, input); }

  @Handles(changing.recordUnitChange, 'unit.change')
  recordUnitChange(@By() actor: Actor, @Input(changing.recordUnitChange) input: ArgsOf<typeof changing.recordUnitChange>) { return this.changes.record(actor, input); }

  @Handles(changing.undoUnitChange, 'unit.change')
  undoUnitChange(@By() actor: Actor, @Input(changing.undoUnitChange) input: ArgsOf<typeof changing.undoUnitChange>) { return this.changes.undo(actor, input); }

  @Handles(changing.listToPlace, 'unit.change')
  listToPlace(@By() actor: Actor, @Input(changing.listToPlace) input: ArgsOf<typeof changing.listToPlace>) { return this.changes.toPlace(actor, input); }

  @Handles(changing.placePeople, 'unit.change')
  placePeople(@By() actor: Actor, @Input(changing.placePeople) input: ArgsOf<typeof changing.placePeople>) { return this.changes.place(actor, input); }

  @Handles(changing.listUnitChanges, 'unit.change')
  listUnitChanges(@By() actor: Actor) { return this.changes.list(actor); }
}
