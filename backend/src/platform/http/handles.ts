import { applyDecorators, createParamDecorator, type ExecutionContext, Header, HttpCode, RequestMapping, RequestMethod, SerializeOptions, SetMetadata } from '@nestjs/common';
import { type Endpoint, routeOf } from '@lantoa/shared/endpoint';
import type { Gate } from '@lantoa/shared/permissions';
import { z } from 'zod';
import { problem } from './problem.ts';

export const GATE = 'lantoa:gate';
export const ENDPOINT = 'lantoa:endpoint';

/** Binds a handler to its contract and to the permission that it asks for. A handler without it is refused by the guard. */
export function Handles(e: Endpoint, gate: Gate): MethodDecorator {
  const reply = e.produces ? [Header('content-type', e.produces)] : [SerializeOptions({ schema: e.response })];
  return applyDecorators(
    RequestMapping({ method: RequestMethod[e.method], path: routeOf(e) }),
    HttpCode(200),
    SetMetadata(GATE, gate),
    SetMetadata(ENDPOINT, e),
    ...reply,
  );
}

/** The validated `{ params, query, body }` of a contract. A field that the contract does not name is refused, not dropped. */
export const Input = createParamDecorator((e: Endpoint, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest();
  return parseInput(e, request);
});

const strict = new WeakMap<z.ZodType, z.ZodType>();
function strictly(schema: z.ZodType): z.ZodType {
  let made = strict.get(schema);
  if (!made) {
    made = schema instanceof z.ZodObject ? schema.strict() : schema;
    strict.set(schema, made);
  }
  return made;
}

/** Validates the three parts of a request; throws `request.malformed` that names every bad field by JSON pointer. */
export function parseInput(e: Endpoint, request: { params: unknown; query: unknown; body: unknown }): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const errors: { pointer: string; code: string; message: string }[] = [];
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = e[part] as z.ZodType | undefined;
    if (!schema) continue;
    const read = strictly(schema).safeParse(request[part] ?? {});
    if (read.success) input[part] = read.data;
    else errors.push(...read.error.issues.slice(0, 20).map((i) => ({ pointer: `/${[part, ...i.path].join('/')}`, code: i.code, message: i.message })));
  }
  if (errors.length) throw problem('request.malformed', { field: (errors[0]?.pointer ?? '').split('/').slice(2).join('.') }, errors);
  return input;
}
