import { Module } from '@nestjs/common';
import { AccessModule } from '#modules/access';
import { CredentialsModule } from '#modules/credentials';
import { CurriculumModule } from '#modules/curriculum';
import { TrainingModule } from '#modules/training';
import { AwardingController } from './awarding.controller.ts';
import { BatchesQueries } from './batches.queries.ts';
import { BatchesService } from './batches.service.ts';

@Module({ imports: [AccessModule, CurriculumModule, CredentialsModule, TrainingModule], controllers: [AwardingController], providers: [BatchesService, BatchesQueries], exports: [BatchesService] })
export class AwardingModule {}
