export { type ArchiveEntry, readArchive, writeArchive } from './archive.ts';
export { type BackupBegin, type BackupEnd, dump } from './dump.ts';
export { backupKey, recipientOf } from './backup-key.ts';
export { load } from './load.ts';
