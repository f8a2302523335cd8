// Figures of classes: a hall handing in at once, a long roster against many people, the class page.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { newId } from '@lantoa/shared/rules/ids';
import pg from 'pg';
import readExcelFile from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { answersFor, ROOT, round } from './stage.mjs';

const PEOPLE = 60;
const KNOWN = 100_000;
const ROWS = 5000;
const ROUNDS = 7;
/** A hall hands in its pre-test before its post-test: the first rounds are told but not judged. */
const FIRST = 2;
const dist = (file) => import(path.join(ROOT, 'backend/dist', file));
const quantile = (times, q) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))];
const median = (values) => quantile(values, 0.5);

/** An approved class of sixty people of the stage, run by its owner. */
async function makeClass(stage) {
  const [{ OpeningService, ReportsService, TrainingClass }, access, { Db }, clock] = await Promise.all(['modules/training/index.js', 'modules/access/index.js', 'platform/db/index.js', 'platform/clock.js'].map(dist));
  const { app } = stage;
  const db = app.get(Db);
  const roles = app.get(access.RolesService);
  const [person] = stage.learners;
  await roles.give(null, person.id, 'owner', null);
  const owner = await roles.actorOf(person.id);
  const unit = (await db.row("select unit_id as id from unit_version where kind = 'commune' and upper_inf(valid) order by code limit 1")).id;
  const tier = (await db.row("select t.id from tier t where t.position = 1 limit 1")).id;
  const today = clock.today();
  const classes = [];
  for (let i = 0; i < ROUNDS; i++) {
    const { id } = await app.get(OpeningService).open(owner, { body: { tierId: tier, unitId: unit, title: `Lớp đo ${i}`, place: `Nhà ${i}`, expected: PEOPLE, sessions: [{ date: today, part: 'morning', startsAt: '07:30', endsAt: '11:00' }, { date: today, part: 'afternoon', startsAt: '13:30', endsAt: '16:30' }], trainers: [{ guestName: 'Khách', body: 'Sở Y tế' }], invitations: [] } });
    await app.get(ReportsService).move(owner, { params: { classId: id }, body: { act: 'submit', note: null } });
    await db.repo(TrainingClass).update({ id }, { status: 'approved' });
    await db.rows(`insert into enrolment (id, class_id, person_id, name, sort_key, birth_year, sex, unit_id, unit_name, position, source, added_at)
      select gen_random_uuid(), $1, p.id, p.name, p.sort_key, p.birth_year, p.sex, $2, 'Xã đo', 'Cán bộ', 'roster', now() from person p where p.id = any($3::uuid[])`, [id, unit, stage.learners.slice(0, PEOPLE).map((l) => l.id)]);
    classes.push(id);
  }
  const { token } = await app.get(access.SessionsService).open({ personId: person.id, secretKind: 'pin' }, { address: 'bench', label: 'bench' });
  return { classes, unit, db, cookie: `lantoa_session=${token}` };
}

const speak = (server, cookie) => async (method, at, body) => {
  const reply = await fetch(server.base + at, { method, headers: { ...(body && { 'content-type': 'application/json' }), ...(cookie && { cookie }) }, ...(body && { body: JSON.stringify(body) }) });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${at}: ${reply.status} ${text}`);
  return JSON.parse(text);
};

export async function classFigures({ stage, server, say }) {
  const made = await makeClass(stage);
  await handIns(stage, server, made, say);
  await hub(server, made, say);
  await longRoster(server, made, say);
}

/** Sixty phones press "hand in" in the same instant, each with its twenty answers. */
async function handIns(stage, server, { classes, cookie }, say) {
  const host = speak(server, cookie);
  const phone = speak(server, null);
  const p95 = [];
  for (const classId of classes) {
    const room = await host('POST', `/api/classes/${classId}/rooms`, { kind: 'pre' });
    const { people } = await phone('GET', `/api/room-codes/${room.code}`);
    const endings = new Map(stage.learners.map((l) => [l.id, l.phone.slice(-3)]));
    const seats = await Promise.all(room.people.map(async (p) => {
      const token = randomBytes(24).toString('base64url');
      await phone('POST', `/api/room-codes/${room.code}/seats`, { token, enrolmentId: p.enrolmentId, proof: endings.get(p.personId), channel: 'own-phone' });
      return token;
    }));
    await host('POST', `/api/rooms/${room.id}/moves`, { act: 'start' });
    const states = await Promise.all(seats.map((token) => phone('POST', '/api/room-seats/state', { token })));
    const bodies = seats.map((token, i) => ({ token, answers: states[i].attempt.questions.map((q) => ({ id: newId(), questionVersionId: q.questionVersionId, choice: 'unknown', revision: 1, answeredAt: new Date().toISOString() })) }));
    const times = await Promise.all(bodies.map(async (body) => { const from = performance.now(); await phone('POST', '/api/room-seats/hand-in', body); return performance.now() - from; }));
    p95.push(quantile(times, 0.95));
    const done = (await host('GET', `/api/rooms/${room.id}`)).done;
    if (done !== people.length) throw new Error(`${done} of ${people.length} handed in`);
  }
  const ceiling = await sixtyInserts(stage.url, stage.form);
  say({ name: '60 phones hand in at once', unit: 'ms, 95th percentile', ours: round(median(p95.slice(FIRST))), rounds: p95.slice(FIRST).map((t) => round(t)), firstRounds: p95.slice(0, FIRST).map((t) => round(t)), ceiling: round(ceiling), ceilingIs: 'sixty plain inserts of twenty rows at once over the same ten connections, no server', ratio: round(median(p95.slice(FIRST)) / ceiling, 2), goal: 300 });
}

async function sixtyInserts(url, form) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  await pool.query('create temporary table if not exists warm (x int)');
  await pool.query('create table if not exists bench_answer (id uuid primary key, q uuid, choice text)');
  const rounds = [];
  for (let r = 0; r < ROUNDS; r++) {
    const times = await Promise.all(Array.from({ length: PEOPLE }, async () => {
      const answers = answersFor(form);
      const from = performance.now();
      await pool.query('insert into bench_answer select * from unnest($1::uuid[], $2::uuid[], $3::text[])', [answers.map((a) => a.id), answers.map((a) => a.questionVersionId), answers.map((a) => a.choice)]);
      return performance.now() - from;
    }));
    rounds.push(quantile(times, 0.95));
  }
  await pool.query('drop table bench_answer');
  await pool.end();
  return median(rounds);
}

/** What the class page asks for, one after the other as the page does. */
async function hub(server, { classes, cookie }, say) {
  const ask = speak(server, cookie);
  const [times, empty] = [[], []];
  for (let i = 0; i < 60; i++) {
    let from = performance.now();
    await ask('GET', `/api/classes/${classes[i % classes.length]}`);
    times.push(performance.now() - from);
    from = performance.now();
    await ask('GET', '/api/session');
    empty.push(performance.now() - from);
  }
  say({ name: 'class page with 60 people', unit: 'ms, 95th percentile', ours: round(quantile(times.slice(10), 0.95)), median: round(median(times.slice(10))), ceiling: round(quantile(empty.slice(10), 0.95)), ceilingIs: 'asking who is signed in, the same server and client', ratio: round(quantile(times.slice(10), 0.95) / quantile(empty.slice(10), 0.95), 2), goal: 100 });
}

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Y', 'A', 'Rơ Châm', 'Ksor', 'Siu', 'Đinh'];
const MIDDLE = ['Thị', 'Văn', 'Thanh', 'Minh', 'Ngọc', 'Hoàng', 'Kim', 'Đức'];
const GIVEN = ['Hoa', 'Mai', 'Lan', 'Hồng', 'Đạt', 'Hùng', 'Blŏ', 'Thiu', 'Nhŭng', 'Brôl', 'Phượng', 'Sương', 'Tuấn', 'Bình', 'Hải', 'Thắm'];
const pick = (list, n) => list[n % list.length];

/** A list of 5,000 against 100,000 people: half of the rows are people whom the office knows. */
async function longRoster(server, { classes, db, cookie }, say) {
  const { fold, nameSortKey } = await import(path.join(ROOT, 'shared/dist/rules/text.js'));
  const units = await db.rows("select unit_id as id, name from unit_version where kind = 'commune' and upper_inf(valid) order by code");
  const people = Array.from({ length: KNOWN }, (_, i) => ({ id: newId(), name: `${pick(FAMILY, i * 7)} ${pick(MIDDLE, i * 3)} ${pick(GIVEN, i)} ${i % 97 === 0 ? 'Em' : ''}`.trim(), year: 1955 + (i % 50), phone: `+84${String(320_000_000 + i)}`, unit: units[i % units.length] }));
  for (let at = 0; at < KNOWN; at += 10_000) {
    const part = people.slice(at, at + 10_000);
    await db.rows(`insert into person (id, code, name, name_folded, sort_key, birth_year, sex, phone, created_at, version) select id, code, name, folded, key, year, 'female', phone, now(), 1 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[]) as p(id, code, name, folded, key, year, phone)`,
      [part.map((p) => p.id), part.map((_, i) => `ZZ-${at + i}`), part.map((p) => p.name), part.map((p) => fold(p.name)), part.map((p) => nameSortKey(p.name)), part.map((p) => p.year), part.map((p) => p.phone)]);
    await db.rows("insert into posting (id, person_id, unit_id, position, valid) select gen_random_uuid(), p.id, p.unit, 'Cán bộ', daterange('2022-01-01', null) from unnest($1::uuid[], $2::uuid[]) as p(id, unit)", [part.map((p) => p.id), part.map((p) => p.unit.id)]);
  }
  await db.rows('analyze person');
  await db.rows('analyze posting');
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const known = i % 2 === 0 ? people[(i * 37) % KNOWN] : null;
    return [i + 1, known?.name ?? `${pick(FAMILY, i)} Mới ${pick(GIVEN, i)} ${i}`, known?.year ?? 1980 + (i % 30), i % 2 ? 'Nam' : 'Nữ', 'Cán bộ', `Thôn ${1 + (i % 9)}, ${(known?.unit ?? units[i % units.length]).name}`, known ? `0${known.phone.slice(3)}` : `09${String(50_000_000 + i)}`];
  });
  const table = [['STT', 'Họ và tên', 'Năm sinh', 'Giới tính', 'Chức vụ', 'Đơn vị', 'Số điện thoại'], ...rows];
  const file = await (await writeExcelFile(table.map((r) => r.map((value) => ({ value, type: typeof value === 'number' ? Number : String }))))).toBuffer();
  const ask = speak(server, cookie);
  const id = newId();
  const seen = new Set();
  const from = performance.now();
  const reading = ask('POST', `/api/classes/${classes[0]}/rosters`, { id, fileName: 'danh-sach.xlsx', contentBase64: file.toString('base64') });
  let over = false;
  const watching = (async () => { while (!over) { const p = await ask('GET', `/api/rosters/${id}/progress`).catch(() => null); if (p?.of) seen.add(p.done); await new Promise((done) => setTimeout(done, 200)); } })();
  const review = await reading;
  const seconds = (performance.now() - from) / 1000;
  over = true;
  await watching;
  const parseFrom = performance.now();
  await readExcelFile(file);
  const parse = (performance.now() - parseFrom) / 1000;
  say({ name: `roster of ${ROWS} rows against ${KNOWN} people`, unit: 's', ours: round(seconds, 2), ceiling: round(parse, 2), ceilingIs: 'reading the same .xlsx into cells, nothing else', ratio: round(seconds / parse, 2), goal: 10, known: review.counts.knownPeople, fresh: review.counts.newPeople, toCheck: review.counts.check, progressSeen: seen.size });
}
