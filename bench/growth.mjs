// Does an attempt cost more where there are ten million of them already? Decides whether answers need partitions.
import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { must, quantile } from './client.mjs';
import { answersFor, rate, round, setStage, startServer } from './stage.mjs';

const FEW = 10_000;
const ROUNDS = 5;
const WIDTH = 8;
const PIECE = 500_000;
const PER_PERSON = 50;

/** Attempts that were handed in, with one answer and one mark each, of people who are not the stage's; keys of other tables are not checked while they are written. */
async function addAttempts(url, form, from, until, tell) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("set session_replication_role = 'replica'");
  await client.query('create table if not exists bench_sitting (n integer primary key, id uuid not null)');
  await client.query('insert into bench_sitting select n, gen_random_uuid() from generate_series(1, $1) n on conflict do nothing', [PER_PERSON]);
  for (let at = from; at < until; at += PIECE) {
    const last = Math.min(until, at + PIECE) - 1;
    await client.query(
      `with a as (insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, language, started_at, submitted_at, answered_count, right_count, total_count, score, passed, points, counts, late, overtime)
          select gen_random_uuid(), $1, md5('person' || n / ${PER_PERSON})::uuid, s.id, s.id, 1, 'own-phone', 'vi', now() - interval '400 days', now() - interval '400 days', 20, 15, 20, 0.75, true, 15, true, false, false
            from generate_series($2::int, $3::int) n join bench_sitting s on s.n = n % ${PER_PERSON} + 1 returning id),
        w as (insert into answer (id, attempt_id, question_version_id, choice, revision, answered_at, received_at, late) select gen_random_uuid(), id, $4, 'a', 1, now(), now(), false from a)
        insert into mark (attempt_id, question_version_id, choice, "right", credit) select id, $4, 'a', true, 1 from a`, [form.id, at, last, form.key[0].questionVersionId]);
    tell(last + 1);
  }
  for (const table of ['attempt', 'answer', 'mark']) await client.query(`vacuum (analyze) ${table}`);
  await client.query('checkpoint');
  await client.end();
}

/** Milliseconds of a whole attempt (start, hand in, result), eight at a time: the middle of some rounds, each on a sitting of its own, the first of which only warms. */
async function cost(stage, server, people) {
  const took = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const sittingId = await stage.open();
    const perSecond = await rate(people, WIDTH, async ({ cookie }) => {
      const id = randomUUID();
      await must(server.base, 'POST', '/api/attempts', { cookie, body: { id, formId: stage.form.id, sittingId } });
      await must(server.base, 'POST', `/api/attempts/${id}/submit`, { cookie, body: { answers: answersFor(stage.form) } });
      await must(server.base, 'GET', `/api/attempts/${id}/result`, { cookie });
    });
    took.push(1000 / perSecond);
  }
  return quantile(took.slice(1), 0.5);
}

export async function attemptFigures(say, many) {
  const stage = await setStage(200);
  const server = await startServer(stage.url, stage.home);
  try {
    const people = await Promise.all(stage.learners.map(async (l) => ({ cookie: await stage.cookieOf(l) })));
    const got = [];
    let have = 0;
    for (const n of [FEW, many]) {
      const startedAt = performance.now();
      await addAttempts(stage.url, stage.form, have, n, (m) => { if (n > FEW) process.stderr.write(`\r${m} attempts after ${Math.round((performance.now() - startedAt) / 1000)} s`); });
      have = n;
      got.push(await cost(stage, server, people));
    }
    process.stderr.write('\n');
    const { Db } = await import('../backend/dist/platform/db/index.js');
    const { size } = await stage.app.get(Db).row('select pg_size_pretty(pg_database_size(current_database())) as size');
    say({ name: `an attempt among ${many} against one among ${FEW}`, unit: 'times the cost', ours: round(got[1] / got[0], 2), goal: 1.2, milliseconds: got.map((g) => round(g, 2)), database: size, memory: server.memory(stage.postgresPid) });
  } finally {
    await server.stop();
    await stage.close();
  }
}
