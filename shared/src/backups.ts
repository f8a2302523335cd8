import { z } from 'zod';
import { download, endpoint, Id } from './endpoint.ts';

/** A copy of everything, encrypted. `checkedAt`: when it was last restored into a database of its own, its rows counted and the chain of the register walked. `takenAt`: when it was last taken to another place. */
export const Backup = z.object({
  id: Id, startedAt: z.iso.datetime(), finishedAt: z.iso.datetime().nullable(), state: z.enum(['running', 'good', 'failed']), fault: z.string().nullable(), by: z.string().nullable(),
  file: z.string(), bytes: z.int(), rows: z.int(), files: z.int(), checkedAt: z.iso.datetime().nullable(), takenAt: z.iso.datetime().nullable(),
}).meta({ id: 'Backup' });
export type Backup = z.infer<typeof Backup>;

/** Copies, newest first. `late`: the last good one is older than a day and two hours, or there is none after so long. `keyTakenAt`: when somebody last took the recovery key; without it elsewhere a dead disk takes the copies along. */
export const getBackups = endpoint({
  name: 'backups.getBackups', method: 'GET', path: '/backups',
  response: z.object({ items: z.array(Backup), late: z.boolean(), lastGoodAt: z.iso.datetime().nullable(), keyTakenAt: z.iso.datetime().nullable(), folder: z.string(), databaseBytes: z.int(), freeBytes: z.int() }),
});
/** Begins a copy now; where one is under way, that one comes back. */
export const makeBackup = endpoint({ name: 'backups.makeBackup', method: 'POST', path: '/backups', response: Backup });
/** Restores a copy into a database of its own, counts, walks the register, and throws that database away. */
export const checkBackup = endpoint({ name: 'backups.checkBackup', method: 'POST', path: '/backups/:backupId/checks', params: z.object({ backupId: Id }), response: Backup });
export const downloadBackup = download({ name: 'backups.downloadBackup', method: 'GET', path: '/backups/:backupId/file', params: z.object({ backupId: Id }), produces: 'application/octet-stream' });
/** The key that opens the copies. Noted in the log: who has it can read everything. */
export const takeBackupKey = endpoint({ name: 'backups.takeBackupKey', method: 'POST', path: '/backups/key', response: z.object({ key: z.string() }) });
