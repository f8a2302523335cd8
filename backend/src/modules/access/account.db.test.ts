import { activate, getSession, grantRole, issueSlips, listDevices, signIn } from '@lantoa/shared/access';
import { beginSecondStep, changeSecret, confirmSecondStep, endSecondStep, getSecondStep, removeSecondStep, renewRecoveryCodes } from '@lantoa/shared/account';
import { issueClassSlips } from '@lantoa/shared/training';
import { getBackups } from '@lantoa/shared/backups';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { ActivationService } from './activation.service.ts';
import { codeAt } from './second-step.rules.ts';

const PASSWORD = 'rừng thông măng đen';
let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const cookieOf = (headers: Record<string, unknown>) => /lantoa_session=[^;]+/.exec(String(headers['set-cookie']))?.[0] as string;
/** Somebody with a role and a password, signed in. */
async function staff(role: Parameters<typeof make.staff>[0] = 'approver', unit: string | null = '610') {
  const person = await make.staff(role, unit);
  const { items } = await t.app.get(ActivationService).issue(null, { body: { personIds: [person.id] } });
  expect((await t.stranger.call(activate, { body: { proof: { login: person.code, code: items[0]?.code as string }, secret: PASSWORD, consent: '2026-11' } })).status).toBe(200);
  const enter = (code?: string) => t.stranger.call(signIn, { body: { login: person.code, secret: PASSWORD, ...(code !== undefined && { code }) } });
  return { person, client: await t.as(person.id), enter };
}
const bytesOf = (typed: string): Uint8Array => {
  const bits = [...typed.replace(/ /g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) as string[], (b) => Number.parseInt(b, 2));
};
async function withStep() {
  const s = await staff();
  const { body } = await s.client.call(beginSecondStep, { body: { secret: PASSWORD } });
  const secret = bytesOf(body.typed);
  const { body: done } = await s.client.call(confirmSecondStep, { body: { code: codeAt(secret, clock.now()) } });
  return { ...s, secret, codes: done.codes };
}
const later = (seconds: number) => new Date(Date.now() + seconds * 1000);

test('the step is on once the app has shown a code; then the password alone lets nobody in, and each code once', async () => {
  const s = await staff();
  expect((await s.client.call(beginSecondStep, { body: { secret: 'sai mật khẩu này' } })).body.code).toBe('access.wrong-secret-again');
  const { body: begun } = await s.client.call(beginSecondStep, { body: { secret: PASSWORD } });
  expect([begun.link, begun.qrSvg]).toEqual([expect.stringMatching(/^otpauth:\/\/totp\//), expect.stringContaining('<svg')]);
  const secret = bytesOf(begun.typed);
  // Begun is not on.
  expect((await s.enter()).status).toBe(200);
  expect((await s.client.call(confirmSecondStep, { body: { code: '000000' } })).body.code).toBe('access.wrong-code');
  const { body: done } = await s.client.call(confirmSecondStep, { body: { code: codeAt(secret, clock.now()) } });
  expect(done.codes).toHaveLength(10);
  expect((await s.client.call(getSecondStep, {})).body).toMatchObject({ since: expect.any(String), recoveryCodesLeft: 10, required: false });
  expect((await s.enter()).body.code).toBe('access.code-needed');
  // The code that turned it on was used.
  expect((await s.enter(codeAt(secret, clock.now()))).body.code).toBe('access.wrong-code');
  await clock.at(later(40), async () => expect((await s.enter(codeAt(secret, clock.now()))).status).toBe(200));
  // Nothing readable lies in the database.
  const { sealed } = await t.db.row<{ sealed: Buffer }>('select sealed from second_step where person_id = $1', [s.person.id]);
  expect(sealed.includes(Buffer.from(secret))).toBe(false);
});

test('a wrong password says the same whether there is a step or not; wrong codes have to wait, right ones too', async () => {
  const s = await withStep();
  expect((await t.stranger.call(signIn, { body: { login: s.person.code, secret: 'sai mật khẩu này', code: '123456' } })).body.code).toBe('access.wrong-secret');
  for (let i = 0; i < 6; i++) expect((await s.enter('000000')).body.code).toBe('access.wrong-code');
  expect((await s.enter(s.codes[0])).body.code).toBe('access.too-many-tries');
});

test('a recovery code lets in once, also of two that come at once; new ones make the old ones void', async () => {
  const s = await withStep();
  const both = await Promise.all([s.enter(s.codes[0]), s.enter(s.codes[0]?.toUpperCase().replace('-', ' '))]);
  expect(both.map((r) => r.status).sort()).toEqual([200, 401]);
  expect((await s.client.call(getSecondStep, {})).body.recoveryCodesLeft).toBe(9);
  const { body } = await s.client.call(renewRecoveryCodes, { body: { secret: PASSWORD } });
  expect((await s.enter(s.codes[1])).body.code).toBe('access.wrong-code');
  expect((await s.enter(body.codes[0])).status).toBe(200);
});

test('it is taken away with password and code, or by who gives roles; a new slip does not stand for it', async () => {
  const s = await withStep();
  const { items } = await t.app.get(ActivationService).issue(null, { body: { personIds: [s.person.id] } });
  const proof = { login: s.person.code, code: items[0]?.code as string };
  expect((await t.stranger.call(activate, { body: { proof, secret: 'một mật khẩu khác', consent: '2026-11' } })).body.code).toBe('access.code-needed');
  expect((await s.client.call(endSecondStep, { body: { secret: PASSWORD, code: '000000' } })).body.code).toBe('access.wrong-code');
  const admin = await t.as((await make.staff('unit-admin', '610')).id);
  expect((await admin.call(removeSecondStep, { params: { personId: s.person.id } })).status).toBe(403);
  const owner = await t.as((await make.staff('owner', null)).id);
  expect((await owner.call(removeSecondStep, { params: { personId: s.person.id } })).status).toBe(200);
  expect((await s.enter()).status).toBe(200);
  const again = await withStep();
  expect((await again.client.call(endSecondStep, { body: { secret: PASSWORD, code: again.codes[3] as string } })).status).toBe(200);
  expect((await again.enter()).status).toBe(200);
});

test('where it is required no role counts before it is set up, and then all do', async () => {
  const config = t.app.get<Config>(CONFIG);
  config.requireSecondStep = true;
  try {
    const s = await staff('owner', null);
    expect((await s.client.call(getSession, {})).body).toMatchObject({ roles: [], permissions: [], mustSecure: true, person: { id: s.person.id } });
    expect((await s.client.call(getBackups, {})).status).toBe(403);
    const learner = await t.as((await make.person()).id);
    expect((await learner.call(getSession, {})).body.mustSecure).toBe(false);
    const { body } = await s.client.call(beginSecondStep, { body: { secret: PASSWORD } });
    await s.client.call(confirmSecondStep, { body: { code: codeAt(bytesOf(body.typed), clock.now()) } });
    expect((await s.client.call(getSession, {})).body).toMatchObject({ roles: ['owner'], mustSecure: false });
    expect((await s.client.call(getBackups, {})).status).toBe(200);
  } finally {
    config.requireSecondStep = false;
  }
});

test('a new password: weak ones are refused, other devices are out, this one stays', async () => {
  const s = await staff();
  const here = await s.enter();
  const there = await s.enter();
  const as = (reply: typeof here): Client['call'] => (e, input) => t.stranger.call(e, input, { cookie: cookieOf(reply.headers) });
  expect((await as(here)(changeSecret, { body: { secret: PASSWORD, next: 'ngắn' } })).body).toMatchObject({ code: 'access.weak-password', params: { reason: 'short' } });
  expect((await as(here)(changeSecret, { body: { secret: 'sai', next: 'chiêng cồng vang xa' } })).body.code).toBe('access.wrong-secret-again');
  expect((await as(here)(changeSecret, { body: { secret: PASSWORD, next: 'chiêng cồng vang xa' } })).body.ended).toBeGreaterThanOrEqual(1);
  expect([(await as(here)(listDevices, {})).status, (await as(there)(listDevices, {})).status]).toEqual([200, 401]);
  expect((await s.enter()).body.code).toBe('access.wrong-secret');
});

test('whoever may not give a role cannot become its holder by a slip', async () => {
  const { person: approver } = await staff('approver', '610');
  const admin = await t.as((await make.staff('unit-admin', '610')).id);
  await t.db.rows("insert into posting (id, person_id, unit_id, position, valid) values (gen_random_uuid(), $1, $2, 'Phó Chủ tịch', '[2022-01-01,)')", [approver.id, await make.unit('610')]);
  expect((await admin.call(issueSlips, { body: { personIds: [approver.id] } })).body.code).toBe('access.staff-slip');
  const learner = await make.person();
  await t.db.rows("insert into posting (id, person_id, unit_id, position, valid) values (gen_random_uuid(), $1, $2, 'Hội viên', '[2022-01-01,)')", [learner.id, await make.unit('610')]);
  expect((await admin.call(issueSlips, { body: { personIds: [approver.id, learner.id] } })).body.items.map((i) => i.personId)).toEqual([learner.id]);
  // Nor by a list of a class in which they sit.
  const cls = await make.cls({ people: 2 });
  const owner = await t.as((await make.staff('owner', null)).id);
  await owner.call(grantRole, { params: { personId: cls.enrolments[0]?.personId as string }, body: { role: 'registrar', unitId: await make.unit('51', '2026-01-01') } });
  const { items } = (await (await t.as(cls.opener.personId)).call(issueClassSlips, { params: { classId: cls.id }, body: {} })).body;
  expect(items.map((i) => i.personId)).toEqual([cls.enrolments[1]?.personId]);
});
