// Does an attempt cost more where there are ten million of them already? Decides whether answers need partitions.
import { newId } from '@lantoa/shared/rules/ids';
import pg from 'pg';
import { must, quantile } from './client.mjs';
import { answersFor, rate, round, setStage, startServer } from './stage.mjs';

const FEW = 10_000;
const ROUNDS = 9;
const WIDTH = 8;
const PIECE = 500_000;
const PER_PERSON = 50;

/** Attempts that were handed in, with one answer and one mark each, of people who are not the stage's; keys of other tables are not checked while they are written. */
async function addAttempts(url, form, many, tell) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set session_replication_role = 'replica'");
    await client.query('create table bench_sitting (n integer primary key, id uuid not null)');
    await client.query('insert into bench_sitting select n, gen_random_uuid() from generate_series(1, $1) n', [PER_PERSON]);
    for (let at = 0; at < many; at += PIECE) {
      const last = Math.min(many, at + PIECE) - 1;
      await client.query(
        `with a as (insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, language, started_at, submitted_at, answered_count, right_count, total_count, score, passed, points, counts, late, overtime)
            select uuidv7(interval '-400 days'), $1, md5('person' || i / ${PER_PERSON})::uuid, s.id, s.id, 1, 'own-phone', 'vi', now() - interval '400 days', now() - interval '400 days', 20, 15, 20, 0.75, true, 15, true, false, false
              from generate_series($2::int, $3::int) i join bench_sitting s on s.n = i % ${PER_PERSON} + 1 returning id),
          w as (insert into answer (id, attempt_id, question_version_id, choice, revision, answered_at, received_at, late) select uuidv7(interval '-400 days'), id, $4, 'a', 1, now(), now(), false from a)
          insert into mark (attempt_id, question_version_id, choice, "right", credit) select id, $4, 'a', true, 1 from a`, [form.id, at, last, form.key[0].questionVersionId]);
      tell(last + 1);
    }
    for (const table of ['attempt', 'answer', 'mark']) await client.query(`vacuum (analyze) ${table}`);
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** Milliseconds of a whole attempt (start, hand in, result), eight at a time, on a sitting of its own. */
async function cost({ stage, server, people }) {
  const sittingId = await stage.open();
  return 1000 / await rate(people, WIDTH, async ({ cookie }) => {
    const id = newId();
    await must(server.base, 'POST', '/api/attempts', { cookie, body: { id, formId: stage.form.id, sittingId } });
    await must(server.base, 'POST', `/api/attempts/${id}/submit`, { cookie, body: { answers: answersFor(stage.form) } });
    await must(server.base, 'GET', `/api/attempts/${id}/result`, { cookie });
  });
}

/** A server of its own, with so many attempts in it. */
async function among(n, tell) {
  const stage = await setStage(200);
  const server = await startServer(stage.url, stage.home);
  const people = await Promise.all(stage.learners.map(async (l) => ({ cookie: await stage.cookieOf(l) })));
  await addAttempts(stage.url, stage.form, n, tell);
  return { stage, server, people, costs: [], async close() { await server.stop(); await stage.close(); } };
}

/** Two servers side by side, one with few attempts and one with many, in turns: what the machine does meanwhile touches both. */
export async function attemptFigures(say, many) {
  const startedAt = performance.now();
  const both = [];
  try {
    for (const n of [FEW, many]) both.push(await among(n, (m) => process.stderr.write(`\r${m} attempts after ${Math.round((performance.now() - startedAt) / 1000)} s`)));
    process.stderr.write('\n');
    for (let round_ = 0; round_ <= ROUNDS; round_++) for (const b of both) b.costs.push(await cost(b));
    const [few, lots] = both.map((b) => quantile(b.costs.slice(1), 0.5));
    const { Db } = await import('../backend/dist/platform/db/index.js');
    const { size } = await both[1].stage.app.get(Db).row('select pg_size_pretty(pg_database_size(current_database())) as size');
    say({ name: `an attempt among ${many} against one among ${FEW}`, unit: 'times the cost', ours: round(lots / few, 2), goal: 1.2, milliseconds: [round(few, 2), round(lots, 2)], rounds: both.map((b) => b.costs.slice(1).map((c) => round(c))), database: size, memory: both[1].server.memory(both[1].stage.postgresPid) });
  } finally {
    for (const b of both) await b.close();
  }
}
