import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { OrganisationModule } from '#modules/organisation';
import { PeopleModule } from '#modules/people';
import { AccessController } from './access.controller.ts';
import { AccessGuard } from './access.guard.ts';
import { ActivationService } from './activation.service.ts';
import { Limits } from './limits.ts';
import { RolesService } from './roles.service.ts';
import { SessionsService } from './sessions.service.ts';

@Module({
  imports: [PeopleModule, OrganisationModule],
  controllers: [AccessController],
  providers: [ActivationService, SessionsService, RolesService, Limits, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [ActivationService, SessionsService, RolesService, Limits],
})
export class AccessModule {}
