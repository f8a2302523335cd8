import { getPaper, listMyCertificates, listRegister, revokeEntry, verifyByNumber, verifyByToken, verifyRegister } from '@lantoa/shared/credentials';
import { approveBatch, prepareBatch } from '@lantoa/shared/awarding';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { makers } from '../../../test/make.ts';
import type { Evidence } from './register.entity.ts';
import { RegisterService } from './register.service.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

describe('the register', () => {
  test('many at once: numbers without gap or double, and the chain holds', async () => {
    const { entries } = await make.certified({ post: [20] });
    const first = (await t.db.rows('select * from register_entry where id = $1', [entries[0]?.id]))[0] as Record<'type_id' | 'person_id' | 'unit_id', string> & { evidence: Evidence };
    const one = { typeId: first.type_id, personId: first.person_id, holderName: 'Y Blŏ', unitId: first.unit_id, unitName: 'Xã Xốp', title: 'T', hours: 16, issuedOn: '2022-12-01', decisionNo: '1', signerTitle: 'CT', signerName: 'N', evidence: first.evidence };
    const failing = { ...one, typeId: '00000000-0000-4000-8000-000000000000' };
    const results = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => t.app.get(RegisterService).issue(i % 4 === 3 ? [one, failing] : [one])));
    expect(results.filter((r) => r.status === 'rejected')).toHaveLength(3);
    const verdict = await t.app.get(RegisterService).verify();
    expect(verdict).toMatchObject({ gaps: [], brokenAt: null, entries: 10 });
  });

  test('a line cannot be changed or removed', async () => {
    await expect(t.db.rows("update register_entry set holder_name = 'X'")).rejects.toThrow(/append-only/);
    await expect(t.db.rows('delete from register_entry')).rejects.toThrow(/append-only/);
  });

  test('a change past the trigger is found by the chain', async () => {
    const { entries, approver } = await make.certified({ post: [20, 20] });
    const client = await t.as(approver.personId);
    await t.db.rows('alter table register_entry disable trigger append_only');
    await t.db.rows("update register_entry set holder_name = 'Người khác' where id = $1", [entries[0]?.id]);
    expect((await client.call(verifyRegister, {})).body.brokenAt).toBe(entries[0]?.registerNo);
    await t.db.rows('update register_entry e set holder_name = p.name from person p where p.id = e.person_id and e.id = $1', [entries[0]?.id]);
    await t.db.rows('alter table register_entry enable trigger append_only');
    expect((await client.call(verifyRegister, {})).body.brokenAt).toBeNull();
  });
});

describe('a batch', () => {
  test('the one who prepared cannot approve; nothing has a number before the second person', async () => {
    const { id } = await make.completed({ post: [20, 5, 20] });
    const owner = await t.as((await make.staff('owner', null)).id);
    const second = await t.as((await make.staff('approver')).id);
    const before = await t.db.rows('select count(*)::int as n from register_entry');
    const batch = await owner.call(prepareBatch, { body: { classId: id, decisionNo: '5/QĐ', issuedOn: '2022-11-12', signerTitle: 'CT', signerName: 'N' } });
    expect(batch.body).toMatchObject({ status: 'prepared', certificates: 2, firstNo: null });
    expect((await owner.call(approveBatch, { params: { batchId: batch.body.id } })).body.code).toBe('awarding.same-person');
    expect(await t.db.rows('select count(*)::int as n from register_entry')).toEqual(before);
    const both = await Promise.all([second.call(approveBatch, { params: { batchId: batch.body.id } }), second.call(approveBatch, { params: { batchId: batch.body.id } })]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
    expect((await t.db.row<{ n: number }>('select count(*)::int as n from batch_entry where batch_id = $1', [batch.body.id])).n).toBe(2);
  });
  test('a date before the class, or to come, is refused', async () => {
    const { id } = await make.completed({ post: [20] });
    const registrar = await t.as((await make.staff('registrar')).id);
    for (const issuedOn of ['2022-11-01', '2099-01-01']) expect((await registrar.call(prepareBatch, { body: { classId: id, decisionNo: '5', issuedOn, signerTitle: 'CT', signerName: 'N' } })).body.code).toBe('awarding.future-date');
  });
  test('the office of another district does not see the class', async () => {
    const { id } = await make.completed({ post: [20], unit: '610' });
    const elsewhere = await t.as((await make.staff('registrar', '614')).id);
    expect((await elsewhere.call(prepareBatch, { body: { classId: id, decisionNo: '5', issuedOn: '2022-11-12', signerTitle: 'CT', signerName: 'N' } })).status).toBe(404);
    expect((await elsewhere.call(listRegister, {} as never)).body.items).toEqual([]);
  });
});

describe('the paper and its proof', () => {
  test('the holder gets a PDF with the name, made once; others do not', async () => {
    const { entries } = await make.certified({ post: [20] });
    await t.drain();
    const entry = entries[0] as (typeof entries)[number];
    const holder = await t.as(entry.personId);
    expect((await holder.call(listMyCertificates, {})).body.items).toMatchObject([{ id: entry.id, paperReady: true, state: 'expired' }]);
    const paper = await holder.call(getPaper, { params: { entryId: entry.id } });
    expect(paper.status).toBe(200);
    expect(String(paper.body).slice(0, 5)).toBe('%PDF-');
    const stranger = await t.as((await make.person()).id);
    expect((await stranger.call(getPaper, { params: { entryId: entry.id } })).status).toBe(404);
  }, 20_000);

  test('anybody sees the outcome and the chain; never phone, birth year or score', async () => {
    const top = await make.certified({ post: [20] });
    const trainer = top.entries[0] as (typeof top.entries)[number];
    const below = await make.certified({ tier: 2, unit: '610', from: '2022-11-15', post: [20], trainers: [{ personId: trainer.personId }], issuedOn: '2022-11-20' });
    const entry = below.entries[0] as (typeof below.entries)[number];
    const page = String((await t.stranger.call(verifyByToken, { params: { token: entry.token } })).body);
    expect(page).toContain('Hết hiệu lực');
    expect(page).toContain(trainer.registerNo);
    expect(page).toContain('còn hiệu lực ngày mở lớp');
    expect(page).toContain('Khách mời');
    expect(page).toContain('noindex');
    expect(page).not.toMatch(/<script|09\d{8}|1975/);
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
  });

  test('six outcomes that cannot be confused', async () => {
    const { entries, approver } = await make.certified({ post: [20], issuedOn: '2026-01-10' });
    const entry = entries[0] as (typeof entries)[number];
    const title = async (token: string) => /<title>(.*)<\/title>/.exec(String((await t.stranger.call(verifyByToken, { params: { token } })).body))?.[1];
    expect(await title(entry.token)).toBe('Giấy chứng nhận hợp lệ');
    expect(await title('khong-co')).toBe('Không tìm thấy trong sổ cấp');
    const client = await t.as(approver.personId);
    expect((await client.call(revokeEntry, { params: { entryId: entry.id }, body: { registerNo: 'sai số', reason: 'Cấp nhầm người', decisionNo: '9' } })).body.code).toBe('credentials.not-in-force');
    expect((await client.call(revokeEntry, { params: { entryId: entry.id }, body: { registerNo: entry.registerNo, reason: 'Cấp nhầm người', decisionNo: '9' } })).status).toBe(200);
    expect(await title(entry.token)).toBe('Đã thu hồi');
    expect((await client.call(verifyRegister, {})).body.brokenAt).toBeNull();
  });

  test('by number and name, without marks; the number alone says nothing; too many tries wait', async () => {
    const { entries } = await make.certified({ post: [20] });
    const entry = entries[0] as (typeof entries)[number];
    const { name } = await t.db.row<{ name: string }>('select holder_name as name from register_entry where id = $1', [entry.id]);
    const ask = async (ten: string) => String((await t.stranger.call(verifyByNumber, { query: { so: entry.registerNo, ten } })).body);
    expect(await ask(name.toLowerCase().replace('ọ', 'o'))).toContain(name);
    expect(await ask('Người khác')).toContain('Không tìm thấy');
    for (let i = 0; i < 30; i++) await ask('Người khác');
    expect(await ask(name)).toContain('Thử quá nhiều lần');
  });
});
