import { z } from 'zod';
import { download, endpoint } from './endpoint.ts';

export const Health = z.object({ status: z.enum(['ok', 'failing']), database: z.enum(['ok', 'failing']), jobsWaiting: z.int(), version: z.string() }).meta({ id: 'Health' });
export const getHealth = endpoint({ name: 'system.getHealth', method: 'GET', path: '/health', response: Health });
export const getOpenApi = download({ name: 'system.getOpenApi', method: 'GET', path: '/openapi.json', produces: 'application/json' });
export const getDocs = download({ name: 'system.getDocs', method: 'GET', path: '/docs', produces: 'text/html; charset=utf-8' });
export const getMetrics = download({ name: 'system.getMetrics', method: 'GET', path: '/metrics', at: 'root', produces: 'text/plain; version=0.0.4' });
