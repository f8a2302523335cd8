import { Module } from '@nestjs/common';
import { CascadeModule } from '#modules/cascade';
import { OrganisationModule } from '#modules/organisation';
import { PeopleModule } from '#modules/people';
import { TrainingModule } from '#modules/training';
import { ExportsService } from './exports.service.ts';
import { IndicatorSetsService } from './indicator-sets.service.ts';
import { ReportsController } from './reports.controller.ts';
import { ReportsQueries } from './reports.queries.ts';
import { ReportsService } from './reports.service.ts';

@Module({ imports: [CascadeModule, OrganisationModule, PeopleModule, TrainingModule], controllers: [ReportsController], providers: [ReportsService, ReportsQueries, ExportsService, IndicatorSetsService], exports: [ReportsService, ExportsService] })
export class ReportsModule {}
