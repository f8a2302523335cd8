import { randomUUID } from 'node:crypto';
import { DiscoveryService } from '@nestjs/core';
import type { Endpoint } from '@lantoa/shared/endpoint';
import { type Role, roles } from '@lantoa/shared/permissions';
import { openRoom } from '@lantoa/shared/rooms';
import { fold, nameSortKey } from '@lantoa/shared/rules/text';
import { handledBy } from '../src/system.controller.ts';
import { type Client, startTestApp, type TestApp } from './app.ts';
import { makers } from './make.ts';

jest.setTimeout(120_000);

/** A name that stands nowhere else: if it is in an answer, something leaked. */
const SECRET = 'Ksor Bí Mật Duy Nhất';
const HERE = '610';
const ELSEWHERE = '614';

// Addresses whose thing belongs to no unit: content, setup of the programme, templates of the province, public pages, and what is the asker's own by its session.
const OPEN = new Set(['courseSlug', 'draftId', 'lessonId', 'questionId', 'recordingId', 'formId', 'templateId', 'versionId', 'typeId', 'tierId', 'programmeId', 'code', 'file', 'slug', 'token', 'kind', 'stage', 'channel', 'number', 'commentId']);
const EXEMPT: Record<string, string> = {
  'organisation.getUnit': 'the tree of units is the same for everybody who may see units', 'access.signOutDevice': 'one’s own devices; of others it does nothing', 'sync.handOver': 'only at a laptop that holds a class',
  'credentials.closeForgeryReport': 'reports from the public belong to no unit', 'organisation.undoUnitChange': 'has no body and the test no change; its own test has', 'organisation.listToPlace': 'the same', 'organisation.placePeople': 'the same', 'organisation.undoMerge': 'the same for mergers',
};

let t: TestApp;
let make: ReturnType<typeof makers>;
let ids: Record<string, string>;
const strangers = new Map<Role, Client>();
let owner: Client;

/** A whole life in one district: a class with a room, files, a list, certificates, a batch, a campaign, requests. */
async function world(): Promise<Record<string, string>> {
  const opener = await make.actor((await make.staff('unit-admin', HERE)).id);
  const done = await make.certified({ unit: HERE, from: '2025-01-05', post: [20, 18], issuedOn: '2025-01-12', opener });
  const cls = await make.cls({ unit: HERE, people: 1, opener });
  const entry = done.entries[0] as (typeof done.entries)[0];
  const unitId = await make.unit(HERE);
  const named = [SECRET, fold(SECRET), nameSortKey(SECRET)];
  await t.db.rows('update person set name = $2, name_folded = $3, sort_key = $4 where id = $1', [entry.personId, ...named]);
  await t.db.rows('update enrolment set name = $2, sort_key = $3 where person_id = $1', [entry.personId, SECRET, named[2]]);
  await t.db.rows('update training_class set title = $2 where id = any($1)', [[done.id, cls.id], `Lớp của ${SECRET}`]);
  // Everybody here works here and nowhere else.
  await t.db.rows('update posting set unit_id = $1 where person_id in (select person_id from enrolment where class_id = any($2))', [unitId, [done.id, cls.id]]);
  await t.db.rows('update enrolment set unit_id = $1 where class_id = any($2)', [unitId, [done.id, cls.id]]);
  const { body: room } = await (await t.as(opener.personId)).call(openRoom, { params: { classId: cls.id }, body: { kind: 'pre', pace: 'own', timeLimitMinutes: null, extraTime: false, sealed: false } });
  const insert = async (sql: string, ...params: unknown[]) => { const id = randomUUID(); await t.db.rows(sql, [id, ...params]); return id; };
  const [attempt] = await t.db.rows<{ id: string }>('select id from attempt where person_id = $1 limit 1', [entry.personId]);
  const [session] = await t.db.rows<{ id: string }>('select id from class_session where class_id = $1 limit 1', [cls.id]);
  const campaignId = await insert("insert into campaign (id, title, course_slug, topics, unit_id, questions, rounds, starts_on, status, made_by, made_at) values ($1, $2, 'gioi-va-binh-dang-gioi', '{}', $3, 5, 1, '2025-01-01', 'running', $4, now())", SECRET, unitId, opener.personId);
  return {
    classId: cls.id, sessionId: session?.id as string, roomId: room.id, enrolmentId: cls.enrolments[0]?.id as string, personId: entry.personId, entryId: entry.id, batchId: done.batchId, attemptId: attempt?.id as string, unitId, campaignId,
    rosterId: await insert("insert into roster_import (id, class_id, file_name, reading, status, created_by, created_at) values ($1, $2, 'x.xlsx', '{\"sheets\": [], \"rows\": [], \"ignored\": [], \"withoutHeader\": []}', 'read', $3, now())", cls.id, opener.personId),
    fileId: await insert("insert into class_file (id, class_id, name, type, bytes, added_by, added_at) values ($1, $2, 'x.png', 'image/png', 1, $3, now())", cls.id, opener.personId),
    refresherId: await insert("insert into refresher (id, person_id, campaign_id, course_slug, title, stage, due_on, question_version_ids, planned_at) values ($1, $2, $3, 'gioi-va-binh-dang-gioi', 'Ôn', 'c1', '2025-01-01', '{}', now())", entry.personId, campaignId),
    grantId: await insert("insert into role_grant (id, person_id, role, unit_id, valid) values ($1, $2, 'registrar', $3, '[2022-01-01,)')", opener.personId, unitId),
    'privacy-requests': await insert("insert into privacy_request (id, person_id, kind, note, state, asked_on, answer_by, done_by) values ($1, $2, 'erase', $3, 'prepared', '2025-01-01', '2025-01-03', '2025-01-21')", entry.personId, SECRET),
    'register-requests': await insert("insert into register_request (id, entry_id, act, reason, note, decision_no, asked_by, asked_at) values ($1, $2, 'revoke', 'other', 'Lý do', '1/QĐ', $3, now())", entry.id, opener.personId),
    incidentId: await insert("insert into data_incident (id, found_at, what, data, noted_by, noted_at) values ($1, now(), $2, '{}', $3, now())", SECRET, opener.personId),
    backupId: await insert("insert into backup (id, started_at, state, file) values ($1, now(), 'good', 'x')"),
  };
}

/** A body that each contract takes, so that what refuses is the scope and not the shape. */
const bodies = (): Record<string, unknown> => {
  const id = randomUUID();
  const [at, e, p] = [new Date().toISOString(), ids.enrolmentId, ids.personId];
  return {
    'assessment.saveAnswers': { answers: [{ id, questionVersionId: id, choice: 'a', revision: 1, answeredAt: at }] }, 'assessment.submitAttempt': { answers: [] }, 'awarding.withdrawBatch': { note: 'Lý do' }, 'refreshers.moveCampaign': { to: 'paused', note: 'Lý do' },
    'training.checkIn': { id, code: '12345678' }, 'training.closeAttendance': {}, 'training.markAttendance': { marks: [{ enrolmentId: e, status: 'present' }] }, 'training.scanCard': { id, code: '12345678' }, 'training.addEnrolment': { name: 'X', birthYear: 1990, unitId: ids.unitId, position: 'x' },
    'training.addClassFile': { id, name: 'a.png', contentBase64: 'iVBORw0KGgo=' }, 'sync.handOverAttempt': { id, enrolmentId: e, kind: 'pre', channel: 'own-phone', startedAt: at, answers: [], submitted: false }, 'training.moveClass': { act: 'cancel' }, 'training.submitReport': { good: 'x', difficult: '', support: '' },
    'training.openRoom': { kind: 'post' }, 'training.readRoster': { fileName: 'a.xlsx', contentBase64: 'AAAA' }, 'training.issueClassSlips': {}, 'training.printClassSlips': {}, 'training.saveTeachBack': { marks: [{ id, enrolmentId: e, observer: 1, observerName: 'x', scores: {} }] }, 'training.openTest': {},
    'training.settleIdentity': { person: 'new' }, 'organisation.correctPerson': { name: 'X', birthYear: null, sex: null, phone: null, version: 1 }, 'organisation.keepApart': { otherId: id }, 'organisation.mergePeople': { otherId: id, keep: { name: 'X', birthYear: null, sex: null, phone: null } },
    'privacy.notePrivacyRequest': { id, kind: 'view', note: '' }, 'privacy.answerPrivacyRequest': { to: 'answered', answer: 'x' }, 'privacy.addIncidentStep': { id, kind: 'note', words: 'x' }, 'access.grantRole': { role: 'auditor', unitId: ids.unitId }, 'refreshers.startRefresher': { attemptId: id }, 'refreshers.noteCall': { id }, 'register.decideChange': { verdict: 'refused' },
    'register.askChange': { act: 'revoke', registerNo: 'x', reason: 'error', note: 'Lý do này', decisionNo: '1/QĐ' }, 'training.acceptLate': { attemptId: ids.attemptId }, 'training.moveRoom': { act: 'start' }, 'training.enterPaper': { sheets: [{ attemptId: id, personId: p, choices: [] }] }, 'training.releaseSeat': { personId: p },
    'training.applyRoster': {}, 'training.mapRoster': { sheet: 'x', columns: [{ column: 0, field: 'name' }] }, 'training.decideRoster': { decisions: [{ line: 1, action: 'skip' }] },
  };
};

const paramsOf = (e: Endpoint): string[] => [...e.path.matchAll(/:(\w+)/g)].map((m) => m[1] as string);
const isScoped = (e: Endpoint): boolean => paramsOf(e).some((p) => !OPEN.has(p)) && !EXEMPT[e.name];
const idFor = (e: Endpoint, p: string): string => (p === 'requestId' ? ids[e.path.split('/')[1] as string] : p === 'kind' ? 'pre' : ids[p]) ?? randomUUID();
const inputFor = (e: Endpoint) => ({ params: Object.fromEntries(paramsOf(e).map((p) => [p, idFor(e, p)])), query: e.name.startsWith('cascade.') ? { programme: 'du-an-8-kon-tum-2022', asOf: '2025-06-01' } : {}, ...(e.body && { body: bodies()[e.name] }) });
let handled: ReturnType<typeof handledBy>;

beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  ids = await world();
  owner = await t.as((await make.staff('owner', null)).id);
  for (const role of roles) if (role !== 'owner') strangers.set(role, await t.as((await make.staff(role, ELSEWHERE)).id));
  handled = handledBy(t.app.get(DiscoveryService)).filter((h) => h.gate !== 'public');
});
afterAll(() => t.close());

test('every address that names a thing of a unit has a body to try it with, and the test has the thing', () => {
  const scoped = handled.filter((h) => isScoped(h.endpoint));
  expect(scoped.length).toBeGreaterThan(70);
  expect(scoped.flatMap(({ endpoint: e }) => paramsOf(e).filter((p) => !OPEN.has(p) && p !== 'requestId' && !ids[p]).map((p) => `${e.name}: ${p}`))).toEqual([]);
  expect(scoped.filter(({ endpoint: e }) => e.body && !bodies()[e.name]).map((h) => h.endpoint.name)).toEqual([]);
});

test('a thing of another district does not exist for anybody of this one, at any address, in any role', async () => {
  const wrong: string[] = [];
  for (const { endpoint: e, gate } of handled.filter((h) => isScoped(h.endpoint))) for (const [role, client] of strangers) {
    const { status, body } = await client.call(e, inputFor(e) as never);
    const refused = status === 404 || (status === 403 && body.code === 'access.not-allowed');
    if (!refused) wrong.push(`${role} ${e.name} (${String(gate)}): ${status} ${body.code ?? ''}`);
    if (JSON.stringify(body).includes('Bí Mật')) wrong.push(`${role} ${e.name}: the name`);
  }
  expect(wrong).toEqual([]);
});

test('the same addresses are there for who reaches everywhere', async () => {
  const reads = handled.filter((h) => isScoped(h.endpoint) && h.endpoint.method === 'GET' && h.gate !== 'self' && !/events|backups/.test(h.endpoint.path));
  const missing = [];
  for (const { endpoint: e } of reads) {
    const { status, body } = await owner.call(e, inputFor(e) as never);
    if (status !== 200) missing.push(`${e.name}: ${status} ${body.code ?? ''}`);
  }
  // A file whose bytes were never stored, papers that no job has made, and a class that is not the owner's own.
  expect(missing.filter((m) => !/getClassFile|getPaper|printBatch|previewBatch|getClassKit|getBadge|getCredential|listUnsent/.test(m))).toEqual([]);
});

test('no list, search or figure tells a name of another district', async () => {
  const leaks: string[] = [];
  const today = '2025-06-01';
  const query = { q: 'ksor', name: SECRET, asOf: today, programme: 'du-an-8-kon-tum-2022', from: '2025-01-01', to: '2025-12-31', kind: 'refresher', days: '60', year: '2025' };
  for (const { endpoint: e } of handled.filter((h) => h.endpoint.method === 'GET' && !/events/.test(h.endpoint.path) && paramsOf(h.endpoint).every((p) => OPEN.has(p)))) {
    const allowed = Object.keys((e.query as unknown as { shape?: object } | undefined)?.shape ?? {});
    const asked = Object.fromEntries(Object.entries(query).filter(([k]) => allowed.includes(k)));
    for (const [role, client] of strangers) {
      const { body } = await client.call(e, { params: Object.fromEntries(paramsOf(e).map((p) => [p, p === 'courseSlug' ? 'gioi-va-binh-dang-gioi' : p === 'kind' ? 'participants' : randomUUID()])), query: asked } as never);
      if (JSON.stringify(body ?? '').includes('Bí Mật')) leaks.push(`${role} ${e.name}`);
    }
  }
  expect(leaks).toEqual([]);
});

test('a role that ends, or moves to another unit, counts so with the next request', async () => {
  const person = await make.staff('unit-admin', HERE);
  const client = await t.as(person.id);
  const see = async () => (await client.call(handled.find((h) => h.endpoint.name === 'training.getClass')?.endpoint as Endpoint, { params: { classId: ids.classId } } as never)).status;
  expect(await see()).toBe(200);
  await t.db.rows('update role_grant set unit_id = $2 where person_id = $1', [person.id, await make.unit(ELSEWHERE)]);
  expect(await see()).toBe(404);
  await t.db.rows('update role_grant set unit_id = $2 where person_id = $1', [person.id, await make.unit(HERE)]);
  expect(await see()).toBe(200);
  await t.db.rows("update role_grant set valid = daterange('2022-01-01', current_date - 1) where person_id = $1", [person.id]);
  expect(await see()).toBe(403);
});
