import { approveBatch, type Batch, getBatch, listBatches, listCandidates, listLapsing, listPlaces, makeMissing, markLapsingCalled, prepareBatch, prepareRenewals, previewBatch, printBatch, printHandOut, withdrawBatch } from '@lantoa/shared/awarding';
import { listRegister } from '@lantoa/shared/register';
import { addDays, addMonths } from '@lantoa/shared/rules/days';
import { randomUUID } from 'node:crypto';
import * as clock from '#platform/clock';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
let registrar: Client;
let approver: Client;
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  registrar = await t.as((await make.staff('registrar')).id);
  approver = await t.as((await make.staff('approver')).id);
});
afterAll(() => t.close());

const said = { decisionNo: '5/QĐ', issuedOn: '2022-11-12', signerTitle: 'CT', signerName: 'N' };
const prepare = (client: Client, classIds: string[], more: object = {}) => client.call(prepareBatch, { body: { classIds, ...said, ...more } });
const approve = (client: Client, b: Pick<Batch, 'id'>) => client.call(approveBatch, { params: { batchId: b.id } });
const lines = async () => (await t.db.row<{ n: number }>('select count(*)::int as n from register_entry')).n;

describe('a batch', () => {
  test('the one who prepared cannot approve; nothing has a number before the second person, and then each has one', async () => {
    const { id } = await make.completed({ post: [20, 5, 20] });
    const owner = await t.as((await make.staff('owner', null)).id);
    const before = await lines();
    const { body: batch } = await prepare(owner, [id]);
    expect(batch).toMatchObject({ status: 'prepared', certificates: 2, mayApprove: false, mayWithdraw: true });
    expect([batch.firstNo, batch.lastNo]).toEqual(['0001/2022/GCN-GV', '0002/2022/GCN-GV']);
    expect((await approve(owner, batch)).body.code).toBe('awarding.same-person');
    expect(await lines()).toBe(before);
    const both = await Promise.all([approve(approver, batch), approve(approver, batch)]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
    expect((await registrar.call(getBatch, { params: { batchId: batch.id } })).body).toMatchObject({ status: 'approved', firstNo: '0001/2022/GCN-GV', lastNo: '0002/2022/GCN-GV', papersReady: 0 });
    await t.drain();
    expect((await registrar.call(getBatch, { params: { batchId: batch.id } })).body).toMatchObject({ papersReady: 2, credentialsReady: 2 });
    expect((await registrar.call(listPlaces, { params: { batchId: batch.id } })).body.items.map((p) => p.registerNo)).toEqual(['0001/2022/GCN-GV', '0002/2022/GCN-GV']);
  });

  test('of several classes of one tier, in their order; of two tiers it is refused', async () => {
    const [a, b] = [await make.completed({ post: [20] }), await make.completed({ post: [20, 20], from: '2022-11-03' })];
    const { entries } = await make.certified({ post: [20] });
    const other = await make.completed({ tier: 2, unit: '610', from: '2022-11-20', post: [20], trainers: [{ personId: entries[0]?.personId as string }] });
    expect((await prepare(registrar, [a.id, other.id], { issuedOn: '2022-12-01' })).body.code).toBe('awarding.mixed-tiers');
    const { body: batch } = await prepare(registrar, [a.id, b.id]);
    expect(batch).toMatchObject({ certificates: 3, classes: [{}, {}] });
    expect((await prepare(registrar, [a.id])).body.code).toBe('awarding.class-waits');
    expect((await registrar.call(listBatches, {})).body.ready.map((r) => r.classId)).not.toContain(a.id);
    await approve(approver, batch);
  });

  test('rules in words; an override with a reason is seen by the second person; who is left out stays in the list', async () => {
    const { id, enrolments } = await make.completed({ post: [20, 5, 20] });
    const { body } = await registrar.call(listCandidates, { query: { classes: id } });
    expect(body).toMatchObject({ minAttendance: 0.8, passMark: 0.7, local: true });
    expect(body.items.map((c) => [c.eligible, c.reasons, c.mayOverride, c.attended, c.sessions, c.score])).toEqual([[true, [], false, 2, 2, 1], [false, ['not-passed'], true, 2, 2, 0.25], [true, [], false, 2, 2, 1]]);
    const ids = body.items.map((c) => c.enrolmentId);
    expect(enrolments).toHaveLength(3);
    const { body: batch } = await prepare(registrar, [id], { overrides: [{ enrolmentId: ids[1], reason: 'Thi lại miệng, hội đồng cho đạt' }], leftOut: [{ enrolmentId: ids[0], reason: 'Xin nhận đợt sau' }] });
    expect(batch).toMatchObject({ certificates: 2, overrides: 1, leftOut: 1 });
    expect((await approver.call(listPlaces, { params: { batchId: batch.id } })).body.items.map((p) => [p.verdict, p.reason])).toEqual([['left-out', 'Xin nhận đợt sau'], ['override', 'Thi lại miệng, hội đồng cho đạt'], ['given', null]]);
    await approve(approver, batch);
    // Who was left out may be given one later; who has one may not.
    const { body: rest } = await prepare(registrar, [id]);
    expect(rest.certificates).toBe(1);
  });

  test('what changed between preparing and approving is not given', async () => {
    const { id } = await make.completed({ post: [20, 20] });
    const { body: batch } = await prepare(registrar, [id]);
    await t.db.rows("update enrolment set outcome = 'not-passed' where id = (select id from enrolment where class_id = $1 order by sort_key limit 1)", [id]);
    const before = await lines();
    expect((await approve(approver, batch)).body).toMatchObject({ code: 'awarding.changed', params: { names: expect.stringContaining('A Học') } });
    expect(await lines()).toBe(before);
    expect((await approver.call(withdrawBatch, { params: { batchId: batch.id }, body: { note: 'Có người chưa đạt' } })).body).toMatchObject({ status: 'withdrawn', withdrawnNote: 'Có người chưa đạt' });
    expect((await prepare(registrar, [id])).body.certificates).toBe(1);
  });

  test('a date before the class, or to come, is refused', async () => {
    const { id } = await make.completed({ post: [20] });
    for (const issuedOn of ['2022-11-01', '2099-01-01']) expect((await prepare(registrar, [id], { issuedOn })).body.code).toBe('awarding.future-date');
  });

  test('the office of another district does not see the class, nor the batch', async () => {
    const { id } = await make.completed({ post: [20], unit: '610' });
    const elsewhere = await t.as((await make.staff('registrar', '614')).id);
    expect((await prepare(elsewhere, [id])).status).toBe(404);
    const { body: batch } = await prepare(registrar, [id]);
    expect((await elsewhere.call(getBatch, { params: { batchId: batch.id } })).status).toBe(404);
    expect((await elsewhere.call(listRegister, { query: {} })).body.items).toEqual([]);
  });

  test('looked at before it is approved, printed and handed out after', async () => {
    const { id } = await make.completed({ post: [20, 20, 20, 20, 20] });
    const { body: batch } = await prepare(registrar, [id]);
    expect((await registrar.call(printBatch, { params: { batchId: batch.id }, query: {} })).body.code).toBe('awarding.not-approved');
    const { body: looked } = await approver.call(previewBatch, { params: { batchId: batch.id } });
    expect(looked.items).toHaveLength(4);
    expect(looked.items[0]?.svg).toMatch(/^<svg/);
    await approve(approver, batch);
    for (const print of [printBatch, printHandOut]) expect(String((await registrar.call(print as typeof printHandOut, { params: { batchId: batch.id } })).body).slice(0, 5)).toBe('%PDF-');
  });

  test('a lost paper is made again with its number; nothing is asked where nothing is missing', async () => {
    const { batchId, entries } = await make.certified({ post: [20, 20] });
    await t.drain();
    expect((await registrar.call(makeMissing, { params: { batchId } })).body).toEqual({ asked: 0 });
    await t.db.rows('delete from paper where entry_id = $1', [entries[0]?.id]);
    const before = await lines();
    expect((await registrar.call(makeMissing, { params: { batchId } })).body).toEqual({ asked: 1 });
    await t.drain();
    expect([(await registrar.call(getBatch, { params: { batchId } })).body.papersReady, await lines()]).toEqual([2, before]);
  });
});

describe('renewal', () => {
  const today = clock.today();
  /** Somebody whose certificate ends in `days`, with refreshers of so many days ago and what was right of five. */
  const holder = async (days: number, refreshers: { ago: number; right: number | null }[]) => {
    const { entries, id: classId } = await make.certified({ post: [20], issuedOn: addMonths(addDays(today, days), -24) });
    const entry = entries[0] as (typeof entries)[number];
    for (const r of refreshers) {
      const sitting = randomUUID();
      const { form } = await t.db.row<{ form: string }>('select post_form_id as form from training_class where id = $1', [classId]);
      await t.db.rows('insert into sitting (id, form_id, opened_at) values ($1, $2, now())', [sitting, form]);
      await t.db.rows('insert into seat (sitting_id, person_id) values ($1, $2)', [sitting, entry.personId]);
      const other = await make.cls({ people: 0 });
      await t.db.rows("insert into class_refresher (class_id, sitting_id, questions, made_at, made_by) values ($1, $2, 5, now() - make_interval(days => $3), $4)", [other.id, sitting, r.ago, entry.personId]);
      if (r.right !== null) await t.db.rows("insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, started_at, submitted_at, right_count, total_count, counts) values ($1, $2, $3, $4, $4, 1, 'own-phone', now(), now() - make_interval(days => $5), $6, 5, true)", [randomUUID(), form, entry.personId, sitting, r.ago - 1, r.right]);
    }
    return entry;
  };
  const of = async (id: string) => (await registrar.call(listLapsing, { query: {} })).body.items.find((x) => x.entryId === id);

  test('the list says who lapses, who has kept up, and why not; a call is noted', async () => {
    const kept = await holder(40, [{ ago: 100, right: 3 }, { ago: 30, right: 4 }]);
    const missed = await holder(-10, [{ ago: 100, right: 5 }, { ago: 30, right: null }]);
    const [weak, early, gone] = [await holder(5, [{ ago: 30, right: 3 }]), await holder(100, []), await holder(-31, [])];
    expect(await of(kept.id)).toMatchObject({ stage: 'open', reasons: [], refreshersDue: 2, refreshersDone: 2, lastScore: 0.8, calledAt: null });
    expect(await of(missed.id)).toMatchObject({ stage: 'grace', reasons: ['refresher-missed'] });
    expect(await of(weak.id)).toMatchObject({ reasons: ['refresher-weak'] });
    expect([await of(early.id), await of(gone.id)]).toEqual([undefined, undefined]);
    await registrar.call(markLapsingCalled, { params: { entryId: kept.id } });
    expect((await of(kept.id))?.calledAt).toEqual(expect.any(String));
    expect((await registrar.call(prepareRenewals, { body: { entryIds: [kept.id, weak.id], ...said, issuedOn: today } })).body.code).toBe('awarding.not-renewable');
  }, 20_000);

  test('an early renewal keeps the rest of the old term; the old certificate is replaced, the chain of those it taught stays sound', async () => {
    const entry = await holder(40, [{ ago: 30, right: 5 }]);
    const { body: batch } = await registrar.call(prepareRenewals, { body: { entryIds: [entry.id], ...said, issuedOn: today } });
    expect(batch).toMatchObject({ kind: 'renewals', certificates: 1, classes: [] });
    expect((await of(entry.id))?.reasons).toEqual(['in-batch']);
    expect((await approve(approver, batch)).status).toBe(200);
    const rows = await t.db.rows<{ reason: string; until: string }>('select reason, valid_until as until from register_entry where refers_to = $1', [entry.id]);
    expect(rows).toEqual([{ reason: 'renewal', until: addMonths(addDays(today, 40), 24) }]);
    expect(await of(entry.id)).toBeUndefined();
    await t.drain();
    expect(await t.db.rows("select d.seq from signed_document d, status_list l where d.entry_id = $1 and d.seq = any(l.ended)", [entry.id])).toEqual([]);
  }, 20_000);
});
