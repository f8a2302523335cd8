import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { context } from '@opentelemetry/api';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Config } from '#platform/config';
import { reachable } from '#platform/db';
import { pagePolicy, requestContext } from '#platform/http';
import { Metrics } from '#platform/metrics';
import { requestSpan, traceId } from '#platform/telemetry';
import { AppModule } from './app.module.ts';
import { serveWeb } from './web.ts';

const BODY_LIMIT = 8_000_000;
/** How long a request may take to arrive: a phone sends a photo over a thin link, and a thousand that never finish must not stay. */
const ARRIVES_WITHIN_MS = 300_000;

/** Builds the application on a migrated database, without listening. */
export async function createApp(config: Config, databaseUrl: string, o: { web?: boolean } = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, requestTimeout: ARRIVES_WITHIN_MS, trustProxy: config.trustProxy, logger: loggerOptions(config), genReqId: () => randomUUID(), logController: new LogController({ disableRequestLogging: true }), routerOptions: { ignoreTrailingSlash: true } });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, databaseUrl, await reachable(config.databaseReplicaUrl)), adapter, { logger: ['error', 'warn', 'fatal'], bufferLogs: false, abortOnError: false });
  if (config.logTo !== 'stdout') app.useLogger(new FastifyLogger(app));
  await app.register(cookie as never);
  // Before pages are compressed: the policy is made of their text.
  setPolicy(app);
  // A hall shares one thin link: what is long goes out small. Streams of events must not wait in a compressor, and files are compressed already.
  await app.register(compress as never, { threshold: 1024, encodings: ['br', 'gzip'], customTypes: /^(application\/(problem\+)?json|text\/html)/, brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } } as never);
  await app.register(helmet as never, { contentSecurityPolicy: false, hsts: config.secureCookies } as never);
  observe(app);
  if (o.web !== false && existsSync(config.webDir)) await serveWeb(app, config);
  return app;
}

const FOR_PAGES = ['cross-origin-opener-policy', 'origin-agent-cluster', 'x-dns-prefetch-control', 'x-download-options', 'x-permitted-cross-domain-policies', 'x-xss-protection'];

/** Each page is allowed exactly what stands in it. Data is never a page: it gets the policy that allows nothing, and none of the headers that only pages heed. On a shared thin link they weigh more than the answer. */
function setPolicy(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onSend', (_request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (e: Error | null, payload: unknown) => void) => {
    if (/^application\/(problem\+)?json/.test(String(reply.getHeader('content-type')))) {
      for (const name of FOR_PAGES) reply.removeHeader(name);
      reply.header('content-security-policy', "default-src 'none';frame-ancestors 'none'");
    } else if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', pagePolicy(typeof payload === 'string' ? payload : ''));
    done(null, payload);
  });
}

function loggerOptions(config: Config) {
  if (config.logTo === 'none') return false;
  if (config.logTo === 'stdout') return { level: config.logLevel };
  const folder = path.join(config.dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  return { level: config.logLevel, file: path.join(folder, 'lantoa.log') };
}

/** One line and one figure per request. The route's pattern is logged, never the address: addresses carry tokens. */
function observe(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  const metrics = app.get(Metrics);
  const spans = new WeakMap<FastifyRequest, ReturnType<typeof requestSpan>>();
  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    void reply.header('x-request-id', request.id);
    const span = requestSpan(request.method, request.headers);
    spans.set(request, span);
    context.with(span.within, () => requestContext.run({ requestId: String(request.id) }, done));
  });
  server.addHook('onResponse', (request: FastifyRequest & { actor?: { personId: string } }, reply: FastifyReply, done: () => void) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    spans.get(request)?.end(route, reply.statusCode);
    request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), person: request.actor?.personId, trace: traceId() }, 'request');
    done();
  });
}

/** Sends what Nest and our services log into the same stream as the requests. */
class FastifyLogger {
  constructor(private readonly app: NestFastifyApplication) {}
  private get target() {
    return this.app.getHttpAdapter().getInstance().log;
  }
  log(message: unknown): void { this.target.info(String(message)); }
  error(message: unknown, ...more: unknown[]): void { this.target.error({ more }, String(message)); }
  warn(message: unknown): void { this.target.warn(String(message)); }
}

