export { HubClass, HubOperation } from './hub/hub.entity.ts';
export { SyncDevice, SyncOperation } from './sync.entity.ts';
export { SyncModule } from './sync.module.ts';
