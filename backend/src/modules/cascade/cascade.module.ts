import { Module } from '@nestjs/common';
import { CredentialsModule } from '#modules/credentials';
import { OrganisationModule } from '#modules/organisation';
import { TrainingModule } from '#modules/training';
import { CascadeController } from './cascade.controller.ts';
import { CascadeQueries } from './cascade.queries.ts';
import { CascadeService } from './cascade.service.ts';

@Module({ imports: [OrganisationModule, CredentialsModule, TrainingModule], controllers: [CascadeController], providers: [CascadeService, CascadeQueries], exports: [CascadeService] })
export class CascadeModule {}
