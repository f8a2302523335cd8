import type { Config } from '#platform/config';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceLabel } from './device-label.rules.ts';
import type { Origin, SignedIn } from './sessions.service.ts';

export const COOKIE = 'lantoa_session';

export const keep = (reply: FastifyReply, config: Config, { token, maxAgeSeconds }: SignedIn): void => {
  void reply.setCookie(COOKIE, token, { httpOnly: true, sameSite: 'lax', path: '/', secure: config.secureCookies, maxAge: maxAgeSeconds });
};

export const forget = (reply: FastifyReply): void => {
  void reply.clearCookie(COOKIE, { path: '/' });
};

export const originOf = (request: FastifyRequest): Origin => ({ address: request.ip, label: deviceLabel(String(request.headers['user-agent'] ?? '')) });
