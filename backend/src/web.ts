import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#platform/config';

const PAGES = { learner: 'hoc.html', staff: 'quan-ly.html' };

const pageOf = (config: Config, page: keyof typeof PAGES): string => {
  const file = path.join(config.webDir, PAGES[page]);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** Hashes of the inlined scripts, so that the policy allows exactly these and no other. */
export function scriptHashes(config: Config): string[] {
  const pages = (Object.keys(PAGES) as (keyof typeof PAGES)[]).map((p) => pageOf(config, p)).join('');
  return [...pages.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code]) => `'sha256-${createHash('sha256').update(code as string).digest('base64')}'`);
}

/** Serves the built apps, and one page for every address of an app. */
export async function serveWeb(app: NestFastifyApplication, config: Config): Promise<void> {
  // Imported late: it needs a package that jest on Node 20 cannot load.
  const { default: fastifyStatic } = await import('@fastify/static');
  const server = app.getHttpAdapter().getInstance();
  const keepAssets = (reply: FastifyReply, file: string) => {
    if (file.includes(`${path.sep}assets${path.sep}`)) void reply.header('cache-control', 'public, max-age=31536000, immutable');
  };
  await app.register(fastifyStatic as never, { root: config.webDir, wildcard: false, index: false, preCompressed: true, setHeaders: keepAssets } as never);
  const page = (which: keyof typeof PAGES) => (_: FastifyRequest, reply: FastifyReply) => reply.header('cache-control', 'no-cache').sendFile(PAGES[which]);
  server.get('/', (_: FastifyRequest, reply: FastifyReply) => reply.redirect('/hoc'));
  for (const at of ['/hoc', '/hoc/*', '/vao', '/vao/*', '/t', '/t/*', '/chieu/*']) server.get(at, page('learner') as never);
  for (const at of ['/quan-ly', '/quan-ly/*']) server.get(at, page('staff') as never);
}
