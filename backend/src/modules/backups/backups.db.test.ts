import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { checkBackup, downloadBackup, getBackups, makeBackup, takeBackupKey } from '@lantoa/shared/backups';
import { listRegister } from '@lantoa/shared/register';
import pg from 'pg';
import { backupKey, load, readArchive, recipientOf, writeArchive } from '#platform/backup';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { Files } from '#platform/files';
import { databaseOptions } from '../../app.module.ts';
import { runCli } from '../../cli-run.ts';
import { bareDatabase, type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { BackupsService } from './backups.service.ts';
import { Copies } from './copies.ts';

jest.setTimeout(60_000);

const folder = () => mkdtempSync(path.join(os.tmpdir(), 'lantoa-backup-'));
let t: TestApp;
let make: ReturnType<typeof makers>;
let owner: Client;
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  owner = await t.as((await make.staff('owner', null)).id);
  await make.certified({ from: '2025-01-05', post: [20, 18], issuedOn: '2025-01-12' });
  await t.app.get(Files).put('a/b/chu-ky.png', Buffer.from('một ảnh\n\\N \0'), 'image/png');
});
afterAll(() => t.close());

const counts = async (url: string) => {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query("select relname as name, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n, md5(coalesce(string_agg(x::text, chr(10) order by x::text), '''')) as h from %I x', relname), false, true, '')))[1]::text as n, (xpath('/row/h/text()', query_to_xml(format('select md5(coalesce(string_agg(x::text, chr(10) order by x::text), '''')) as h from %I x', relname), false, true, '')))[1]::text as h from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('migrations', 'backup', 'audit_row', 'session', 'cascade_news') order by 1");
  await client.end();
  return rows;
};
const cli = async (args: string[], env: Record<string, string>) => {
  const said = { out: '', err: '' };
  return { code: await runCli([...args, '--json'], { env, out: (x) => { said.out += x; }, err: (x) => { said.err += x; } }), ...said };
};

test('a copy that was made holds every row and every file: restored elsewhere the databases are the same, the book is whole, and its number goes on', async () => {
  const file = path.join(folder(), 'copy.age');
  const env = { DATABASE_URL: t.url, DATA_DIR: t.app.get<Config>(CONFIG).dataDir };
  const made = await cli(['backup', '--out', file], env);
  expect([made.err, made.code]).toEqual(['', 0]);
  expect(readFileSync(file).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  const elsewhere = { DATABASE_URL: await bareDatabase(), DATA_DIR: folder() };
  // Without its key it stays shut.
  expect((await cli(['restore', file], elsewhere)).err).toContain('The recovery key is not in');
  const key = path.join(folder(), 'khoa');
  writeFileSync(key, (await cli(['backup', 'key'], env)).out.replace(/"|\\n/g, ''));
  const restored = await cli(['restore', file, '--key', key], elsewhere);
  expect([restored.err, restored.code]).toEqual(['', 0]);
  expect(JSON.parse(restored.out)).toMatchObject({ rows: JSON.parse(made.out).rows, files: 1, migrated: [], register: { entries: 2, brokenAt: null, gaps: [] } });
  expect(await counts(elsewhere.DATABASE_URL)).toEqual(await counts(t.url));
  expect(readFileSync(path.join(elsewhere.DATA_DIR, 'files/a/b/chu-ky.png'))).toEqual(Buffer.from('một ảnh\n\\N \0'));
  // A second time it is not empty any more.
  expect(await cli(['restore', file, '--key', key], elsewhere)).toMatchObject({ code: 2, err: expect.stringContaining('not empty') });
  // References and triggers are there again.
  const client = new pg.Client(elsewhere.DATABASE_URL);
  await client.connect();
  await expect(client.query("update register_entry set holder_name = 'x'")).rejects.toThrow();
  await expect(client.query("insert into posting (id, person_id, unit_id, position, valid) values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', '[2025-01-01,)')")).rejects.toThrow(/foreign key/);
  const { rows } = await client.query("insert into audit_row (at, action, object_type, object_id) values (now(), 'x', 'x', 'x') returning id");
  expect(Number(rows[0].id)).toBeGreaterThan(Number((await t.db.row<{ id: number }>('select max(id) as id from audit_row')).id) - 10);
  await client.end();
});

test('what an earlier release has written is brought to this program: its copy is restored, the tables follow, the register is whole and goes on being read', async () => {
  // Made by release 0.1.0 of invented people; its key opens nothing else. Each release adds one.
  const at = (name: string) => path.resolve(__dirname, '../../../test/files', name);
  const env = { DATABASE_URL: await bareDatabase(), DATA_DIR: folder() };
  const restored = await cli(['restore', at('release-0.1.0.tar.gz.age'), '--key', at('release-0.1.0.key')], env);
  expect([restored.err, restored.code]).toEqual(['', 0]);
  const { migrated, register } = JSON.parse(restored.out) as { migrated: string[]; register: object };
  expect(register).toMatchObject({ entries: 2, brokenAt: null, gaps: [] });
  expect(migrated).toEqual((databaseOptions('').migrations as { name: string }[]).map((m) => m.name).slice((databaseOptions('').migrations as { name: string }[]).findIndex((m) => m.name === 'AddBackups1795791600000') + 1));
  const later = await startTestApp(env.DATABASE_URL);
  try {
    const [person] = await later.db.rows<{ id: string }>("select person_id as id from role_grant where role = 'owner' limit 1");
    expect((await (await later.as(person?.id as string)).call(listRegister, { query: {} })).body.items).toHaveLength(2);
  } finally {
    await later.close();
  }
});

test('a copy that was cut, changed or opened with another key is refused, and nothing is kept', async () => {
  const file = path.join(folder(), 'copy.age');
  const copies = t.app.get(Copies);
  await copies.write(file);
  const url = await bareDatabase();
  const options = databaseOptions(url, { pool: 1 }) as ReturnType<typeof databaseOptions> & { url: string };
  const into = (f: string, key: string) => load(readArchive(f, key), { database: options, files: null });
  const other = (await import('age-encryption')).generateX25519Identity;
  await expect(into(file, await other())).rejects.toThrow(/recovery key does not open/);
  const { size } = await stat(file);
  const cut = path.join(folder(), 'cut.age');
  writeFileSync(cut, readFileSync(file).subarray(0, size - 200_000));
  await expect(into(cut, await copies.key())).rejects.toThrow(/damaged or cut/);
  const changed = path.join(folder(), 'changed.age');
  const bytes = readFileSync(file);
  bytes[Math.floor(size / 2)] = (bytes[Math.floor(size / 2)] as number) ^ 1;
  writeFileSync(changed, bytes);
  const empty = await bareDatabase();
  await expect(load(readArchive(changed, await copies.key()), { database: { ...options, url: empty } as typeof options, files: null })).rejects.toThrow(/damaged or cut/);
  const client = new pg.Client(empty);
  await client.connect();
  const { rows: [there] } = await client.query("select to_regclass('person') is not null as there");
  if (there.there) expect((await client.query('select 1 from person limit 1')).rows).toEqual([]);
  await client.end();
});

test('servers of one database that have the same SECRET_KEY have the same recovery key', async () => {
  const [one, two, other] = await Promise.all(['x'.repeat(40), 'x'.repeat(40), 'y'.repeat(40)].map((secretKey) => backupKey({ dataDir: folder(), secretKey })));
  expect([one === two, one === other]).toEqual([true, false]);
  const file = path.join(folder(), 'copy.age');
  await writeArchive(file, [await recipientOf(one as string)], (async function* () { yield { name: 'a', bytes: Buffer.from('một') }; })());
  const read = [];
  for await (const e of readArchive(file, two as string)) read.push(e.bytes.toString());
  expect(read).toEqual(['một']);
});

test('a copy of a newer program is refused before anything is touched; counts that do not fit, too', async () => {
  const copies = t.app.get(Copies);
  const key = await copies.key();
  const file = path.join(folder(), 'copy.age');
  await copies.write(file);
  const again = async (change: (name: string, json: { migrations: string[]; rows: Record<string, number> }) => unknown) => {
    const to = path.join(folder(), 'other.age');
    await writeArchive(to, [await recipientOf(key)], (async function* () {
      for await (const e of readArchive(file, key)) yield e.name.endsWith('.json') ? { ...e, bytes: Buffer.from(JSON.stringify(change(e.name, JSON.parse(e.bytes.toString())))) } : e;
    })());
    return load(readArchive(to, key), { database: databaseOptions(await bareDatabase(), { pool: 1 }) as never, files: null });
  };
  await expect(again((name, json) => (name === 'begin.json' ? { ...json, migrations: [...json.migrations, 'FromTheFuture9999999999999'] } : json))).rejects.toThrow(/newer version of Lan Toả \(FromTheFuture/);
  await expect(again((name, json) => (name === 'end.json' ? { ...json, rows: { ...json.rows, person: (json.rows.person as number) + 1 } } : json))).rejects.toThrow(/rows of person/);
});

test('every night one, tried by restoring it; what is seen is who, when, how large; a copy and the key are taken along only by the owner, and it is noted', async () => {
  const service = t.app.get(BackupsService);
  // The first act of this database is years old.
  expect((await owner.call(getBackups, {})).body).toMatchObject({ items: [], late: true, lastGoodAt: null, keyTakenAt: null });
  const { body: begun } = await owner.call(makeBackup, {});
  expect(begun).toMatchObject({ state: 'running', by: expect.stringContaining('Y Thử') });
  expect((await owner.call(makeBackup, {})).body.id).toBe(begun.id);
  for (let i = 0; i < 200 && (await owner.call(getBackups, {})).body.items[0]?.checkedAt === null; i++) await new Promise((done) => setTimeout(done, 100));
  const { body } = await owner.call(getBackups, {});
  expect(body).toMatchObject({ late: false, items: [{ id: begun.id, state: 'good', fault: null, checkedAt: expect.any(String), takenAt: null }] });
  expect(body.items[0]?.rows).toBeGreaterThan(1000);
  expect(await t.db.rows("select datname from pg_database where datname like 'lantoa_trial%'")).toEqual([]);

  const reply = await owner.call(downloadBackup, { params: { backupId: begun.id } });
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/octet-stream']);
  expect((await owner.call(takeBackupKey, {})).body.key).toMatch(/^AGE-SECRET-KEY-1/);
  expect((await owner.call(getBackups, {})).body).toMatchObject({ keyTakenAt: expect.any(String), items: [{ takenAt: expect.any(String) }] });
  expect((await t.db.rows<{ action: string }>("select action from audit_row where action like 'backup.%' order by id")).map((r) => r.action)).toEqual(['backup.begun', 'backup.taken', 'backup.key-taken']);
  const admin = await t.as((await make.staff('unit-admin')).id);
  for (const [e, input] of [[getBackups, {}], [makeBackup, {}], [takeBackupKey, {}], [downloadBackup, { params: { backupId: begun.id } }]] as const) expect((await admin.call(e, input as never)).status).toBe(403);

  // Two years of nights: few files stay. A damaged one is found when it is tried.
  for (let i = 1; i <= 3; i++) await clock.at(new Date(Date.now() + i * 40 * 86_400_000), async () => { await service.make(await begin()); });
  const names = (await readdir(t.app.get(Copies).folder)).filter((f) => f.endsWith('.age'));
  expect(names.length).toBe(await t.db.row<{ n: number }>("select count(*)::int as n from backup where state = 'good'").then((r) => r.n));
  const newest = (await t.db.row<{ id: string; file: string }>("select id, file from backup where state = 'good' order by started_at desc limit 1"));
  const handle = await open(t.app.get(Copies).fileOf(newest.file), 'r+');
  await handle.write(Buffer.from([1, 2, 3]), 0, 3, 5000);
  await handle.close();
  expect((await owner.call(checkBackup, { params: { backupId: newest.id } })).body.fault).toMatch(/damaged or cut/);
  async function begin(): Promise<string> {
    const [row] = await t.db.rows<{ id: string }>("insert into backup (id, started_at, state, file) values (gen_random_uuid(), $1, 'running', 'x' || gen_random_uuid() || '.age') returning id", [clock.now()]);
    return row?.id as string;
  }
});

test('a copy that cannot be written says so, and the one before stands', async () => {
  const config = t.app.get<Config>(CONFIG);
  const before = config.backups;
  writeFileSync(path.join(config.dataDir, 'no-folder'), '');
  config.backups = { ...before, folder: path.join(config.dataDir, 'no-folder/copies') };
  try {
    const [row] = await t.db.rows<{ id: string }>("insert into backup (id, started_at, state, file) values (gen_random_uuid(), now(), 'running', 'x.age') returning id");
    expect(await t.app.get(BackupsService).make(row?.id as string)).toMatchObject({ state: 'failed', fault: expect.stringMatching(/ENOTDIR|EEXIST/) });
    expect((await owner.call(getBackups, {})).body.lastGoodAt).not.toBeNull();
  } finally {
    config.backups = before;
  }
});
