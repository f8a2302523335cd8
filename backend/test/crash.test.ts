import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { approveBatch, prepareBatch } from '@lantoa/shared/awarding';
import { routeOf } from '@lantoa/shared/endpoint';
import pg from 'pg';
import { SessionsService } from '#modules/access';
import { BookService } from '#modules/credentials';
import { startTestApp, type TestApp } from './app.ts';
import { makers } from './make.ts';

jest.setTimeout(120_000);
const PEOPLE = 6;

let t: TestApp;
let holder: pg.Client;
const data = path.join(os.tmpdir(), `lantoa-crash-${randomUUID()}`);
const children: ChildProcess[] = [];
beforeAll(async () => {
  t = await startTestApp();
  holder = new pg.Client(t.url);
  await holder.connect();
});
afterAll(async () => {
  for (const c of children) c.kill('SIGKILL');
  await holder.end();
  await t.close();
});

async function start(): Promise<{ url: string; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, [path.resolve(__dirname, '../dist/main.js'), '--port', '0', '--data', data], { env: { ...process.env, DATABASE_URL: t.url, LOG_TO: 'none', WORKERS: '1' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(child);
  const port = await new Promise<number>((ready, fail) => { child.on('message', (m: { port: number }) => ready(m.port)); child.once('exit', (code) => fail(new Error(`ended with ${code}`))); });
  return { url: `http://127.0.0.1:${port}`, kill: async () => { const gone = new Promise((done) => child.once('exit', done)); child.removeAllListeners('message'); child.kill('SIGKILL'); await gone; } };
}

/** Waits until a statement gives a row. */
async function until(sql: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if ((await t.db.rows(sql)).length) return;
    await new Promise((ok) => setTimeout(ok, 100));
  }
  throw new Error(`never: ${sql}`);
}
const waitsFor = (table: string) => until(`select 1 from pg_locks l join pg_class c on c.oid = l.relation where c.relname = '${table}' and not l.granted and l.mode = 'RowExclusiveLock'`);
/** While `work` runs, nothing can be written to a table. What waited for it when the program was killed goes with it, as in a power cut: PostgreSQL itself would still carry it out. */
async function held(table: string, work: () => Promise<void>): Promise<void> {
  await holder.query('begin');
  await holder.query(`lock table ${table} in share mode`);
  try {
    await work();
  } finally {
    await holder.query('select pg_terminate_backend(l.pid) from pg_locks l join pg_class c on c.oid = l.relation where c.relname = $1 and not l.granted', [table]);
    await holder.query('rollback');
  }
}
const counts = () => t.db.row("select (select count(*) from register_entry)::int as lines, (select count(*) from paper)::int as papers, (select count(*) from signed_document where kind = 'credential')::int as credentials, (select count(*) from status_list)::int as lists");

test('a batch, killed at every step, ends right: no second number, no missing paper, no missing credential', async () => {
  const make = makers(t);
  const { id } = await make.completed({ post: Array.from({ length: PEOPLE }, () => 20) });
  const registrar = await t.as((await make.staff('registrar')).id);
  const { id: approver } = await make.staff('approver');
  const { body: batch } = await registrar.call(prepareBatch, { body: { classIds: [id], decisionNo: '1', issuedOn: '2022-11-12', signerTitle: 'CT', signerName: 'N' } });
  const { token } = await t.app.get(SessionsService).open({ personId: approver, secretKind: 'pin' }, { address: '127.0.0.1', label: 'test' });
  const approve = (url: string) => fetch(url + routeOf(approveBatch).replace(':batchId', batch.id), { method: 'POST', headers: { cookie: `lantoa_session=${token}` } });

  // While the numbers are taken: nothing has happened.
  let server = await start();
  await held('register_counter', async () => {
    void approve(server.url).catch(() => {});
    await waitsFor('register_counter');
    await server.kill();
  });
  await until('select 1 where not exists (select 1 from pg_locks l join pg_class c on c.oid = l.relation where c.relname = \'register_counter\')');
  expect(await counts()).toEqual({ lines: 0, papers: 0, credentials: 0, lists: 0 });

  // After the approval, between the file of a paper and the row that says it is there.
  server = await start();
  await held('paper', async () => {
    expect((await approve(server.url)).status).toBe(200);
    await waitsFor('paper');
    await server.kill();
  });
  expect(await counts()).toMatchObject({ lines: PEOPLE, papers: 0 });

  // Before a credential is kept.
  await t.db.rows("delete from graphile_worker._private_jobs where locked_at is null and task_id in (select id from graphile_worker._private_tasks where identifier like '%credentials')");
  const before = (await counts()) as { credentials: number };
  await held('signed_document', async () => {
    server = await start();
    if (before.credentials < PEOPLE) await waitsFor('signed_document');
    await server.kill();
  });

  // Before the status list is kept.
  await held('status_list', async () => {
    server = await start();
    if (((await counts()) as { lists: number }).lists === 0) await waitsFor('status_list');
    await server.kill();
  });

  // And then nobody disturbs.
  server = await start();
  await until(`select 1 where (select count(*) from paper) = ${PEOPLE} and (select count(*) from signed_document where kind = 'credential') = ${PEOPLE} and (select count(*) from status_list) = 1`);
  await server.kill();
  expect(await t.db.rows("select number from register_entry order by seq")).toEqual(Array.from({ length: PEOPLE }, (_, i) => ({ number: i + 1 })));
  expect(await t.db.rows('select last from register_counter')).toEqual([{ last: PEOPLE }]);
  expect(await t.app.get(BookService).verify()).toMatchObject({ entries: PEOPLE, gaps: [], brokenAt: null });
});
