import { type Endpoint, routeOf } from '@lantoa/shared/endpoint';
import type { Gate } from '@lantoa/shared/permissions';
import { problems } from '@lantoa/shared/problems';
import { z } from 'zod';

export interface Handled { endpoint: Endpoint; gate: Gate }

const schemaOf = (s: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(s, { io, unrepresentable: 'any' });
  return rest;
};

const parameters = (e: Endpoint) =>
  (['params', 'query'] as const).flatMap((part) => {
    const shape = (e[part] as z.ZodObject | undefined)?.shape ?? {};
    return Object.entries(shape).map(([name, s]) => ({
      name, in: part === 'params' ? 'path' : 'query', required: part === 'params' || !(s as z.ZodType).safeParse(undefined).success, schema: schemaOf(s as z.ZodType, 'input'),
    }));
  });

const operation = ({ endpoint: e, gate }: Handled) => ({
  operationId: e.name,
  tags: [e.name.split('.')[0]],
  security: gate === 'public' ? [] : [{ session: [] }],
  'x-permission': gate,
  parameters: parameters(e),
  ...(e.body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(e.body, 'input') } } } }),
  responses: {
    200: { description: 'OK', content: e.produces ? { [e.produces]: { schema: { type: 'string', format: 'binary' } } } : { 'application/json': { schema: schemaOf(e.response, 'output') } } },
    default: { description: 'A problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
  },
});

/** The OpenAPI 3.1 document of every handled contract. */
export function openApi(handled: readonly Handled[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const h of handled) {
    const path = routeOf(h.endpoint).replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [h.endpoint.method.toLowerCase()]: operation(h) };
  }
  const problem = z.object({ type: z.string(), title: z.string(), status: z.int(), code: z.enum(Object.keys(problems) as [string]), requestId: z.string().optional(), errors: z.array(z.object({ pointer: z.string(), code: z.string() })).optional() });
  return {
    openapi: '3.1.0',
    info: { title: 'Lan Toả', version: '0.1.0', license: { name: 'Apache-2.0' } },
    paths,
    components: { schemas: { Problem: schemaOf(problem, 'output') }, securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'lantoa_session' } } },
  };
}

const escaped = (s: string) => s.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** The same document as a page that people read, without scripts. */
export function openApiPage(handled: readonly Handled[]): string {
  const rows = [...handled].sort((a, b) => a.endpoint.name.localeCompare(b.endpoint.name)).map(({ endpoint: e, gate }) =>
    `<tr id="${e.name}"><td><code>${e.name}</code></td><td><code>${e.method} ${escaped(routeOf(e))}</code></td><td>${gate}</td></tr>`);
  const codes = Object.entries(problems).map(([code, status]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td></tr>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Lan Toả API</title><style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}td{padding:.2rem 1rem .2rem 0;border-bottom:1px solid #dfe2e8}</style>
<h1>Lan Toả API</h1><p>The machine-readable document is <a href="/api/openapi.json">/api/openapi.json</a>.</p>
<h2>Endpoints</h2><table><tr><th>Name</th><th>Route</th><th>Permission</th></tr>${rows.join('')}</table>
<h2>Problem codes</h2><table><tr><th>Code</th><th>Status</th></tr>${codes.join('')}</table></html>`;
}
