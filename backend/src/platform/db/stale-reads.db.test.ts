import net from 'node:net';
import { getCascade } from '@lantoa/shared/cascade';
import { Db } from '#platform/db';
import { freshDatabase, replicaOf, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { reachable } from './data-source.ts';

jest.setTimeout(60_000);
const PROGRAMME = 'du-an-8-kon-tum-2022';

/** A replica that can be taken away: a gate before the same server, which says that it must not be written. */
async function gate(url: string): Promise<{ url: string; close: () => void }> {
  const { hostname, port } = new URL(url);
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const up = net.connect(Number(port), hostname);
    for (const s of [client, up]) { open.add(s); s.on('close', () => open.delete(s)); s.on('error', () => {}); }
    client.pipe(up).pipe(client);
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const at = Object.assign(new URL(replicaOf(url)), { port: String((server.address() as net.AddressInfo).port) });
  return { url: at.href, close: () => { server.close(); for (const s of open) s.destroy(); } };
}

let t: TestApp;
let replica: Awaited<ReturnType<typeof gate>>;
beforeAll(async () => {
  const url = await freshDatabase();
  replica = await gate(url);
  t = await startTestApp(url, { databaseReplicaUrl: replica.url });
});
afterAll(async () => { replica?.close(); await t?.close(); });

const readOnly = () => t.db.row<{ on: string }>("select current_setting('default_transaction_read_only') as on").then((r) => r.on === 'on');

test('only what says that it may be stale is read from the replica; transactions inside it are those of the primary', async () => {
  expect(await readOnly()).toBe(false);
  expect(await t.db.stale(readOnly)).toBe(true);
  expect(await t.db.stale(() => t.db.transaction(readOnly))).toBe(false);
});

test('what writes by mistake is told, not done twice', async () => {
  await expect(t.db.stale(() => t.db.rows("insert into setting_of_a_test values (1)"))).rejects.toThrow(/does not exist|read-only/);
  await expect(t.db.stale(() => t.db.rows('delete from person'))).rejects.toThrow(/read-only/);
});

test('when the replica goes, dashboards go on: the primary answers', async () => {
  const admin = await t.as((await makers(t).staff('unit-admin')).id);
  const before = await admin.call(getCascade, { query: { programme: PROGRAMME } });
  expect(before.status).toBe(200);
  replica.close();
  const after = await admin.call(getCascade, { query: { programme: PROGRAMME } });
  expect(after.body).toEqual(before.body);
  expect(await t.db.stale(readOnly)).toBe(false);
});

test('a replica that does not answer at the start is done without', async () => {
  expect(await reachable(replica.url)).toBeNull();
  expect(await reachable(null)).toBeNull();
  expect(await reachable(t.url)).toBe(t.url);
});

test('behind a pooler that shares connections no statement is left in one of them', async () => {
  const named = async (db: Db) => {
    await db.transaction(async () => {
      await db.prepared('select $1::int', [1]);
      left = (await db.rows<{ n: number }>("select count(*)::int as n from pg_prepared_statements where name <> ''"))[0]?.n;
    });
    return left;
  };
  let left: number | undefined;
  expect(await named(t.db)).toBeGreaterThan(0);
  const pooled = await startTestApp(t.url, { databaseDirectUrl: t.url });
  expect(await named(pooled.db)).toBe(0);
  await pooled.close();
});
