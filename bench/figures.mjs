// The benchmarks: a JSON line each with our figure, the ceiling of the same run where there is one, and the ratio.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { certificateFigures } from './certificates.mjs';
import { classFigures } from './classes.mjs';
import { contentLoad, itemAnalysis, storedLesson } from './learning.mjs';
import { nationFigures } from './nation.mjs';
import { answersFor, PIN, ROOT, rate, round, setStage, startServer } from './stage.mjs';
import { phoneFigures } from './phone.mjs';
import { refresherFigures } from './refreshers.mjs';
import { soakFigures } from './soak.mjs';
import { syncFigures } from './sync.mjs';

const say = (line) => console.log(JSON.stringify(line));
const WIDTH = 8;
const N = 400;

const wanted = process.argv.slice(2);
// A whole country takes minutes and gigabytes, and a stage of its own: npm run bench -- nation [CLASSES].
if (wanted.includes('nation')) {
  await nationFigures(say, Number(wanted[1] ?? 50_000));
  process.exit();
}

// A stage of its own as well: npm run bench -- certificates [MANY].
if (wanted.includes('certificates')) {
  await certificateFigures(say, Number(wanted[1] ?? 0));
  process.exit();
}

// As well.
for (const [name, figures] of [['sync', syncFigures], ['refreshers', refresherFigures], ['phone', phoneFigures], ['soak', soakFigures]]) {
  if (!wanted.includes(name)) continue;
  await figures(say);
  process.exit();
}

const stage = await setStage(N);
const server = await startServer(stage.url, stage.home);
const json = { 'content-type': 'application/json' };
let [bytes, requests] = [0, 0];
/** Each request comes from another address, as behind a proxy: the limit of tries per address is not what is measured. */
async function send(method, at, cookie, body) {
  const reply = await fetch(server.base + at, { method, headers: { ...json, 'x-forwarded-for': `10.0.${(requests >> 8) % 256}.${requests % 256}`, ...(cookie && { cookie }) }, ...(body && { body: JSON.stringify(body) }) });
  const text = await reply.text();
  bytes += text.length + (body ? JSON.stringify(body).length : 0);
  requests++;
  if (!reply.ok) throw new Error(`${method} ${at}: ${reply.status} ${text}`);
  return { body: JSON.parse(text), cookie: reply.headers.get('set-cookie')?.split(';')[0] };
}
const signIn = async (l) => (await send('POST', '/api/session', null, { login: l.code, secret: PIN })).cookie;

/** (a) Handing in an attempt of 20 answers, against a bare client that runs the same statements on the same server. */
async function submissions() {
  const sittingId = await stage.open();
  const started = [];
  await rate(stage.learners, WIDTH, async (l) => {
    const cookie = await signIn(l);
    const id = randomUUID();
    await send('POST', '/api/attempts', cookie, { id, formId: stage.form.id, sittingId });
    started.push({ cookie, id, personId: l.id });
  });
  const ours = await rate(started, WIDTH, ({ cookie, id }) => send('POST', `/api/attempts/${id}/submit`, cookie, { answers: answersFor(stage.form) }));
  const ceiling = await bareSubmissions(await stage.open());
  say({ name: 'submit an attempt of 20 answers', unit: 'per second', ours: round(ours), ceiling: round(ceiling), ceilingIs: 'bare pg client, same statements, same server', ratio: round(ours / ceiling, 2), concurrency: WIDTH, n: N });
}

async function bareSubmissions(sittingId) {
  const pool = new pg.Pool({ connectionString: stage.url, max: WIDTH });
  const key = stage.form.key;
  const insert = `insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, language, started_at, late, overtime, counts) values ($1, $2, $3, $4, $4, 1, $5, 'vi', now(), false, false, false)`;
  const work = stage.learners.map((l) => ({ id: randomUUID(), personId: l.id }));
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

/** (b) sign-in → course → start → 20 answers → submit → result, as completed flows per second. Moodle 4.5 on 2 cores: 1.7–3.6. */
async function flows() {
  for (const learners of [1, 4, 8, 20]) {
    const sittingId = await stage.open();
    const people = stage.learners.slice(0, learners === 1 ? 30 : 160);
    [bytes, requests] = [0, 0];
    const cpuBefore = server.cpu();
    const perSecond = await rate(people, learners, async (l) => {
      const cookie = await signIn(l);
      await send('GET', '/api/courses', cookie);
      const id = randomUUID();
      await send('POST', '/api/attempts', cookie, { id, formId: stage.form.id, sittingId });
      await send('POST', `/api/attempts/${id}/submit`, cookie, { answers: answersFor(stage.form) });
      await send('GET', `/api/attempts/${id}/result`, cookie);
    });
    const n = people.length;
    say({ name: 'learner flow', learners, unit: 'flows per second', ours: round(perSecond), peer: { name: 'Moodle 4.5.5, same kind of machine', best: 3.35 }, ratio: round(perSecond / 3.35), requestsPerFlow: requests / n, kilobytesPerFlow: round(bytes / n / 1000), cpuSecondsPerFlow: round((server.cpu() - cpuBefore) / n, 3), n });
  }
}

/** (c) What a phone loads first: the page, and the scripts that it names, in brotli. */
function firstLoad() {
  const dist = path.join(ROOT, 'frontend/dist');
  const page = readFileSync(path.join(dist, 'hoc.html'), 'utf8');
  const scripts = [...new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((m) => m[1]))];
  const size = (f) => readFileSync(path.join(dist, `${f}.br`)).length;
  const total = size('hoc.html') + scripts.reduce((sum, f) => sum + size(f), 0);
  say({ name: 'first load of the learner app', unit: 'kilobytes, brotli, page with its styles and scripts', ours: round(total / 1000), ceiling: 100, ceilingIs: 'the budget', ratio: round(total / 100_000, 2), requests: 1 + scripts.length });
}

/** Typst without our printer around it. Returns documents per second. */
async function bareTypst(papers) {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
  const fonts = path.join(ROOT, 'content/fonts');
  const workspace = path.join(ROOT, 'content/templates');
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [fonts] }] });
  const mainFileContent = readFileSync(path.join(workspace, 'certificate.typ'), 'utf8');
  const make = (p) => compiler.pdf({ mainFileContent, inputs: { data: JSON.stringify({ title: 'x', issuer: 'x', papers: [p] }) } }, { pdfStandard: 'ua-1' });
  make(papers[0]);
  const startedAt = performance.now();
  for (const p of papers) make(p);
  return (papers.length * 1000) / (performance.now() - startedAt);
}

/** (d) Certificates as single PDFs, by the printer alone and as issued one by one. */
async function certificates() {
  const { Printer } = await import(path.join(ROOT, 'backend/dist/platform/print/index.js'));
  const { toString: qrToString } = await import('qrcode');
  const qrSvg = await qrToString('https://example.vn/v/abcdefghijklmnopqrstuv', { type: 'svg' });
  const paper = (i) => ({ parentName: 'HỘI LHPN VIỆT NAM', issuerName: 'HỘI LHPN TỈNH KON TUM', issuerTitle: 'Hội LHPN tỉnh', holderName: `Siu H'Ƀlơ̆ Ayun ${i}`, unitName: 'Xã Đắk Pék', courseTitle: 'Tập huấn', hours: '16', classLine: '', serialNo: `LT ${i}`, registerNo: `${i}/2026/X`, validUntil: '01/01/2028', checkAddress: 'example.vn', placeAndDate: 'Kon Tum', signerTitle: 'CHỦ TỊCH', signerName: 'Nguyễn Thị Mẫu', qrSvg });
  const printer = stage.app.get(Printer);
  await printer.pdf('certificate', { title: 'x', issuer: 'x', papers: [paper(0)] });
  const papers = Array.from({ length: 300 }, (_, i) => i + 1);
  const perSecond = await rate(papers, 2, (i) => printer.pdf('certificate', { title: 'x', issuer: 'x', papers: [paper(i)] }));
  const startedAt = performance.now();
  await printer.pdf('certificate', { title: 'x', issuer: 'x', papers: papers.map(paper) });
  const together = (papers.length * 1000) / (performance.now() - startedAt);
  const ceiling = await bareTypst(papers.map(paper));
  say({ name: 'certificates', unit: 'single PDFs per second', ours: round(perSecond), ceiling: round(ceiling), ceilingIs: 'the Typst compiler alone in this process, same template and data, no child process', ratio: round(perSecond / ceiling, 2), asOneDocument: round(together), n: papers.length });
}

const PARTS = {
  submissions, flows, 'first-load': async () => firstLoad(), certificates,
  lesson: () => storedLesson(server, { login: stage.learners[0].code, secret: PIN }, say), content: () => contentLoad(stage, say), analysis: () => itemAnalysis(stage, say), classes: () => classFigures(stage, server, say),
};

try {
  for (const [name, run] of Object.entries(PARTS)) if (!wanted.length || wanted.includes(name)) await run();
} finally {
  await server.stop();
  await stage.close();
}
