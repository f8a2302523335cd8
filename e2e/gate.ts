import net from 'node:net';

export interface Gate { url: string; /** From now on nothing gets through, and what was open breaks. */ cut(): void; mend(): void; close(): Promise<void> }

/** The program behind a cable that can be pulled. Twice a request arrived although the browser was told to be offline; by what way is not known, and here there is none. */
export async function gate(target: string): Promise<Gate> {
  const { hostname, port } = new URL(target);
  const open = new Set<net.Socket>();
  let whole = true;
  const breakAll = () => { for (const s of open) s.destroy(); };
  const server = net.createServer((client) => {
    if (!whole) return void client.destroy();
    const up = net.connect(Number(port), hostname);
    for (const s of [client, up]) {
      open.add(s);
      s.on('error', () => {});
      s.on('close', () => { open.delete(s); client.destroy(); up.destroy(); });
    }
    client.pipe(up).pipe(client);
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    cut() { whole = false; breakAll(); },
    mend() { whole = true; },
    close: () => new Promise((done) => { breakAll(); server.close(() => done()); }),
  };
}
