// Figures of certificates: a batch from the approval to the last paper and credential, in time and memory of the whole process tree; the public page.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ROOT, rate, round, setStage, startServer } from './stage.mjs';

const BATCH = 600;
const ASKS = 2000;
const dist = (file) => import(path.join(ROOT, 'backend/dist', file));
const quantile = (times, q) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))];

/** Resident memory of this process' descendants that belong to the program, PostgreSQL left out, in MiB. */
function memoryOf(root) {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,comm=']).toString().trim().split('\n').map((l) => l.trim().split(/\s+/));
  const inside = new Set([String(root)]);
  for (let grew = true; grew; ) { grew = false; for (const [pid, parent] of rows) if (inside.has(parent) && !inside.has(pid)) { inside.add(pid); grew = true; } }
  return rows.filter(([pid, , , name]) => inside.has(pid) && !name.startsWith('postgres')).reduce((sum, [, , rss]) => sum + Number(rss), 0) / 1024;
}

/** A completed class of so many people who passed, and a batch of it that waits. */
async function prepare(stage, n) {
  const [{ TrainingClass, OpeningService }, access, { Db }, { BatchesService }, clock] = await Promise.all(['modules/training/index.js', 'modules/access/index.js', 'platform/db/index.js', 'modules/awarding/index.js', 'platform/clock.js'].map(dist));
  const { app } = stage;
  const db = app.get(Db);
  const roles = app.get(access.RolesService);
  const [first, second] = stage.learners;
  for (const p of [first, second]) await roles.give(null, p.id, 'owner', null);
  const [owner, other] = [await roles.actorOf(first.id), await roles.actorOf(second.id)];
  const unit = (await db.row("select unit_id as id from unit_version where kind = 'commune' and upper_inf(valid) order by code limit 1")).id;
  const tier = (await db.row('select id from tier where position = 3 limit 1')).id;
  const today = clock.today();
  const open = (await db.row('select id from tier where position = 1 limit 1')).id;
  const { id } = await app.get(OpeningService).open(owner, { body: { tierId: open, unitId: unit, title: `Lớp đo ${n} người`, place: randomUUID(), expected: 60, sessions: [{ date: today, part: 'morning', startsAt: '07:30', endsAt: '11:00' }], trainers: [{ guestName: 'Khách', body: 'Sở Y tế' }], invitations: [] } });
  await db.repo(TrainingClass).update({ id }, { status: 'completed', tierId: tier });
  await db.rows(`with made as (insert into person (id, code, name, name_folded, sort_key, birth_year, sex, created_at, version) select gen_random_uuid(), 'C' || substr(md5(i::text || $3), 1, 10), 'Hʼ Blŏ Nguyễn Thị ' || i, 'x', lpad(i::text, 6, '0'), 1980, 'female', now(), 1 from generate_series(1, $4::int) i returning *)
    insert into enrolment (id, class_id, person_id, name, sort_key, birth_year, sex, unit_id, unit_name, position, source, added_at, outcome) select gen_random_uuid(), $1, id, name, sort_key, birth_year, sex, $2, 'Xã đo', 'Cán bộ', 'roster', now(), 'passed' from made`, [id, unit, id, n]);
  const batch = await app.get(BatchesService).prepare(owner, { body: { classIds: [id], overrides: [], leftOut: [], decisionNo: '1/ĐO', issuedOn: today, signerTitle: 'CHỦ TỊCH', signerName: 'Người đo' } });
  const { token } = await app.get(access.SessionsService).open({ personId: other.personId, secretKind: 'pin' }, { address: 'bench', label: 'bench' });
  return { batch, db, cookie: `lantoa_session=${token}` };
}

/** From the approval to the last status bit, and the most memory on the way. */
async function issue(server, { batch, db, cookie }) {
  let most = 0;
  const watch = setInterval(() => { most = Math.max(most, memoryOf(server.pid)); }, 500);
  const from = performance.now();
  const reply = await fetch(`${server.base}/api/batches/${batch.id}/approval`, { method: 'POST', headers: { cookie } });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  const approved = performance.now() - from;
  for (;;) {
    const { papers, credentials } = await db.row("select (select count(*) from paper p join batch_place b on b.entry_id = p.entry_id where b.batch_id = $1)::int as papers, (select count(*) from signed_document d join batch_place b on b.entry_id = d.entry_id where b.batch_id = $1)::int as credentials", [batch.id]);
    if (papers === batch.certificates && credentials === batch.certificates) break;
    await new Promise((ok) => setTimeout(ok, 200));
  }
  clearInterval(watch);
  return { approved, whole: performance.now() - from, most };
}

/** What Typst alone needs for the same papers, and signing alone for the same credentials: the ceiling of this run. */
async function ceiling(stage, db, n) {
  const [{ RegisterService }, { PaperMaker }] = await Promise.all(['modules/credentials/register/register.service.js', 'modules/credentials/papers/paper-maker.js'].map(dist));
  const lib = await dist('modules/credentials/proof/vc-library.js');
  const [row] = await db.rows("select e.id, d.bytes from register_entry e join signed_document d on d.entry_id = e.id limit 1");
  const [entry] = await stage.app.get(RegisterService).worded([row.id]);
  const maker = stage.app.get(PaperMaker);
  await maker.pdf([entry], { full: true, offset: { dx: 0, dy: 0 } });
  const { proof: _proof, ...unsigned } = JSON.parse(row.bytes);
  const key = { ...(await lib.generate()), id: 'did:web:x#key-1', controller: 'did:web:x' };
  const from = performance.now();
  const papers = async () => { for (let i = 0; i < n; i++) await maker.pdf([entry], { full: true, offset: { dx: 0, dy: 0 } }); };
  const signatures = async () => { for (let i = 0; i < n; i++) await lib.sign(structuredClone(unsigned), key, new Date()); };
  await Promise.all([papers(), signatures()]);
  return performance.now() - from;
}

/** The public page by the token of a code, eight askers at a time, against a page of the same server that asks the database nothing. */
async function publicPage(server, db, say) {
  const tokens = (await db.rows('select token from register_entry where token is not null limit 500')).map((r) => r.token);
  const timed = async (at) => { const from = performance.now(); const reply = await fetch(server.base + at); await reply.arrayBuffer(); return performance.now() - from; };
  const run = async (at) => {
    const times = [];
    for (let i = 0; i < 200; i++) await timed(at(i));
    const perSecond = await rate(Array.from({ length: ASKS }, (_, i) => i), 8, async (i) => { times.push(await timed(at(i))); });
    const alone = [];
    for (let i = 0; i < 200; i++) alone.push(await timed(at(i)));
    return { perSecond: Math.round(perSecond), p95: round(quantile(alone, 0.95)) };
  };
  const [ours, bare] = [await run((i) => `/v/${tokens[i % tokens.length]}`), await run(() => '/kiem-tra')];
  const bytes = (await (await fetch(`${server.base}/v/${tokens[0]}`)).arrayBuffer()).byteLength;
  say({ name: 'verification page', unit: 'ms, 95th percentile, one asker', ours: ours.p95, ceiling: bare.p95, ratio: round(ours.p95 / bare.p95), goal: 20, bytes, ceilingIs: 'the empty form of the same server' });
  say({ name: 'verification pages, eight askers', unit: 'per second', ours: ours.perSecond, ceiling: bare.perSecond, ratio: round(bare.perSecond / ours.perSecond), goal: 1000, ceilingIs: 'the empty form of the same server; askers and server share the cores' });
}

/** @param many how many more are issued after the batch, to see that memory stays flat */
export async function certificateFigures(say, many) {
  const stage = await setStage(2);
  const server = await startServer(stage.url, stage.home);
  try {
    const made = await prepare(stage, BATCH);
    const once = await issue(server, made);
    const bare = await ceiling(stage, made.db, BATCH);
    say({ name: `${BATCH} certificates, from the approval to the last paper and credential`, unit: 's', ours: round(once.whole / 1000), approval: round(once.approved / 1000, 2), mostMemoryMiB: Math.round(once.most), ceiling: round(bare / 1000), ratio: round(once.whole / bare, 2), goal: 30, ceilingIs: 'Typst and signing alone, side by side, for as many' });
    await publicPage(server, made.db, say);
    if (many) {
      const all = await issue(server, await prepare(stage, many));
      say({ name: `${many} certificates`, unit: 's', ours: round(all.whole / 1000), mostMemoryMiB: Math.round(all.most), goalMemoryMiB: 1024, perCertificateMs: round(all.whole / many), ratio: round(all.whole / many / (once.whole / BATCH), 2), ceilingIs: 'a certificate of the smaller batch' });
    }
  } finally {
    await server.stop();
    await stage.close();
  }
}
