import { Module } from '@nestjs/common';
import { PeopleModule } from '#modules/people';
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
  providers: [DuplicatesService, UnitsQueries, UnitsService, UnitsImporter, PostingsService, DirectoryService],
  exports: [UnitsService, UnitsImporter, PostingsService, DirectoryService],
})
export class OrganisationModule {}
