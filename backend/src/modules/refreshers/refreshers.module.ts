import { Module } from '@nestjs/common';
import { AssessmentModule } from '#modules/assessment';
import { AwardingModule } from '#modules/awarding';
import { CascadeModule } from '#modules/cascade';
import { PeopleModule } from '#modules/people';
import { CampaignsQueries } from './campaigns.queries.ts';
import { CampaignsService } from './campaigns.service.ts';
import { DailyPlan } from './daily-plan.ts';
import { MemoryService } from './memory.service.ts';
import { PlanningService } from './planning.service.ts';
import { RecallService } from './recall.service.ts';
import { RefreshersController } from './refreshers.controller.ts';
import { RefreshersQueries } from './refreshers.queries.ts';
import { RefreshersService } from './refreshers.service.ts';
import { RefresherTests } from './refresher-tests.ts';

@Module({
  imports: [PeopleModule, AssessmentModule, CascadeModule, AwardingModule], controllers: [RefreshersController],
  providers: [MemoryService, PlanningService, DailyPlan, RefreshersQueries, RefreshersService, RefresherTests, CampaignsQueries, CampaignsService, RecallService], exports: [DailyPlan, MemoryService, CampaignsService],
})
export class RefreshersModule {}
