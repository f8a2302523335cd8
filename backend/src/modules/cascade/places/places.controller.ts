import { Controller } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/places';
import { MayBeStale } from '#platform/db';
import { type Actor, By, Handles, Input } from '#platform/http';
import { PlacesService } from './places.service.ts';

@Controller()
export class PlacesController {
  constructor(private readonly places: PlacesService) {}

  @Handles(contract.getTiles, 'cascade.read')
  @MayBeStale()
  getTiles(@By() actor: Actor, @Input(contract.getTiles) input: ArgsOf<typeof contract.getTiles>) { return this.places.tiles(actor, input); }

  @Handles(contract.placeTiles, 'unit.change')
  placeTiles(@By() actor: Actor, @Input(contract.placeTiles) input: ArgsOf<typeof contract.placeTiles>) { return this.places.placeTiles(actor, input); }

  @Handles(contract.getPlaces, 'cascade.read')
  @MayBeStale()
  getPlaces(@By() actor: Actor, @Input(contract.getPlaces) input: ArgsOf<typeof contract.getPlaces>) { return this.places.places(actor, input); }

  @Handles(contract.listOverdue, 'cascade.read')
  @MayBeStale()
  listOverdue(@By() actor: Actor, @Input(contract.listOverdue) input: ArgsOf<typeof contract.listOverdue>) { return this.places.overdue(actor, input); }

  @Handles(contract.markCalled, 'cascade.read')
  markCalled(@By() actor: Actor, @Input(contract.markCalled) input: ArgsOf<typeof contract.markCalled>) { return this.places.markCalled(actor, input); }
}
