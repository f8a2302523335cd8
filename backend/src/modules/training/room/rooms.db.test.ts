import { createDecipheriv, pbkdf2Sync, randomBytes, randomUUID } from 'node:crypto';
import { openTest } from '@lantoa/shared/training';
import { acceptLate, enterPaper, getPaperGrid, getRoom, getRoomScreen, getSeat, handInSeat, joinRoom, lookUpRoom, moveRoom, openRoom, releaseSeat, type RoomAct, saveSeatAnswers, takeOverRoom } from '@lantoa/shared/rooms';
import { startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const newToken = () => randomBytes(24).toString('base64url');
/** A hall with people in it: its trainer's client, the room, and what proves each person. */
const hall = async (o: { people?: number; kind?: 'pre' | 'post'; sealed?: boolean; pace?: 'own' | 'together'; minutes?: number | null } = {}) => {
  const cls = await make.cls({ people: o.people ?? 3 });
  const host = await t.as(cls.opener.personId);
  if (o.kind === 'post') await host.call(openTest, { params: { classId: cls.id, kind: 'pre' }, body: {} });
  const { body: room } = await host.call(openRoom, { params: { classId: cls.id }, body: { kind: o.kind ?? 'pre', sealed: o.sealed ?? false, pace: o.pace ?? 'own', timeLimitMinutes: o.minutes ?? null } });
  const proofs = new Map((await t.db.rows<{ id: string; phone: string }>('select e.id, p.phone from enrolment e join person p on p.id = e.person_id where e.class_id = $1', [cls.id])).map((r) => [r.id, r.phone.slice(-3)]));
  const move = (act: RoomAct) => host.call(moveRoom, { params: { roomId: room.id }, body: { act } });
  const join = (i: number, token = newToken(), channel: 'own-phone' | 'shared-phone' = 'own-phone') => t.stranger.call(joinRoom, { params: { code: room.code }, body: { token, enrolmentId: cls.enrolments[i]?.id as string, proof: proofs.get(cls.enrolments[i]?.id as string) as string, channel } });
  const seat = (token: string) => t.stranger.call(getSeat, { body: { token } });
  const see = async () => (await host.call(getRoom, { params: { roomId: room.id } })).body;
  return { ...cls, host, room, proofs, move, join, seat, see };
};
const answersTo = (questions: readonly { questionVersionId: string }[], n = questions.length) => questions.slice(0, n).map((q) => ({ id: randomUUID(), questionVersionId: q.questionVersionId, choice: 'unknown', revision: 1, answeredAt: new Date().toISOString() }));

describe('joining', () => {
  test('by six digits, the own name and the end of the phone number; nobody works before it is started', async () => {
    const h = await hall();
    const { body } = await t.stranger.call(lookUpRoom, { params: { code: h.room.code } });
    expect([body.phase, body.people.length, body.me]).toEqual(['lobby', 3, null]);
    expect(Object.keys(body.people[0] ?? {})).toEqual(['enrolmentId', 'name', 'unitName', 'taken', 'proof']);
    const token = newToken();
    expect((await h.join(0, token)).status).toBe(200);
    expect((await h.seat(token)).body).toMatchObject({ phase: 'lobby', attempt: null, submitted: false });
    expect((await h.see()).people.map((p) => p.state).sort()).toEqual(['joined', 'out', 'out']);
    await h.move('start');
    expect((await h.seat(token)).body.attempt?.questions).toHaveLength(20);
  });
  test('a wrong proof is refused and counted; a wrong code is not found', async () => {
    const h = await hall();
    const wrong = { params: { code: h.room.code }, body: { token: newToken(), enrolmentId: h.enrolments[0]?.id as string, proof: 'xxx', channel: 'own-phone' as const } };
    expect((await t.stranger.call(joinRoom, wrong)).body.code).toBe('training.room-proof-wrong');
    for (let i = 0; i < 6; i++) await t.stranger.call(joinRoom, wrong);
    expect((await t.stranger.call(joinRoom, wrong)).body.code).toBe('access.too-many-tries');
    expect((await t.stranger.call(lookUpRoom, { params: { code: '000000' } })).status).toBe(404);
  });
  test('who is signed in needs no proof', async () => {
    const h = await hall();
    const me = await t.as(h.enrolments[0]?.personId as string);
    expect((await me.call(lookUpRoom, { params: { code: h.room.code } })).body.me).toBe(h.enrolments[0]?.id);
    expect((await me.call(joinRoom, { params: { code: h.room.code }, body: { token: newToken(), enrolmentId: h.enrolments[0]?.id as string, channel: 'own-phone' } })).status).toBe(200);
  });
  test('the same phone again is the same seat; another must wait until the name is let go, and goes on with the same attempt', async () => {
    const h = await hall();
    await h.move('start');
    const [first, second] = [newToken(), newToken()];
    const { attemptId } = (await h.join(0, first)).body;
    const { attempt } = (await h.seat(first)).body;
    await t.stranger.call(saveSeatAnswers, { body: { token: first, answers: answersTo(attempt?.questions ?? [], 5) } });
    expect((await h.join(0, first)).body.attemptId).toBe(attemptId);
    expect((await h.join(0, second)).body.code).toBe('training.room-seat-taken');
    await h.host.call(releaseSeat, { params: { roomId: h.room.id }, body: { personId: h.enrolments[0]?.personId as string } });
    expect((await h.join(0, second)).body.attemptId).toBe(attemptId);
    expect((await h.seat(second)).body.attempt?.saved).toHaveLength(5);
    expect((await h.seat(first)).body.code).toBe('training.room-seat-released');
  });
  test('sixty phones behind one address may look up, and two at once for one name give one seat', async () => {
    const h = await hall();
    const both = await Promise.all([h.join(1), h.join(1)]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
  });
});

describe('answering and handing in', () => {
  test('repeated calls keep one of each; the pre-test says nothing but that it came', async () => {
    const h = await hall();
    await h.move('start');
    const token = newToken();
    await h.join(0, token);
    const questions = (await h.seat(token)).body.attempt?.questions ?? [];
    expect(JSON.stringify(questions)).not.toMatch(/"right"|"reason"|"answer"/);
    const answers = answersTo(questions);
    const send = () => t.stranger.call(handInSeat, { body: { token, answers } });
    const [one, two] = [await send(), await send()];
    expect(one.body).toMatchObject({ answered: 20, total: 20, late: false });
    expect(two.body).toEqual(one.body);
    expect(Object.keys(one.body).sort()).toEqual(['answered', 'late', 'receivedAt', 'total']);
    expect(await t.db.row('select count(*)::int as n from answer a join attempt x on x.id = a.attempt_id join room_seat s on s.attempt_id = x.id where s.room_id = $1', [h.room.id])).toEqual({ n: 20 });
    expect((await h.see()).done).toBe(1);
  });
  test('a phone that was out of reach until after closing: kept, marked late, taken by the trainer', async () => {
    const h = await hall();
    const token = newToken();
    const { attemptId } = (await h.join(0, token)).body;
    await h.move('start');
    const { questions } = (await h.host.call(getPaperGrid, { params: { roomId: h.room.id } })).body;
    await h.move('close');
    expect((await t.stranger.call(handInSeat, { body: { token, answers: answersTo(questions, 12) } })).body).toMatchObject({ answered: 12, late: true });
    expect((await h.see()).people.find((p) => p.attemptId === attemptId)?.state).toBe('late');
    expect((await h.host.call(acceptLate, { params: { roomId: h.room.id }, body: { attemptId } })).body.done).toBe(1);
  });
  test('a shared phone: one after the other, each attempt marked with its channel', async () => {
    const h = await hall();
    await h.move('start');
    for (const i of [0, 1]) {
      const token = newToken();
      await h.join(i, token, 'shared-phone');
      await t.stranger.call(handInSeat, { body: { token, answers: answersTo((await h.seat(token)).body.attempt?.questions ?? []) } });
      expect((await h.seat(token)).body).toMatchObject({ submitted: true, attempt: null });
    }
    expect((await h.see()).people.filter((p) => p.channel === 'shared-phone' && p.state === 'done')).toHaveLength(2);
  });
  test('five minutes more for those who are at it', async () => {
    const h = await hall({ minutes: 10 });
    await h.move('start');
    const token = newToken();
    await h.join(0, token);
    expect((await h.seat(token)).body.attempt?.allowedSeconds).toBe(600);
    expect((await h.move('more-time')).body.timeLimitMinutes).toBe(15);
    expect((await h.seat(token)).body.attempt?.allowedSeconds).toBe(900);
  });
  test('together: everybody is at the host’s question', async () => {
    const h = await hall({ pace: 'together' });
    await h.move('start');
    expect((await h.move('back')).body.code).toBe('training.room-wrong-phase');
    expect((await h.move('next')).body.question).toBe(1);
    const token = newToken();
    await h.join(0, token);
    expect((await h.seat(token)).body).toMatchObject({ pace: 'together', question: 1 });
  });
});

test('a sealed test lies on the phone before it begins, and the start code opens it', async () => {
  const h = await hall({ sealed: true });
  const token = newToken();
  await h.join(0, token);
  const { box, attempt } = (await h.seat(token)).body;
  expect([attempt, h.room.startCode]).toEqual([null, expect.stringMatching(/^\d{6}$/)]);
  const open = (code: string) => {
    const data = Buffer.from(box?.data ?? '', 'base64');
    const decipher = createDecipheriv('aes-256-gcm', pbkdf2Sync(code, Buffer.from(box?.salt ?? '', 'base64'), box?.iterations ?? 0, 32, 'sha256'), Buffer.from(box?.iv ?? '', 'base64'));
    decipher.setAuthTag(data.subarray(-16));
    return JSON.parse(Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]).toString());
  };
  expect(() => open('000000')).toThrow();
  const ahead = open(h.room.startCode as string);
  expect(JSON.stringify(ahead)).not.toMatch(/"right"|"reason"/);
  await h.move('start');
  expect((await h.seat(token)).body.attempt?.questions).toEqual(ahead.questions);
});

describe('paper sheets', () => {
  test('keyed in as a grid; the same sheet again adds nothing; who has handed in is refused by name', async () => {
    const h = await hall();
    await h.move('start');
    const grid = (await h.host.call(getPaperGrid, { params: { roomId: h.room.id } })).body;
    expect([grid.questions.length, grid.people.length]).toEqual([20, 3]);
    const choices = grid.questions.filter((q) => q.kind === 'single').map((q) => ({ questionVersionId: q.questionVersionId, choice: q.options[0] as string }));
    const sheets = [0, 1].map((i) => ({ attemptId: randomUUID(), personId: grid.people[i]?.personId as string, choices }));
    const enter = (s: typeof sheets) => h.host.call(enterPaper, { params: { roomId: h.room.id }, body: { sheets: s } });
    expect((await enter(sheets)).body.items.map((i) => [i.answered, i.total])).toEqual([[choices.length, 20], [choices.length, 20]]);
    expect((await enter(sheets)).status).toBe(200);
    expect((await enter([{ ...(sheets[0] as (typeof sheets)[0]), attemptId: randomUUID() }])).body.code).toBe('training.room-paper-refused');
    expect((await h.see()).people.filter((p) => p.channel === 'paper' && p.state === 'done')).toHaveLength(2);
    expect(await t.db.row("select count(*)::int as n from answer a join attempt x on x.id = a.attempt_id where x.channel = 'paper'")).toEqual({ n: choices.length * 2 });
  });
  test('sheets keyed in after closing count: they were written in time', async () => {
    const h = await hall();
    await h.move('start');
    await h.move('close');
    const { questions, people } = (await h.host.call(getPaperGrid, { params: { roomId: h.room.id } })).body;
    await h.host.call(enterPaper, { params: { roomId: h.room.id }, body: { sheets: [{ attemptId: randomUUID(), personId: people[0]?.personId as string, choices: [{ questionVersionId: questions[0]?.questionVersionId as string, choice: 'unknown' }] }] } });
    expect((await h.see()).done).toBe(1);
  });
});

describe('what a hall may see', () => {
  test('counts, no name and no score; results only of a post-test and of ten people', async () => {
    const small = await hall({ kind: 'post', people: 3 });
    await small.move('start');
    await small.move('close');
    await small.move('show-results');
    const screen = (await t.stranger.call(getRoomScreen, { params: { code: small.room.code } })).body;
    expect(screen.results).toEqual([]);
    const names = small.room.people.map((p) => p.name);
    expect(names.filter((n) => JSON.stringify(screen).includes(n))).toEqual([]);

    const big = await hall({ kind: 'post', people: 10 });
    await big.move('start');
    for (const e of big.enrolments) await make.sit(big.id, e.personId, 'post', 12);
    await big.move('close');
    expect((await t.stranger.call(getRoomScreen, { params: { code: big.room.code } })).body.results).toEqual([]);
    await big.move('show-results');
    const shown = (await t.stranger.call(getRoomScreen, { params: { code: big.room.code } })).body;
    expect(shown.results).toHaveLength(20);
    expect(shown.results.map((r) => r.share)).toEqual([...shown.results.map((r) => r.share)].sort((a, b) => a - b));
    expect(big.room.people.filter((p) => JSON.stringify(shown).includes(p.name))).toEqual([]);
  });
  test('a pre-test never shows results', async () => {
    const h = await hall();
    await h.move('start');
    await h.move('close');
    expect((await h.move('show-results')).body.code).toBe('training.room-wrong-phase');
    expect((await h.see()).acts).toEqual(['reopen', 'finish']);
  });
});

describe('the host', () => {
  test('a second trainer looks on, and may take over', async () => {
    const h = await hall();
    const other = await t.as((await make.staff('unit-admin')).id);
    expect((await other.call(getRoom, { params: { roomId: h.room.id } })).body.host.mine).toBe(false);
    expect((await other.call(takeOverRoom, { params: { roomId: h.room.id } })).body.host.mine).toBe(true);
    expect((await h.see()).host.mine).toBe(false);
  });
  test('the office of another district sees no room', async () => {
    const h = await hall();
    const other = await t.as((await make.staff('unit-admin', '614')).id);
    expect((await other.call(getRoom, { params: { roomId: h.room.id } })).status).toBe(404);
  });
  test('opening twice gives the same room', async () => {
    const h = await hall();
    expect((await h.host.call(openRoom, { params: { classId: h.id }, body: { kind: 'pre' } })).body).toMatchObject({ id: h.room.id, code: h.room.code });
  });
});
