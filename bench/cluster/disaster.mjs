// npm run bench -- cluster: people answer while machines of the cluster die. Shows that no acknowledged answer is lost, and how long nobody could answer.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@lantoa/shared/rules/ids';
import pg from 'pg';
import { answersFor, ROOT, round, setStage, treeOf } from '../stage.mjs';
import { startCluster } from './patroni.mjs';
import { signal, start, until } from './programs.mjs';

const LEARNERS = 24;
const GOAL_S = 30;
const QUIET_S = 10;
const GIVE_UP_MS = 8000;
const PROGRAMME = 'du-an-8-kon-tum-2022';
const dist = (file) => import(path.join(ROOT, 'backend/dist', file));

/** Two programs behind HAProxy; the database through PgBouncer, what needs a connection of its own past it, what may be stale from a replica. */
function startApis(cluster, home) {
  const secret = randomBytes(24).toString('hex');
  const begin = (i) => start(process.execPath, [path.join(ROOT, 'backend/dist/main.js'), '--port', String(cluster.at.api[i]), '--data', path.join(home, `api${i}`), '--workers', '1'], {
    log: path.join(home, `api${i}.log`), cwd: home,
    env: { ...process.env, DATABASE_URL: cluster.pooled, DATABASE_DIRECT_URL: cluster.direct, DATABASE_REPLICA_URL: cluster.replicas, SECRET_KEY: secret, LOG_TO: 'stdout', LOG_LEVEL: 'error', PUBLIC_URL: cluster.web },
  });
  const apis = cluster.at.api.map((_, i) => begin(i));
  return { apis, kill: (i) => signal(treeOf(apis[i].pid), 'SIGKILL'), again(i) { apis[i] = begin(i); } };
}

/** One learner who answers one question after the other, and each again until somebody says that it is kept. What is acknowledged is noted with its time. */
async function answer(base, cookie, form, sittingId, notes) {
  const send = async (method, at, body) => {
    for (;;) {
      const reply = await fetch(base + at, { method, headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body), signal: AbortSignal.timeout(GIVE_UP_MS) }).catch(() => null);
      if (reply?.ok) return void (await reply.text());
      const text = (await reply?.text().catch(() => '')) ?? '';
      notes.refused.set(reply?.status ?? 'no answer', (notes.refused.get(reply?.status ?? 'no answer') ?? 0) + 1);
      if (reply && reply.status < 500 && reply.status !== 409) throw new Error(`${method} ${at}: ${reply.status} ${text}`);
      if (notes.over) throw new Error('the end');
      await sleep(250);
    }
  };
  const id = newId();
  await send('POST', '/api/attempts', { id, formId: form.id, sittingId });
  for (const a of answersFor(form)) {
    await send('PUT', `/api/attempts/${id}/answers`, { answers: [a] });
    notes.kept.push({ answer: a.id, at: Date.now() });
  }
  await send('POST', `/api/attempts/${id}/submit`, { answers: [] });
  notes.kept.push({ attempt: id, at: Date.now() });
}

/** The longest time since `from` in which nothing was acknowledged. */
function longestPause(kept, from) {
  let longest = 0;
  for (let i = 1; i < kept.length; i++) if (kept[i].at >= from) longest = Math.max(longest, kept[i].at - kept[i - 1].at);
  return longest / 1000;
}

async function lost(url, kept) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const answers = kept.flatMap((k) => k.answer ?? []);
  const attempts = kept.flatMap((k) => k.attempt ?? []);
  const { rows: [row] } = await client.query(
    `select (select count(*)::int from unnest($1::uuid[]) x where not exists (select 1 from answer a where a.id = x)) as answers,
      (select count(*)::int from unnest($2::uuid[]) x where not exists (select 1 from attempt a where a.id = x and a.submitted_at is not null)) as attempts`, [answers, attempts]);
  await client.end();
  return row.answers + row.attempts;
}

/** Connections of ours to servers that follow, and what was last asked through them: reads that may be stale do go there. */
async function readsOnFollowers(cluster) {
  let reads = 0;
  for (const n of cluster.at.nodes) {
    const client = new pg.Client({ connectionString: Object.assign(new URL(cluster.direct), { port: String(n.port) }).href });
    await client.connect();
    const { rows: [r] } = await client.query("select pg_is_in_recovery() as follows, (select count(*)::int from pg_stat_activity where application_name = 'lantoa' and query <> '') as reading");
    if (r.follows) reads += r.reading;
    await client.end();
  }
  return reads;
}

export async function clusterFigures(say) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'lantoa-cluster-'));
  chmodSync(home, 0o755);
  const cluster = await startCluster(path.join(home, 'cluster'));
  let programs;
  try {
    const stage = await setStage(LEARNERS, cluster.direct);
    const cookies = await Promise.all(stage.learners.map(stage.cookieOf));
    const [reader] = stage.learners;
    await stage.app.get((await dist('platform/db/index.js')).Db).rows("insert into role_grant (id, person_id, role, unit_id, valid) values (gen_random_uuid(), $1, 'owner', null, '[2022-01-01,)')", [reader.id]);
    const sittings = [];
    for (let i = 0; i < 200; i++) sittings.push(await stage.open());
    await stage.close();
    programs = startApis(cluster, home);
    await until('both programs behind HAProxy', 60, async () => (await Promise.all(cluster.at.api.map((p) => fetch(`http://127.0.0.1:${p}/api/health`)))).every((r) => r.ok));
    await run(cluster, programs, { cookies, sittings, form: stage.form }, say);
  } finally {
    for (const i of programs ? [0, 1] : []) programs.kill(i);
    cluster.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** What happens to the cluster, one after the other, each after a quiet moment and once all is whole again. */
const disasters = (cluster, programs) => [
  { name: 'one of two programs killed (SIGKILL)', do: () => programs.kill(0), mend: () => programs.again(0) },
  { name: 'the machine of the primary killed: Patroni and PostgreSQL (SIGKILL)', follows: true, async do() { this.node = await cluster.leader(); cluster.kill(this.node); }, mend() { cluster.revive(this.node); } },
  { name: 'PostgreSQL of the primary killed (SIGKILL), Patroni lives', follows: true, async do() { cluster.killPostgres(await cluster.leader()); }, mend() {} },
  { name: 'the machine of the primary frozen, and thawed after another leads', follows: true, async do() { this.node = await cluster.leader(); cluster.freeze(this.node); }, mend() { cluster.thaw(this.node); } },
];

/** Somebody who looks at the whole cascade, twice a second; how often it came and how often not. */
async function look(base, cookie, notes) {
  while (!notes.over) {
    const reply = await fetch(`${base}/api/cascade?programme=${PROGRAMME}`, { headers: { cookie }, signal: AbortSignal.timeout(GIVE_UP_MS) }).catch(() => null);
    await reply?.text().catch(() => {});
    notes.looks[reply?.ok ? 'came' : 'failed']++;
    await sleep(500);
  }
}

async function run(cluster, programs, { cookies, sittings, form }, say) {
  const notes = { kept: [], refused: new Map(), looks: { came: 0, failed: 0 }, over: false };
  void look(cluster.web, cookies[0], notes);
  const people = cookies.map(async (cookie) => { for (let i = 0; !notes.over && i < sittings.length; i++) await answer(cluster.web, cookie, form, sittings[i], notes).catch((e) => { if (!notes.over) throw e; }); });
  const failed = Promise.all(people);
  failed.catch(() => {});
  const told = [];
  for (const d of disasters(cluster, programs)) {
    await Promise.race([sleep(QUIET_S * 1000), failed]);
    await cluster.whole();
    notes.refused.clear();
    const before = await cluster.leader();
    const at = Date.now();
    await d.do();
    if (d.follows) await until(`${d.name}: another leads`, 120, async () => { const now = await cluster.leader(); return now && now !== before; });
    const led = Date.now();
    await until(`${d.name}: answers are kept again`, 120, () => notes.kept.filter((k) => k.at > led + 1500).length > 50);
    const pause = longestPause(notes.kept, at);
    await d.mend();
    told.push({ disaster: d.name, seconds: round(pause), leader: `${before.name} → ${(await cluster.leader()).name}`, refused: Object.fromEntries(notes.refused) });
    await cluster.whole();
  }
  const onFollowers = await readsOnFollowers(cluster);
  notes.over = true;
  await Promise.race([Promise.allSettled(people), sleep(GIVE_UP_MS * 2)]);
  await cluster.whole();
  for (const t of told) say({ name: `cluster: ${t.disaster}`, unit: 'seconds in which nothing was acknowledged', ours: t.seconds, goal: GOAL_S, aDeadLeadersKeyLives: 20, leader: t.leader, refused: t.refused });
  say({ name: 'cluster: acknowledged answers and attempts that are not there', unit: 'lost', ours: await lost(cluster.direct, notes.kept), goal: 0, acknowledged: notes.kept.length, learners: cookies.length, dashboard: notes.looks, connectionsOnFollowers: onFollowers });
}
