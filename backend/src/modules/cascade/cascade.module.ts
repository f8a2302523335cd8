import { Module } from '@nestjs/common';
import { OrganisationModule } from '#modules/organisation';
import { TrainingModule } from '#modules/training';
import { CascadeController } from './cascade.controller.ts';
import { CascadeQueries } from './cascade.queries.ts';
import { CascadeService } from './cascade.service.ts';
import { Ledger, LedgerNews, LedgerQueries } from './ledger/door.ts';
import { LineageQueries, LineageService } from './lineage/door.ts';
import { NeedsService, OutlookQueries, OutlookService } from './outlook/door.ts';
import { PlacesController, PlacesQueries, PlacesService, TileFigures } from './places/door.ts';
import { ScopesService } from './scopes.service.ts';

@Module({ imports: [OrganisationModule, TrainingModule], controllers: [CascadeController, PlacesController], providers: [CascadeService, CascadeQueries, ScopesService, Ledger, LedgerNews, LedgerQueries, LineageService, LineageQueries, OutlookService, OutlookQueries, NeedsService, PlacesService, PlacesQueries, TileFigures], exports: [CascadeService, ScopesService, Ledger, LineageService, OutlookService] })
export class CascadeModule {}
