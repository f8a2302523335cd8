import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { OrganisationModule } from '#modules/organisation';
import { PeopleModule } from '#modules/people';
import { AccessController } from './access.controller.ts';
import { AccountController } from './account.controller.ts';
import { AccessGuard } from './access.guard.ts';
import { ActivationService } from './activation.service.ts';
import { Limits } from './limits.ts';
import { RolesService } from './roles.service.ts';
import { SecondStepService } from './second-step.service.ts';
import { SessionsService } from './sessions.service.ts';

@Module({
  imports: [PeopleModule, OrganisationModule],
  controllers: [AccessController, AccountController],
  providers: [ActivationService, SessionsService, SecondStepService, RolesService, Limits, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [ActivationService, SessionsService, RolesService, Limits],
})
export class AccessModule {}
