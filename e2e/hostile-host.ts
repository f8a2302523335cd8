import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What may happen to one request of the outbox on its way. `lost`: it arrives and is done, its answer does not come back. `cut`: half of the answer does. `portal`: somebody else's page answers. `500`, `401`: what a server
 * in trouble says. `stall`: nothing ever comes.
 */
export type Fault = 'lost' | 'cut' | 'portal' | '500' | '401' | 'stall';

export interface HostileHost {
  url: string;
  /** What happens to the next requests of the outbox, one after the other; afterwards all is well. */
  faults: Fault[];
  /** Requests of the outbox that arrived here. */
  readonly sent: number;
  /** From now on another worker is published, with another fingerprint for every page: what a new release is for a phone. */
  newVersion(): void;
  close(): Promise<void>;
}

/** The program behind a host that fails as networks in the hills do. */
export async function hostileHost(target: string): Promise<HostileHost> {
  let release = 1;
  let sent = 0;
  const faults: Fault[] = [];
  const answer: Record<'portal' | '500' | '401', [number, string, string]> = {
    portal: [200, 'text/html', '<html><body>Wi-Fi miễn phí. Bấm để vào mạng.</body></html>'],
    500: [500, 'application/problem+json', '{"code":"server.failure","params":{},"requestId":"0"}'],
    401: [401, 'application/problem+json', '{"code":"access.sign-in-needed","params":{},"requestId":"0"}'],
  };
  const server = http.createServer((request, reply) => {
    if (request.url === '/sw.js') {
      reply.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' });
      return void reply.end(`${readFileSync(`${__dirname}/../frontend/dist/sw.js`, 'utf8').replaceAll('"revision":"', `"revision":"${release}-`)}\n// release ${release}`);
    }
    const outbox = request.url === '/api/sync';
    if (outbox) sent++;
    const fault = outbox ? faults.shift() : undefined;
    if (fault === 'stall') return void request.resume();
    if (fault === 'portal' || fault === '500' || fault === '401') {
      const [status, type, body] = answer[fault];
      request.resume();
      reply.writeHead(status, { 'content-type': type });
      return void reply.end(body);
    }
    const up = http.request(`${target}${request.url}`, { method: request.method, headers: request.headers }, (from) => {
      if (!fault) {
        reply.writeHead(from.statusCode as number, from.headers);
        return void from.pipe(reply);
      }
      const pieces: Buffer[] = [];
      from.on('data', (piece: Buffer) => pieces.push(piece));
      from.on('end', () => {
        if (fault === 'lost') return void reply.destroy();
        const whole = Buffer.concat(pieces);
        reply.writeHead(from.statusCode as number, { 'content-type': 'application/json', 'content-length': String(whole.length) });
        reply.write(whole.subarray(0, whole.length / 2), () => reply.destroy());
      });
    });
    request.pipe(up);
    up.on('error', () => reply.destroy());
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, faults,
    get sent() { return sent; },
    newVersion: () => { release++; },
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }),
  };
}
