export { AwardingModule } from './awarding.module.ts';
export { Batch, BatchEntry } from './batch.entity.ts';
export { BatchesService } from './batches.service.ts';
