export { NeedsService } from './needs.service.ts';
export { OutlookQueries } from './outlook.queries.ts';
export { OutlookService } from './outlook.service.ts';
