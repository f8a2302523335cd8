import net from 'node:net';

export interface FaultyLink { url: string; /** From now on the link is as bad as was said. */ worsen(): void; close(): Promise<void> }

const HALF_DELAY_MS = 200;
const BYTES_PER_SECOND = 50_000;
const LOSS = 0.02;
/** What TCP waits before it sends a lost packet again, at best. */
const RETRANSMIT_MS = 1000;

/**
 * A link as a hall shares it: 400 kbit/s for everybody together, 400 ms there and back, 2 % loss. A lost packet comes a second late; every fourth loss breaks the
 * connection instead, before the request arrived or after its answer was made.
 */
export async function faultyLink(target: string, random: () => number): Promise<FaultyLink> {
  const { hostname, port } = new URL(target);
  let bad = false;
  let freeAt = Date.now();
  const open = new Set<net.Socket>();
  /** When a piece of this size is through, the link being shared. */
  const through = (bytes: number): number => {
    freeAt = Math.max(freeAt, Date.now()) + (bytes / BYTES_PER_SECOND) * 1000;
    return freeAt - Date.now() + HALF_DELAY_MS + (random() < LOSS ? RETRANSMIT_MS : 0);
  };
  const carry = (from: net.Socket, to: net.Socket) => {
    let last = 0;
    from.on('data', (piece) => {
      if (!bad) return void to.write(piece);
      if (random() < LOSS / 4) {
        from.destroy();
        to.destroy();
        return;
      }
      // Pieces of one connection arrive in order.
      last = Math.max(last, Date.now() + through(piece.length));
      setTimeout(() => { if (!to.destroyed) to.write(piece); }, last - Date.now());
    });
    from.on('error', () => to.destroy());
    from.on('close', () => setTimeout(() => to.destroy(), bad ? Math.max(0, last - Date.now()) + 50 : 0));
  };
  const server = net.createServer((client) => {
    const up = net.connect(Number(port), hostname);
    for (const s of [client, up]) { open.add(s); s.on('close', () => open.delete(s)); }
    carry(client, up);
    carry(up, client);
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    worsen: () => { bad = true; },
    close: () => { for (const s of open) s.destroy(); return new Promise((done) => { server.close(() => done()); }); },
  };
}
