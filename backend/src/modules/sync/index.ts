export { SyncDevice, SyncOperation } from './sync.entity.ts';
export { SyncModule } from './sync.module.ts';
