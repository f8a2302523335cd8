// Pages that only show something: the course page as the browser gets it, and the list of courses that fills it; and what a second process adds.
import { fork } from 'node:child_process';
import http from 'node:http';
import { availableParallelism } from 'node:os';
import { ask, quantile } from './client.mjs';
import { rate, round, setStage, startServer } from './stage.mjs';

const WIDTH = 16;
const SECONDS = 5;
const MOODLE_PAGES = 33;

/** Answers per second of one address, asked for a while after a while of warming; of several servers in turns. */
async function perSecond(bases, path, headers) {
  let turn = 0;
  const once = async () => { const { status } = await ask(bases[turn++ % bases.length], 'GET', path, { headers }); if (status !== 200) throw new Error(`${path}: ${status}`); };
  await rate(Array.from({ length: 300 }, (_, i) => i), WIDTH, once);
  let n = 0;
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: WIDTH }, async () => { while (performance.now() - startedAt < SECONDS * 1000) { await once(); n++; } }));
  return (n * 1000) / (performance.now() - startedAt);
}

/** A server in another process that gives so many bytes, after so many microseconds of work, and does nothing else. */
async function bareServer(bytes, work = 0) {
  const child = fork(import.meta.filename, ['--bare', String(bytes), String(work)]);
  const port = await new Promise((done) => { child.once('message', done); });
  return { base: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}

if (process.argv[2] === '--bare') {
  const body = Buffer.alloc(Number(process.argv[3]), 'x');
  const work = Number(process.argv[4]) / 1000;
  const server = http.createServer((_, reply) => {
    for (const until = performance.now() + work; performance.now() < until; );
    reply.end(body);
  }).listen(0, '127.0.0.1', () => process.send(server.address().port));
}

/** Each page against a server that sends as many bytes and does nothing else. */
export async function pages({ stage, server, say }) {
  const cookie = await stage.cookieOf(stage.learners[0]);
  for (const { name, at, headers, goal, peer } of [
    { name: 'course page', at: '/hoc/bai', headers: { 'accept-encoding': 'br' }, goal: 5000 },
    { name: 'list of courses, signed in', at: '/api/courses', headers: { cookie }, peer: { name: 'Moodle 4.5.5, course page signed in', best: MOODLE_PAGES } },
  ]) {
    const { bytes } = await ask(server.base, 'GET', at, { headers });
    const ours = await perSecond([server.base], at, headers);
    const bare = await bareServer(bytes);
    const ceiling = await perSecond([bare.base], '/', {});
    bare.stop();
    say({ name, unit: 'per second', ours: Math.round(ours), ceiling: Math.round(ceiling), ceilingIs: 'a server that sends as many bytes and nothing else', ratio: round(ours / ceiling, 2), ...(goal && { goal }), ...(peer && { peer, timesPeer: round(ours / peer.best) }), bytes });
  }
}

const ROUNDS = 5;
const WORK_US = 1000;

/** The list of courses from one process and from two, in turns, against a bare server that works a millisecond for each answer; the client, and for ours PostgreSQL, share the cores with them. */
export async function workers(say) {
  const stage = await setStage(20);
  const cookie = await stage.cookieOf(stage.learners[0]);
  const servers = [await startServer(stage.url, stage.home, 1), await startServer(stage.url, stage.home, 2)];
  const { bytes } = await ask(servers[0].base, 'GET', '/api/courses', { headers: { cookie } });
  const bare = [await bareServer(bytes, WORK_US), await bareServer(bytes, WORK_US)];
  const got = { one: [], two: [], bareOne: [], bareTwo: [] };
  // The first round only warms: a process is fast once it has answered some thousands.
  for (let i = 0; i <= ROUNDS; i++) {
    got.one.push(await perSecond([servers[0].base], '/api/courses', { cookie }));
    got.two.push(await perSecond([servers[1].base], '/api/courses', { cookie }));
    got.bareOne.push(await perSecond([bare[0].base], '/', {}));
    got.bareTwo.push(await perSecond(bare.map((b) => b.base), '/', {}));
  }
  for (const s of servers) await s.stop();
  for (const b of bare) b.stop();
  await stage.close();
  const [one, two, bareOne, bareTwo] = Object.values(got).map((rounds) => quantile(rounds.slice(1), 0.5));
  say({ name: 'two processes against one, list of courses', unit: 'times as many', ours: round(two / one, 2), goal: 1.8, ceiling: round(bareTwo / bareOne, 2), ceilingIs: 'two bare servers against one, each working a millisecond for an answer, same client', ratio: round((two / one) / (bareTwo / bareOne), 2), perSecond: { one: got.one.map(Math.round), two: got.two.map(Math.round) }, cores: availableParallelism() });
}
