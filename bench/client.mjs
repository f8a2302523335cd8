// A light client: what asks must not eat the machine that answers. One connection for each of those who ask at the same time.
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** Sends a request and reads the whole answer. @returns { status, text, cookie, bytes: what went and came in bodies } */
export function ask(base, method, path, { cookie, body, headers } = {}) {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const { hostname, port } = new URL(base);
  return new Promise((done, fail) => {
    const request = http.request({ agent, hostname, port, method, path, headers: { ...(payload !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }), ...(cookie && { cookie }), ...headers } }, (reply) => {
      const pieces = [];
      reply.on('data', (piece) => pieces.push(piece));
      reply.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        done({ status: reply.statusCode, text, cookie: reply.headers['set-cookie']?.[0]?.split(';')[0], bytes: text.length + (payload?.length ?? 0) });
      });
      reply.on('error', fail);
    });
    request.on('error', fail);
    request.end(payload);
  });
}

/** The same for what must succeed. @returns { value: the answer as JSON, cookie, bytes } */
export async function must(base, method, path, o) {
  const { status, text, cookie, bytes } = await ask(base, method, path, o);
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 300)}`);
  return { value: JSON.parse(text), cookie, bytes };
}

export const quantile = (times, q) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))];
