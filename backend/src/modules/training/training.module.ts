import { Module } from '@nestjs/common';
import { AccessModule } from '#modules/access';
import { AssessmentModule } from '#modules/assessment';
import { CredentialsModule } from '#modules/credentials';
import { CurriculumModule } from '#modules/curriculum';
import { OrganisationModule } from '#modules/organisation';
import { PeopleModule } from '#modules/people';
import { AttendanceService } from './attendance.service.ts';
import { ClassTestsService } from './class-tests.service.ts';
import { ClassesController } from './classes.controller.ts';
import { ClassesQueries } from './classes.queries.ts';
import { ClassesService } from './classes.service.ts';
import { EnrolmentsService } from './enrolments.service.ts';
import { OpeningService } from './opening.service.ts';
import { ProgrammesService } from './programmes.service.ts';
import { ReportsService } from './reports.service.ts';
import { RostersController } from './rosters.controller.ts';
import { RostersService } from './rosters.service.ts';

@Module({
  imports: [PeopleModule, OrganisationModule, AccessModule, CurriculumModule, AssessmentModule, CredentialsModule],
  controllers: [ClassesController, RostersController],
  providers: [ProgrammesService, OpeningService, ClassesService, ClassesQueries, EnrolmentsService, AttendanceService, ClassTestsService, ReportsService, RostersService],
  exports: [ProgrammesService, OpeningService, ClassesService, EnrolmentsService, AttendanceService, ClassTestsService, ReportsService, RostersService],
})
export class TrainingModule {}
