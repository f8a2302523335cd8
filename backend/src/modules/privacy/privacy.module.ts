import { Module } from '@nestjs/common';
import { OrganisationModule } from '#modules/organisation';
import { Erasure } from './erasure.ts';
import { IncidentsService } from './incidents.service.ts';
import { OwnData } from './own-data.ts';
import { PrivacyController } from './privacy.controller.ts';
import { RequestsService } from './requests.service.ts';
import { Retention } from './retention.ts';

@Module({ imports: [OrganisationModule], controllers: [PrivacyController], providers: [OwnData, Erasure, IncidentsService, RequestsService, Retention], exports: [OwnData, RequestsService, Retention] })
export class PrivacyModule {}
