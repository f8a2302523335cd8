import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

jest.setTimeout(300_000);

const children: ChildProcess[] = [];
afterAll(() => { for (const c of children) c.kill('SIGKILL'); });

/** The built program with its own PostgreSQL in a folder, and its first owner signed in. */
async function installed(data: string) {
  const child = spawn(process.execPath, [path.resolve(__dirname, '../../dist/main.js'), '--port', '0', '--data', data], { env: { ...process.env, DATABASE_URL: '', LOG_TO: 'none', WORKERS: '1' }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  children.push(child);
  let said = '';
  child.stdout?.on('data', (b) => { said += b; });
  const port = await new Promise<number>((done, fail) => { child.once('message', (m: { port: number }) => done(m.port)); child.once('exit', (code) => fail(new Error(`ended with ${code}: ${said}`))); });
  for (let i = 0; i < 100 && !/\/vao\/chu#/.test(said); i++) await sleep(50);
  const base = `http://127.0.0.1:${port}`;
  const token = /\/vao\/chu#(\S+)/.exec(said)?.[1] as string;
  const entered = await fetch(`${base}/api/activation/owner`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, name: 'Chủ', phone: '0905123456', password: 'cà phê chồn 3 ly' }) });
  const cookie = /lantoa_session=[^;]+/.exec(String(entered.headers.get('set-cookie')))?.[0] as string;
  const api = (at: string, body?: object) => fetch(base + at, { method: body ? 'POST' : 'GET', headers: { cookie, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }), signal: AbortSignal.timeout(20_000) });
  const { items } = (await (await api('/api/units/search?asOf=2026-01-01&q=quang%20ngai')).json()) as { items: { id: string }[] };
  return { child, api, unitId: items[0]?.id as string };
}
type Installed = Awaited<ReturnType<typeof installed>>;

/** Adds people one after the other until it is told to stop; remembers whom the server said it had. */
function writer(i: Installed, name: string) {
  const acknowledged: string[] = [];
  const refused: string[] = [];
  const state = { on: true };
  const running = (async () => {
    for (let n = 0; state.on; n++) {
      const who = `${name} ${n}`;
      try {
        const reply = await i.api('/api/people', { name: who, birthYear: 1980, sex: 'female', phone: null, unitId: i.unitId, position: 'Cán bộ' });
        if (reply.ok) acknowledged.push(who);
        else refused.push(`${reply.status} ${((await reply.json().catch(() => ({}))) as { code?: string }).code}`);
      } catch {
        refused.push('no answer');
      }
      await sleep(refused.length > acknowledged.length ? 100 : 5);
    }
  })();
  return { acknowledged, refused, stop: async () => { state.on = false; await running; } };
}
async function isThere(i: Installed, names: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const n of names) if (!((await (await i.api(`/api/people?q=${encodeURIComponent(n)}&limit=100&offset=0`)).json()) as { items: { name: string }[] }).items.some((p) => p.name === n)) missing.push(n);
  return missing;
}
const until = async (i: Installed, ok: boolean, seconds: number): Promise<number> => {
  const from = performance.now();
  for (;;) {
    const health = await i.api('/api/health').then((r) => r.json() as Promise<{ status: string }>, () => ({ status: 'none' }));
    if ((health.status === 'ok') === ok) return (performance.now() - from) / 1000;
    if (performance.now() - from > seconds * 1000) throw new Error(`not ${ok ? 'well' : 'failing'} after ${seconds} s`);
    await sleep(200);
  }
};

test('PostgreSQL is killed three times under eight writers: nothing that was acknowledged is lost, it comes back by itself', async () => {
  const data = mkdtempSync(path.join(os.tmpdir(), 'lantoa-long-'));
  execFileSync('chmod', ['755', data]);
  const i = await installed(data);
  const writers = Array.from({ length: 8 }, (_, n) => writer(i, `Y Ghi ${n}`));
  const pidOf = () => {
    const home = [path.join(data, 'postgres/data/postmaster.pid')];
    return Number(readFileSync(home[0] as string, 'utf8').split('\n')[0]);
  };
  const back: number[] = [];
  for (let round = 0; round < 3; round++) {
    await sleep(2000);
    process.kill(pidOf(), 'SIGKILL');
    await sleep(100);
    back.push(await until(i, true, 60));
  }
  await sleep(1000);
  for (const w of writers) await w.stop();
  const acknowledged = writers.flatMap((w) => w.acknowledged);
  expect(acknowledged.length).toBeGreaterThan(200);
  expect(await isThere(i, acknowledged)).toEqual([]);
  process.stdout.write(`killed 3 times under 8 writers: ${acknowledged.length} acknowledged, 0 lost, back after ${back.map((s) => s.toFixed(1)).join(', ')} s\n`);
  i.child.kill('SIGTERM');
});

test('the disk is full: writers are told to come again, nothing acknowledged is lost, and with room it goes on by itself', async () => {
  const data = mkdtempSync(path.join(os.tmpdir(), 'lantoa-long-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m,mode=755', 'tmpfs', data]);
  } catch {
    process.stdout.write('the disk that is full: not tried, this account may not mount a small one\n');
    return;
  }
  try {
    const i = await installed(data);
    const w = writer(i, 'Y Đầy');
    await sleep(1500);
    const filler = path.join(data, 'filler');
    const file = openSync(filler, 'w');
    try {
      for (;;) writeSync(file, Buffer.alloc(1 << 20));
    } catch (e) {
      expect((e as { code: string }).code).toBe('ENOSPC');
    }
    closeSync(file);
    expect(statfsSync(data).bavail).toBe(0);
    const before = w.acknowledged.length;
    for (let k = 0; k < 300 && w.refused.length === 0; k++) await sleep(200);
    expect(w.refused.length).toBeGreaterThan(0);
    expect(w.refused.filter((r) => !/^(503|507) /.test(r) && r !== 'no answer')).toEqual([]);
    rmSync(filler);
    const seconds = await until(i, true, 90);
    const refused = w.refused.length;
    for (let k = 0; k < 100 && w.acknowledged.length <= before + 20; k++) await sleep(200);
    await w.stop();
    expect(w.acknowledged.length).toBeGreaterThan(before + 20);
    expect(await isThere(i, w.acknowledged)).toEqual([]);
    process.stdout.write(`the disk was full: ${refused} refused, ${w.acknowledged.length} acknowledged, 0 lost, back ${seconds.toFixed(1)} s after there was room\n`);
    i.child.kill('SIGTERM');
    await sleep(3000);
  } finally {
    execFileSync('umount', ['-l', data]);
  }
});
