import { Module } from '@nestjs/common';
import { AccessModule } from '#modules/access';
import { CredentialsModule } from '#modules/credentials';
import { CurriculumModule } from '#modules/curriculum';
import { TrainingModule } from '#modules/training';
import { AwardingController } from './awarding.controller.ts';
import { BatchPapersService } from './batch-papers.service.ts';
import { BatchStore } from './batch-store.ts';
import { BatchViews } from './batch-views.ts';
import { BatchesQueries } from './batches.queries.ts';
import { BatchesService } from './batches.service.ts';
import { CandidatesService } from './candidates.service.ts';
import { HandOutPrints } from './hand-out-prints.ts';
import { IssuingService } from './issuing.service.ts';
import { RenewalsService } from './renewals.service.ts';

@Module({
  imports: [AccessModule, CurriculumModule, CredentialsModule, TrainingModule], controllers: [AwardingController],
  providers: [BatchesService, BatchesQueries, BatchViews, BatchStore, CandidatesService, IssuingService, BatchPapersService, HandOutPrints, RenewalsService], exports: [BatchesService, RenewalsService],
})
export class AwardingModule {}
