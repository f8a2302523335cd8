export { LineageQueries } from './lineage.queries.ts';
export { LineageService } from './lineage.service.ts';
