import cluster, { type Worker } from 'node:cluster';
import type { AddressInfo } from 'node:net';

/** One that ends by itself is begun anew after this long, so that one that cannot start does not eat the machine. */
const AGAIN_MS = 1000;
const STOP_WITHIN_MS = 15_000;

/** Processes that answer requests on one port, beside this one, which does what is to be done once: jobs, sums, calendars. */
export class Workers {
  private stopping = false;

  constructor(private readonly n: number, private readonly settings: { databaseUrl: string; metrics: () => Promise<string> }) {}

  /** Begins them. @returns the port, once all of them listen */
  async start(): Promise<number> {
    // The kernel shares connections out: one whose process is killed breaks at once, where one that we had handed over would hang.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.on('exit', (worker) => { if (!this.stopping) setTimeout(() => { if (!this.stopping) this.fork(); }, worker.exitedAfterDisconnect ? 0 : AGAIN_MS).unref(); });
    cluster.on('message', (worker, m: { ask?: string; id?: number }) => {
      if (m?.ask === 'metrics') void this.settings.metrics().then((text) => worker.send({ id: m.id, text }), () => worker.send({ id: m.id, text: '' }));
    });
    const ports = await Promise.all(Array.from({ length: this.n }, () => listening(this.fork())));
    return ports[0] as number;
  }

  /** Lets requests end and the processes go. */
  async stop(): Promise<void> {
    this.stopping = true;
    const left = Object.values(cluster.workers ?? {}) as Worker[];
    await Promise.all(left.map((w) => new Promise<void>((done) => {
      const late = setTimeout(() => w.process.kill('SIGKILL'), STOP_WITHIN_MS);
      w.once('exit', () => { clearTimeout(late); done(); });
      w.process.kill('SIGTERM');
    })));
  }

  private fork(): Worker {
    return cluster.fork({ DATABASE_URL: this.settings.databaseUrl });
  }
}

function listening(worker: Worker): Promise<number> {
  return new Promise((done, fail) => {
    worker.once('listening', (address: AddressInfo) => done(address.port));
    worker.once('exit', (code) => fail(new Error(`a process that answers requests ended with ${code} before it was ready`)));
  });
}
