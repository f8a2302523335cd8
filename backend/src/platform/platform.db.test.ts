import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';
import { mkdtempSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addPerson, listUnits } from '@lantoa/shared/organisation';
import { getHealth, getServerSettings, getMetrics, getOpenApi } from '@lantoa/shared/system';
import { Audit } from '#platform/audit';
import { readConfig } from '#platform/config';
import { FolderFiles, S3Files } from '#platform/files';
import { Jobs } from '#platform/jobs';
import { Outbox } from '#platform/outbox';
import { type Client, startTestApp, type TestApp } from '../../test/app.ts';
import { makers } from '../../test/make.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
let owner: Client;
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  owner = await t.as((await make.staff('owner', null)).id);
});
afterAll(() => t.close());

describe('a write with an idempotency key', () => {
  const person = async (name: string) => ({ name, phone: null, unitId: await make.unit('51', '2026-01-01'), position: 'Cán bộ' });
  const count = async (name: string) => (await t.db.row<{ n: number }>('select count(*)::int as n from person where name = $1', [name])).n;
  test('is done once, however often and at the same time it is sent, with the same answer', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = await person('Y Một Lần');
    const replies = await Promise.all(Array.from({ length: 5 }, () => owner.call(addPerson, { body }, headers)));
    expect(new Set(replies.map((r) => r.body.id)).size).toBe(1);
    expect(await count('Y Một Lần')).toBe(1);
  });
  test('with another body under the same key is refused', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    await owner.call(addPerson, { body: await person('Y Trước') }, headers);
    expect((await owner.call(addPerson, { body: await person('Y Sau') }, headers)).body.code).toBe('request.idempotency-mismatch');
  });
  test('that failed may be tried again', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const bad = { ...(await person('Y Lỗi')), phone: '091234567' };
    for (let i = 0; i < 2; i++) expect((await owner.call(addPerson, { body: bad }, headers)).body.code).toBe('people.phone-invalid');
  });
  test('a key that is no uuid is named', async () => expect((await owner.call(addPerson, { body: await person('Y Khóa') }, { 'idempotency-key': 'x' })).status).toBe(400));
});

describe('one transaction', () => {
  test('an act that fails leaves no audit row, no news and no job', async () => {
    const [audit, outbox] = [t.app.get(Audit), t.app.get(Outbox)];
    const before = await t.db.row('select (select count(*) from audit_row)::int as a, (select count(*) from outbox_row)::int as o, (select count(*) from graphile_worker.jobs)::int as j');
    await expect(t.db.transaction(async () => {
      await audit.record(null, 'test', { type: 'x', id: 'x' });
      await outbox.emit('certificates-issued', { entryIds: [randomUUID()] });
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await t.db.row('select (select count(*) from audit_row)::int as a, (select count(*) from outbox_row)::int as o, (select count(*) from graphile_worker.jobs)::int as j')).toEqual(before);
  });
  test('a nested call joins the outer one', async () => {
    await expect(t.db.transaction(async () => {
      await t.db.transaction(() => make.person({ name: 'Y Bên Trong' }));
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await t.db.rows("select 1 from person where name = 'Y Bên Trong'")).toEqual([]);
  });
  test('a job that fails is tried again', async () => {
    const jobs = t.app.get(Jobs);
    let tries = 0;
    jobs.register('flaky', async () => { if (++tries === 1) throw new Error('not yet'); });
    await jobs.add('flaky', {});
    await t.drain();
    await t.db.rows("update graphile_worker._private_jobs set run_at = now() where attempts > 0");
    await t.drain();
    expect(tries).toBe(2);
  });
});

describe('what a request can do wrong', () => {
  const raw = (o: object) => t.app.inject(o as never);
  test('no JSON, too much of it, an unknown path: a problem each, never a 500', async () => {
    const post = { method: 'POST', url: '/api/session', headers: { 'content-type': 'application/json' } };
    const replies = [await raw({ ...post, payload: '{"login":' }), await raw({ ...post, payload: `"${'x'.repeat(8_100_000)}"` }), await raw({ method: 'GET', url: '/api/nothing' }), await raw({ ...post, payload: '{"__proto__":{"x":1},"login":"a","secret":"b"}' })];
    expect(replies.map((r) => r.statusCode)).toEqual([400, 413, 404, 400]);
    for (const r of replies) expect(r.json()).toMatchObject({ code: expect.any(String), requestId: expect.any(String) });
  });
  test('a day that does not exist', async () => expect((await owner.call(listUnits, { query: { asOf: '2022-02-30' } })).body).toMatchObject({ code: 'request.malformed', errors: [{ pointer: '/query/asOf' }] }));
  test('data carries the policy that allows nothing, and no header that only pages heed', async () => {
    const { headers } = await t.stranger.call(getHealth, {});
    expect(headers).toMatchObject({ 'content-security-policy': "default-src 'none';frame-ancestors 'none'", 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin' });
    expect(Object.keys(headers).filter((h) => /^x-(dns|download|permitted|xss)|^cross-origin-opener|^origin-agent/.test(h))).toEqual([]);
  });
  test('a page may do exactly what stands in it: its own style by hash, nothing inline besides, nothing from elsewhere', async () => {
    for (const url of ['/kiem-tra', '/kiem-tra/nghi-gia', '/api/docs']) {
      const { headers, body } = (await raw({ method: 'GET', url })) as unknown as { headers: Record<string, string>; body: string };
      const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] as string;
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      expect(headers['content-security-policy']).toMatch(/object-src 'none'.*base-uri 'self'.*form-action 'self'.*frame-ancestors 'none'/);
      expect([url, headers['content-security-policy']?.includes('unsafe'), /\sstyle="|\son[a-z]+="|<script/.test(body)]).toEqual([url, false, false]);
    }
  });
  test('every answer carries its request id', async () => expect((await t.stranger.call(getHealth, {})).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/));
});

test('the API describes every contract, with its permission', async () => {
  const { body } = await t.stranger.call(getOpenApi, {});
  const document = body as unknown as { openapi: string; paths: Record<string, Record<string, { operationId: string; 'x-permission': string; requestBody?: object }>> };
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths['/api/attempts/{attemptId}/submit']?.post).toMatchObject({ operationId: 'assessment.submitAttempt', 'x-permission': 'self', requestBody: { required: true } });
});

test('how the server was started is told to whoever runs it, without a secret; to nobody else', async () => {
  const secret = 'thời tiết hôm nay rất đẹp, trời không mưa';
  const other = await startTestApp(t.url, { secretKey: secret, mail: { smtpUrl: `smtps://user:${encodeURIComponent(secret)}@mail.example.org`, from: 'x' }, telemetryUrl: null });
  const { body } = await (await other.as((await makers(other).staff('owner', null)).id)).call(getServerSettings, {});
  expect(body).toMatchObject({ mail: true, ownSecretKey: true, replica: true, pooler: false, secondStep: 'offered', traces: false, database: expect.stringMatching(/^\d+/) });
  expect(decodeURIComponent(JSON.stringify(body))).not.toContain(secret);
  expect((await (await other.as((await makers(other).staff('unit-admin')).id)).call(getServerSettings, {})).status).toBe(403);
  await other.close();
});

test('health and figures', async () => {
  expect((await t.stranger.call(getHealth, {})).body).toMatchObject({ status: 'ok', database: 'ok' });
  expect(String((await t.stranger.call(getMetrics, {})).body)).toMatch(/http_request_seconds_count\{.*route="\/api\/health"/);
});

describe('files', () => {
  test('a folder keeps bytes by key, knows what it does not have, and refuses to leave itself', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'lantoa-store-'));
    const files = new FolderFiles(folder);
    await files.put('papers/2022/a.pdf', Buffer.from('giấy'));
    expect(Buffer.from((await files.get('papers/2022/a.pdf')) as Uint8Array).toString()).toBe('giấy');
    expect(await files.get('papers/2022/b.pdf')).toBeNull();
    for (const key of ['../x', 'a/../../x', '/etc/passwd', 'a//b']) await expect(files.put(key, Buffer.from('x'))).rejects.toThrow(/not a file key/);
    expect(readdirSync(path.join(folder, 'papers/2022'))).toEqual(['a.pdf']);
  });
  test('an S3-compatible store gets signed requests', async () => {
    const kept = new Map<string, Buffer>();
    const seen: string[] = [];
    const server = http.createServer((request, reply) => {
      seen.push(String(request.headers.authorization));
      const chunks: Buffer[] = [];
      request.on('data', (c: Buffer) => chunks.push(c)).on('end', () => {
        const key = String(request.url);
        if (request.method === 'PUT') kept.set(key, Buffer.concat(chunks));
        const found = kept.get(key);
        reply.writeHead(found ? 200 : 404).end(request.method === 'GET' ? found : undefined);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const files = new S3Files({ kind: 's3', endpoint: `http://127.0.0.1:${port}`, bucket: 'lantoa', accessKeyId: 'id', secretAccessKey: 'secret', region: 'auto' });
    await files.put('papers/a.pdf', Buffer.from('giấy'), 'application/pdf');
    expect(Buffer.from((await files.get('papers/a.pdf')) as Uint8Array).toString()).toBe('giấy');
    expect(await files.get('papers/none.pdf')).toBeNull();
    expect([...kept.keys()]).toEqual(['/lantoa/papers/a.pdf']);
    expect(seen.every((a) => /^AWS4-HMAC-SHA256 Credential=id\//.test(a))).toBe(true);
    await new Promise((done) => server.close(done));
  });
});

describe('settings', () => {
  test.each([
    [['--port', 'abc'], {}, /--port is "abc"; it must be a whole number from 0 to 65535/], [[], { PORT: '70000' }, /PORT is "70000"/], [[], { DATABASE_URL: 'mysql://secret@x' }, /DATABASE_URL is "\(hidden\)"; it must be an address that begins with postgres:/],
    [[], { LOG_TO: 'moon' }, /LOG_TO is "moon"; it must be one of file, stdout, none/], [[], { S3_ENDPOINT: 'http://x' }, /S3_BUCKET is ""; it must be set when S3_ENDPOINT is set/], [['--prot', '1'], {}, /The options are --port/],
  ])('%j %j: one clear sentence', (argv, env, sentence) => expect(() => readConfig(argv as string[], env)).toThrow(sentence));
  test('the option wins over the environment', () => expect(readConfig(['--port', '4000'], { PORT: '5000' }).port).toBe(4000));
});
