import { z } from 'zod';
import { Day, download, endpoint, Id } from './endpoint.ts';

/** One line of the log: who did what to which thing. `actor: null`: the program itself. `subject`: the thing in words, where it still has a name. */
export const AuditLine = z.object({
  id: z.int(), at: z.iso.datetime(), actor: z.object({ id: Id, name: z.string() }).nullable(), action: z.string(), objectType: z.string(), objectId: z.string(), subject: z.string().nullable(), sensitive: z.boolean(), data: z.record(z.string(), z.unknown()),
}).meta({ id: 'AuditLine' });
export type AuditLine = z.infer<typeof AuditLine>;

const Filter = z.object({
  actorId: Id.optional(), group: z.string().regex(/^[a-z-]+$/).max(40).optional(), objectId: z.string().max(60).optional(), from: Day.optional(), until: Day.optional(), sensitive: z.enum(['yes']).optional(),
});
/** The log, newest first, of the units that the asker may oversee; a hundred lines at a time, older ones with `before`. `groups`: what kinds of acts there are. */
export const listAudit = endpoint({
  name: 'oversight.listAudit', method: 'GET', path: '/audit', query: Filter.extend({ before: z.coerce.number().int().min(1).optional() }),
  response: z.object({ items: z.array(AuditLine), more: z.boolean(), groups: z.array(z.string()), seal: z.object({ at: z.iso.datetime(), hash: z.string(), toId: z.int() }).nullable() }),
});
/** The same as CSV, with the hash of the last seal in its first line: whoever keeps the file can show later that nothing before it was changed. */
export const exportAudit = download({ name: 'oversight.exportAudit', method: 'GET', path: '/audit.csv', query: Filter, produces: 'text/csv; charset=utf-8' });
/** Walks the chain over the whole log. */
export const verifyAudit = endpoint({
  name: 'oversight.verifyAudit', method: 'POST', path: '/audit/checks',
  response: z.object({ rows: z.int(), seals: z.int(), unsealed: z.int(), last: z.string().nullable(), broken: z.object({ seal: z.int(), fromId: z.int(), toId: z.int(), why: z.enum(['rows-missing', 'rows-added', 'rows-changed', 'seal-changed']) }).nullable() }),
});
