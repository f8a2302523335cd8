import { randomUUID } from 'node:crypto';
import { getSession } from '@lantoa/shared/access';
import { addIncidentStep, listIncidents, noteIncident } from '@lantoa/shared/incidents';
import { listPeople } from '@lantoa/shared/organisation';
import { answerPrivacyRequest, askPrivacy, confirmErasure, downloadMyData, downloadPersonData, endConsent, getMyData, listPrivacyRequests, notePrivacyRequest, prepareErasure } from '@lantoa/shared/privacy';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { PeopleService } from '#modules/people';
import { runCli } from '../../cli-run.ts';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { Retention } from './retention.ts';

jest.setTimeout(60_000);

let t: TestApp;
let make: ReturnType<typeof makers>;
let admin: Client;
let other: Client;
let adminCode: string;
let otherCode: string;
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  const people = [await make.staff('owner', null), await make.staff('owner', null)] as const;
  [admin, other] = [await t.as(people[0].id), await t.as(people[1].id)];
  [adminCode, otherCode] = [people[0].code, people[1].code];
});
afterAll(() => t.close());

const UNIQUE = 'Y Độc Nhất Vô Nhị';
/** Somebody who has learned, was certified and signed in, with a name and a number that nobody else has. */
async function learner() {
  const made = await make.certified({ from: '2025-01-05', post: [20], issuedOn: '2025-01-12' });
  const { personId } = made.entries[0] as { personId: string };
  const name = `${UNIQUE} ${randomUUID().slice(0, 8)}`;
  const phone = `+849${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  await t.db.rows('update person set name = $2, name_folded = lower($2), sort_key = $2, phone = $3 where id = $1', [personId, name, phone]);
  await t.db.rows('update enrolment set name = $2, sort_key = $2 where person_id = $1', [personId, name]);
  await t.app.get(PeopleService).keepEthnicity(personId, 'Ba Na');
  await t.db.rows("insert into account (person_id, secret_kind, secret_hash, activated_at) values ($1, 'pin', 'x', now()) on conflict do nothing", [personId]);
  await t.db.rows("insert into consent (id, person_id, purpose, text_version, at) values (gen_random_uuid(), $1, 'learning', '2026-11', now())", [personId]);
  return { personId, name, phone, entry: made.entries[0] as { id: string; registerNo: string }, client: await t.as(personId) };
}
/** Every table and column in which a text stands. */
async function whereIs(text: string): Promise<string[]> {
  const columns = await t.db.rows<{ t: string; c: string }>("select c.relname as t, a.attname as c from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid in ('text'::regtype, 'jsonb'::regtype)");
  const found = [];
  for (const { t: table, c } of columns) if ((await t.db.rows(`select 1 from "${table}" where "${c}"::text like '%' || $1 || '%' limit 1`, [text])).length) found.push(`${table}.${c}`);
  return found.sort();
}

test('somebody sees what is kept of them and takes it along; nobody else’s stands in it; that it was taken is noted', async () => {
  const [one, two] = [await learner(), await learner()];
  const { body } = await one.client.call(getMyData, {});
  expect(Object.fromEntries(body.kept.map((k) => [k.what, k.n]))).toMatchObject({ person: 1, classes: 1, certificates: 1, ethnicity: 1, tests: 2, account: 1 });
  expect(body.consents.map((c) => c.purpose).sort()).toEqual(['ethnicity', 'learning']);
  const file = (await one.client.call(downloadMyData, {})).body as unknown as Record<string, Record<string, unknown>[]>;
  expect(file.person?.[0]).toMatchObject({ name: one.name, phone: one.phone });
  expect(file.certificates?.[0]?.register_no).toBe(one.entry.registerNo);
  expect(file.answers?.length).toBeGreaterThan(10);
  expect(JSON.stringify(file)).not.toContain(two.name);
  expect(JSON.stringify(file)).not.toMatch(/argon2|secret_hash|token/);
  expect(await t.db.rows("select 1 from audit_row where action = 'privacy.exported' and object_id = $1", [one.personId])).toHaveLength(1);
});

test('an ethnic group is sealed, also one that an earlier release had written openly, and its person reads it', async () => {
  const { personId, client } = await learner();
  await t.db.rows('create table open_ethnicity as select $1::uuid as person_id, $2::text as ethnicity, now() as consented_at', [personId, 'Xơ Đăng Độc Nhất']);
  await t.db.rows('delete from person_ethnicity where person_id = $1', [personId]);
  for (let i = 0; i < 2; i++) await t.app.get(PeopleService).sealOpen();
  expect(await whereIs('Xơ Đăng Độc Nhất')).toEqual([]);
  expect(await t.db.rows("select 1 from pg_class where relname = 'open_ethnicity'")).toEqual([]);
  const file = (await client.call(downloadMyData, {})).body as unknown as { ethnicity: { value: string }[] };
  expect(file.ethnicity.map((e) => e.value)).toEqual(['Xơ Đăng Độc Nhất']);
});

test('a consent that is withdrawn ends at once: the ethnic group is gone; without the one for learning nobody is signed in', async () => {
  const { client, personId } = await learner();
  expect((await client.call(endConsent, { body: { purpose: 'ethnicity' } })).status).toBe(200);
  expect(await t.db.rows('select 1 from person_ethnicity where person_id = $1', [personId])).toEqual([]);
  expect((await client.call(endConsent, { body: { purpose: 'learning' } })).status).toBe(200);
  expect((await client.call(getSession, {})).body.person).toBeNull();
  expect(await t.db.rows('select 1 from account where person_id = $1', [personId])).toEqual([]);
  // What was certified stays.
  expect(await t.db.rows('select 1 from register_entry where person_id = $1', [personId])).toHaveLength(1);
});

test('a request has its days, is late when they have passed, and one of a kind is open at a time', async () => {
  const { client, personId } = await learner();
  const id = randomUUID();
  const { body: asked } = await client.call(askPrivacy, { body: { id, kind: 'correct', note: 'Năm sinh của tôi là 1987' } });
  expect(asked).toMatchObject({ id, state: 'open', late: false });
  expect((await client.call(askPrivacy, { body: { id, kind: 'correct', note: 'gửi lại' } })).body).toEqual(asked);
  expect((await client.call(askPrivacy, { body: { id: randomUUID(), kind: 'correct', note: 'lần nữa' } })).body.id).toBe(id);
  const seen = async () => (await admin.call(listPrivacyRequests, {})).body.items.find((r) => r.id === id);
  expect(await seen()).toMatchObject({ person: { id: personId }, late: false, mayConfirm: false });
  await clock.at(new Date(Date.now() + 6 * 86_400_000), async () => expect((await (await t.as((await make.staff('owner', null)).id)).call(listPrivacyRequests, {})).body.items.find((r) => r.id === id)?.late).toBe(true));
  expect((await admin.call(answerPrivacyRequest, { params: { requestId: id }, body: { to: 'done', answer: 'Đã sửa năm sinh.' } })).status).toBe(200);
  expect((await client.call(getMyData, {})).body.requests).toMatchObject([{ state: 'done', answer: 'Đã sửa năm sinh.' }]);
  expect((await admin.call(answerPrivacyRequest, { params: { requestId: id }, body: { to: 'refused', answer: 'x' } })).body.code).toBe('privacy.wrong-state');
});

test('a deletion takes two; afterwards the name stands nowhere but in the register, its papers and the log, and what was counted still counts', async () => {
  const { client, personId, name, phone, entry } = await learner();
  const { body: asked } = await client.call(askPrivacy, { body: { id: randomUUID(), kind: 'erase', note: 'Xin xóa' } });
  const params = { requestId: asked.id };
  const before = await t.db.row('select count(*)::int as n, count(*) filter (where sex is not null)::int as s from enrolment where person_id = $1', [personId]);
  expect((await admin.call(confirmErasure, { params })).body.code).toBe('privacy.wrong-state');
  expect((await admin.call(answerPrivacyRequest, { params, body: { to: 'done', answer: 'xong' } })).body.code).toBe('privacy.wrong-state');
  expect((await admin.call(prepareErasure, { params })).status).toBe(200);
  expect((await admin.call(confirmErasure, { params })).body.code).toBe('privacy.second-person');
  expect((await other.call(confirmErasure, { params })).status).toBe(200);
  expect((await other.call(confirmErasure, { params })).body.code).toBe('privacy.wrong-state');

  expect((await whereIs(name)).filter((c) => !/^(register_entry|signed_document|paper|audit_row)\./.test(c))).toEqual([]);
  expect((await whereIs(phone)).filter((c) => !/^audit_row\./.test(c))).toEqual([]);
  expect((await client.call(getSession, {})).body.person).toBeNull();
  expect(await t.db.row('select name, birth_year, phone, erased_at is not null as erased from person where id = $1', [personId])).toEqual({ name: 'Người học đã xóa', birth_year: null, phone: null, erased: true });
  expect(await t.db.row('select count(*)::int as n, count(*) filter (where sex is not null)::int as s from enrolment where person_id = $1', [personId])).toEqual(before);
  expect(await t.db.rows('select 1 from register_entry where id = $1', [entry.id])).toHaveLength(1);
  expect((await admin.call(listPeople, { query: { q: name } })).body.items).toEqual([]);
});

test('who may not see somebody may not see, answer or delete either', async () => {
  const { personId } = await learner();
  const unit = await make.unit('610');
  await t.db.rows("insert into posting (id, person_id, unit_id, position, valid) values (gen_random_uuid(), $1, $2, 'Hội viên', '[2022-01-01,)') on conflict do nothing", [personId, unit]);
  const near = await t.as((await make.staff('unit-admin', '610')).id);
  const far = await t.as((await make.staff('unit-admin', '614')).id);
  const { body: noted } = await near.call(notePrivacyRequest, { params: { personId }, body: { id: randomUUID(), kind: 'erase', note: 'Gọi điện' } });
  expect((await near.call(listPrivacyRequests, {})).body.items.map((r) => r.id)).toContain(noted.id);
  expect((await far.call(listPrivacyRequests, {})).body.items.map((r) => r.id)).not.toContain(noted.id);
  const params = { requestId: noted.id };
  expect((await far.call(prepareErasure, { params })).body.code).toBe('privacy.not-found');
  expect((await far.call(answerPrivacyRequest, { params, body: { to: 'refused', answer: 'x' } })).body.code).toBe('privacy.not-found');
  expect((await far.call(downloadPersonData, { params: { personId } })).status).toBe(404);
  expect((await far.call(notePrivacyRequest, { params: { personId }, body: { id: randomUUID(), kind: 'view', note: '' } })).status).toBe(404);
  expect((await near.call(downloadPersonData, { params: { personId } })).status).toBe(200);
  expect((await (await t.as((await make.staff('registrar', '610')).id)).call(listPrivacyRequests, {})).status).toBe(403);
});

test('by the command line: two names, and the second does it', async () => {
  const { personId, name } = await learner();
  const { code } = await t.db.row<{ code: string }>('select code from person where id = $1', [personId]);
  const cli = async (...args: string[]) => { const said = { out: '', err: '' }; const exit = await runCli([...args, '--json'], { env: { DATABASE_URL: t.url, DATA_DIR: t.app.get<Config>(CONFIG).dataDir }, out: (x) => { said.out += x; }, err: (x) => { said.err += x; } }); return { exit, err: said.err, value: said.out ? JSON.parse(said.out) : null }; };
  expect((await cli('privacy', 'export', '--person', code)).value.person[0].name).toBe(name);
  expect((await cli('privacy', 'erase', '--person', code, '--by', adminCode)).value).toMatchObject({ state: 'prepared' });
  expect((await cli('privacy', 'erase', '--person', code, '--by', adminCode)).err).toContain('privacy.second-person');
  expect((await cli('privacy', 'erase', '--person', code, '--by', otherCode)).value).toMatchObject({ state: 'done' });
  expect((await cli('privacy', 'erase', '--person', 'KHONG', '--by', otherCode)).err).toContain('Nobody has the code');
});

test('what is not needed any more goes, what is stays', async () => {
  const { personId, client } = await learner();
  await t.db.rows("insert into session (id, token_hash, person_id, label, created_at, seen_at, expires_at, ended_at) values (gen_random_uuid(), decode(md5(random()::text), 'hex'), $1, 'old', now(), now(), now(), now() - interval '91 days'), (gen_random_uuid(), decode(md5(random()::text), 'hex'), $1, 'recent', now(), now(), now(), now() - interval '89 days')", [personId]);
  await t.app.get(Retention).letGo();
  expect((await t.db.rows<{ label: string }>("select label from session where person_id = $1 and label in ('old', 'recent')", [personId])).map((r) => r.label)).toEqual(['recent']);
  expect((await client.call(getSession, {})).body.person?.id).toBe(personId);
});

describe('a breach of data', () => {
  const at = '2026-11-20T08:00:00.000Z';
  const noted = (over: object = {}) => ({ id: randomUUID(), foundAt: at, what: 'Mất điện thoại có danh sách lớp', data: ['names' as const, 'contacts' as const], people: 30, ...over });
  const listed = async (who: Client, id: string) => (await who.call(listIncidents, {})).body.items.find((i) => i.id === id);

  test('is noted once, is late after 72 hours, and stops being late when it is reported; what was written stays', async () => {
    const body = noted();
    await clock.at(new Date('2026-11-20T09:00:00Z'), async () => { for (let i = 0; i < 2; i++) expect((await admin.call(noteIncident, { body })).status).toBe(200); });
    await clock.at(new Date('2026-11-23T07:59:00Z'), async () => expect(await listed(admin, body.id)).toMatchObject({ state: 'open', late: false, reportBy: '2026-11-23T08:00:00.000Z', people: 30, steps: [] }));
    await clock.at(new Date('2026-11-23T08:01:00Z'), async () => expect(await listed(other, body.id)).toMatchObject({ late: true }));
    const step = { id: randomUUID(), kind: 'reported' as const, words: 'Công văn 12, gửi trực tuyến' };
    for (let i = 0; i < 2; i++) expect((await other.call(addIncidentStep, { params: { incidentId: body.id }, body: step })).status).toBe(200);
    expect(await listed(admin, body.id)).toMatchObject({ state: 'reported', late: false, steps: [{ kind: 'reported', words: step.words }] });
    await expect(t.db.rows("update data_incident_step set words = 'x'")).rejects.toThrow(/append-only/);
  });

  test('one that is closed takes nothing more; one from the future is refused', async () => {
    const body = noted();
    await admin.call(noteIncident, { body });
    const add = (kind: 'closed' | 'note') => admin.call(addIncidentStep, { params: { incidentId: body.id }, body: { id: randomUUID(), kind, words: 'Đã đổi mọi mã PIN' } });
    expect((await add('closed')).status).toBe(200);
    expect((await add('note')).body.code).toBe('privacy.wrong-state');
    expect((await admin.call(noteIncident, { body: noted({ foundAt: '2999-01-01T00:00:00.000Z' }) })).body).toMatchObject({ code: 'request.malformed', params: { field: 'foundAt' } });
  });

  test('an office sees those that it noted itself; the rest is not there for it', async () => {
    const office = await t.as((await make.staff('unit-admin')).id);
    const [theirs, own] = [noted(), noted()];
    await admin.call(noteIncident, { body: theirs });
    await office.call(noteIncident, { body: own });
    expect((await office.call(listIncidents, {})).body.items.map((i) => i.id)).toEqual([own.id]);
    expect((await office.call(addIncidentStep, { params: { incidentId: theirs.id }, body: { id: randomUUID(), kind: 'note', words: 'x' } })).status).toBe(404);
    expect(await listed(admin, own.id)).toBeDefined();
  });
});
