export { DirectoryService } from './directory.service.ts';
export { OrganisationModule } from './organisation.module.ts';
export { Posting } from './posting.entity.ts';
export { PostingsService } from './postings.service.ts';
export { Succession, SuccessionPart, Unit, UnitAlias, UnitVersion } from './unit.entity.ts';
export type { UnitMatch } from './unit-matching.rules.ts';
export { UnitsImporter } from './units.importer.ts';
export { UnitsService } from './units.service.ts';
