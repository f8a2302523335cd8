import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '#platform/config';
import { dataSourceOptions } from '#platform/db';
import { AccessModule } from '#modules/access';
import { AssessmentModule } from '#modules/assessment';
import { AwardingModule } from '#modules/awarding';
import { BackupsModule } from '#modules/backups';
import { CascadeModule } from '#modules/cascade';
import { CredentialsModule } from '#modules/credentials';
import { CurriculumModule } from '#modules/curriculum';
import { NotificationsModule } from '#modules/notifications';
import { OversightModule } from '#modules/oversight';
import { OrganisationModule } from '#modules/organisation';
import { PeopleModule } from '#modules/people';
import { PrivacyModule } from '#modules/privacy';
import { RefreshersModule } from '#modules/refreshers';
import { ReportsModule } from '#modules/reports';
import { SyncModule } from '#modules/sync';
import { TrainingModule } from '#modules/training';
import { entities } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { SystemController } from './system.controller.ts';

/** TypeORM's options for this program: its tables and its migrations. */
export const databaseOptions = (url: string, o: { pool?: number; replicaUrl?: string | null } = {}) => dataSourceOptions(url, { entities, migrations, ...o });

/** The modules in the order of the house: each may import only those written before it. */
@Module({})
export class AppModule {
  static with(config: Config, databaseUrl: string, replicaUrl: string | null): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DiscoveryModule, PlatformModule.with(config), TypeOrmModule.forRoot({ ...databaseOptions(databaseUrl, { pool: config.databasePool, replicaUrl }), retryAttempts: 0 }),
        PeopleModule, OrganisationModule, AccessModule, CurriculumModule, AssessmentModule, CredentialsModule, TrainingModule, CascadeModule, AwardingModule, RefreshersModule, ReportsModule, NotificationsModule, SyncModule, BackupsModule, OversightModule, PrivacyModule,
      ],
      controllers: [SystemController],
    };
  }
}
