// The programs of a cluster: found, started as somebody who is not root, killed and frozen by number. Debian: apt-get install postgresql patroni etcd-server haproxy pgbouncer.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, createWriteStream, existsSync, mkdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const WHERE = ['/usr/lib/postgresql/18/bin', '/usr/lib/postgresql/17/bin', '/usr/lib/postgresql/16/bin', '/usr/lib/postgresql/15/bin', '/usr/sbin', '/usr/bin', '/usr/local/bin'];
const NEEDED = { postgres: 'postgresql', pg_basebackup: 'postgresql', patroni: 'patroni', etcd: 'etcd-server', haproxy: 'haproxy', pgbouncer: 'pgbouncer' };

/** Paths of the programs by name; one sentence for whoever lacks some. */
export function findPrograms() {
  const found = Object.fromEntries(Object.keys(NEEDED).map((name) => [name, WHERE.map((dir) => path.join(dir, name)).find(existsSync)]));
  const missing = [...new Set(Object.keys(NEEDED).filter((n) => !found[n]).map((n) => NEEDED[n]))];
  if (missing.length) throw new Error(`The cluster needs programs that are not here. On Debian: apt-get install --no-install-recommends ${missing.join(' ')}`);
  return found;
}

/** PostgreSQL refuses root: as root everything runs as the account of Debian's package. */
export function accountOf() {
  if (process.getuid() !== 0) return null;
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
  return { uid, gid };
}

export function folder(at, account) {
  mkdirSync(at, { recursive: true, mode: 0o755 });
  if (account) chownSync(at, account.uid, account.gid);
  return at;
}

/** Ports of loopback that nobody has now. */
export async function freePorts(n) {
  const probes = await Promise.all(Array.from({ length: n }, () => new Promise((done, fail) => { const s = net.createServer(); s.once('error', fail); s.listen(0, '127.0.0.1', () => done(s)); })));
  const ports = probes.map((s) => s.address().port);
  await Promise.all(probes.map((s) => new Promise((done) => s.close(done))));
  return ports;
}

/** Starts a program in a group of its own; what it says goes to a file. */
export function start(program, args, { log, account, env, cwd }) {
  const child = spawn(program, args, { ...(account ?? {}), cwd, env: env ?? { PATH: process.env.PATH, LC_ALL: 'C', HOME: cwd }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = createWriteStream(log, { flags: 'a' });
  child.stdout.pipe(out, { end: false });
  child.stderr.pipe(out, { end: false });
  child.on('error', (e) => out.write(`${e.message}\n`));
  return child;
}

/** Sends a signal to all of them at once; those that are gone do not matter. */
export function signal(pids, name) {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch { /* gone */ }
  }
}

/** Asks until `look` gives something; an error counts as nothing yet. */
export async function until(what, seconds, look, every = 200) {
  const last = Date.now() + seconds * 1000;
  let why = '';
  while (Date.now() < last) {
    const found = await Promise.resolve().then(look).catch((e) => { why = e.message; return null; });
    if (found) return found;
    await new Promise((done) => setTimeout(done, every));
  }
  throw new Error(`${what}: not within ${seconds} s. ${why}`);
}
