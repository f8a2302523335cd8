// Pages that only show something: the course page as the browser gets it, and the list of courses that fills it; and what a second process adds.
import http from 'node:http';
import { ask } from './client.mjs';
import { rate, round, setStage, startServer } from './stage.mjs';

const WIDTH = 16;
const SECONDS = 5;
const MOODLE_PAGES = 33;

/** Answers per second of one address, asked for a while after a while of warming. */
export async function perSecond(base, path, headers) {
  const once = async () => { const { status } = await ask(base, 'GET', path, { headers }); if (status !== 200) throw new Error(`${path}: ${status}`); };
  await rate(Array.from({ length: 300 }, (_, i) => i), WIDTH, once);
  let n = 0;
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: WIDTH }, async () => { while (performance.now() - startedAt < SECONDS * 1000) { await once(); n++; } }));
  return (n * 1000) / (performance.now() - startedAt);
}

/** A server in another process that gives so many bytes and does nothing else. */
export async function bareServer(bytes) {
  const { fork } = await import('node:child_process');
  const child = fork(import.meta.filename, ['--bare', String(bytes)]);
  const port = await new Promise((done) => { child.once('message', done); });
  return { base: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}

if (process.argv[2] === '--bare') {
  const body = Buffer.alloc(Number(process.argv[3]), 'x');
  const server = http.createServer((_, reply) => reply.end(body)).listen(0, '127.0.0.1', () => process.send(server.address().port));
}

/** Each page against a server that sends as many bytes and does nothing else. */
export async function pages({ stage, server, say }) {
  const cookie = await stage.cookieOf(stage.learners[0]);
  for (const { name, at, headers, goal, peer } of [
    { name: 'course page', at: '/hoc/bai', headers: { 'accept-encoding': 'br' }, goal: 5000 },
    { name: 'list of courses, signed in', at: '/api/courses', headers: { cookie }, peer: { name: 'Moodle 4.5.5, course page signed in', best: MOODLE_PAGES } },
  ]) {
    const { bytes } = await ask(server.base, 'GET', at, { headers });
    const ours = await perSecond(server.base, at, headers);
    const bare = await bareServer(bytes);
    const ceiling = await perSecond(bare.base, '/', {});
    bare.stop();
    say({ name, unit: 'per second', ours: Math.round(ours), ceiling: Math.round(ceiling), ceilingIs: 'a server that sends as many bytes and nothing else', ratio: round(ours / ceiling, 2), ...(goal && { goal }), ...(peer && { peer, timesPeer: round(ours / peer.best) }), bytes });
  }
}

/** The list of courses from one process and from two; the client and PostgreSQL share the cores with them. */
export async function workers(say) {
  const stage = await setStage(20);
  const cookie = await stage.cookieOf(stage.learners[0]);
  const got = [];
  for (const n of [1, 2]) {
    const server = await startServer(stage.url, stage.home, n);
    got.push(await perSecond(server.base, '/api/courses', { cookie }));
    await server.stop();
  }
  await stage.close();
  say({ name: 'two processes against one, list of courses', unit: 'times as many', ours: round(got[1] / got[0], 2), goal: 1.8, perSecond: got.map(Math.round), cores: (await import('node:os')).availableParallelism() });
}
