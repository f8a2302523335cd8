import { Module } from '@nestjs/common';
import { OversightController } from './oversight.controller.ts';
import { OversightQueries } from './oversight.queries.ts';
import { OversightService } from './oversight.service.ts';

@Module({ controllers: [OversightController], providers: [OversightQueries, OversightService] })
export class OversightModule {}
