// Figures of learners: handing in, whole flows, the first load.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { newId } from '@lantoa/shared/rules/ids';
import pg from 'pg';
import { must, quantile } from './client.mjs';
import { answersFor, PIN, ROOT, rate, round } from './stage.mjs';

const WIDTH = 8;
const PEER = { name: 'Moodle 4.5.5, same kind of machine', best: 3.35 };
const HALF_LOAD_S = 20;
const WARM_ROUNDS = 5;
let requests = 0;

/** Each request comes from another address, as behind a proxy: the limit of tries per address is not what is measured. */
const from = () => ({ 'x-forwarded-for': `10.0.${(requests >> 8) % 256}.${requests++ % 256}` });
const signIn = async (server, l) => (await must(server.base, 'POST', '/api/session', { body: { login: l.code, secret: PIN }, headers: from() })).cookie;

/** Handing in an attempt of 20 answers, against a bare client that runs the same statements on the same server. */
export async function submissions({ stage, server, say }) {
  const sittingId = await stage.open();
  const started = [];
  await rate(stage.learners, WIDTH, async (l) => {
    const cookie = await signIn(server, l);
    const id = newId();
    await must(server.base, 'POST', '/api/attempts', { cookie, body: { id, formId: stage.form.id, sittingId } });
    started.push({ cookie, id, personId: l.id });
  });
  const ours = await rate(started, WIDTH, ({ cookie, id }) => must(server.base, 'POST', `/api/attempts/${id}/submit`, { cookie, body: { answers: answersFor(stage.form) } }));
  const ceiling = await bareSubmissions(stage, await stage.open());
  say({ name: 'submit an attempt of 20 answers', unit: 'per second', ours: round(ours), ceiling: round(ceiling), ceilingIs: 'bare pg client, same statements, same server', ratio: round(ours / ceiling, 2), goal: 'a ratio of 0.5', concurrency: WIDTH, n: started.length });
}

async function bareSubmissions(stage, sittingId) {
  const pool = new pg.Pool({ connectionString: stage.url, max: WIDTH });
  const key = stage.form.key;
  const insert = `insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, language, started_at, late, overtime, counts) values ($1, $2, $3, $4, $4, 1, $5, 'vi', now(), false, false, false)`;
  const work = stage.learners.map((l) => ({ id: newId(), personId: l.id }));
  for (const w of work) await pool.query(insert, [w.id, stage.form.id, w.personId, sittingId, 'own-phone']);
  const perSecond = await rate(work, WIDTH, async ({ id, personId }) => {
    const c = await pool.connect();
    const q = (text, values) => c.query(text, values);
    const answers = answersFor(stage.form);
    await q('select s.id, s.person_id, s.seen_at < now() - interval \'1 hour\' as stale, (select json_agg(json_build_object(\'role\', g.role)) from role_grant g where g.person_id = s.person_id and g.valid @> current_date) from session s where s.person_id = $1 and s.ended_at is null limit 1', [personId]);
    await q('begin');
    await q('select * from attempt where id = $1 and person_id = $2 for update', [id, personId]);
    await q('insert into answer (id, attempt_id, question_version_id, choice, revision, answered_at, received_at, late) select a.id, $1, a.q, a.choice, a.revision, a.at, now(), false from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::timestamptz[]) as a(id, q, choice, revision, at) on conflict (id) do nothing', [id, answers.map((a) => a.id), answers.map((a) => a.questionVersionId), answers.map((a) => a.choice), answers.map((a) => a.revision), answers.map((a) => a.answeredAt)]);
    await q('select distinct on (question_version_id) question_version_id, choice from answer where attempt_id = $1 and not late order by question_version_id, revision desc, received_at desc, id desc', [id]);
    await q('select * from sitting where id = $1', [sittingId]);
    await q('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`attempts:${personId}:${sittingId}`]);
    await q('select 1 from attempt where person_id = $1 and series_id = $2 and counts limit 1', [personId, sittingId]);
    await q('insert into mark (attempt_id, question_version_id, choice, "right", credit) select $1, m.q, m.choice, m.ok, m.credit from unnest($2::uuid[], $3::text[], $4::bool[], $5::float8[]) as m(q, choice, ok, credit)', [id, key.map((k) => k.questionVersionId), key.map((k) => k.rightChoice), key.map(() => true), key.map(() => 1)]);
    await q('update attempt set submitted_at = now(), answered_count = 20, right_count = 20, points = 20, total_count = 20, anchor_right = 12, anchor_total = 12, score = 1, passed = true, counts = true where id = $1', [id]);
    await q("insert into audit_row (at, actor_id, action, object_type, object_id, data) values (now(), $1, 'attempt.submitted', 'attempt', $2, '{}')", [personId, id]);
    await q('select question_version_id from mark where attempt_id = $1 and not "right"', [id]);
    await q('commit');
    c.release();
  });
  await pool.end();
  return perSecond;
}

/** sign-in → course → start → 20 answers → submit → result. `cookie`: whoever is signed in already. Each request is told to `heard` with what it took. */
async function flow(stage, server, learner, sittingId, cookie, heard = () => {}) {
  const send = async (method, at, o) => {
    const startedAt = performance.now();
    const reply = await must(server.base, method, at, o);
    heard(performance.now() - startedAt, reply.bytes);
    return reply;
  };
  const own = cookie ?? (await send('POST', '/api/session', { body: { login: learner.code, secret: PIN }, headers: from() })).cookie;
  await send('GET', '/api/courses', { cookie: own });
  const id = newId();
  await send('POST', '/api/attempts', { cookie: own, body: { id, formId: stage.form.id, sittingId } });
  await send('POST', `/api/attempts/${id}/submit`, { cookie: own, body: { answers: answersFor(stage.form) } });
  await send('GET', `/api/attempts/${id}/result`, { cookie: own });
}

/** A process is fast once it has answered some thousands: what is measured afterwards is a server that has run for a minute, not one that has just begun. */
export async function warm({ stage, server }) {
  const cookies = await signedIn(stage);
  for (let i = 0; i < WARM_ROUNDS; i++) {
    const sittingId = await stage.open();
    await rate(cookies, WIDTH, (c) => flow(stage, server, c.learner, sittingId, c.cookie));
  }
}

/** Completed flows per second, with the sign-in and without, with more and more learners at the same time. Moodle on 2 cores: 1.7–3.6. */
export async function flows({ stage, server, say }) {
  const hash = await hashesPerSecond();
  for (const learners of [1, 4, 8, 20]) {
    const sittingId = await stage.open();
    const people = stage.learners.slice(0, learners === 1 ? 30 : 160);
    let [bytes, sent] = [0, 0];
    const cpuBefore = server.cpu();
    const perSecond = await rate(people, learners, (l) => flow(stage, server, l, sittingId, null, (_, b) => { bytes += b; sent++; }));
    const n = people.length;
    say({ name: `learner flow with sign-in, ${learners} at a time`, unit: 'flows per second', ours: round(perSecond), peer: PEER, timesPeer: round(perSecond / PEER.best), ceiling: round(hash), ceilingIs: 'argon2id alone, as many as this machine can do', ratio: round(perSecond / hash, 2), requestsPerFlow: sent / n, kilobytesPerFlow: round(bytes / n / 1000), cpuSecondsPerFlow: round((server.cpu() - cpuBefore) / n, 3), n });
  }
  const cookies = await signedIn(stage);
  for (const learners of [1, 8, 20]) {
    const sittings = [await stage.open(), await stage.open()];
    const work = sittings.flatMap((sittingId) => cookies.map((c) => ({ ...c, sittingId }))).slice(0, learners === 1 ? 200 : Number.POSITIVE_INFINITY);
    const perSecond = await rate(work, learners, (w) => flow(stage, server, w.learner, w.sittingId, w.cookie));
    say({ name: `learner flow without sign-in, ${learners} at a time`, unit: 'flows per second', ours: round(perSecond), peer: PEER, timesPeer: round(perSecond / PEER.best), goal: 360, n: work.length });
  }
}

const signedIn = (stage) => Promise.all(stage.learners.map(async (learner) => ({ learner, cookie: await stage.cookieOf(learner) })));

async function hashesPerSecond() {
  const { hash, Algorithm } = await import('@node-rs/argon2');
  return rate(Array.from({ length: 80 }, (_, i) => i), 8, () => hash(PIN, { algorithm: Algorithm?.Argon2id ?? 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }));
}

/** Half of what the server can do, arriving evenly whether it answers or not: how long each request takes from the moment that it was due. */
export async function halfLoad({ stage, server, say }) {
  const cookies = await signedIn(stage);
  const warm = await stage.open();
  const most = await rate(cookies, WIDTH, (c) => flow(stage, server, c.learner, warm, c.cookie));
  const gap = 2000 / most;
  const sittings = [];
  for (let i = 0; i * cookies.length < (HALF_LOAD_S * 1000) / gap; i++) sittings.push(await stage.open());
  const due = sittings.flatMap((sittingId) => cookies.map((c) => ({ ...c, sittingId }))).slice(0, Math.floor((HALF_LOAD_S * 1000) / gap));
  const times = [];
  const startedAt = performance.now();
  await Promise.all(due.map(async (d, i) => {
    await new Promise((go) => setTimeout(go, startedAt + i * gap - performance.now()));
    await flow(stage, server, d.learner, d.sittingId, d.cookie, (ms) => times.push(ms));
  }));
  const memory = server.memory(stage.postgresPid);
  say({ name: 'requests of learners at half load', unit: 'ms, 99th percentile', ours: round(quantile(times, 0.99)), median: round(quantile(times, 0.5)), goal: 50, flowsPerSecond: round(most / 2), requests: times.length });
  say({ name: 'memory of the program and PostgreSQL under this load', unit: 'MiB, shared pages counted once', ours: memory.all, program: memory.program, postgres: memory.postgres, goal: 1024, workers: server.workers });
}

/** What a phone loads first: the page, and the scripts that it names, in brotli. */
export function firstLoad({ say }) {
  const dist = path.join(ROOT, 'frontend/dist');
  const page = readFileSync(path.join(dist, 'hoc.html'), 'utf8');
  const scripts = [...new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((m) => m[1]))];
  const size = (f) => readFileSync(path.join(dist, `${f}.br`)).length;
  const total = size('hoc.html') + scripts.reduce((sum, f) => sum + size(f), 0);
  say({ name: 'first load of the learner app', unit: 'kilobytes, brotli, page with its styles and scripts', ours: round(total / 1000), ceiling: 100, ceilingIs: 'the budget', ratio: round(total / 100_000, 2), requests: 1 + scripts.length });
}

