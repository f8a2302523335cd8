import { Module } from '@nestjs/common';
import { AccessModule } from '#modules/access';
import { AssessmentModule } from '#modules/assessment';
import { CredentialsModule } from '#modules/credentials';
import { CurriculumModule } from '#modules/curriculum';
import { OrganisationModule, UnitChangesService } from '#modules/organisation';
import { PeopleModule } from '#modules/people';
import { AttendanceController } from './attendance/attendance.controller.ts';
import { AttendanceService } from './attendance/attendance.service.ts';
import { ClassFilesService } from './attendance/class-files.service.ts';
import { ClassPapersController } from './class-papers.controller.ts';
import { ClassRefreshersService } from './class-refreshers.service.ts';
import { ClassTestsService } from './class-tests.service.ts';
import { ClassesController } from './classes.controller.ts';
import { ClassesQueries } from './classes.queries.ts';
import { ClassesService } from './classes.service.ts';
import { EnrolmentsService } from './enrolments.service.ts';
import { IdentitiesService } from './identities.service.ts';
import { OpeningService } from './opening.service.ts';
import { PlanningService } from './planning.service.ts';
import { ClassPrintsService } from './prints/class-prints.service.ts';
import { SlipPrintsService } from './prints/slip-prints.service.ts';
import { ProgrammesService } from './programmes.service.ts';
import { ReportsService } from './reports.service.ts';
import { PaperSheetsService } from './room/paper-sheets.service.ts';
import { RoomQueries } from './room/room.queries.ts';
import { RoomScreensService } from './room/room-screens.service.ts';
import { RoomsController } from './room/rooms.controller.ts';
import { RoomsService } from './room/rooms.service.ts';
import { SeatsService } from './room/seats.service.ts';
import { CandidatesQuery } from './roster/candidates.query.ts';
import { RosterMatching } from './roster/roster-matching.ts';
import { RostersController } from './roster/rosters.controller.ts';
import { RostersService } from './roster/rosters.service.ts';
import { ProgrammeSetupService } from './setup/programme-setup.service.ts';
import { ProgrammesController } from './setup/programmes.controller.ts';
import { TeachBackService } from './teach-back.service.ts';

@Module({
  imports: [PeopleModule, OrganisationModule, AccessModule, CurriculumModule, AssessmentModule, CredentialsModule],
  controllers: [ProgrammesController, ClassesController, RostersController, AttendanceController, RoomsController, ClassPapersController],
  providers: [ProgrammesService, OpeningService, ClassesService, ClassesQueries, EnrolmentsService, AttendanceService, ClassTestsService, ReportsService, CandidatesQuery, RosterMatching, RostersService, ClassFilesService, RoomQueries, RoomsService, SeatsService, RoomScreensService, PaperSheetsService, PlanningService, ProgrammeSetupService, TeachBackService, ClassRefreshersService, IdentitiesService, ClassPrintsService, SlipPrintsService],
  exports: [ProgrammesService, OpeningService, ClassesService, EnrolmentsService, AttendanceService, ClassTestsService, ReportsService, RostersService, RoomsService, SeatsService, PaperSheetsService, TeachBackService],
})
export class TrainingModule {
  /** What a change of units touches here. Classes keep the unit that they were held in; targets of merged units are read as a sum. */
  constructor(changes: UnitChangesService) {
    changes.counting({ name: 'classes', sql: "select count(*)::int as n from training_class where unit_id = any($1::uuid[]) and ends_on >= $2::date and status not in ('completed', 'cancelled')" });
    changes.counting({ name: 'targets', sql: 'select coalesce(sum(people), 0)::int as n from tier_target where unit_id = any($1::uuid[]) and valid @> $2::date' });
  }
}
