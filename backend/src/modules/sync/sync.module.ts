import { Module } from '@nestjs/common';
import { AssessmentModule } from '#modules/assessment';
import { TrainingModule } from '#modules/training';
import { HandOverService } from './hub/hand-over.service.ts';
import { HubController } from './hub/hub.controller.ts';
import { HubFacts } from './hub/hub-facts.ts';
import { HubService } from './hub/hub.service.ts';
import { KitsService } from './hub/kits.service.ts';
import { SyncController } from './sync.controller.ts';
import { SyncService } from './sync.service.ts';
import { UnsentService } from './unsent.service.ts';

@Module({ imports: [AssessmentModule, TrainingModule], controllers: [SyncController, HubController], providers: [SyncService, UnsentService, KitsService, HandOverService, HubService, HubFacts] })
export class SyncModule {}
