// A real server on a real disk with people in it: what every benchmark stands on.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId } from '@lantoa/shared/rules/ids';

export const ROOT = path.resolve(import.meta.dirname, '..');
export const PIN = '482913';
const dist = (file) => import(path.join(ROOT, 'backend/dist', file));

/** Starts PostgreSQL with its usual safety (fsync on), or takes the empty database at `url`; loads the content, makes `people` activated learners and a post-test that is open to all of them. */
export async function setStage(people, url) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'lantoa-bench-'));
  chmodSync(home, 0o755);
  const [{ migrate, startEmbeddedPostgres }, { migrateJobs }, { readConfig }, { databaseOptions }, { createApp }, { loadContent }, people_, access, assessment] = await Promise.all(
    ['platform/db/index.js', 'platform/jobs/index.js', 'platform/config/index.js', 'app.module.js', 'app.js', 'content.js', 'modules/people/index.js', 'modules/access/index.js', 'modules/assessment/index.js'].map(dist));
  const postgres = url ? { url, stop: async () => {} } : await startEmbeddedPostgres({ home: path.join(home, 'postgres') });
  await migrate(databaseOptions(postgres.url));
  await migrateJobs(postgres.url);
  const config = { ...readConfig(['--data', home]), logTo: 'none' };
  const app = await createApp(config, postgres.url, { web: false });
  await app.init();
  await loadContent(app, config);
  const learners = [];
  for (let i = 0; i < people; i++) learners.push(await app.get(people_.PeopleService).create(null, { name: `Người đo ${i}`, birthYear: 1985, sex: 'female', phone: `09${String(10_000_000 + i)}` }));
  const { hashSecret } = await dist('modules/access/hashing.js');
  const secretHash = await hashSecret(PIN);
  const { Db } = await dist('platform/db/index.js');
  await app.get(Db).rows("insert into account (person_id, secret_kind, secret_hash, activated_at) select id, 'pin', $1, now() from person", [secretHash]);
  const form = await app.get(assessment.FormsService).current('gioi-va-binh-dang-gioi', 'dau-ra');
  const open = () => app.get(assessment.SittingsService).open(form.id, learners.map((l) => l.id));
  /** Somebody's session, without the price of a sign-in. */
  const cookieOf = async (l) => `lantoa_session=${(await app.get(access.SessionsService).open({ personId: l.id, secretKind: 'pin' }, { address: 'bench', label: 'bench' })).token}`;
  return {
    home, url: postgres.url, postgresPid: postgres.pid, app, learners, form, open, cookieOf,
    async close() {
      await app.close();
      await postgres.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A process and everything that it began, as /proc has it now. */
export function treeOf(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
    try {
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]));
    } catch { /* it has just ended */ }
  }
  const tree = [pid];
  for (let i = 0; i < tree.length; i++) for (const [child, parent] of parents) if (parent === tree[i]) tree.push(child);
  return tree;
}

/** The program in a process of its own, as in production. */
export async function startServer(databaseUrl, home, workers = Number(process.env.WORKERS ?? 1)) {
  const child = spawn(process.execPath, [path.join(ROOT, 'backend/dist/main.js'), '--port', '0', '--data', home], { env: { ...process.env, DATABASE_URL: databaseUrl, LOG_TO: 'none', DATABASE_POOL: '10', WORKERS: String(workers) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const port = await new Promise((ok, bad) => { child.on('message', (m) => ok(m.port)); child.once('exit', (c) => bad(new Error(`the server ended with ${c}`))); });
  return {
    base: `http://127.0.0.1:${port}`, pid: child.pid, workers,
    /** CPU seconds of the server and its children so far. */
    cpu: () => treeOf(child.pid).reduce((sum, pid) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' '); return sum + (Number(f[11]) + Number(f[12])) / 100; }, 0),
    /** MiB that the program and PostgreSQL hold now, each page that several share counted once (PSS). */
    memory(postgresPid) {
      const held = (root) => Math.round(treeOf(root).reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0), 0) / 1024);
      const [program, postgres] = [held(child.pid), held(postgresPid)];
      return { program, postgres, all: program + postgres };
    },
    stop: () => new Promise((done) => { child.once('exit', done); child.kill('SIGTERM'); }),
  };
}

export const answersFor = (form) => form.key.map((k) => ({ id: newId(), questionVersionId: k.questionVersionId, choice: k.rightChoice, revision: 1, answeredAt: new Date().toISOString() }));

/** Runs `work` for every item, `width` at a time. Returns items per second. */
export async function rate(items, width, work) {
  const waiting = [...items];
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: width }, async () => { for (let x = waiting.pop(); x !== undefined; x = waiting.pop()) await work(x); }));
  return (items.length * 1000) / (performance.now() - startedAt);
}

export const round = (n, digits = 1) => Number(n.toFixed(digits));
