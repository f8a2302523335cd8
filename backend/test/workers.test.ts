import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { bareDatabase, freshDatabase } from './app.ts';

jest.setTimeout(120_000);

let child: ChildProcess;
let base: string;
let database: string;
let sql: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  sql = new pg.Client(database);
  await sql.connect();
  child = spawn(process.execPath, [path.resolve(__dirname, '../dist/main.js'), '--port', '0', '--workers', '2', '--data', mkdtempSync(path.join(os.tmpdir(), 'lantoa-workers-'))], { env: { ...process.env, DATABASE_URL: database, LOG_TO: 'none' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  base = `http://127.0.0.1:${await new Promise<number>((done) => child.once('message', (m: { port: number }) => done(m.port)))}`;
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await sql?.end();
});

/** The processes that it has begun. */
const workersOf = (pid: number): number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
/** A connection of its own each time, so that the requests are shared out. */
const ask = (at: string, init: RequestInit = {}) => fetch(base + at, { signal: AbortSignal.timeout(5000), ...init, headers: { connection: 'close', 'content-type': 'application/json', ...init.headers } });
const signIn = (login: string) => ask('/api/session', { method: 'POST', body: JSON.stringify({ login, secret: 'sai' }) });

test('two processes answer on one port; tries at a secret are counted together', async () => {
  expect(workersOf(child.pid as number)).toHaveLength(2);
  const codes: number[] = [];
  for (let i = 0; i < 11; i++) codes.push((await signIn('QB 999999')).status);
  expect(codes).toEqual([...Array(10).fill(401), 429]);
});

test('the figures are those of all of them, and what the database knows stands in them once', async () => {
  for (let i = 0; i < 20; i++) await ask('/api/health');
  const text = await (await ask('/metrics')).text();
  const count = [...text.matchAll(/http_request_seconds_count\{[^}]*route="\/api\/health"[^}]*\} (\d+)/g)].reduce((n, m) => n + Number(m[1]), 0);
  expect(count).toBeGreaterThanOrEqual(20);
  expect(text).toMatch(/^backup_age_seconds -1$/m);
  expect(text).toMatch(/^register_entries 0$/m);
});

test('one that is killed is replaced, and requests go on being answered meanwhile', async () => {
  const [victim] = workersOf(child.pid as number) as [number];
  process.kill(victim, 'SIGKILL');
  const answered: number[] = [];
  for (let i = 0; i < 20; i++) {
    answered.push(await ask('/api/health').then((r) => r.status, () => 0));
    await sleep(20);
  }
  // What was under way in the killed one may have been lost; the others were answered.
  expect(answered.filter((s) => s === 200).length).toBeGreaterThanOrEqual(18);
  for (let i = 0; i < 200 && (workersOf(child.pid as number).length < 2 || workersOf(child.pid as number).includes(victim)); i++) await sleep(100);
  expect(workersOf(child.pid as number)).toHaveLength(2);
});

test('killed at once, it takes its processes along', async () => {
  const pids = workersOf(child.pid as number);
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  child.kill('SIGKILL');
  await ended;
  const lives = (pid: number) => { try { process.kill(pid, 0); return true; } catch { return false; } };
  for (let i = 0; i < 100 && pids.some(lives); i++) await sleep(100);
  expect(pids.filter(lives)).toEqual([]);
  for (let i = 0; i < 100 && (await sql.query("select 1 from pg_stat_activity where datname = current_database() and application_name = 'lantoa'")).rowCount; i++) await sleep(100);
  expect((await sql.query("select 1 from pg_stat_activity where datname = current_database() and application_name = 'lantoa'")).rowCount).toBe(0);
});

test('two programs that start at once on an empty database both become ready, and it was prepared once', async () => {
  const url = await bareDatabase();
  const started = [1, 2].map(() => spawn(process.execPath, [path.resolve(__dirname, '../dist/main.js'), '--port', '0', '--workers', '1', '--data', mkdtempSync(path.join(os.tmpdir(), 'lantoa-workers-'))], { env: { ...process.env, DATABASE_URL: url, LOG_TO: 'none', SECRET_KEY: 'x'.repeat(40) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
  try {
    const ports = await Promise.all(started.map((c) => new Promise<number>((done, fail) => { c.once('message', (m: { port: number }) => done(m.port)); c.once('exit', (code) => fail(new Error(`ended with ${code}`))); })));
    for (const port of ports) expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<{ courses: number; units: number }>('select (select count(*)::int from course) as courses, (select count(*)::int - count(distinct (unit_id, valid))::int from unit_version) as units');
    expect(rows[0]).toEqual({ courses: 7, units: 0 });
    await client.end();
  } finally {
    for (const c of started) c.kill('SIGKILL');
  }
});
