import { Module } from '@nestjs/common';
import { SyncController } from './sync.controller.ts';
import { SyncService } from './sync.service.ts';

@Module({ controllers: [SyncController], providers: [SyncService] })
export class SyncModule {}
