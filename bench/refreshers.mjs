// Figures of refreshers: which questions somebody gets, and the plan of a day for a hundred thousand holders of certificates. All of them are invented.
import path from 'node:path';
import pg from 'pg';
import { ROOT, round, setStage } from './stage.mjs';

const PEOPLE = 100_000;
const ASKS = 200;
const dist = (file) => import(path.join(ROOT, 'backend/dist', file));
const quantile = (times, q) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))];
const timed = async (work) => { const from = performance.now(); await work(); return performance.now() - from; };

/** So many people with a certificate of the last 700 days, and a memory of every question of the course. */
async function makeHolders(q, type, unit) {
  await q(`insert into person (id, code, name, name_folded, sort_key, birth_year, sex, created_at, version) select gen_random_uuid(), 'R' || i, 'Người đo ' || i, 'nguoi do ' || i, 'do ' || i, 1970 + i % 30, 'female', now(), 1 from generate_series(1, ${PEOPLE}) i`);
  await q(`insert into register_entry (id, seq, kind, format, issuer_id, type_id, year, number, register_no, serial_no, person_id, holder_name, birth_year, sex, holder_folded, unit_id, unit_name, title, hours, issued_on, valid_until, decision_no, signer_title, signer_name, token, recorded_at, previous_hash, hash)
    select gen_random_uuid(), n, 'issue', 2, t.issuer_id, t.id, 2026, n, 'R' || n, 'R' || n, p.id, p.name, p.birth_year, p.sex, p.name_folded, $2, 'Xã đo', t.title, 8, (current_date - (n * 7) % 700), (current_date - (n * 7) % 700) + 731, '1', 'CT', 'Người đo', 'R' || n, now(), '', 'R' || n
      from (select *, substr(code, 2)::int as n from person where code ~ '^R[0-9]+$') p, certificate_type t where t.id = $1`, [type, unit]);
  await q(`insert into question_memory (person_id, question_id, stability, difficulty, last_day, last_right) select p.id, k.id, 20 + (k.n * 37 + substr(p.code, 2)::int) % 200, 5, current_date - (substr(p.code, 2)::int % 60), (k.n + substr(p.code, 2)::int) % 6 > 0
    from person p cross join (select id, row_number() over (order by id) as n from question where course_slug = (select course_slug from tier where certificate_type_id = $1 order by position limit 1)) k where p.code ~ '^R[0-9]+$'`, [type]);
  await q('analyze');
}

export async function refresherFigures(say) {
  const stage = await setStage(1);
  const pool = new pg.Pool({ connectionString: stage.url, max: 4 });
  const q = (sql, params = []) => pool.query(sql, params);
  try {
    const [{ PlanningService }, { MemoryService }, { Db }, clock, rules] = await Promise.all([dist('modules/refreshers/planning.service.js'), dist('modules/refreshers/memory.service.js'), dist('platform/db/index.js'), dist('platform/clock.js'), import(path.join(ROOT, 'shared/dist/rules/refreshers.js'))]);
    const db = stage.app.get(Db);
    const { type, course } = await db.row('select certificate_type_id as type, course_slug as course from tier order by position limit 1');
    const unit = (await db.row("select unit_id as id from unit_version where kind = 'commune' and upper_inf(valid) order by code limit 1")).id;
    await makeHolders(q, type, unit);
    const memory = stage.app.get(MemoryService);
    const bank = await memory.pool(course);
    const some = (await q("select id from person where code ~ '^R[0-9]+$' order by code limit $1", [ASKS])).rows.map((r) => r.id);
    const [ours, bare] = [[], []];
    for (const id of some) {
      ours.push(await timed(async () => rules.pickQuestions((await memory.askable([id], bank)).get(id), 10, clock.today(), id)));
      bare.push(await timed(() => q('select * from question_memory where person_id = $1', [id])));
    }
    say({ name: `questions of a refresher for one person, of ${bank.length}`, unit: 'ms, 95th percentile', ours: round(quantile(ours, 0.95), 2), ceiling: round(quantile(bare, 0.95), 2), ratio: round(quantile(ours, 0.95) / quantile(bare, 0.95)), goal: 10, ceilingIs: 'a bare client reads what they remember' });
    let planned = 0;
    const day = await timed(async () => { planned = await stage.app.get(PlanningService).plan(clock.today()); });
    const read = await timed(async () => { for (let n = 0; n < PEOPLE; n += 1000) await q("select m.* from question_memory m join person p on p.id = m.person_id where p.code ~ '^R[0-9]+$' and substr(p.code, 2)::int between $1 and $2", [n + 1, n + 1000]); });
    say({ name: `the plan of a day for ${PEOPLE} people`, unit: 's', ours: round(day / 1000), planned, ceiling: round(read / 1000), ratio: round(day / read), goal: 60, ceilingIs: 'a bare client reads what they remember, a thousand at a time' });
  } finally {
    await pool.end();
    await stage.close();
  }
}
