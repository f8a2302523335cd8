export { AwardingModule } from './awarding.module.ts';
export { Batch, BatchClass, BatchPlace, LapsingCall } from './batch.entity.ts';
export { BatchesService } from './batches.service.ts';
export { RenewalsService } from './renewals.service.ts';
