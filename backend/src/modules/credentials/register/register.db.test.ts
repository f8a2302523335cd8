import { askChange, decideChange, exportBook, getEntry, listChangeRequests, listRegister, printBook, recordReceipts, verifyRegister } from '@lantoa/shared/register';
import { readSheet } from 'read-excel-file/node';
import { type Client, startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';
import { BookService } from './book.service.ts';
import { BookPrintsService } from './book-prints.service.ts';
import type { Evidence } from './register.entity.ts';
import { RegisterService, type ToIssue } from './register.service.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

/** What one more certificate would say, like one that is there. */
async function another(): Promise<ToIssue> {
  const { entries } = await make.certified({ post: [20] });
  const e = (await t.db.rows('select * from register_entry where id = $1', [entries[0]?.id]))[0] as Record<'type_id' | 'person_id' | 'unit_id', string> & { evidence: Evidence };
  return { typeId: e.type_id, personId: e.person_id, holderName: 'Y Blŏ', birthYear: 1980, sex: 'female', unitId: e.unit_id, unitName: 'Xã Xốp', title: 'T', hours: 16, issuedOn: '2022-12-01', decisionNo: '1', signerTitle: 'CT', signerName: 'N', evidence: e.evidence, templateVersionId: null };
}

describe('the register', () => {
  test('fifty batches at once: numbers without gap or double, whatever fails, and the chain holds', async () => {
    const one = await another();
    const failing = { ...one, typeId: '00000000-0000-4000-8000-000000000000' };
    const before = (await t.app.get(BookService).verify()).entries;
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => t.app.get(RegisterService).issue(i % 5 === 4 ? [one, failing] : [one, one, { ...one, issuedOn: '2023-01-05' }])));
    expect(results.filter((r) => r.status === 'rejected')).toHaveLength(10);
    expect(await t.app.get(BookService).verify()).toMatchObject({ gaps: [], brokenAt: null, entries: before + 120 });
    expect(await t.db.rows("select year, count(*)::int as n, max(number) as last from register_entry where type_id = $1 and kind = 'issue' group by 1 order by 1", [one.typeId])).toEqual([{ year: 2022, n: 81, last: 81 }, { year: 2023, n: 40, last: 40 }]);
  });

  test('a line cannot be changed or removed', async () => {
    await expect(t.db.rows("update register_entry set holder_name = 'X'")).rejects.toThrow(/append-only/);
    await expect(t.db.rows('delete from register_entry')).rejects.toThrow(/append-only/);
  });

  test('a change past the trigger is found by the chain, also in what later lines say besides', async () => {
    const { entries, approver } = await make.certified({ post: [20, 20] });
    const client = await t.as(approver.personId);
    const broken = async (set: string, back: string) => {
      await t.db.rows('alter table register_entry disable trigger append_only');
      await t.db.rows(`update register_entry set ${set} where id = $1`, [entries[0]?.id]);
      const at = (await client.call(verifyRegister, {})).body.brokenAt;
      await t.db.rows(`update register_entry set ${back} where id = $1`, [entries[0]?.id]);
      await t.db.rows('alter table register_entry enable trigger append_only');
      return at;
    };
    expect(await broken("holder_name = holder_name || 'x'", 'holder_name = left(holder_name, -1)')).toBe(entries[0]?.registerNo);
    expect(await broken('birth_year = birth_year + 1', 'birth_year = birth_year - 1')).toBe(entries[0]?.registerNo);
    expect((await client.call(verifyRegister, {})).body.brokenAt).toBeNull();
  });

  test('lines of before November 2026 keep their hashes', async () => {
    const { entries } = await make.certified({ post: [20] });
    expect(await t.db.rows('select format from register_entry where id = $1', [entries[0]?.id])).toEqual([{ format: 2 }]);
    const [line] = await t.db.rows<Record<string, unknown>>('select * from register_entry where id = $1', [entries[0]?.id]);
    expect(line).toMatchObject({ birth_year: 1975, sex: 'female' });
  });
});

describe('changes by two people', () => {
  let registrar: Client;
  let approver: Client;
  const certificate = async () => { const { entries } = await make.certified({ post: [20], issuedOn: '2026-01-10' }); return entries[0] as (typeof entries)[number]; };
  const ask = (e: { id: string; registerNo: string }, body: Partial<Parameters<typeof registrar.call<typeof askChange>>[1]['body']> = {}) =>
    registrar.call(askChange, { params: { entryId: e.id }, body: { act: 'revoke', registerNo: e.registerNo, reason: 'error', note: 'Cấp nhầm người', decisionNo: '9/QĐ', ...body } });
  const decide = (client: Client, requestId: string, verdict: 'approved' | 'refused') => client.call(decideChange, { params: { requestId }, body: { verdict } });
  beforeAll(async () => {
    registrar = await t.as((await make.staff('registrar')).id);
    approver = await t.as((await make.staff('approver')).id);
  });

  test('revoking: the number typed, a reason of the list, a second person; then a new line', async () => {
    const e = await certificate();
    expect((await ask(e, { registerNo: 'sai' })).body.code).toBe('credentials.wrong-number');
    expect((await ask(e, { reason: 'lost' })).body.code).toBe('credentials.wrong-reason');
    const asked = await ask(e);
    expect(asked.body).toMatchObject({ act: 'revoke', registerNo: e.registerNo, mayDecide: false });
    expect((await ask(e)).body.code).toBe('credentials.change-waits');
    // A registrar has no right to decide; nobody decides what they asked for.
    expect((await decide(registrar, asked.body.id, 'approved')).status).toBe(403);
    const owner = await t.as((await make.staff('owner', null)).id);
    const own = await owner.call(askChange, { params: { entryId: (await certificate()).id }, body: { act: 'revoke', registerNo: '', reason: 'error', note: 'Thử một mình', decisionNo: '1' } });
    expect(own.body.code).toBe('credentials.wrong-number');
    expect((await approver.call(listChangeRequests, {})).body.items).toMatchObject([{ id: asked.body.id, mayDecide: true }]);
    const state = async () => (await registrar.call(getEntry, { params: { entryId: e.id } })).body;
    expect((await state()).entry.state).toBe('in-force');
    const decided = await Promise.all([decide(approver, asked.body.id, 'approved'), decide(approver, asked.body.id, 'approved')]);
    expect(decided.map((d) => d.status).sort()).toEqual([200, 404]);
    expect(await state()).toMatchObject({ entry: { state: 'revoked' }, lines: [{ kind: 'issue' }, { kind: 'revocation', about: e.registerNo, reason: 'error', registerNo: null }], waiting: null, mayAsk: false });
    // The book shows the line of the revocation as well; it leads to the certificate.
    expect((await registrar.call(getEntry, { params: { entryId: (await state()).lines[1]?.id as string } })).body).toEqual(await state());
    expect((await ask(e)).body.code).toBe('credentials.wrong-state');
    expect((await approver.call(verifyRegister, {})).body).toMatchObject({ brokenAt: null, gaps: [] });
  });

  test('the one who asked cannot agree', async () => {
    const e = await certificate();
    const owner = await t.as((await make.staff('owner', null)).id);
    const asked = await owner.call(askChange, { params: { entryId: e.id }, body: { act: 'revoke', registerNo: e.registerNo, reason: 'request', note: 'Người giữ xin trả', decisionNo: '3' } });
    expect((await decide(owner, asked.body.id, 'approved')).body.code).toBe('credentials.same-person');
    expect((await decide(approver, asked.body.id, 'refused')).body).toEqual({ lineId: null });
    expect((await registrar.call(getEntry, { params: { entryId: e.id } })).body).toMatchObject({ entry: { state: 'in-force' }, waiting: null, mayAsk: true });
  });

  test('a correction is a line of its own: the number stays, the words are new, and the state is as it was', async () => {
    const e = await certificate();
    const { body: before } = await registrar.call(getEntry, { params: { entryId: e.id } });
    const wording = { holderName: 'Y Blŏ Ƀlơ̆', birthYear: 1981, sex: 'female' as const, unitName: before.entry.unitName };
    const asked = await ask(e, { act: 'correct', reason: 'misspelt', note: 'Sai dấu trong tên', wording });
    await decide(approver, asked.body.id, 'approved');
    const { body } = await registrar.call(getEntry, { params: { entryId: e.id } });
    expect(body).toMatchObject({ entry: { holderName: before.entry.holderName, state: 'in-force' }, lines: [{ kind: 'issue' }, { kind: 'correction', holderName: 'Y Blŏ Ƀlơ̆'.normalize('NFC'), about: e.registerNo }], mayAsk: true });
    expect((await t.app.get(RegisterService).worded([e.id]))[0]).toMatchObject({ holderName: 'Y Blŏ Ƀlơ̆'.normalize('NFC'), birthYear: 1981 });
    expect((await ask(e, { act: 'correct', reason: 'misspelt', wording })).body.code).toBe('credentials.nothing-corrected');
    expect((await registrar.call(listRegister, { query: { q: 'y blo blo' } })).body.items).toMatchObject([{ kind: 'correction' }]);
  });

  test('a lost paper: a new number in its place, valid as long as the old one', async () => {
    const e = await certificate();
    const asked = await ask(e, { act: 'reissue', reason: 'lost', note: 'Mất khi chuyển nhà' });
    const { body: { lineId } } = await decide(approver, asked.body.id, 'approved');
    const { body } = await registrar.call(getEntry, { params: { entryId: lineId as string } });
    const [old, again] = body.lines;
    expect(body.lines).toMatchObject([{ registerNo: e.registerNo, state: 'replaced' }, { about: e.registerNo, reason: 'lost', state: 'in-force', validUntil: old?.validUntil }]);
    expect(again?.registerNo).not.toBe(e.registerNo);
  });

  test('the office of another district sees nothing of it', async () => {
    const e = await certificate();
    const elsewhere = await t.as((await make.staff('registrar', '614')).id);
    expect((await elsewhere.call(getEntry, { params: { entryId: e.id } })).status).toBe(404);
    expect((await elsewhere.call(askChange, { params: { entryId: e.id }, body: { act: 'revoke', registerNo: e.registerNo, reason: 'error', note: 'Không phải của tôi', decisionNo: '1' } })).status).toBe(404);
    expect((await elsewhere.call(recordReceipts, { body: { entryIds: [e.id], receivedBy: null, receivedOn: '2026-02-01' } })).status).toBe(404);
    expect((await elsewhere.call(printBook, { query: { year: 2026 } })).status).toBe(404);
  });
});

describe('the book', () => {
  test('who signed for a paper; not before it was issued; the last note counts', async () => {
    const { entries, registrar } = await make.certified({ post: [20, 20], issuedOn: '2026-03-01' });
    const client = await t.as(registrar.personId);
    const entryIds = entries.map((e) => e.id);
    expect((await client.call(recordReceipts, { body: { entryIds, receivedBy: null, receivedOn: '2026-02-28' } })).body.code).toBe('credentials.receipt-date');
    expect((await client.call(recordReceipts, { body: { entryIds, receivedBy: null, receivedOn: '2026-03-05' } })).body).toEqual({ recorded: 2 });
    await client.call(recordReceipts, { body: { entryIds: [entryIds[0] as string], receivedBy: 'Chị Hai nhận thay', receivedOn: '2026-03-06' } });
    const lines = (await client.call(listRegister, { query: { year: 2026 } })).body.items.filter((l) => entryIds.includes(l.id)).sort((a, b) => a.seq - b.seq);
    expect(lines.map((l) => [l.receivedBy, l.receivedOn])).toEqual([['Chị Hai nhận thay', '2026-03-06'], [lines[1]?.holderName, '2026-03-05']]);
    await expect(t.db.rows('delete from paper_receipt')).rejects.toThrow(/append-only/);
  });

  test('as a document and as a workbook: every line of the year in its order, with what followed', async () => {
    const owner = await t.as((await make.staff('owner', null)).id);
    const { body: { items, total } } = await owner.call(listRegister, { query: { year: 2026, limit: 200 } });
    expect(total).toBe(items.length);
    const pdf = await owner.call(printBook, { query: { year: 2026, sheet: 'a3' } });
    expect([pdf.status, String(pdf.body).slice(0, 5)]).toEqual([200, '%PDF-']);
    const prints = t.app.get(BookPrintsService);
    const data = (await readSheet(Buffer.from(await prints.export(await prints.issuers(null), { year: 2026 })))) as (string | null)[][];
    expect(data).toHaveLength(items.length + 1);
    expect(data.slice(1).map((r) => r[0])).toEqual([...items].reverse().map((l) => l.registerNo ?? '–'));
    expect(data.flat().some((c) => /Thu hồi số .* \(cấp sai\)/.test(String(c)))).toBe(true);
    expect((await owner.call(exportBook, { query: { year: 2001 } })).body.code).toBe('credentials.no-book');
  });
});
