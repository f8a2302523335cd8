import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freshDatabase } from './app.ts';

const DIST = path.resolve(__dirname, '../dist');
jest.setTimeout(60_000);

const folder = () => {
  const made = mkdtempSync(path.join(os.tmpdir(), 'lantoa-start-'));
  chmodSync(made, 0o755);
  return made;
};
const children: ChildProcess[] = [];
afterAll(() => { for (const c of children) c.kill('SIGKILL'); });
interface Started { child: ChildProcess; said: () => string; port: Promise<number>; ended: Promise<number | null> }
function start(args: string[], env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [path.join(DIST, 'main.js'), ...args], { env: { ...process.env, DATABASE_URL: '', LOG_TO: 'none', WORKERS: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  children.push(child);
  let text = '';
  for (const s of [child.stdout, child.stderr]) s?.on('data', (c: Buffer) => { text += c; });
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const port = new Promise<number>((done, fail) => {
    child.on('message', (m: { port: number }) => done(m.port));
    void ended.then((code) => fail(new Error(`ended with ${code}: ${text}`)));
  });
  port.catch(() => {});
  return { child, said: () => text, port, ended };
}
const cli = (args: string[], env: Record<string, string> = {}) => new Promise<{ code: number | null; out: string; err: string }>((done) => {
  const child = spawn(process.execPath, [path.join(DIST, 'cli.js'), ...args], { env: { ...process.env, DATABASE_URL: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (c: Buffer) => { out += c; });
  child.stderr.on('data', (c: Buffer) => { err += c; });
  child.once('exit', (code) => done({ code, out, err }));
});

describe('starting', () => {
  test('from an empty folder; killed at once it loses nothing committed, and the second start finds it', async () => {
    const data = folder();
    const first = start(['--port', '0', '--data', data]);
    const port = await first.port;
    const token = /\/vao\/chu#(\S+)/.exec(first.said())?.[1] ?? (await new Promise<string>((done) => { const timer = setInterval(() => { const m = /\/vao\/chu#(\S+)/.exec(first.said()); if (m) { clearInterval(timer); done(m[1] as string); } }, 20); }));
    const reply = await fetch(`http://127.0.0.1:${port}/api/activation/owner`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, name: 'Chủ', phone: '0905123456', password: 'cà phê chồn 3 ly' }) });
    expect(reply.status).toBe(200);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start(['--port', '0', '--data', data]);
    const again = await second.port;
    const signIn = await fetch(`http://127.0.0.1:${again}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login: '0905123456', secret: 'cà phê chồn 3 ly' }) });
    expect(((await signIn.json()) as { roles: string[] }).roles).toEqual(['owner']);
    expect(second.said()).not.toContain('/vao/chu#');
    // The command line speaks to the running server's database.
    const units = await cli(['units', 'show', '--as-of', '2022-12-31', '--data', data, '--json']);
    expect([units.code, JSON.parse(units.out)]).toEqual([0, { asOf: '2022-12-31', counts: { province: 1, district: 10, commune: 102 } }]);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    // And starts the embedded one when none runs.
    const verdict = await cli(['register', 'verify', '--data', data, '--json']);
    expect([verdict.code, JSON.parse(verdict.out)]).toEqual([0, { entries: 0, gaps: [], brokenAt: null, last: null, head: null }]);
  });

  test('a port in use: exit code 3, one sentence', async () => {
    const taken = net.createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as net.AddressInfo;
    const s = start(['--port', String(port), '--data', folder()]);
    expect(await s.ended).toBe(3);
    expect(s.said()).toBe(`Port ${port} is in use by another program. Stop it, or choose another port: npm start -- --port ${port + 1}\n`);
    await new Promise((done) => taken.close(done));
  });
  test('a data folder that cannot be written: exit code 4', async () => {
    const file = path.join(folder(), 'a-file');
    writeFileSync(file, '');
    const s = start(['--port', '0', '--data', path.join(file, 'data')]);
    expect(await s.ended).toBe(4);
    expect(s.said()).toMatch(/cannot be written/);
  });
  test('data of a newer program: exit code 5, and nothing is touched', async () => {
    const url = await freshDatabase();
    const client = new pg.Client(url);
    await client.connect();
    await client.query("insert into migrations (timestamp, name) values (9999999999999, 'FromTheFuture9999999999999')");
    const s = start(['--port', '0', '--data', folder()], { DATABASE_URL: url });
    expect(await s.ended).toBe(5);
    expect(s.said()).toMatch(/newer version of Lan Toả .*FromTheFuture.*Nothing was changed/);
    await client.end();
  });
  test('data of another PostgreSQL: exit code 5', async () => {
    const data = folder();
    mkdirSync(path.join(data, 'postgres/data'), { recursive: true });
    writeFileSync(path.join(data, 'postgres/data/PG_VERSION'), '99\n');
    const s = start(['--port', '0', '--data', data]);
    expect(await s.ended).toBe(5);
  });
  test('a database that does not answer: exit code 7', async () => {
    const s = start(['--port', '0', '--data', folder()], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(await s.ended).toBe(7);
    expect(s.said()).toMatch(/does not answer/);
  });
  test('a bad setting: exit code 2', async () => expect(await start(['--port', 'x']).ended).toBe(2));
});

describe('the command line', () => {
  test('says what it can do, in words and as JSON', async () => {
    expect((await cli(['--help'])).out).toMatch(/cascade show --programme SLUG/);
    expect(JSON.parse((await cli(['--help', '--json'])).out).verbs.length).toBeGreaterThan(4);
    expect((await cli(['dance'])).code).toBe(2);
  });
  test('reads a roster without a database', async () => {
    const { code, out } = await cli(['roster', 'read', path.resolve(__dirname, '../../content/rosters/2022-11-lop-10-huyen-ia-h-drai-24.xlsx'), '--json']);
    const read = JSON.parse(out);
    expect([code, read.rows.length, read.problems]).toEqual([0, 24, []]);
    expect(read.rows[0]).toEqual({ line: 1, sheet: 'Danh sách', row: 7, typedName: null, name: 'A Thiu Thu', birthYear: 1969, sex: 'male', ethnicity: 'Ba Na', position: 'Phó Chủ tịch UBND xã', unit: 'Xã Ia Đal', phone: '+84975082752', problems: [] });
  });
  test('a file that is no roster: a code on standard error, nothing on standard output', async () => {
    const file = path.join(folder(), 'x.xlsx');
    writeFileSync(file, 'nothing');
    expect(await cli(['roster', 'read', file, '--json'])).toMatchObject({ code: 9, out: '', err: 'training.roster-not-excel\n' });
  });
});
