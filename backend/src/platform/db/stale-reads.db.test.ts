import { getCascade } from '@lantoa/shared/cascade';
import { Db } from '#platform/db';
import { freshDatabase, replicaOf, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { type SlowLink, slowLink } from '../../../test/slow-link.ts';
import { reachable } from './data-source.ts';

jest.setTimeout(60_000);
const PROGRAMME = 'du-an-8-kon-tum-2022';

let t: TestApp;
/** A replica that can be taken away: another way to the same server, which says that it must not be written. */
let replica: SlowLink;
beforeAll(async () => {
  const url = await freshDatabase();
  replica = await slowLink(replicaOf(url));
  t = await startTestApp(url, { databaseReplicaUrl: replica.url });
});
afterAll(async () => { await t?.close(); await replica?.close().catch(() => {}); });

const readOnly = () => t.db.row<{ on: string }>("select current_setting('default_transaction_read_only') as on").then((r) => r.on === 'on');

test('only what says that it may be stale is read from the replica; transactions inside it are those of the primary', async () => {
  expect(await readOnly()).toBe(false);
  expect(await t.db.stale(readOnly)).toBe(true);
  expect(await t.db.stale(() => t.db.transaction(readOnly))).toBe(false);
});

test('what writes by mistake is told, not done twice', async () => {
  await expect(t.db.stale(() => t.db.rows('insert into setting_of_a_test values (1)'))).rejects.toThrow(/does not exist|read-only/);
  await expect(t.db.stale(() => t.db.rows('delete from person'))).rejects.toThrow(/read-only/);
});

test('when the replica goes, dashboards go on: the primary answers', async () => {
  const admin = await t.as((await makers(t).staff('unit-admin')).id);
  const before = await admin.call(getCascade, { query: { programme: PROGRAMME } });
  expect(before.status).toBe(200);
  await replica.close();
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
