import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshDatabase, startTestApp, type TestApp } from './app.ts';
import { type SlowLink, slowLink } from './slow-link.ts';

jest.setTimeout(120_000);

let link: SlowLink;
let t: TestApp;
let port: number;
beforeAll(async () => {
  link = await slowLink(await freshDatabase());
  t = await startTestApp(link.url);
  await t.app.listen(0, '127.0.0.1');
  port = (t.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(async () => {
  await t?.close();
  await link?.close();
});

const ask = async (path = '/api/health') => {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(30_000) });
  return { status: reply.status, body: (await reply.json()) as { status?: string; code?: string; database?: string } };
};
const raw = (text: string): Promise<string> => new Promise((done) => {
  let said = '';
  const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
  socket.on('data', (b) => { said += b; });
  socket.on('error', () => done(said));
  socket.on('close', () => done(said));
  setTimeout(() => socket.destroy(), 3000);
});

test('a database that answers slowly makes answers slow, not wrong', async () => {
  link.delayMs = 150;
  const all = await Promise.all(Array.from({ length: 20 }, () => ask()));
  link.delayMs = 0;
  expect(all.map((a) => a.body.status)).toEqual(Array(20).fill('ok'));
});

test('a database whose link is cut in the middle: a refusal that says to come again, and the next request is served', async () => {
  link.delayMs = 300;
  const asked = Array.from({ length: 8 }, () => ask('/api/units?asOf=2022-12-31'));
  await sleep(100);
  link.cut();
  link.delayMs = 0;
  for (const a of await Promise.all(asked)) expect([401, 503]).toContain(a.status);
  for (let i = 0; i < 50 && (await ask()).body.status !== 'ok'; i++) await sleep(100);
  expect((await ask()).body).toMatchObject({ status: 'ok', database: 'ok' });
});

test('what is no HTTP, or half of it, gets 400 or nothing, and disturbs nobody', async () => {
  const said = await Promise.all([
    raw('\0\x01\x02 nothing that anybody speaks\r\n\r\n'), raw('GET / HTTP/9.9\r\n\r\n'), raw('GET /api/health HTTP/1.1\r\n\r\n'), raw(`GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`), raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`),
    raw('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/metrics HTTP/1.1\r\n'), raw('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n'), raw('GET /api/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), raw('GET /assets/..%2f..%2fsecret.key HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  ]);
  for (const answer of said) expect(answer === '' || /^HTTP\/1\.1 (400|404|405|414|431|505)/.test(answer)).toBe(true);
  expect(said.join('')).not.toMatch(/root:|at .*\.ts:\d/);
  expect((await ask()).body.status).toBe('ok');
});

test('a thousand clients that never finish their request leave room for those who do', async () => {
  const slow = await Promise.all(Array.from({ length: 1000 }, () => new Promise<net.Socket>((done, fail) => {
    const s = net.connect(port, '127.0.0.1', () => { s.write('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'); done(s); });
    s.on('error', fail);
  })));
  try {
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const from = performance.now();
      expect((await ask()).body.status).toBe('ok');
      times.push(performance.now() - from);
    }
    expect(times.length).toBe(20);
    // Node ends what does not arrive; without a limit they would stay for ever.
    expect(t.app.getHttpServer().requestTimeout).toBe(300_000);
  } finally {
    for (const s of slow) s.destroy();
  }
});

test('a database that says nothing at all is not waited for without end, and is found again', async () => {
  link.stalled = true;
  const asked = ask();
  await sleep(500);
  link.cut();
  link.stalled = false;
  expect([200, 503]).toContain((await asked).status);
  for (let i = 0; i < 100 && (await ask()).body.status !== 'ok'; i++) await sleep(100);
  expect((await ask()).body.status).toBe('ok');
});
