import { type Endpoint, type InputOf, type OutputOf, routeOf } from '@lantoa/shared/endpoint';
import type { ProblemBody, ProblemCode } from '@lantoa/shared/problems';
import { queryOptions } from '@tanstack/react-query';

/** What the server refused, with its stable code. `network` when it could not be reached or answered something else (a captive portal). */
export class ApiProblem extends Error {
  readonly code: ProblemCode | 'network';
  readonly body: ProblemBody | null;
  constructor(code: ProblemCode | 'network', body: ProblemBody | null = null) {
    super(code);
    this.code = code;
    this.body = body;
  }
}

let speaker: string | undefined;
/** In whose name this page speaks. Where the session of this phone is another person's, as after somebody else has come with their PIN and no network, the server does nothing instead of the wrong thing. */
export const speakAs = (personId: string | undefined): void => { speaker = personId; };

const TIMEOUT_MS = 30_000;
type Parts = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };

/** The address of an endpoint with its parameters filled in; also for links to files. */
export function addressOf<E extends Endpoint>(e: E, input: InputOf<E>): string {
  const { params = {}, query = {} } = input as Parts;
  const path = routeOf(e).replace(/:(\w+)/g, (_, k: string) => encodeURIComponent(params[k] ?? ''));
  const search = new URLSearchParams(Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== '').map(([k, v]) => [k, String(v)]));
  return search.size ? `${path}?${search}` : path;
}

declare global { interface Window { early?: Record<string, Promise<unknown>> } }
/** What the page itself has asked for before this script had arrived; each answer is taken once. `null` where it did not or could not. */
export async function askedEarly(address: string): Promise<unknown> {
  const asked = globalThis.window?.early?.[address];
  if (!asked) return null;
  delete window.early?.[address];
  return asked;
}

/** Calls an endpoint. A write with `key` is done once, however often it is sent. Throws `ApiProblem`. */
export async function call<E extends Endpoint>(e: E, input: InputOf<E>, o: { key?: string; signal?: AbortSignal } = {}): Promise<OutputOf<E>> {
  const address = addressOf(e, input);
  const asked = e.method === 'GET' ? await askedEarly(address) : null;
  if (asked) return asked as OutputOf<E>;
  const { body } = input as Parts;
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (o.key) headers['idempotency-key'] = o.key;
  if (speaker) headers['lantoa-person'] = speaker;
  let reply: Response;
  try {
    reply = await fetch(address, { method: e.method, headers, credentials: 'same-origin', signal: o.signal ?? AbortSignal.timeout(TIMEOUT_MS), ...(body !== undefined && { body: JSON.stringify(body) }) });
  } catch {
    throw new ApiProblem('network');
  }
  const json = await reply.json().catch(() => null);
  if (reply.ok && json !== null && reply.headers.get('content-type')?.startsWith('application/json')) return json as OutputOf<E>;
  throw json && typeof json.code === 'string' ? new ApiProblem(json.code, json) : new ApiProblem('network');
}

/** Key = [module, operation, input]; invalidate a whole module with `['training']`. */
export const query = <E extends Endpoint>(e: E, input: InputOf<E>) => queryOptions({ queryKey: [...e.name.split('.'), input] as const, queryFn: ({ signal }) => call(e, input, { signal }) });
