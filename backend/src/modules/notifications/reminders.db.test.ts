import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { submitAttempt } from '@lantoa/shared/assessment';
import { addPushDevice, countReminders, getReminderChoice, listTemplates, removePushDevice, saveReminderChoice, saveTemplate } from '@lantoa/shared/notifications';
import { listMyRefreshers, moveCampaign, startCampaign, startRefresher } from '@lantoa/shared/refreshers';
import { addDays } from '@lantoa/shared/rules/days';
import { SMTPServer } from 'smtp-server';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { Jobs } from '#platform/jobs';
import { Ledger } from '#modules/cascade';
import { DailyPlan } from '#modules/refreshers';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import { RemindersService } from './index.ts';
import { Gateway, PushSender, Unreachable } from './senders.ts';

jest.setTimeout(60_000);

let t: TestApp;
let make: ReturnType<typeof makers>;
let letters: string[];
let mailServer: SMTPServer;
const pushed: { endpoint: string; text: string }[] = [];
let withdrawn = new Set<string>();
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  letters = [];
  mailServer = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], onData: (stream, _session, done) => { let all = ''; stream.on('data', (d) => { all += d; }); stream.on('end', () => { letters.push(all); done(); }); } });
  await new Promise<void>((ok) => { mailServer.listen(0, '127.0.0.1', () => ok()); });
  t.app.get<Config>(CONFIG).mail = { smtpUrl: `smtp://127.0.0.1:${(mailServer.server.address() as AddressInfo).port}`, from: 'Lan Toả <lan-toa@example.org>' };
  // The services of browsers are not reached from a test.
  t.app.get(PushSender).send = async (device, text) => {
    if (withdrawn.has(device.endpoint)) throw new Unreachable('the browser has withdrawn');
    pushed.push({ endpoint: device.endpoint, text });
  };
});
afterAll(async () => {
  await t.close();
  await new Promise<void>((ok) => { mailServer.close(() => ok()); });
});
beforeEach(() => { letters.length = 0; pushed.length = 0; withdrawn = new Set(); });

const today = clock.today();
/** Does something at an hour of a day in Viet Nam. */
const at = <T>(day: string, hour: number, work: () => Promise<T>): Promise<T> => clock.at(new Date(new Date(`${day}T00:00:00Z`).getTime() + (hour - 7) * 3_600_000), work);
/** Reminds at an hour of a day, and sends what there is to send. The queue runs by the clock of the database; who is asked is decided by ours. */
const remind = (day: string, hour = 9) => at(day, hour, async () => {
  const n = await t.app.get(RemindersService).remind();
  await t.app.get(Jobs).drain(t.url);
  return n;
});
const withoutPhone: string[] = [];
// Classes of the next test match people by their phones.
afterEach(async () => { for (const id of withoutPhone.splice(0)) await t.db.rows("update person set phone = '+849' || lpad((abs(hashtext(id::text)) % 100000000)::text, 8, '0') where id = $1 and phone is null", [id]); });
/** Somebody with a refresher that is due today. */
async function learner(phone: boolean): Promise<{ client: Client; personId: string }> {
  const { entries } = await make.certified({ post: [20], issuedOn: addDays(today, -7) });
  const personId = entries[0]?.personId as string;
  if (!phone) await t.db.rows('update person set phone = null where id = $1', [personId]);
  withoutPhone.push(personId);
  await t.app.get(DailyPlan).plan();
  return { client: await t.as(personId), personId };
}
const endpoint = () => `https://fcm.googleapis.com/fcm/send/${randomUUID()}`;
const rows = (personId: string) => t.db.rows<{ stage: string; channel: string; status: string; text: string }>('select stage, channel, status, text from reminder where person_id = $1 order by made_at, channel', [personId]);
const messages = async () => (await readFile(t.app.get(Gateway).file, 'utf8').catch(() => '')).split('\n').filter(Boolean).map((l) => JSON.parse(l) as { to: string; text: string });

test('on the day a push, three days later nothing because a week has not passed, after a week a message; at night never', async () => {
  const { client, personId } = await learner(true);
  const phone = endpoint();
  await client.call(addPushDevice, { body: { endpoint: phone, p256dh: 'p', auth: 'a' } });
  expect(await remind(today, 20)).toBe(0);
  expect(await remind(today, 6)).toBe(0);
  expect(await rows(personId)).toEqual([]);
  await remind(today);
  expect(pushed).toEqual([{ endpoint: phone, text: expect.stringContaining('Ôn nhanh 5 câu') }]);
  await remind(today, 10);
  await remind(addDays(today, 3));
  expect(pushed).toHaveLength(1);
  await remind(addDays(today, 7));
  expect((await messages()).at(-1)?.text).toMatch(/^Lan Toa: bai on 5 cau con cho/);
  expect((await rows(personId)).map((r) => [r.stage, r.channel, r.status])).toEqual([['due', 'in-app', 'sent'], ['due', 'push', 'sent'], ['late', 'in-app', 'sent'], ['late', 'gateway', 'sent']]);
});

test('who has done it, or does not want it, is left alone', async () => {
  const done = await learner(true);
  const { items } = (await done.client.call(listMyRefreshers, {})).body;
  const attemptId = randomUUID();
  await done.client.call(startRefresher, { params: { refresherId: items[0]?.id as string }, body: { attemptId } });
  await done.client.call(submitAttempt, { params: { attemptId }, body: { answers: [] } });
  const quiet = await learner(true);
  await quiet.client.call(saveReminderChoice, { body: { allowed: false, email: null } });
  expect((await quiet.client.call(getReminderChoice, {})).body).toMatchObject({ allowed: false, email: null, mailGoesOut: true, pushKey: expect.stringMatching(/^[\w-]{80,}$/) });
  await remind(today);
  expect([await rows(done.personId), await rows(quiet.personId)]).toEqual([[], []]);
});

test('without a phone a letter; a browser that has withdrawn is forgotten and the failure is noted', async () => {
  const writes = await learner(false);
  await writes.client.call(saveReminderChoice, { body: { allowed: true, email: 'y.ngoan@example.org' } });
  const gone = await learner(false);
  const dead = endpoint();
  await gone.client.call(addPushDevice, { body: { endpoint: dead, p256dh: 'p', auth: 'a' } });
  withdrawn.add(dead);
  await remind(today);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatch(/^To: y\.ngoan@example\.org/m);
  expect((await rows(gone.personId)).find((r) => r.channel === 'push')?.status).toBe('failed');
  expect(await t.db.rows('select 1 from push_device where endpoint = $1', [dead])).toEqual([]);
});

test('a browser goes to whoever allowed it last, and only to a service that is known', async () => {
  const [first, second] = [await learner(true), await learner(true)];
  const shared = endpoint();
  for (const { client } of [first, second]) await client.call(addPushDevice, { body: { endpoint: shared, p256dh: 'p', auth: 'a' } });
  expect(await t.db.rows('select person_id as id from push_device where endpoint = $1', [shared])).toEqual([{ id: second.personId }]);
  await first.client.call(removePushDevice, { body: { endpoint: shared } });
  expect(await t.db.rows('select 1 from push_device where endpoint = $1', [shared])).toHaveLength(1);
  expect((await first.client.call(addPushDevice, { body: { endpoint: 'https://127.0.0.1/x', p256dh: 'p', auth: 'a' } })).body.code).toBe('notifications.unknown-push-service');
});

test('an owner sets the words; a campaign shows how they went out, and stops with it', async () => {
  const owner = await t.as((await make.staff('owner', null)).id);
  const office = await t.as((await make.staff('unit-admin', '51', '2026-01-01')).id);
  expect((await office.call(saveTemplate, { params: { stage: 'due', channel: 'gateway' }, body: { text: 'Loi cua tinh: on {n} cau' } })).status).toBe(403);
  expect((await owner.call(saveTemplate, { params: { stage: 'due', channel: 'gateway' }, body: { text: 'Loi cua tinh: on {n} cau' } })).status).toBe(200);
  expect((await owner.call(listTemplates, {})).body.items.filter((x) => x.own)).toEqual([{ stage: 'due', channel: 'gateway', text: 'Loi cua tinh: on {n} cau', own: true }]);
  const { personId } = await learner(true);
  await t.db.rows('delete from reminder');
  await t.db.rows('delete from refresher where person_id = $1', [personId]);
  await t.app.get(Ledger).rebuild();
  const { slug } = await t.db.row<{ slug: string }>('select t.course_slug as slug from register_entry e join tier t on t.certificate_type_id = e.type_id where e.person_id = $1', [personId]);
  const { body: c } = await office.call(startCampaign, { body: { unitId: await make.unit('51', '2026-01-01'), courseSlug: slug, title: 'Đợt ôn', startsOn: today } });
  await remind(today);
  expect((await messages()).at(-1)?.text).toBe('Loi cua tinh: on 5 cau');
  expect((await office.call(countReminders, { params: { campaignId: c.id } })).body.items.find((x) => x.channel === 'gateway')?.sent).toBeGreaterThan(0);
  expect((await (await t.as((await make.staff('unit-admin', '614')).id)).call(countReminders, { params: { campaignId: c.id } })).status).toBe(404);
  await office.call(moveCampaign, { params: { campaignId: c.id }, body: { to: 'paused', note: 'Nghỉ' } });
  const before = (await messages()).length;
  await remind(addDays(today, 8));
  const { phone } = await t.db.row<{ phone: string }>('select phone from person where id = $1', [personId]);
  expect((await messages()).slice(before).filter((m) => m.to === phone)).toEqual([]);
});
