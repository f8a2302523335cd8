export { Backup } from './backup.entity.ts';
export { BackupsModule } from './backups.module.ts';
export { BackupsService } from './backups.service.ts';
export { Copies } from './copies.ts';
