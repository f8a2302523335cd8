// Figures of the sync: many phones that come back to the network with a batch of answers each.
import { newId } from '@lantoa/shared/rules/ids';
import pg from 'pg';
import { must } from './client.mjs';
import { answersFor, rate, round, setStage, startServer } from './stage.mjs';

const PHONES = 60;
const WIDTH = 8;

/** What somebody did without network: a test begun and answered one by one. Its sitting is open to all of them. */
function batchOf(form, sittingId) {
  let seq = 0;
  const id = newId();
  const op = (endpoint, input) => ({ opId: newId(), seq: ++seq, endpoint, input, deviceAt: new Date().toISOString() });
  return [
    op('assessment.startAttempt', { body: { id, formId: form.id, sittingId } }),
    ...answersFor(form).map((a) => op('assessment.saveAnswers', { params: { attemptId: id }, body: { answers: [a] } })),
    op('assessment.submitAttempt', { params: { attemptId: id }, body: { answers: [] } }),
  ];
}

export async function syncFigures(say) {
  const stage = await setStage(PHONES);
  const server = await startServer(stage.url, stage.home);
  const pool = new pg.Pool({ connectionString: stage.url, max: WIDTH });
  try {
    const cookies = await Promise.all(stage.learners.map(stage.cookieOf));
    const send = async ({ cookie, operations }) => {
      const { value } = await must(server.base, 'POST', '/api/sync', { cookie, body: { deviceId: newId(), sentAt: new Date().toISOString(), pending: operations.length, operations } });
      const bad = value.results.find((r) => r.outcome !== 'done');
      if (bad) throw new Error(JSON.stringify(bad).slice(0, 300));
    };
    const best = [];
    for (let round_ = 0; round_ < 4; round_++) {
      const sittingId = await stage.open();
      const batches = cookies.map((cookie) => ({ cookie, operations: batchOf(stage.form, sittingId) }));
      best.push((await rate(batches, WIDTH, send)) * batches[0].operations.length);
    }
    const rows = batchOf(stage.form, newId()).length;
    const bare = (await rate(Array.from({ length: PHONES * 4 }, (_, i) => i), WIDTH, () => pool.query("insert into sync_operation (id, person_id, device_id, seq, endpoint, device_at, corrected_at, heard_at, outcome) select gen_random_uuid(), $1, gen_random_uuid(), i, 'bench', now(), now(), now(), 'done' from generate_series(1, $2::int) i", [stage.learners[0].id, rows]))) * rows;
    const ours = best.slice(1).sort((a, b) => a - b)[1];
    say({ name: `sync, ${PHONES} phones with ${rows} operations each, ${WIDTH} at a time`, unit: 'operations per second, median of three rounds', ours: Math.round(ours), rounds: best.map((b) => Math.round(b)), ceiling: Math.round(bare), ratio: round(bare / ours), goal: 2000, ceilingIs: 'a bare client that only notes as many operations, one statement a phone' });
  } finally {
    await pool.end();
    await server.stop();
    await stage.close();
  }
}
