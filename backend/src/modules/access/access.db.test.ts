import { activate, checkSlip, claimInstallation, getSession, grantRole, issueSlips, listDevices, signIn, signOutDevice } from '@lantoa/shared/access';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { ActivationService } from './activation.service.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const slipFor = async (personId: string) => (await t.app.get(ActivationService).issue(null, { body: { personIds: [personId] } })).items[0] as { code: string; link: string };
const activated = async (pin = '482913') => {
  const person = await make.person();
  const { code } = await slipFor(person.id);
  await t.stranger.call(activate, { body: { proof: { login: person.code, code }, secret: pin, consent: '2026-11' } });
  return person;
};

describe('a slip', () => {
  test('lets its person in once: by phone and code', async () => {
    const person = await make.person();
    const { code } = await slipFor(person.id);
    const proof = { login: person.phone as string, code: code.replace(' ', '-') };
    expect((await t.stranger.call(checkSlip, { body: { proof } })).body).toMatchObject({ name: person.name, needs: 'pin' });
    const first = await t.stranger.call(activate, { body: { proof, secret: '482913', consent: '2026-11' } });
    expect(first.body.person?.id).toBe(person.id);
    expect(String(first.headers['set-cookie'])).toMatch(/lantoa_session=.*HttpOnly.*SameSite=Lax/);
    expect((await t.stranger.call(activate, { body: { proof, secret: '482913', consent: '2026-11' } })).body.code).toBe('access.slip-used');
  });
  test('its QR opens only with the right birth year', async () => {
    const person = await make.person({ birthYear: 1987 });
    const secret = (await slipFor(person.id)).link.split('#')[1] as string;
    expect((await t.stranger.call(checkSlip, { body: { proof: { secret, birthYear: 1986 } } })).body.code).toBe('access.slip-invalid');
    expect((await t.stranger.call(checkSlip, { body: { proof: { secret, birthYear: 1987 } } })).status).toBe(200);
  });
  test('a new slip makes the old one void', async () => {
    const person = await make.person();
    const old = await slipFor(person.id);
    await slipFor(person.id);
    expect((await t.stranger.call(checkSlip, { body: { proof: { login: person.code, code: old.code } } })).body.code).toBe('access.slip-invalid');
  });
  test('an expired one says so', async () => {
    const person = await make.person();
    const { code } = await slipFor(person.id);
    await t.db.rows("update activation_slip set expires_at = now() - interval '1 day' where person_id = $1", [person.id]);
    expect((await t.stranger.call(checkSlip, { body: { proof: { login: person.code, code } } })).body.code).toBe('access.slip-expired');
  });
  test('five wrong codes and the sixth has to wait', async () => {
    const person = await make.person();
    const { code } = await slipFor(person.id);
    for (let i = 0; i < 5; i++) expect((await t.stranger.call(checkSlip, { body: { proof: { login: person.code, code: '00000000' } } })).status).toBe(401);
    expect((await t.stranger.call(checkSlip, { body: { proof: { login: person.code, code } } })).body).toMatchObject({ status: 429, code: 'access.too-many-tries', params: { minutes: 15 } });
  });
  test('a weak PIN is refused and the slip stays good', async () => {
    const person = await make.person();
    const { code } = await slipFor(person.id);
    const proof = { login: person.code, code };
    expect((await t.stranger.call(activate, { body: { proof, secret: '123456', consent: '2026-11' } })).body).toMatchObject({ code: 'access.weak-pin', params: { reason: 'sequence' } });
    expect((await t.stranger.call(activate, { body: { proof, secret: '482913', consent: '2026-11' } })).status).toBe(200);
  });
  test('staff need a password', async () => {
    const person = await make.staff('unit-admin');
    const { code } = await slipFor(person.id);
    expect((await t.stranger.call(activate, { body: { proof: { login: person.code, code }, secret: '482913', consent: '2026-11' } })).body.code).toBe('access.weak-password');
  });
  test('no code, secret or PIN stands in the database', async () => {
    const person = await activated('739205');
    const { code } = await slipFor(person.id);
    const dump = JSON.stringify(await t.db.rows("select row_to_json(s) from activation_slip s union all select row_to_json(a) from account a union all select row_to_json(x) from session x"));
    expect(dump).not.toContain(code.replace(' ', ''));
    expect(dump).not.toContain('739205');
  });
});

describe('signing in', () => {
  test('with the phone or the person code', async () => {
    const person = await activated();
    for (const login of [person.phone as string, person.code.toLowerCase()]) expect((await t.stranger.call(signIn, { body: { login, secret: '482913' } })).body.person?.id).toBe(person.id);
  });
  test('a wrong PIN and an unknown number get the same answer', async () => {
    const person = await activated();
    const [wrong, unknown] = [await t.stranger.call(signIn, { body: { login: person.code, secret: '111111' } }), await t.stranger.call(signIn, { body: { login: '0977777777', secret: '111111' } })];
    expect([wrong.status, wrong.body.code]).toEqual([unknown.status, unknown.body.code]);
    expect(wrong.body.code).toBe('access.wrong-secret');
  });
  test('two people share a phone: the PIN says who', async () => {
    const first = await activated('482913');
    const second = await make.person({ phone: first.phone });
    const { code } = await slipFor(second.id);
    await t.stranger.call(activate, { body: { proof: { login: first.phone as string, code }, secret: '739205', consent: '2026-11' } });
    expect((await t.stranger.call(signIn, { body: { login: first.phone as string, secret: '739205' } })).body.person?.id).toBe(second.id);
  });
  test('eleven tries and the account has to wait', async () => {
    const person = await activated();
    for (let i = 0; i < 10; i++) await t.stranger.call(signIn, { body: { login: person.code, secret: '111111' } });
    expect((await t.stranger.call(signIn, { body: { login: person.code, secret: '482913' } })).status).toBe(429);
  });
  test('a form of our own page, which sends no origin, is let through by the word of the browser; one of another site is not', async () => {
    const codes = [];
    for (const site of ['same-origin', 'cross-site', 'same-site']) codes.push((await t.stranger.call(signIn, { body: { login: 'x', secret: 'y' } }, { origin: 'null', 'sec-fetch-site': site })).body.code);
    expect(codes).toEqual(['access.wrong-secret', 'request.foreign-origin', 'request.foreign-origin']);
  });
  test('a page of another site cannot sign anybody in', async () => expect((await t.stranger.call(signIn, { body: { login: 'x', secret: 'y' } }, { origin: 'https://evil.example' })).body.code).toBe('request.foreign-origin'));
  test('a session that was ended elsewhere is over', async () => {
    const person = await make.person();
    const [phone, tablet] = [await t.as(person.id), await t.as(person.id)];
    const other = (await phone.call(listDevices, {})).body.items.find((d) => !d.current) as { id: string };
    await phone.call(signOutDevice, { params: { sessionId: other.id } });
    expect((await tablet.call(getSession, {})).body.person).toBeNull();
    expect((await phone.call(getSession, {})).body.person?.id).toBe(person.id);
  });
});

describe('the first owner', () => {
  test('the link works once, and never again when there is an owner', async () => {
    const empty = await startTestApp();
    const token = (await empty.app.get(ActivationService).ownerLink())?.split('#')[1] as string;
    const body = { token, name: 'Trần Thị Chủ', phone: '0905123456', password: 'cà phê chồn 3 ly' };
    expect((await empty.stranger.call(claimInstallation, { body: { ...body, password: 'ngắn' } })).body.code).toBe('access.weak-password');
    expect((await empty.stranger.call(claimInstallation, { body })).body.roles).toEqual(['owner']);
    expect((await empty.stranger.call(claimInstallation, { body })).body.code).toBe('access.slip-invalid');
    expect(await empty.app.get(ActivationService).ownerLink()).toBeNull();
    await empty.close();
  });
});

describe('who may give what', () => {
  test('only the owner gives roles, and only staff issue slips, each in the own units', async () => {
    const admin = await t.as((await make.staff('unit-admin', '610')).id);
    const owner = await t.as((await make.staff('owner', null)).id);
    const inside = (await make.cls({ people: 1, unit: '610', tier: 1 })).enrolments[0] as { personId: string };
    const outsider = await make.person();
    const unitId = await make.unit('51', '2026-01-01');
    expect((await admin.call(grantRole, { params: { personId: inside.personId }, body: { role: 'registrar', unitId } })).status).toBe(403);
    expect((await admin.call(issueSlips, { body: { personIds: [inside.personId] } })).body.items).toHaveLength(1);
    expect((await owner.call(grantRole, { params: { personId: inside.personId }, body: { role: 'registrar', unitId } })).status).toBe(200);
    expect((await admin.call(issueSlips, { body: { personIds: [outsider.id] } })).status).toBe(404);
  });
});
