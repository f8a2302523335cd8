// Three PostgreSQL servers under Patroni, three etcd that agree on who leads, HAProxy that finds the leader, PgBouncer in transaction mode before it: all on ports of loopback.
import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { treeOf } from '../stage.mjs';
import { accountOf, findPrograms, folder, freePorts, signal, start, until } from './programs.mjs';

const NODES = 3;
const PASSWORD = 'bench-only';
/** The leader's key lives this long without it: the least that Patroni allows. A dead leader is followed after at most this, and the time to promote. */
const TTL_S = 20;

const patroniYaml = (n, at) => `
scope: lantoa
name: ${n.name}
restapi: { listen: "127.0.0.1:${n.rest}", connect_address: "127.0.0.1:${n.rest}" }
etcd3: { hosts: [${at.etcd.map((e) => `"127.0.0.1:${e.client}"`).join(', ')}] }
bootstrap:
  dcs:
    ttl: ${TTL_S}
    loop_wait: 5
    retry_timeout: 5
    maximum_lag_on_failover: 1048576
    primary_start_timeout: 0
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: { max_connections: 120, shared_buffers: 256MB, wal_keep_size: 512MB, synchronous_commit: "on" }
  initdb: [{ encoding: UTF8 }, { locale: C.UTF-8 }, data-checksums]
postgresql:
  listen: "127.0.0.1:${n.port}"
  connect_address: "127.0.0.1:${n.port}"
  data_dir: ${n.home}/data
  bin_dir: ${at.bin}
  pgpass: ${n.home}/pgpass
  authentication:
    superuser: { username: postgres, password: ${PASSWORD} }
    replication: { username: replicator, password: ${PASSWORD} }
    rewind: { username: rewind, password: ${PASSWORD} }
  parameters: { unix_socket_directories: "" }
  pg_hba: ["host all all 127.0.0.1/32 scram-sha-256", "host replication replicator 127.0.0.1/32 scram-sha-256"]
watchdog: { mode: "off" }
`;

const haproxyCfg = (at) => `
global
  maxconn 600
defaults
  mode tcp
  timeout connect 2s
  timeout check 2s
  timeout client 30m
  timeout server 30m
listen primary
  bind 127.0.0.1:${at.primary}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
${at.nodes.map((n) => `  server ${n.name} 127.0.0.1:${n.port} check port ${n.rest}`).join('\n')}
frontend replicas-or-primary
  bind 127.0.0.1:${at.replicas}
  use_backend replicas if { nbsrv(replicas) gt 0 }
  default_backend any
backend replicas
  balance leastconn
  option httpchk GET /replica?lag=16MB
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
${at.nodes.map((n) => `  server ${n.name} 127.0.0.1:${n.port} check port ${n.rest}`).join('\n')}
backend any
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
${at.nodes.map((n) => `  server ${n.name} 127.0.0.1:${n.port} check port ${n.rest}`).join('\n')}
frontend web
  mode http
  bind 127.0.0.1:${at.web}
  default_backend api
backend api
  mode http
  balance leastconn
  option redispatch
  retries 3
  option forwardfor
  option httpchk GET /api/health
  http-check expect status 200
  default-server inter 1s fall 2 rise 1
${at.api.map((port, i) => `  server api${i + 1} 127.0.0.1:${port} check`).join('\n')}
`;

const pgbouncerIni = (at, home) => `
[databases]
lantoa = host=127.0.0.1 port=${at.primary} dbname=lantoa
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${at.pooler}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${home}/users.txt
pool_mode = transaction
default_pool_size = 20
max_client_conn = 300
server_login_retry = 1
query_wait_timeout = 10
server_connect_timeout = 3
logfile = ${home}/pgbouncer.log
pidfile = ${home}/pgbouncer.pid
`;

/** PostgreSQL is not a child of its Patroni: it is to outlive it. */
function postgresOf(n) {
  const file = path.join(n.home, 'data/postmaster.pid');
  return existsSync(file) ? treeOf(Number(readFileSync(file, 'utf8').split('\n')[0])) : [];
}

const processesOf = (n) => [...treeOf(n.child.pid), ...postgresOf(n)];

/** Starts everything below `home` and waits until a primary has a synchronous standby and the empty database `lantoa` is there. */
export async function startCluster(home, apis = 2) {
  const programs = findPrograms();
  const account = accountOf();
  folder(home, account);
  const ports = await freePorts(NODES * 2 + 6 + 4 + apis);
  const take = () => ports.pop();
  const at = {
    bin: path.dirname(programs.postgres), primary: take(), replicas: take(), pooler: take(), web: take(), api: Array.from({ length: apis }, take),
    etcd: Array.from({ length: 3 }, (_, i) => ({ name: `etcd${i + 1}`, client: take(), peer: take() })),
    nodes: Array.from({ length: NODES }, (_, i) => ({ name: `node${i + 1}`, port: take(), rest: take(), home: folder(path.join(home, `node${i + 1}`), account) })),
  };
  const write = (file, text) => { writeFileSync(file, text, { mode: 0o600 }); if (account) chownSync(file, account.uid, account.gid); return file; };
  const run = (name, program, args) => start(program, args, { log: path.join(home, `${name}.log`), account, cwd: home });

  const members = at.etcd.map((e) => `${e.name}=http://127.0.0.1:${e.peer}`).join(',');
  const others = at.etcd.map((e) => run(e.name, programs.etcd, [
    '--name', e.name, '--data-dir', path.join(home, e.name), '--initial-cluster', members, '--initial-cluster-state', 'new', '--log-level', 'warn',
    '--listen-client-urls', `http://127.0.0.1:${e.client}`, '--advertise-client-urls', `http://127.0.0.1:${e.client}`, '--listen-peer-urls', `http://127.0.0.1:${e.peer}`, '--initial-advertise-peer-urls', `http://127.0.0.1:${e.peer}`]));
  await until('etcd', 20, async () => (await fetch(`http://127.0.0.1:${at.etcd[0].client}/health`)).ok).catch((e) => { for (const child of others) signal([child.pid], 'SIGKILL'); throw e; });
  const begin = (n) => { n.child = run(n.name, programs.patroni, [write(path.join(n.home, 'patroni.yml'), patroniYaml(n, at))]); };
  at.nodes.forEach(begin);
  others.push(run('haproxy', programs.haproxy, ['-db', '-f', write(path.join(home, 'haproxy.cfg'), haproxyCfg(at))]));
  write(path.join(home, 'users.txt'), `"postgres" "${PASSWORD}"\n`);
  others.push(run('pgbouncer', programs.pgbouncer, [write(path.join(home, 'pgbouncer.ini'), pgbouncerIni(at, home))]));

  /** What the first that answers says of all. */
  const rolesNow = () => Promise.any(at.nodes.filter((n) => !n.down).map(async (n) => (await (await fetch(`http://127.0.0.1:${n.rest}/cluster`, { signal: AbortSignal.timeout(2000) })).json()).members));
  const urlOf = (port, database = 'lantoa') => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const cluster = {
    at, direct: urlOf(at.primary), pooled: urlOf(at.pooler), replicas: urlOf(at.replicas), web: `http://127.0.0.1:${at.web}`,
    roles: rolesNow,
    /** Waits until one leads, one follows in step, and all are there. */
    whole: (last = '') => until('a primary with a synchronous standby', 240, async () => {
      const members = await rolesNow();
      last = members.map((m) => `${m.name} ${m.role} ${m.state}`).join(', ');
      return members.length === NODES && members.some((m) => m.role === 'leader') && members.some((m) => m.role === 'sync_standby') && members.every((m) => ['running', 'streaming'].includes(m.state));
    }).catch((e) => { throw new Error(`${e.message}${last}`); }),
    async leader() { const lead = (await rolesNow()).find((m) => m.role === 'leader'); return at.nodes.find((n) => n.name === lead?.name); },
    /** Kills the machine of a node: Patroni and every process of PostgreSQL, at once. */
    kill(n) { n.down = true; signal(processesOf(n), 'SIGKILL'); },
    /** Kills PostgreSQL alone. */
    killPostgres(n) { signal(postgresOf(n), 'SIGKILL'); },
    /** Freezes the machine: it answers nobody and closes nothing, as if its cable were pulled. */
    freeze(n) { n.down = true; n.frozen = processesOf(n); signal(n.frozen, 'SIGSTOP'); },
    thaw(n) { signal(n.frozen, 'SIGCONT'); n.down = false; },
    revive(n) { n.down = false; begin(n); },
    stop() {
      for (const n of at.nodes) signal(processesOf(n), 'SIGKILL');
      for (const child of others) signal(treeOf(child.pid), 'SIGKILL');
    },
  };
  try {
    await cluster.whole();
    await makeDatabase(urlOf(at.primary, 'postgres'));
  } catch (e) {
    cluster.stop();
    throw e;
  }
  return cluster;
}

async function makeDatabase(url) {
  const admin = await until('the primary through HAProxy', 20, async () => { const client = new pg.Client({ connectionString: url }); await client.connect(); return client; });
  await admin.query('create database lantoa');
  await admin.end();
}
