export { RosterImport } from './roster.entity.ts';
export { readRosterFile } from './roster-file.ts';
export { RostersService } from './rosters.service.ts';
