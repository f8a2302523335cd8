import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addStampImage, type Layout, listTemplates, makeTemplate, previewTemplate, saveVersion, useTemplate } from '@lantoa/shared/templates';
import { prepareBatch } from '@lantoa/shared/awarding';
import { startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';
import { RegisterService, type ToIssue } from '../register/register.service.ts';
import { PaperMaker } from './paper-maker.ts';
import { PapersService } from './papers.service.ts';
import { STARTERS } from './starters.ts';

/** Letters of the names of the Central Highlands that a font may lack. Not ơ̆ and ư̆, which no sign of Unicode holds whole: they are printed right, and extracted with the breve twice (see docs/decisions/0012). */
const HARD = ['Y Blŏ', 'Hʼƀaoh', 'Ƀlŏ', 'Kpă Ñiê', 'Čil Mŭk', 'Rơ Châm Hʼ Lĭn', 'Ê Ban Dĕh', 'Nguyễn Thị Tuyết Nhưỡng', 'Ksor Hʼ Nhŭ', 'Siu Bĭơ̆h', 'Hʼƀư̆', 'Ƀlơ̆', 'Đinh Ỹ Nhi', 'A Ƀaoh'];
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const read = (pdf: Uint8Array): { pages: string[]; tagged: boolean } => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'lantoa-pdf-')), 'x.pdf');
  writeFileSync(file, pdf);
  return JSON.parse(execFileSync(process.execPath, [path.resolve(__dirname, '../../../../test/pdf-text.mjs'), file], { maxBuffer: 64e6 }).toString());
};
const words = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ');

let t: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => { t = await startTestApp(); make = makers(t); });
afterAll(() => t.close());

test('the text of 600 papers is what the register says, with every hard letter', async () => {
  const { entries } = await make.certified({ post: [20] });
  const [e] = await t.db.rows<Record<'typeId' | 'personId' | 'unitId', string> & Pick<ToIssue, 'evidence'>>('select type_id as "typeId", person_id as "personId", unit_id as "unitId", evidence from register_entry where id = $1', [entries[0]?.id]);
  const given = Array.from({ length: 600 }, (_, i): ToIssue => ({ ...(e as NonNullable<typeof e>), holderName: `${HARD[i % HARD.length]} ${HARD[Math.floor(i / HARD.length) % HARD.length]} ${i}`.normalize('NFC'), birthYear: null, sex: null, unitName: 'Xã Ngọk Bay', title: 'Thành lập và vận hành các mô hình', hours: 16, issuedOn: '2022-12-01', decisionNo: '1', signerTitle: 'TM. BAN THƯỜNG VỤ, CHỦ TỊCH', signerName: 'Nguyễn Thị Mẫu', templateVersionId: null }));
  const lines = await t.app.get(RegisterService).issue(given);
  const { pages, tagged } = read(await t.app.get(PapersService).together(lines.map((l) => l.id), { dx: 0, dy: 0 }));
  expect([pages.length, tagged]).toEqual([600, true]);
  for (const [i, l] of lines.entries()) for (const part of [l.holderName, l.registerNo as string, l.serialNo as string, l.title]) expect(words(pages[i] as string)).toContain(words(part));
}, 120_000);

test('what is missing is asked for once, however often the program starts', async () => {
  const { id } = (await t.db.row<{ id: string }>("select id from register_entry where kind = 'issue' order by seq limit 1"));
  const jobs = () => t.db.row<{ n: number }>("select count(*)::int as n from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier like 'certificates-issued:%' and j.payload::text like $1", [`%${id}%`]);
  const papers = t.app.get(PapersService);
  expect(await papers.askMissing([id])).toBe(1);
  const { n } = await jobs();
  expect(n).toBeGreaterThan(0);
  expect(await papers.askMissing([id])).toBe(1);
  expect((await jobs()).n).toBe(n);
  // One that is worked on may have been lost with its process.
  await t.db.rows('update graphile_worker._private_jobs set locked_at = now(), locked_by = $1', ['killed']);
  await papers.askMissing([id]);
  expect((await jobs()).n).toBe(2 * n);
});

describe('templates', () => {
  const layout = STARTERS[0]?.layout as Layout;
  const staff = async (role: 'owner' | 'registrar' | 'auditor') => t.as((await make.staff(role, role === 'owner' ? null : undefined)).id);

  test('three starters; a version is kept and never changed; who saved meanwhile is not overwritten', async () => {
    const registrar = await staff('registrar');
    const { body } = await registrar.call(listTemplates, {});
    expect(body.items.map((x) => x.name)).toEqual(expect.arrayContaining(['Khung viền', 'Trang nhã', 'In lên phôi có sẵn']));
    const { body: { id } } = await registrar.call(makeTemplate, { body: { name: 'Mẫu của tỉnh', layout } });
    const save = (base: number) => registrar.call(saveVersion, { params: { templateId: id }, body: { layout: { ...layout, colour: '#2C427F' }, note: 'Màu chàm', base } });
    expect([(await save(1)).body.number, (await save(1)).body.code]).toEqual([2, 'credentials.template-changed']);
    await expect(t.db.rows("update template_version set note = 'x'")).rejects.toThrow(/append-only/);
    const auditor = await staff('auditor');
    expect((await auditor.call(makeTemplate, { body: { name: 'X', layout } })).status).toBe(403);
  });

  test('what is issued keeps its template; the next ones take the newest version', async () => {
    const owner = await staff('owner');
    const { body: { items, types } } = await owner.call(listTemplates, {});
    const mine = items.find((x) => x.name === 'Mẫu của tỉnh');
    for (const y of types) expect((await owner.call(useTemplate, { params: { typeId: y.id }, body: { templateId: mine?.id as string } })).status).toBe(200);
    const { id } = await make.completed({ post: [20] });
    const { body: batch } = await owner.call(prepareBatch, { body: { classIds: [id], decisionNo: '1', issuedOn: '2022-11-12', signerTitle: 'CT', signerName: 'N' } });
    expect(await t.db.rows('select template_version_id as id from batch where id = $1', [batch.id])).toEqual([{ id: mine?.versions[0]?.id }]);
  });

  test('a signature or seal comes in only by who may use it, and only as a picture', async () => {
    const [owner, registrar] = [await staff('owner'), await staff('registrar')];
    const image = { kind: 'seal' as const, name: 'dau.png', base64: PNG };
    expect((await registrar.call(addStampImage, { body: image })).status).toBe(403);
    expect((await owner.call(addStampImage, { body: { ...image, base64: Buffer.from('<svg/>').toString('base64') } })).body.code).toBe('credentials.not-a-picture');
    const { body: { id } } = await owner.call(addStampImage, { body: image });
    const sealed = { ...layout, seal: { imageId: id, x: 180, y: 160, width: 30 } };
    expect((await registrar.call(makeTemplate, { body: { name: 'Có dấu', layout: sealed } })).body.code).toBe('credentials.no-seal-right');
    const { body: made } = await owner.call(makeTemplate, { body: { name: 'Có dấu', layout: sealed } });
    // Somebody without the right may change the rest and must leave the seal where it is.
    const save = (l: Layout) => registrar.call(saveVersion, { params: { templateId: made.id }, body: { layout: l, note: 'Đổi', base: 1 } });
    expect((await save({ ...sealed, seal: { ...sealed.seal, x: 100 } })).body.code).toBe('credentials.no-seal-right');
    expect((await save({ ...sealed, heading: 'GIẤY CHỨNG NHẬN MỚI' })).body.number).toBe(2);
    const { body: preview } = await owner.call(previewTemplate, { body: { layout: sealed, sample: 'long' } });
    expect([preview.faults, preview.svg.includes('<image')]).toEqual([[], true]);
  });

  test('on pre-printed paper only what is filled in is printed, shifted as the printer needs; the holder’s file has all of it', async () => {
    const { entries } = await make.certified({ post: [20] });
    const maker = t.app.get(PaperMaker);
    const [version] = await t.db.rows<{ id: string }>("select v.id from template_version v join certificate_template c on c.id = v.template_id where c.starter = 'overprint'");
    const [line] = (await t.app.get(RegisterService).worded([entries[0]?.id as string])).map((l) => ({ ...l, templateVersionId: version?.id as string }));
    const [filled, whole] = [await maker.pdf([line as NonNullable<typeof line>], { full: false, offset: { dx: 2, dy: -1 } }), await maker.pdf([line as NonNullable<typeof line>], { full: true, offset: { dx: 0, dy: 0 } })];
    expect([read(filled).pages[0]?.includes('CỘNG HÒA'), read(whole).pages[0]?.includes('CỘNG HÒA'), read(filled).pages[0]?.includes(line?.registerNo as string)]).toEqual([false, true, true]);
  });
});
