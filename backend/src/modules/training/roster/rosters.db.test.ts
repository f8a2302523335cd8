import { readFileSync } from 'node:fs';
import path from 'node:path';
import { applyRoster, decideRoster, getFailedRows, getRoster, listEnrolments, readRoster, undoRoster } from '@lantoa/shared/training';
import writeExcelFile from 'write-excel-file/node';
import { Secrets } from '#platform/secrets';
import { type Client, startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';

const ROSTERS = path.resolve(__dirname, '../../../../../content/rosters');
const HEAD = ['STT', 'Họ và tên', 'Năm sinh', 'Nam', 'Nữ', 'Dân tộc', 'Chức vụ', 'Đơn vị', 'Số điện thoại', 'Ghi chú'];

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

const office = (name: string) => readFileSync(path.join(ROSTERS, name)).toString('base64');
const sheet = async (...rows: (string | number | null)[][]) => {
  const file = (await writeExcelFile([HEAD, ...rows].map((r) => r.map((value) => (value === null ? null : { value, type: typeof value === 'number' ? Number : String }))) as never)) as unknown as { toBuffer(): Promise<Buffer> };
  return (await file.toBuffer()).toString('base64');
};
const approved = async (o: Parameters<typeof make.cls>[0] = {}) => {
  const cls = await make.cls(o);
  return { ...cls, client: await t.as(cls.opener.personId) };
};
const read = (client: Client, classId: string, contentBase64: string) => client.call(readRoster, { params: { classId }, body: { fileName: 'ds.xlsx', contentBase64 } });
const enrolled = async (classId: string) => (await t.db.row<{ n: number }>('select count(*)::int as n from enrolment where class_id = $1', [classId])).n;
const people = async () => (await t.db.row<{ n: number }>('select count(*)::int as n from person')).n;

describe('the lists that offices really make', () => {
  test('the province class of 150: every row is understood, nothing is written before it is added, twice adds nobody', async () => {
    const { id, client } = await approved();
    const before = await people();
    const { body: r } = await read(client, id, office('2022-11-lop-tinh-150.xlsx'));
    expect(r.counts).toMatchObject({ error: 0 });
    expect(r.rows).toHaveLength(150);
    expect(r.ignored.map((i) => i.text)).toEqual(['Danh sách này có 150 người.']);
    expect([await people(), await enrolled(id)]).toEqual([before, 0]);
    const open = r.rows.filter((x) => x.state === 'check');
    if (open.length) await client.call(decideRoster, { params: { rosterId: r.id }, body: { decisions: open.map((x) => ({ line: x.line, person: 'new' as const, keepBoth: true })) } });
    expect((await client.call(applyRoster, { params: { rosterId: r.id }, body: {} })).body).toMatchObject({ enrolled: 150, leftOut: 0 });
    expect(await enrolled(id)).toBe(150);
    const again = (await read(client, id, office('2022-11-lop-tinh-150.xlsx'))).body;
    expect(again.rows.filter((x) => x.problems.includes('already-enrolled')).length).toBeGreaterThan(140);
    const settle = again.rows.filter((x) => x.state === 'check').map((x) => ({ line: x.line, skip: true }));
    if (settle.length) await client.call(decideRoster, { params: { rosterId: again.id }, body: { decisions: settle } });
    expect((await client.call(applyRoster, { params: { rosterId: again.id }, body: {} })).body.newPeople).toBe(0);
    expect(await enrolled(id)).toBe(150);
  }, 30_000);

  test.each([['608', '2022-11-lop-01-thanh-pho-kon-tum-116.xlsx', 116], ['617', '2022-11-lop-09-huyen-tu-mo-rong-65.xlsx', 65], ['615', '2022-11-lop-07-huyen-dak-ha-65.xlsx', 65]])('district %s: every unit is found, also where two share a name', async (code, file, n) => {
    const { id, client } = await approved({ unit: code as string });
    const { body } = await read(client, id, office(file as string));
    expect(body.rows).toHaveLength(n as number);
    expect(body.rows.flatMap((r) => r.problems).filter((p) => p.startsWith('unit'))).toEqual([]);
  });
});

describe('a file that cannot be read says why', () => {
  const xlsx = Buffer.from('PK\x03\x04 and then nothing that is a workbook');
  const ole = (more: string) => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.from(more, 'utf16le')]);
  const bomb = () => { const b = Buffer.alloc(60); b.write('PK\x03\x04', 0, 'latin1'); b.write('PK\x01\x02', 10, 'latin1'); b.writeUInt32LE(900_000_000, 34); return b; };
  test.each([
    ['an empty file', Buffer.alloc(0), 'training.roster-empty', 409], ['a broken workbook', xlsx, 'training.roster-unreadable', 409], ['a workbook with a password', ole('EncryptedPackage'), 'training.roster-protected', 409], ['an old .xls', ole('Workbook'), 'training.roster-old-format', 409],
    ['a picture', Buffer.from('\x89PNG and so on'), 'training.roster-not-excel', 409], ['a zip bomb', bomb(), 'training.roster-too-large', 413], ['more than five megabytes', Buffer.alloc(5_100_000, 1), 'training.roster-too-large', 413],
  ])('%s', async (_, bytes, code, status) => {
    const { id, client } = await approved();
    const reply = await read(client, id, bytes.toString('base64'));
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(await t.db.rows('select 1 from roster_import where class_id = $1', [id])).toEqual([]);
  });
  test('a sheet without a header, and one without people', async () => {
    const { id, client } = await approved();
    const bare = (await (await writeExcelFile([[{ value: 'một' }], [{ value: 'hai' }]] as never) as unknown as { toBuffer(): Promise<Buffer> }).toBuffer()).toString('base64');
    expect((await read(client, id, bare)).body.code).toBe('training.roster-no-header');
    expect((await read(client, id, await sheet())).body.code).toBe('training.roster-empty');
  });
});

describe('rows', () => {
  test('errors stay out with their reasons, the others get in, and can be undone for a day', async () => {
    const { id, client } = await approved({ unit: '610' });
    const { body: r } = await read(client, id, await sheet(
      [1, 'Y Một', 1987, null, 'x', 'Xơ Đăng', 'Cán bộ', 'Xã Xốp', '0905000001', null], [2, 'Y Hai', 1987, null, 'x', null, 'Cán bộ', 'Xã Không Có', '0905000002', null], [3, 'Y Ba', 1987, null, 'x', null, 'Cán bộ', 'Xã Xốp', '090500000', null],
      [4, '<script>x</script>', 1987, null, 'x', null, 'Cán bộ', 'Xã Xốp', null, null], [5, '=1+1', 1987, null, 'x', null, 'Cán bộ', 'Xã Xốp', null, null],
    ));
    expect(r.rows.map((x) => [x.state, ...x.problems])).toEqual([['ready'], ['error', 'unit-unknown'], ['error', 'phone-length'], ['error', 'cell-markup'], ['error', 'cell-formula']]);
    expect((await client.call(applyRoster, { params: { rosterId: r.id }, body: {} })).body).toEqual({ enrolled: 1, newPeople: 1, knownPeople: 0, leftOut: 4 });
    expect(await t.db.rows('select 1 from person_ethnicity')).toEqual([]);
    expect((await client.call(getFailedRows, { params: { rosterId: r.id } })).headers['content-disposition']).toContain('.xlsx');
    expect((await client.call(applyRoster, { params: { rosterId: r.id }, body: {} })).body.code).toBe('training.roster-already-applied');
    const before = await people();
    expect((await client.call(undoRoster, { params: { rosterId: r.id } })).status).toBe(200);
    expect([await enrolled(id), await people()]).toEqual([0, before - 1]);
  });

  test('a row that waits for a decision stops everything, and nothing is half-written', async () => {
    const { id, client } = await approved({ unit: '610' });
    await make.person({ name: 'Y Blŏ', birthYear: 1990, phone: '0905777888' });
    const { body: r } = await read(client, id, await sheet([1, 'A Mới', 1987, 'x', null, null, 'Cán bộ', 'Xã Xốp', null, null], [2, 'Y Blŏ', 1987, null, 'x', null, 'Cán bộ', 'Xã Xốp', '0905777888', null]));
    expect(r.rows[1]).toMatchObject({ state: 'check', problems: ['person-maybe'], person: { name: 'Y Blŏ', birthYear: 1990 } });
    expect((await client.call(applyRoster, { params: { rosterId: r.id }, body: {} })).body).toMatchObject({ code: 'training.roster-rows-open', params: { n: 1 } });
    expect(await enrolled(id)).toBe(0);
    await client.call(decideRoster, { params: { rosterId: r.id }, body: { decisions: [{ line: 2, person: r.rows[1]?.person?.id as string }] } });
    expect((await client.call(applyRoster, { params: { rosterId: r.id }, body: {} })).body).toMatchObject({ enrolled: 2, newPeople: 1, knownPeople: 1 });
  });

  test('somebody who is on the list of another class on the same days is said, and may be added all the same', async () => {
    const rows = await sheet([1, 'Y Hai Lớp', 1981, null, 'x', null, 'Cán bộ', 'Xã Xốp', '0905123777', null]);
    const [first, second] = [await approved({ unit: '610' }), await approved({ unit: '610' })];
    await first.client.call(applyRoster, { params: { rosterId: (await read(first.client, first.id, rows)).body.id }, body: {} });
    const { body: r } = await read(second.client, second.id, rows);
    expect(r.rows[0]).toMatchObject({ state: 'ready', problems: ['in-other-class'] });
    expect((await second.client.call(applyRoster, { params: { rosterId: r.id }, body: {} })).body).toMatchObject({ enrolled: 1, knownPeople: 1 });
  });

  test('ethnic groups are kept only with the consent of those on the list', async () => {
    const { id, client } = await approved({ unit: '610' });
    const { body: r } = await read(client, id, await sheet([1, 'Y Đồng Ý', 1987, null, 'x', 'Xơ Đăng', 'Cán bộ', 'Xã Xốp', '0905123999', null]));
    await client.call(applyRoster, { params: { rosterId: r.id }, body: { ethnicityConsent: true } });
    const kept = await t.db.rows<{ sealed: Buffer }>('select sealed from person_ethnicity');
    expect(kept.map((k) => t.app.get(Secrets).open(k.sealed).toString())).toEqual(['Xơ Đăng']);
  });

  test('a list and its class belong to the team: for the office of another district they do not exist', async () => {
    const { id, client } = await approved({ unit: '610' });
    const { body: r } = await read(client, id, await sheet([1, 'Y Một', 1987, null, 'x', null, 'Cán bộ', 'Xã Xốp', null, null]));
    const other = await t.as((await make.staff('unit-admin', '614')).id);
    for (const reply of [await other.call(getRoster, { params: { rosterId: r.id } }), await other.call(applyRoster, { params: { rosterId: r.id }, body: {} }), await other.call(listEnrolments, { params: { classId: id } })]) expect(reply.status).toBe(404);
  });
});
