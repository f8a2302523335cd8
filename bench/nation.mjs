// Figures of a whole country: 34 provinces, 3,300 communes, 60,000 villages, a million people, 50,000 classes, five million attempts, all invented.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { ROOT, round, setStage, startServer } from './stage.mjs';

const PROVINCES = 34;
const COMMUNES = 3300;
const VILLAGES = 60_000;
const LEARNERS = 25;
const PROGRAMME = 'du-an-8-kon-tum-2022';
/** The trainer whose line is measured teaches so many classes, whose learners teach so many. */
const LINE = { first: 14, second: 520 };
const ASKS = 60;
const dist = (file) => import(path.join(ROOT, 'backend/dist', file));
const quantile = (times, q) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))];
const timed = async (work) => { const from = performance.now(); await work(); return performance.now() - from; };

/** Units with names of their own and codes that no real one has. */
async function makeUnits(q) {
  await q('create table made_unit (id uuid primary key default gen_random_uuid(), kind text, n int, parent uuid, province int)');
  await q(`insert into made_unit (kind, n, province) select 'province', i, i from generate_series(0, ${PROVINCES - 1}) i`);
  await q(`insert into made_unit (kind, n, province, parent) select 'commune', i, i % ${PROVINCES}, p.id from generate_series(0, ${COMMUNES - 1}) i join made_unit p on p.kind = 'province' and p.n = i % ${PROVINCES}`);
  await q(`insert into made_unit (kind, n, province, parent) select 'village', i, c.province, c.id from generate_series(0, ${VILLAGES - 1}) i join made_unit c on c.kind = 'commune' and c.n = i % ${COMMUNES}`);
  await q('create index on made_unit (kind, n)');
  await q('insert into unit (id) select id from made_unit');
  await q(`insert into unit_version (id, unit_id, name, name_folded, kind, code, parent_id, valid) select gen_random_uuid(), id, initcap(kind) || ' ' || n, kind || ' ' || n, kind, 'B' || left(kind, 1) || n, parent, '[2022-01-01,)' from made_unit order by kind, parent`);
}

/** People by number, each with a posting: the first ones at provinces, then communes, then villages. */
async function makePeople(q, classes) {
  const people = classes * 20;
  await q(`insert into person (id, code, name, name_folded, sort_key, birth_year, sex, created_at, version) select gen_random_uuid(), 'B' || i, 'Người đo ' || i, 'nguoi do ' || i, 'do ' || i, 1970 + i % 30, case when i % 3 = 0 then 'male' else 'female' end, now(), 1 from generate_series((select count(*) from made_person), ${people - 1}) i`);
  await q(`insert into made_person (n, id, province) select substr(code, 2)::int, id, substr(code, 2)::int % ${PROVINCES} from person where code ~ '^B[0-9]+$' and substr(code, 2)::int >= (select count(*) from made_person)`);
  return people;
}

const TABLES = `create table made_person (n int primary key, id uuid, province int);
  create table made_class (n int primary key, id uuid, tier int, province int, unit uuid, day date, pre uuid, post uuid);`;

/** SQL: of a class by its place among those of its province, the place of who teaches it among the people: somebody trained in the tier above, in the same hundred of classes. */
const taught = (o) => `(case k.tier when 3 then (${o} / 100 * 100 + 1 + ${o} % 19) * 20 + ${o} / 19 % 25 else ${o} / 100 * 2000 + ${o} % 25 end)`;

/** Brings the country up to `classes` classes. One in a hundred is of the first tier, nineteen of the second, eighty of the third; each takes its learners and its trainer from its province. */
async function grow(q, ids, classes) {
  const from = Number((await q('select count(*) as n from made_class')).rows[0].n);
  const people = await makePeople(q, classes);
  await q(`insert into made_class (n, id, tier, province, unit, day, pre, post) select i, gen_random_uuid(), k.tier, i % ${PROVINCES}, u.id, k.day, gen_random_uuid(), gen_random_uuid() from generate_series(${from}, ${classes - 1}) i
    cross join lateral (select case when (i / ${PROVINCES}) % 100 = 0 then 1 when (i / ${PROVINCES}) % 100 < 20 then 2 else 3 end as tier) t
    cross join lateral (select t.tier, case t.tier when 1 then date '2022-11-01' + i % 90 when 2 then date '2023-03-01' + i % 360 else date '2024-04-01' + i % 900 end as day) k
    join made_unit u on u.kind = case k.tier when 1 then 'province' else 'commune' end and u.n = case k.tier when 1 then i % ${PROVINCES} else i % ${PROVINCES} + ${PROVINCES} * ((i / ${PROVINCES}) % ${Math.floor(COMMUNES / PROVINCES)}) end`);
  const fresh = `made_class k where k.n >= ${from}`;
  await q(`insert into sitting (id, form_id, opened_at) select s, '${ids.form}', k.day from ${fresh.replace(' where', ' cross join lateral unnest(array[k.pre, k.post]) s where')}`);
  await q(`insert into training_class (id, code, tier_id, unit_id, unit_name, title, place, expected, status, starts_on, ends_on, course_version_id, pre_form_id, post_form_id, pre_sitting_id, post_sitting_id, created_by, created_at)
    select k.id, 'B' || k.n, ('{${ids.tiers.join(',')}}'::uuid[])[k.tier], k.unit, 'Đơn vị', 'Lớp đo ' || k.n, 'Hội trường', ${LEARNERS}, 'completed', k.day, k.day, '${ids.version}', '${ids.form}', '${ids.form}', k.pre, k.post, '${ids.owner}', now() from ${fresh}`);
  await q(`insert into class_move (id, class_id, act, "to", by_person_id, at) select gen_random_uuid(), k.id, 'submit-report', 'report-submitted', '${ids.owner}', k.day + 2 from ${fresh}`);
  // Learners: a run of people of the province, so that nearly all are new and every fifth class meets some again.
  await q(`insert into enrolment (id, class_id, person_id, name, sort_key, birth_year, sex, unit_id, unit_name, position, source, added_at, outcome)
    select gen_random_uuid(), k.id, p.id, 'Người đo', 'do', 1980, 'female', u.id, 'Đơn vị', 'Cán bộ', 'roster', now(), case when p.n % 9 = 0 then 'not-passed' else 'passed' end
      from ${fresh.replace(' where', ` cross join generate_series(0, ${LEARNERS - 1}) s join made_person p on p.n = k.province + ${PROVINCES} * (((k.n / ${PROVINCES}) * 20 + s) % ${Math.floor(people / PROVINCES)})
      join made_unit u on u.kind = case k.tier when 1 then 'province' when 2 then 'commune' else 'village' end and u.n = case k.tier when 1 then k.province when 2 then k.province + ${PROVINCES} * (p.n % ${Math.floor(COMMUNES / PROVINCES)}) else (k.n % ${COMMUNES}) + ${COMMUNES} * (s % ${Math.floor(VILLAGES / COMMUNES)}) end where`)} order by k.n
    on conflict do nothing`);
  await q(`insert into class_trainer (id, class_id, person_id, name) select gen_random_uuid(), k.id, case when k.tier = 1 then null else p.id end, 'Giảng viên' from ${fresh.replace(' where', ` join made_person p on p.n = k.province + ${PROVINCES} * (${taught(`(k.n / ${PROVINCES})`)} % ${Math.floor(people / PROVINCES)}) where`)}`);
  const attempt = (sitting, right) => `insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, started_at, submitted_at, anchor_right, anchor_total, right_count, total_count, counts)
    select gen_random_uuid(), '${ids.form}', e.person_id, ${sitting}, ${sitting}, 1, 'own-phone', k.day, k.day + interval '10 hours', ${right}, 12, ${right}, 20, true from enrolment e join ${fresh.replace(' where', ' on k.id = e.class_id where')}`;
  await q(attempt('k.pre', '3 + (hashtext(e.id::text) & 3)'));
  await q(attempt('k.post', '11 - k.tier - (hashtext(e.id::text) & 3)'));
  // Practice and refreshers: as many again, in no sitting.
  await q(`insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, started_at, submitted_at, right_count, total_count, counts) select gen_random_uuid(), '${ids.form}', e.person_id, null, e.id, s, 'own-phone', k.day, k.day, 4, 5, false from enrolment e join ${fresh.replace(' where', ' on k.id = e.class_id cross join generate_series(1, 2) s where')}`);
  await q(`insert into posting (id, person_id, unit_id, position, valid) select gen_random_uuid(), e.person_id, e.unit_id, 'Cán bộ', daterange(k.day, null) from enrolment e join ${fresh.replace(' where', ' on k.id = e.class_id where')} on conflict do nothing`);
  await q(`insert into register_entry (id, seq, kind, issuer_id, type_id, year, person_id, holder_name, holder_folded, unit_id, unit_name, title, hours, issued_on, valid_until, decision_no, signer_title, signer_name, recorded_at, previous_hash, hash)
    select x.id, (select coalesce(max(seq), 0) from register_entry) + row_number() over (), 'issue', '${ids.issuer}', ('{${ids.types.join(',')}}'::uuid[])[x.tier], 2024, x.person_id, 'Người đo', 'nguoi do', x.unit_id, 'Đơn vị', 'Giấy', 8, x.day + 10, x.day + 740, '1', 'CT', 'Mẫu', now(), '', ''
      from (select gen_random_uuid() as id, e.person_id, e.unit_id, k.tier, k.day from enrolment e join ${fresh.replace(' where', ` on k.id = e.class_id where`)} and e.outcome = 'passed' and (k.tier < 3 or hashtext(e.id::text) % 4 = 0)) x`);
  await q('analyze');
}

/** One trainer who reached ten thousand: the first of a province teaches classes whose learners teach all the others of their line. */
async function drawLine(q) {
  const [{ id }] = (await q(`select p.id from made_class k join enrolment e on e.class_id = k.id join made_person p on p.id = e.person_id where k.tier = 1 and k.province = 0 order by k.n, p.n limit 1`)).rows;
  await q(`update class_trainer x set person_id = $1 from (select id from made_class where tier = 2 and province = 0 order by n limit ${LINE.first}) k where x.class_id = k.id`, [id]);
  await q(`with own as (select distinct e.person_id, row_number() over (order by e.person_id) as i from (select id from made_class where tier = 2 and province = 0 order by n limit ${LINE.first}) k join enrolment e on e.class_id = k.id),
      later as (select id, row_number() over (order by n) as i from made_class where tier = 3 and province = 0 order by n limit ${LINE.second})
    update class_trainer x set person_id = o.person_id from later l join own o on o.i = 1 + l.i % (select count(*) from own) where x.class_id = l.id`);
  await q(`insert into cascade_news (kind, id) select 'class', id from made_class where province = 0 and tier > 1 order by n limit ${LINE.first + LINE.second}`);
  return id;
}

/** One more class of thirty, with its tests, as far as the sums are concerned: milliseconds until they have followed. */
async function oneMoreClass(q, ids, ledger) {
  const times = [];
  for (let i = 0; i < 7; i++) {
    const [id, post] = [randomUUID(), randomUUID()];
    await q(`insert into sitting (id, form_id, opened_at) values ('${post}', '${ids.form}', now())`);
    const unit = `(select id from made_unit where kind = 'commune' and n = ${i * 11})`;
    await q(`insert into training_class (id, code, tier_id, unit_id, unit_name, title, place, expected, status, starts_on, ends_on, course_version_id, pre_form_id, post_form_id, post_sitting_id, created_by, created_at)
      values ('${id}', 'M${randomUUID()}', '${ids.tiers[2]}', ${unit}, 'Đơn vị', 'Lớp', 'Hội trường', 30, 'completed', '2026-10-01', '2026-10-01', '${ids.version}', '${ids.form}', '${ids.form}', '${post}', '${ids.owner}', now())`);
    await q(`insert into enrolment (id, class_id, person_id, name, sort_key, unit_id, unit_name, position, source, added_at, outcome) select gen_random_uuid(), '${id}', p.id, 'x', 'x', ${unit}, 'x', 'x', 'roster', now(), 'passed' from made_person p where p.n between ${i * 500} and ${i * 500 + 29}`);
    await q(`insert into class_trainer (id, class_id, person_id, name) select gen_random_uuid(), '${id}', id, 'Giảng viên' from made_person where n = ${i * 500 + 40}`);
    await q(`insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, started_at, submitted_at, anchor_right, anchor_total, right_count, total_count, counts) select gen_random_uuid(), '${ids.form}', e.person_id, '${post}', '${post}', 1, 'paper', now(), now(), 8, 12, 8, 20, true from enrolment e where e.class_id = '${id}'`);
    times.push(await timed(() => ledger.catchUp()));
  }
  return quantile(times.slice(2), 0.5);
}

/** `classes`: fifty thousand for the country; fewer for a look. */
export async function nationFigures(say, classes = 50_000) {
  const CLASSES = classes;
  const stage = await setStage(1);
  let [server, build] = [];
  const pool = new pg.Pool({ connectionString: stage.url, max: 2 });
  try {
    build = await pool.connect();
    await build.query("set session_replication_role = 'replica'");
    const q = (text, values) => build.query(text, values);
    const one = async (text) => (await q(text)).rows[0];
    const [{ Ledger }, access, { UnitReformService, readReform }] = await Promise.all(['modules/cascade/index.js', 'modules/access/index.js', 'modules/organisation/index.js'].map(dist));
    const ledger = stage.app.get(Ledger);
    const [person] = stage.learners;
    await stage.app.get(access.RolesService).give(null, person.id, 'owner', null);
    const tiers = (await q('select t.id, t.certificate_type_id as type from tier t join programme p on p.id = t.programme_id where p.slug = $1 order by t.position', [PROGRAMME])).rows;
    const ids = { owner: person.id, tiers: tiers.map((t) => t.id), types: tiers.map((t) => t.type), form: stage.form.id, version: (await one('select id from course_version limit 1')).id, issuer: (await one('select id from issuer limit 1')).id };
    await q('alter table register_entry drop constraint register_number_once');
    await makeUnits(q);
    await q(TABLES);
    await q(`insert into tier_target (id, tier_id, unit_id, people, valid) select gen_random_uuid(), '${ids.tiers[2]}', id, 300, '[2022-11-01,)' from made_unit where kind = 'commune'`);
    const costs = {};
    let builtIn = 0;
    for (const times of [1, 10, 100]) {
      builtIn += await timed(() => grow(q, ids, (CLASSES * times) / 100));
      const rebuilt = await timed(() => ledger.rebuild());
      await q('vacuum analyze');
      costs[`${times}×`] = round(await oneMoreClass(pool.query.bind(pool), ids, ledger));
      if (times === 100) say({ name: 'country: all sums made anew', unit: 's', ours: round(rebuilt / 1000), builtInSeconds: round(builtIn / 1000), ...(await one('select (select count(*) from person)::int as people, (select count(*) from training_class)::int as classes, (select count(*) from enrolment)::int as enrolments, (select count(*) from attempt)::int as attempts, (select count(*) from unit)::int as units, (select count(*) from cascade_part)::int as parts, (select count(*) from cascade_sum)::int as sums')) });
    }
    say({ name: 'country: one more class of 30, until the sums stand', unit: 'ms, median', classes: { '1×': CLASSES / 100, '10×': CLASSES / 10, '100×': CLASSES }, ours: costs, ratio: round(costs['100×'] / costs['1×'], 2), ceiling: 1, ceilingIs: 'the cost does not grow with the number of classes: ratio of 100× to 1×' });
    const trainer = await drawLine(q);
    await ledger.catchUp();
    await q("set session_replication_role = 'origin'");
    const { token } = await stage.app.get(access.SessionsService).open({ personId: person.id, secretKind: 'pin' }, { address: 'bench', label: 'bench' });
    server = await startServer(stage.url, stage.home);
    // The made certificates have no papers; a server sets about making them, which is not what is measured.
    await q("update graphile_worker._private_jobs set run_at = now() + interval '1 year' where locked_at is null");
    await new Promise((ok) => setTimeout(ok, 5000));
    await reads(server, `lantoa_session=${token}`, pool, ids, trainer, say);
    await freshness(server, `lantoa_session=${token}`, pool, say);
    await reform(stage.app.get(UnitReformService), readReform, ledger, pool, say);
  } catch (e) {
    // Said before the tidying, which may wait for what has failed.
    console.error(e);
    process.exitCode = 1;
  } finally {
    await server?.stop();
    build?.release(true);
    await pool.end();
    await stage.close();
  }
}

async function reads(server, cookie, pool, ids, trainer, say) {
  const get = async (at) => {
    const reply = await fetch(server.base + at, { headers: { cookie } });
    if (!reply.ok) throw new Error(`${at}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
  /** Everything is asked once before it is timed: a server that has just been started reads from the disk. */
  const ask = async (at) => {
    for (let i = 0; i < (typeof at === 'function' ? PROVINCES : 1); i++) await get(typeof at === 'function' ? at(i) : at);
    const times = [];
    for (let i = 0; i < ASKS; i++) times.push(await timed(() => get(typeof at === 'function' ? at(i) : at)));
    return round(quantile(times, 0.95));
  };
  const ceilingOf = async (text, values) => {
    await pool.query(text, values);
    const times = [];
    for (let i = 0; i < ASKS; i++) times.push(await timed(() => pool.query({ name: text.slice(0, 60), text, values })));
    return round(quantile(times, 0.95));
  };
  const provinces = (await pool.query("select id from made_unit where kind = 'province' order by n")).rows.map((r) => r.id);
  const base = `/api/cascade?programme=${PROGRAMME}`;
  const bare = 'select of_id, sum(enrolled), sum(passed), sum(post_n), sum(post_sum) from cascade_sum where of_id = any($1::uuid[]) and unit_id = any($2::uuid[]) and day <= current_date and valid @> current_date group by of_id';
  const told = { ceilingIs: 'the sums of the same rows read by a bare client', unit: 'ms, 95th percentile' };
  const line = async (name, goal, ours, ceiling, more = {}) => say({ name: `country: ${name}`, ...told, ours, ceiling, ratio: round(ours / ceiling, 1), goal, ...more });
  await get(base);
  await line('dashboard of a province', 100, await ask((i) => `${base}&unitId=${provinces[i % PROVINCES]}`), await ceilingOf(bare, [ids.tiers, [provinces[3]]]));
  await line('dashboard of the country', 300, await ask(base), await ceilingOf(bare, [ids.tiers, ['00000000-0000-0000-0000-000000000000']]));
  const table = base.replace('?', '/units?');
  await line('unit table, provinces', 100, await ask(table), await ceilingOf(bare, [ids.tiers, provinces]));
  await line('unit table, communes of a province', 100, await ask((i) => `${table}&parentId=${provinces[i % PROVINCES]}`), await ceilingOf(bare, [ids.tiers, (await pool.query("select id from made_unit where kind = 'commune' and province = 3")).rows.map((r) => r.id)]));
  await line('unit table, areas of a province', 100, await ask((i) => `${table}&by=areas&parentId=${provinces[i % PROVINCES]}`), await ceilingOf(bare, [ids.tiers, [provinces[3]]]));
  await line('squares of a province', 100, await ask((i) => `${base.replace('?', '/tiles?')}&unitId=${provinces[i % PROVINCES]}`), await ceilingOf(bare, [ids.tiers, [provinces[3]]]));
  const { descendants } = await get(`/api/cascade/people/${trainer}`);
  const down = `with recursive down (person_id) as (select $1::uuid union select e.person_id from down d join class_trainer x on x.person_id = d.person_id join enrolment e on e.class_id = x.class_id) select count(*) from down`;
  await line('lineage of a trainer', 200, await ask(`/api/cascade/people/${trainer}`), await ceilingOf(down, [trainer]), { descendants, ceilingIs: 'the same walk without days, states and depths by a bare client' });
}

/** From a test handed in to a dashboard that shows it. */
async function freshness(server, cookie, pool, say) {
  const times = [];
  for (let i = 0; i < 5; i++) {
    const { rows: [free] } = await pool.query(`select e.person_id, k.pre, k.province from made_class k join enrolment e on e.class_id = k.id where k.tier = 3 order by k.n offset ${i * 37} limit 1`);
    const province = (await pool.query(`select id from made_unit where kind = 'province' and n = ${free.province}`)).rows[0].id;
    const read = async () => (await (await fetch(`${server.base}/api/cascade?programme=${PROGRAMME}&unitId=${province}`, { headers: { cookie } })).json()).tiers[2].pre.n;
    const before = await read();
    times.push(await timed(async () => {
      await pool.query('update attempt set counts = false where person_id = $1 and sitting_id = $2', [free.person_id, free.pre]);
      while ((await read()) === before) await new Promise((ok) => setTimeout(ok, 50));
    }));
  }
  say({ name: 'country: an attempt changes the dashboard', unit: 's, the slowest of five', ours: round(Math.max(...times) / 1000, 2), goal: 5, ceiling: 1, ceilingIs: 'the pause between two looks for news', ratio: round(Math.max(...times) / 1000, 2) });
}

/** A hundred communes become fifty. */
async function reform(service, readReform, ledger, pool, say) {
  const codesOf = async (province) => (await pool.query(`select 'Bc' || n as code from made_unit where kind = 'commune' and province = ${province} order by n limit 50`)).rows.map((r) => r.code);
  const codes = [...(await codesOf(5)), ...(await codesOf(6))];
  const pairs = Array.from({ length: 50 }, (_, i) => [codes[2 * i], codes[2 * i + 1]]);
  const read = readReform(pairs.map(([a, b], i) => ({ on: '2026-11-01', kind: 'merge', document: '1/NQ', from: `${a};${b}`, to: `R${i}`, name: `Xã Mới ${i}`, unit_kind: 'commune', parent: '', localities: '', note: '' })));
  if ('faults' in read) throw new Error(JSON.stringify(read.faults.slice(0, 3)));
  let report;
  const applied = await timed(async () => { report = await service.apply(null, read.steps, false); });
  if (report.faults.length) throw new Error(JSON.stringify(report.faults.slice(0, 3)));
  const followed = await timed(() => ledger.catchUp());
  const bare = await timed(async () => { for (const [a] of pairs) await pool.query("select 1 from unit_version where code = $1 for update", [a]); });
  say({ name: 'country: a reform of 100 communes applied', unit: 's', ours: round(applied / 1000, 2), goal: 5, sumsFollowedAfter: round(followed / 1000, 2), ceiling: round(bare / 1000, 3), ceilingIs: 'finding the units of its fifty mergers by a bare client, one by one', ratio: round(applied / bare, 1) });
}
