import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { exportAudit, listAudit, verifyAudit } from '@lantoa/shared/audit';
import { getPerson } from '@lantoa/shared/organisation';
import { campaignStates } from '@lantoa/shared/refreshers';
import { RoomAct } from '@lantoa/shared/rooms';
import { ClassAct } from '@lantoa/shared/training';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import pg from 'pg';
import { AuditSeals } from '#platform/audit';
import { runCli } from '../../cli-run.ts';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';

jest.setTimeout(60_000);

let t: TestApp;
let make: ReturnType<typeof makers>;
let owner: Client;
let ownerId: string;
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  ownerId = (await make.staff('owner', null)).id;
  owner = await t.as(ownerId);
});
afterAll(() => t.close());

const seals = () => t.app.get(AuditSeals);
const note = (action: string, n = 1) => t.db.rows("insert into audit_row (at, action, object_type, object_id, data) select now(), $1, 'x', 'x', jsonb_build_object('n', i) from generate_series(1, $2::int) i", [action, n]);
/** The database's owner goes round the triggers. */
const tamper = async (sql: string) => {
  const client = new pg.Client(t.url);
  await client.connect();
  await client.query("set session_replication_role = replica");
  await client.query(sql);
  await client.end();
};
/** Until all is sealed. Transactions of other databases of the same server may be open, and are waited for, too. */
const settle = async () => {
  for (let i = 0; i < 400 && (await seals().verify()).unsealed > 0; i++) {
    await seals().sealSettled();
    await new Promise((done) => setTimeout(done, 50));
  }
};

test('rows are sealed once every transaction that might still add a lower number has ended', async () => {
  await note('test.one', 3);
  await settle();
  const slow = new pg.Client(t.url);
  await slow.connect();
  await slow.query('begin');
  await slow.query("insert into audit_row (at, action, object_type, object_id) values (now(), 'test.slow', 'x', 'x')");
  await note('test.two', 2);
  for (let i = 0; i < 5; i++) await seals().sealSettled();
  expect((await seals().verify()).unsealed).toBeGreaterThanOrEqual(2);
  await slow.query('commit');
  await slow.end();
  await settle();
  expect(await seals().verify()).toMatchObject({ broken: null, unsealed: 0, last: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('whatever is changed, taken away or put in below a seal is found, by its place and its kind', async () => {
  await note('test.three', 5);
  await settle();
  await note('test.four', 5);
  await settle();
  expect((await seals().verify()).broken).toBeNull();
  const { id } = await t.db.row<{ id: number }>("select max(id) as id from audit_row where action = 'test.three'");
  const { data } = await t.db.row<{ data: object }>('select data from audit_row where id = $1', [id]);
  await expect(t.db.rows('delete from audit_row where id = $1', [id])).rejects.toThrow(/append-only/);
  await tamper(`update audit_row set data = '{"n": 99}' where id = ${id}`);
  expect((await seals().verify()).broken).toMatchObject({ why: 'rows-changed' });
  await tamper(`update audit_row set data = '${JSON.stringify(data)}' where id = ${id}`);
  expect((await seals().verify()).broken).toBeNull();
  await tamper(`create table kept as select * from audit_row where id = ${id}; delete from audit_row where id = ${id}`);
  const verdict = (await owner.call(verifyAudit, {})).body;
  expect(verdict.broken).toMatchObject({ why: 'rows-missing' });
  expect([(verdict.broken?.fromId ?? 0) <= id, (verdict.broken?.toId ?? 0) >= id]).toEqual([true, true]);
  const said = { out: '' };
  expect(await runCli(['audit', 'verify', '--json'], { env: { DATABASE_URL: t.url, DATA_DIR: '/tmp' }, out: (x) => { said.out += x; }, err: () => {} })).toBe(9);
  expect(JSON.parse(said.out).broken.why).toBe('rows-missing');
  await tamper('insert into audit_row select * from kept; drop table kept');
  await tamper("update audit_seal set hash = repeat('0', 64) where id = (select min(id) from audit_seal)");
  expect((await seals().verify()).broken).not.toBeNull();
  await tamper("update audit_seal s set hash = n.previous_hash from (select previous_hash from audit_seal order by id limit 1 offset 1) n where s.id = (select min(id) from audit_seal)");
  expect((await seals().verify()).broken).toBeNull();
});

test('an auditor of a district sees what concerns the own units, the owner sees everything; filters, pages', async () => {
  const [mine, other] = [await make.person({ name: 'Y Trong (mẫu)' }), await make.person({ name: 'Y Ngoài (mẫu)' })];
  for (const [p, unit] of [[mine, '610'], [other, '614']] as const) await t.db.rows("insert into posting (id, person_id, unit_id, position, valid) values (gen_random_uuid(), $1, $2, 'Cán bộ', '[2022-01-01,)')", [p.id, await make.unit(unit)]);
  for (const p of [mine, other]) await owner.call(getPerson, { params: { personId: p.id } });
  const seen = (await owner.call(listAudit, { query: { group: 'person', sensitive: 'yes' } })).body.items;
  expect(seen.map((l) => [l.action, l.subject, l.actor?.id]).slice(0, 2)).toEqual([['person.seen', 'Y Ngoài (mẫu)', ownerId], ['person.seen', 'Y Trong (mẫu)', ownerId]]);
  // Looking at one's own page is nobody's business.
  await (await t.as((await make.staff('unit-admin', '610')).id)).call(getPerson, { params: { personId: mine.id } });
  const auditor = await t.as((await make.staff('auditor', '610')).id);
  const subjects = (await auditor.call(listAudit, { query: { group: 'person', sensitive: 'yes' } })).body.items.map((l) => l.subject);
  expect([subjects.includes('Y Trong (mẫu)'), subjects.includes('Y Ngoài (mẫu)')]).toEqual([true, false]);
  expect((await auditor.call(listAudit, { query: { objectId: other.id } })).body.items).toEqual([]);
  expect((await (await t.as((await make.staff('registrar', '610')).id)).call(listAudit, { query: {} })).status).toBe(403);

  await note('test.page', 230);
  const ids: number[] = [];
  for (let before: number | undefined; ; ) {
    const { items, more } = (await owner.call(listAudit, { query: { group: 'test', ...(before !== undefined && { before }) } })).body;
    ids.push(...items.map((l) => l.id));
    if (!more) break;
    before = items.at(-1)?.id;
  }
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
  expect(ids).toHaveLength((await t.db.row<{ n: number }>("select count(*)::int as n from audit_row where action like 'test.%'")).n);
  expect((await owner.call(listAudit, { query: { from: '2001-01-01', until: '2001-12-31' } })).body.items).toEqual([]);
  expect((await owner.call(listAudit, { query: { from: 'gần đây' } as never })).body.code).toBe('request.malformed');
});

test('the file carries the seal, and no cell of it is a formula; that it was taken stands in the log', async () => {
  await t.db.rows("insert into audit_row (at, actor_id, action, object_type, object_id, data) values (now(), $1, '=cmd()', '@x', '+1', '{}')", [ownerId]);
  const rows = parse((await owner.call(exportAudit, { query: {} })).body as unknown as string, { relax_column_count: true }) as string[][];
  expect(rows[0]?.[0]).toMatch(/sealed up to line \d+ .* sha256 [0-9a-f]{64}/);
  expect(rows.flat().filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([]);
  expect((await owner.call(listAudit, { query: { group: 'audit' } })).body.items[0]).toMatchObject({ action: 'audit.exported', sensitive: true });
});

test('every act that the program writes down has words in both languages', () => {
  const files = (dir: string): string[] => readdirSync(dir, { withFileTypes: true }).flatMap((f) => (f.isDirectory() ? files(path.join(dir, f.name)) : /(?<!\.test)\.ts$/.test(f.name) ? [path.join(dir, f.name)] : []));
  const source = files(path.resolve(__dirname, '../..')).map((f) => readFileSync(f, 'utf8')).join('\n');
  const fixed = [...source.matchAll(/audit\.record\([^;\n]*?, '([a-z-]+\.[a-z-]+)'/g)].map((m) => m[1] as string);
  expect(fixed.length).toBeGreaterThan(50);
  const composed = [...RoomAct.options.map((a) => `room.${a}`), ...ClassAct.options.map((a) => `class.${a}`), ...campaignStates.map((s) => `campaign.${s}`), ...['submit', 'take-back', 'return', 'publish', 'drop'].flatMap((a) => [`draft.${a}`, `question-draft.${a}`]), ...['open', 'rename', 'move', 'merge', 'split', 'close'].map((k) => `unit.${k}`), 'batch.approved', 'batch.withdrawn', 'certificate.change-approved', 'certificate.change-refused'];
  for (const language of ['vi', 'en']) {
    const words = JSON.parse(readFileSync(path.resolve(__dirname, `../../../../frontend/src/locales/${language}/staff.json`), 'utf8')) as Record<string, string>;
    const all = [...new Set([...fixed, ...composed])];
    expect(all.filter((a) => !words[`audit.act.${a}`])).toEqual([]);
    expect(all.filter((a) => !words[`audit.group.${a.split('.')[0]}`])).toEqual([]);
  }
});

test('sealed in any portions, the chain is whole', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }), async (portions) => {
    for (const n of portions) {
      if (n > 0) await note('test.portion', n);
      await seals().sealSettled();
    }
    expect((await seals().verify()).broken).toBeNull();
  }), { numRuns: 8 });
});
