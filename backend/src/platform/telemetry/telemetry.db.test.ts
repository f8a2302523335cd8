import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { signIn } from '@lantoa/shared/access';
import { getHealth } from '@lantoa/shared/system';
import { startTestApp } from '../../../test/app.ts';

jest.setTimeout(60_000);
interface Sent { name: string; traceId: string; spanId: string; parentSpanId?: string; kind: number; attributes: { key: string; value: { stringValue?: string } }[] }

/** A collector: what it was sent, as OTLP in JSON. */
async function collector() {
  const spans: Sent[] = [];
  const server = http.createServer((request, reply) => {
    let text = '';
    request.on('data', (piece) => { text += piece; });
    request.on('end', () => {
      for (const r of JSON.parse(text).resourceSpans) for (const s of r.scopeSpans) spans.push(...s.spans);
      reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, close: () => server.close() };
}

test('a request and its statements come to the collector as one trace, that of the caller; values never do', async () => {
  const there = await collector();
  const t = await startTestApp(undefined, { telemetryUrl: there.url });
  const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
  const refused = await t.stranger.call(signIn, { body: { login: '0911222333', secret: '482913' } }, { traceparent: `00-${caller.traceId}-${caller.spanId}-01` });
  expect(refused.status).toBe(401);
  await t.close();
  there.close();

  const trace = there.spans.filter((s) => s.traceId === caller.traceId);
  const request = trace.find((s) => s.parentSpanId === caller.spanId) as Sent;
  expect(request.name).toBe('POST /api/session');
  const statements = trace.filter((s) => s !== request);
  expect(statements.length).toBeGreaterThan(0);
  expect(new Set(statements.map((s) => s.parentSpanId))).toEqual(new Set([request.spanId]));
  expect(statements.map((s) => s.attributes.find((a) => a.key === 'db.query.text')?.value.stringValue).join()).toMatch(/from "?person/i);
  expect(JSON.stringify(there.spans)).not.toMatch(/911222333|482913/);
});

test('without a collector nothing is recorded, and one that is away is no harm', async () => {
  const t = await startTestApp(undefined, { telemetryUrl: 'http://127.0.0.1:9' });
  expect((await t.stranger.call(getHealth, {})).status).toBe(200);
  await t.close();
});
