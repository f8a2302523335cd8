import { closeForgeryReport, getPaper, listForgeryReports, listMyCertificates, verifyByMachine, verifyByNumber, verifyByToken } from '@lantoa/shared/credentials';
import { getEntry } from '@lantoa/shared/register';
import * as clock from '#platform/clock';
import { startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';
import { ChangesService } from '../register/changes.service.ts';
import { CheckLog } from './check-log.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const page = async (token: string) => String((await t.stranger.call(verifyByToken, { params: { token } })).body);
const title = async (token: string) => /<title>(.*)<\/title>/.exec(await page(token))?.[1];

describe('the paper and its proof', () => {
  test('the holder gets a PDF with the name, made once; others do not', async () => {
    const { entries } = await make.certified({ post: [20] });
    await t.drain();
    const entry = entries[0] as (typeof entries)[number];
    const holder = await t.as(entry.personId);
    expect((await holder.call(listMyCertificates, {})).body.items).toMatchObject([{ id: entry.id, paperReady: true, credentialReady: true, state: 'expired', stage: 'lapsed' }]);
    const paper = await holder.call(getPaper, { params: { entryId: entry.id } });
    expect([paper.status, String(paper.body).slice(0, 5)]).toEqual([200, '%PDF-']);
    const stranger = await t.as((await make.person()).id);
    expect((await stranger.call(getPaper, { params: { entryId: entry.id } })).status).toBe(404);
  }, 20_000);

  test('anybody sees the outcome and the chain; never phone, birth year or score', async () => {
    const top = await make.certified({ post: [20] });
    const trainer = top.entries[0] as (typeof top.entries)[number];
    const below = await make.certified({ tier: 2, unit: '610', from: '2022-11-15', post: [20], trainers: [{ personId: trainer.personId }], issuedOn: '2022-11-20' });
    const shown = await page((below.entries[0] as (typeof below.entries)[number]).token);
    for (const part of ['Hết hiệu lực', trainer.registerNo, 'còn hiệu lực ngày mở lớp', 'Khách mời', 'noindex', 'Chỉ tin khi địa chỉ']) expect(shown).toContain(part);
    expect(shown).not.toMatch(/<script|09\d{8}|1975/);
    expect(Buffer.byteLength(shown)).toBeLessThan(30_000);
  });

  test('outcomes that cannot be confused: in force, not there, revoked with the class of the reason, replaced with a way to the new one', async () => {
    const made = await make.certified({ post: [20, 20], issuedOn: '2026-01-10' });
    const [a, b] = made.entries as [(typeof made.entries)[number], (typeof made.entries)[number]];
    const changes = t.app.get(ChangesService);
    const change = async (e: typeof a, act: 'revoke' | 'reissue', reason: string) => {
      const { id } = await changes.ask(made.registrar, { params: { entryId: e.id }, body: { act, registerNo: e.registerNo, reason, note: 'Chuyện riêng, không ai đọc', decisionNo: '9', wording: null } });
      await changes.decide(made.approver, { params: { requestId: id }, body: { verdict: 'approved', note: '' } });
    };
    expect([await title(a.token), await title('khong-co')]).toEqual(['Giấy chứng nhận hợp lệ', 'Không tìm thấy trong sổ cấp']);
    await change(a, 'revoke', 'error');
    expect(await title(a.token)).toBe('Đã thu hồi');
    const revoked = await page(a.token);
    expect(revoked).toContain('cấp sai');
    expect(revoked).not.toContain('Chuyện riêng');
    await change(b, 'reissue', 'lost');
    const { token, no } = await t.db.row<{ token: string; no: string }>('select token, register_no as no from register_entry where refers_to = $1', [b.id]);
    const replaced = await page(b.token);
    expect([await title(b.token), replaced.includes(`/v/${token}`), replaced.includes(no)]).toEqual(['Đã thay bằng giấy khác', true, true]);
  });

  test('trouble of ours is never "fake"', async () => {
    const { entries } = await make.certified({ post: [20], issuedOn: '2026-01-10' });
    await t.db.rows('alter table issuer rename to issuer_away');
    try {
      expect(await title(entries[0]?.token as string)).toBe('Chưa kiểm tra được lúc này');
    } finally {
      await t.db.rows('alter table issuer_away rename to issuer');
    }
    expect(await title(entries[0]?.token as string)).toBe('Giấy chứng nhận hợp lệ');
  });

  test('by number and name, without marks; the number alone says nothing; programs get the same as data; too many tries wait', async () => {
    const { entries } = await make.certified({ post: [20], issuedOn: '2026-01-10' });
    const entry = entries[0] as (typeof entries)[number];
    const { name } = await t.db.row<{ name: string }>('select holder_name as name from register_entry where id = $1', [entry.id]);
    const ask = async (ten: string) => String((await t.stranger.call(verifyByNumber, { query: { so: entry.registerNo, ten } })).body);
    expect(await ask(name.toLowerCase().replace('ọ', 'o'))).toContain(name);
    expect(await ask('Người khác')).toContain('Không tìm thấy');
    const machine = (query: object) => t.stranger.call(verifyByMachine, { query });
    expect((await machine({ number: entry.registerNo, name })).body).toMatchObject({ outcome: 'in-force', certificate: { registerNo: entry.registerNo, chain: [{ trainers: [{ registerNo: null }] }] } });
    expect(JSON.stringify((await machine({ token: entry.token })).body)).not.toContain(name);
    expect((await machine({ token: 'khong-co' })).body).toMatchObject({ outcome: 'not-found', certificate: null });
    expect((await machine({ number: entry.registerNo })).body.code).toBe('credentials.number-and-name');
    for (let i = 0; i < 30; i++) await ask('Người khác');
    expect(await ask(name)).toContain('Thử quá nhiều lần');
    // Counted by day, way, outcome and certificate; nothing about who asked.
    await t.app.get(CheckLog).flush();
    expect(await t.db.rows("select via, outcome, sum(times)::int as n from check_count where entry_id = $1 group by 1, 2 order by 1", [entry.id])).toEqual([{ via: 'form', outcome: 'in-force', n: 1 }, { via: 'machine', outcome: 'in-force', n: 2 }]);
    expect((await (await t.as((await make.staff('owner', null)).id)).call(getEntry, { params: { entryId: entry.id } })).body.checks).toEqual({ times: 3, lastOn: clock.today() });
    expect((await t.db.rows<{ name: string }>("select column_name as name from information_schema.columns where table_name = 'check_count' order by 1")).map((c) => c.name)).toEqual(['day', 'entry_id', 'outcome', 'times', 'via']);
  });

  test('a suspected forgery is reported without a name and closed with what was found', async () => {
    const fresh = await startTestApp(t.url);
    const { entries } = await make.certified({ post: [20], unit: '610', issuedOn: '2026-01-10' });
    const reply = await t.app.inject({ method: 'POST', url: '/kiem-tra/nghi-gia', headers: { 'content-type': 'application/x-www-form-urlencoded' }, remoteAddress: '10.1.1.1', payload: new URLSearchParams({ so: entries[0]?.registerNo.toLowerCase() ?? '', ten: 'Ai đó', noi: 'Xã Mẫu', viec: 'Dấu lạ <script>' }).toString() });
    expect([reply.statusCode, reply.body.includes('Đã nhận')]).toEqual([200, true]);
    const registrar = await fresh.as((await make.staff('registrar')).id);
    const { body } = await registrar.call(listForgeryReports, {});
    expect(body.items).toMatchObject([{ registerNo: entries[0]?.registerNo, known: true, message: 'Dấu lạ <script>', finding: null }]);
    const elsewhere = await fresh.as((await make.staff('registrar', '614')).id);
    expect((await elsewhere.call(listForgeryReports, {})).body.items).toEqual([]);
    const close = () => registrar.call(closeForgeryReport, { params: { reportId: body.items[0]?.id as string }, body: { finding: 'Giấy thật, dấu mờ.' } });
    expect([(await close()).status, (await close()).body.code]).toEqual([200, 'credentials.report-closed']);
    await fresh.close();
  });
});
