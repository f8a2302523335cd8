import { Module } from '@nestjs/common';
import { PeopleModule } from '#modules/people';
import { UnitChangesQueries } from './changes/unit-changes.queries.ts';
import { UnitChangesService } from './changes/unit-changes.service.ts';
import { UnitReformService } from './changes/unit-reform.service.ts';
import { UnitHeirs } from './changes/unit-heirs.ts';
import { DirectoryService } from './directory.service.ts';
import { DuplicatesService } from './duplicates.service.ts';
import { OrganisationController } from './organisation.controller.ts';
import { PostingsService } from './postings.service.ts';
import { UnitsImporter } from './units.importer.ts';
import { UnitsQueries } from './units.queries.ts';
import { UnitsService } from './units.service.ts';

@Module({
  imports: [PeopleModule],
  controllers: [OrganisationController],
  providers: [UnitChangesQueries, UnitChangesService, UnitReformService, UnitHeirs, DuplicatesService, UnitsQueries, UnitsService, UnitsImporter, PostingsService, DirectoryService],
  exports: [UnitChangesService, UnitReformService, UnitsService, UnitsImporter, PostingsService, DirectoryService],
})
export class OrganisationModule {}
