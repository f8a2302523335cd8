import { type Endpoint, type InputOf, type OutputOf, routeOf } from '@lantoa/shared/endpoint';
import { signIn } from '@lantoa/shared/access';
import type { ProblemBody } from '@lantoa/shared/problems';
import { Problem, problem } from '#platform/http';

const TIMEOUT_MS = 60_000;

/** The main server as a laptop speaks with it, in somebody's name. */
export class MainServer {
  private cookie = '';
  constructor(private readonly url: string) {}

  async signIn(login: string, secret: string): Promise<void> {
    await this.call(signIn, { body: { login, secret } });
  }

  /** Throws the problem that the server names, or `sync.hub-no-connection`. */
  async call<E extends Endpoint>(e: E, input: InputOf<E>): Promise<OutputOf<E>> {
    const { params = {}, body } = input as unknown as { params?: Record<string, string>; body?: unknown };
    const path = routeOf(e).replace(/:(\w+)/g, (_, k: string) => encodeURIComponent(params[k] ?? ''));
    let reply: Response;
    let json: unknown;
    try {
      reply = await fetch(new URL(path, this.url), { method: e.method, headers: { ...(this.cookie && { cookie: this.cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) }, signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error', ...(body !== undefined && { body: JSON.stringify(body) }) });
      json = await reply.json();
    } catch {
      throw problem('sync.hub-no-connection');
    }
    const cookie = reply.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie) this.cookie = cookie;
    if (reply.ok) return json as OutputOf<E>;
    const { code, params: about } = json as Partial<ProblemBody>;
    throw code ? new Problem(code, about) : problem('sync.hub-no-connection');
  }
}
