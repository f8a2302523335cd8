import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#platform/config';
import { pagePolicy } from '#platform/http';

const HTML = 'text/html; charset=utf-8';
const PAGES = { learner: 'hoc.html', staff: 'quan-ly.html' };

const pageOf = (config: Config, page: keyof typeof PAGES): string => {
  const file = path.join(config.webDir, PAGES[page]);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** Serves the built apps, and one page for every address of an app. */
export async function serveWeb(app: NestFastifyApplication, config: Config): Promise<void> {
  // Imported late: it needs a package that jest on Node 20 cannot load.
  const { default: fastifyStatic } = await import('@fastify/static');
  const server = app.getHttpAdapter().getInstance();
  const keepAssets = (reply: FastifyReply, file: string) => {
    if (file.includes(`${path.sep}assets${path.sep}`)) void reply.header('cache-control', 'public, max-age=31536000, immutable');
  };
  await app.register(fastifyStatic as never, { root: config.webDir, wildcard: false, index: false, preCompressed: true, setHeaders: keepAssets } as never);
  // A page that was opened before a release asks for the files of that time.
  const old = await keepOldAssets(config);
  server.get('/assets/*', (request: FastifyRequest, reply: FastifyReply) => {
    void reply.header('cache-control', 'public, max-age=31536000, immutable');
    return reply.sendFile(path.basename((request.params as { '*': string })['*']), old);
  });
  const sendLearner = fromMemory(config, 'learner');
  const staff = pageOf(config, 'staff');
  // Mantine writes styles as it runs: it is told a word that only this answer knows.
  const sendStaff = (_: FastifyRequest, reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply.headers({ 'content-type': HTML, 'cache-control': 'no-cache', 'content-security-policy': pagePolicy(staff, nonce) }).send(staff.replace('<title>', `<meta name="csp-nonce" content="${nonce}"><title>`));
  };
  server.get('/', (_: FastifyRequest, reply: FastifyReply) => reply.redirect('/hoc'));
  for (const at of ['/hoc', '/hoc/*', '/vao', '/vao/*', '/t', '/t/*', '/chieu/*']) server.get(at, sendLearner as never);
  for (const at of ['/quan-ly', '/quan-ly/*']) server.get(at, sendStaff as never);
}

/** A page that is the same for everybody, from memory, in the smallest form that the browser takes; one that it has already is not sent again. */
function fromMemory(config: Config, page: keyof typeof PAGES) {
  const text = pageOf(config, page);
  const packed = (ending: string) => { const file = path.join(config.webDir, `${PAGES[page]}.${ending}`); return existsSync(file) ? readFileSync(file) : null; };
  const [br, gzip] = [packed('br'), packed('gz')];
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const headers = { 'content-type': HTML, 'cache-control': 'no-cache', 'content-security-policy': pagePolicy(text), vary: 'accept-encoding', etag: tag };
  return (request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers(headers);
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    const takes = String(request.headers['accept-encoding'] ?? '');
    if (br && /\bbr\b/.test(takes)) return reply.header('content-encoding', 'br').send(br);
    return gzip && /\bgzip\b/.test(takes) ? reply.header('content-encoding', 'gzip').send(gzip) : reply.send(text);
  };
}

const KEPT_DAYS = 30;
/** Copies the files of this release beside those of earlier ones, and lets go of what no release has had for thirty days. @returns the folder */
async function keepOldAssets(config: Config): Promise<string> {
  const [now, kept] = [path.join(config.webDir, 'assets'), path.join(config.dataDir, 'assets-kept')];
  await mkdir(kept, { recursive: true });
  const today = new Date();
  for (const file of await readdir(now).catch(() => [])) {
    if (/\.(br|gz)$/.test(file)) continue;
    await copyFile(path.join(now, file), path.join(kept, file));
    await utimes(path.join(kept, file), today, today);
  }
  for (const file of await readdir(kept)) if (today.getTime() - (await stat(path.join(kept, file))).mtimeMs > KEPT_DAYS * 86_400_000) await rm(path.join(kept, file));
  return kept;
}
