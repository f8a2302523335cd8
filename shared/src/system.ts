import { z } from 'zod';
import { download, endpoint } from './endpoint.ts';

export const Health = z.object({ status: z.enum(['ok', 'failing']), database: z.enum(['ok', 'failing']), jobsWaiting: z.int(), version: z.string() }).meta({ id: 'Health' });
export const getHealth = endpoint({ name: 'system.getHealth', method: 'GET', path: '/health', response: Health });
export const getOpenApi = download({ name: 'system.getOpenApi', method: 'GET', path: '/openapi.json', produces: 'application/json' });
export const getDocs = download({ name: 'system.getDocs', method: 'GET', path: '/docs', produces: 'text/html; charset=utf-8' });
export const getMetrics = download({ name: 'system.getMetrics', method: 'GET', path: '/metrics', at: 'root', produces: 'text/plain; version=0.0.4' });

/** How the server was started: what is on, off or left to its default. No secret is in it. */
export const ServerSettings = z.object({
  version: z.string(), publicUrl: z.string(), https: z.boolean(), processes: z.int(), /** The version of PostgreSQL. */
  database: z.string(), pooler: z.boolean(), replica: z.boolean(), files: z.enum(['folder', 's3']),
  secondStep: z.enum(['offered', 'required']), mail: z.boolean(), pdfStandard: z.enum(['ua-1', 'a-2a']), pdfSigned: z.boolean(), backupKeys: z.int(), ownSecretKey: z.boolean(), traces: z.boolean(),
}).meta({ id: 'ServerSettings' });
export type ServerSettings = z.infer<typeof ServerSettings>;
export const getServerSettings = endpoint({ name: 'system.getServerSettings', method: 'GET', path: '/system/settings', response: ServerSettings });
