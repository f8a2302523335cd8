import net from 'node:net';

export interface SlowLink { url: string; /** Milliseconds that each piece waits in each direction. */ delayMs: number; /** Nothing passes at all, and nobody is told. */ stalled: boolean; cut: () => void; close: () => Promise<void> }

/** A link to a PostgreSQL server that is as slow as it is told. */
export async function slowLink(database: string): Promise<SlowLink> {
  const to = new URL(database);
  const open = new Set<net.Socket>();
  const link = { delayMs: 0, stalled: false } as SlowLink;
  const server = net.createServer((near) => {
    const far = net.connect(Number(to.port), to.hostname);
    for (const [from, into] of [[near, far], [far, near]] as const) {
      open.add(from);
      from.on('error', () => into.destroy());
      from.on('close', () => { open.delete(from); into.destroy(); });
      from.on('data', (bytes) => { if (!link.stalled) setTimeout(() => { if (into.writable) into.write(bytes); }, link.delayMs); });
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  link.url = Object.assign(new URL(database), { port: String((server.address() as net.AddressInfo).port) }).href;
  link.cut = () => { for (const s of open) s.destroy(); };
  link.close = async () => { link.cut(); await new Promise((done) => server.close(done)); };
  return link;
}
