import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Gate } from '@lantoa/shared/permissions';
import type { FastifyRequest } from 'fastify';
import { type Actor, GATE, problem } from '#platform/http';
import { COOKIE } from './cookie.ts';
import { SessionsService } from './sessions.service.ts';

type Request = FastifyRequest & { actor?: Actor | null; cookies: Record<string, string | undefined> };

/** Denies by default: a handler without a gate is refused, and so is a permission that none of the actor's roles gives. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly sessions: SessionsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    refuseForeignOrigin(request);
    const gate = this.reflector.get<Gate | undefined>(GATE, context.getHandler());
    const token = request.cookies[COOKIE];
    const actor = token ? await this.sessions.actorOf(token) : null;
    // A shared phone may work for somebody while its session is another person's: nothing is done in the wrong name.
    const speaker = request.headers['lantoa-person'];
    request.actor = speaker === undefined || speaker === actor?.personId ? actor : null;
    if (gate === 'public') return true;
    if (!request.actor) throw problem('access.sign-in-needed');
    if (gate === undefined || (gate !== 'self' && !request.actor.can(gate))) throw problem('access.not-allowed');
    return true;
  }
}

/** A page of another site must not write in our visitor's name. Programs send no Origin and have no cookie. */
function refuseForeignOrigin(request: Request): void {
  const { origin } = request.headers;
  // A form of our own pages sends `null` as its origin, because they send no referrer; `sec-fetch-site` is the browser's word, and no page can change it.
  if (request.method === 'GET' || origin === undefined || request.headers['sec-fetch-site'] === 'same-origin') return;
  if (!URL.canParse(origin) || new URL(origin).host !== request.headers.host) throw problem('request.foreign-origin');
}
