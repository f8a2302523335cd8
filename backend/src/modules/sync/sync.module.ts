import { Module } from '@nestjs/common';
import { TrainingModule } from '#modules/training';
import { SyncController } from './sync.controller.ts';
import { SyncService } from './sync.service.ts';
import { UnsentService } from './unsent.service.ts';

@Module({ imports: [TrainingModule], controllers: [SyncController], providers: [SyncService, UnsentService] })
export class SyncModule {}
