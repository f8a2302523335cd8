import { readFile } from 'node:fs/promises';
import { readSheet } from 'read-excel-file/node';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../backend/test/app.ts';
import { layTruth } from '../backend/test/truth-cascade.ts';
import { launch, PHONE, type Running } from './harness.ts';
import { press, Steps } from './steps.ts';

jest.setTimeout(240_000);

let run: Running;
let steps: Steps;
let writer: TestApp;
beforeAll(async () => {
  run = await launch();
  steps = new Steps(run);
  // Another process lays the facts down; the program that runs must hear of them by itself.
  writer = await startTestApp(run.database);
  await layTruth(writer);
});
afterAll(async () => {
  await writer?.close();
  await run?.close();
});

const DAY = '2024-12-31';
/** What a press of a button saves. */
async function saved(page: Page, button: ReturnType<Page['locator']>): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile((await file.path()) as string) };
}
const figure = (page: Page, title: string | RegExp) => page.locator('.figure', { has: page.getByRole('heading', { name: title }) });

test('an administrator sees where the cascade stands, takes it away, looks at another day, and calls whom it is about', async () => {
  const owner = await steps.enterAsOwner();

  // The four answers, as of a day, with the bar that says so; the same figures as worked out on paper.
  await owner.goto(`${run.url}/quan-ly/toan-canh?ngay=${DAY}`);
  await owner.getByText('Đã tập huấn 31/41 người').waitFor();
  await owner.getByText('Mất nhiều nhất: từ tầng Huyện đến tầng Xã, thôn, −11,8 điểm').waitFor();
  await owner.getByText('Đang xem số liệu ngày 31/12/2024').waitFor();
  await steps.look(owner, 'overview');

  // The ladder as a table, as Excel, as a picture.
  const ladder = figure(owner, /^Tầng Xã, thôn mất 11,8 điểm/);
  await ladder.getByRole('button', { name: 'Xem bảng' }).click();
  await ladder.getByRole('cell', { name: '73,8' }).waitFor();
  const excel = await saved(owner, ladder.getByRole('button', { name: 'Tải Excel' }));
  expect(excel.name).toBe(`thang-lan-toa-${DAY}.xlsx`);
  const [head, first, second] = (await readSheet(excel.bytes)) as unknown[][];
  const at = (label: string) => (head as string[]).indexOf(label);
  expect([first?.[at('Đạt')], second?.[at('Đạt')], second?.[at('Điểm sau')], second?.[at('Mất so với tầng trên')]]).toEqual([10, 12, 73.8, 11.2]);
  await ladder.getByRole('button', { name: 'Xem hình' }).click();
  const picture = await saved(owner, ladder.getByRole('button', { name: 'Tải ảnh' }));
  expect([picture.name, picture.bytes.subarray(1, 4).toString(), picture.bytes.length > 10_000]).toEqual([`thang-lan-toa-${DAY}.png`, 'PNG', true]);

  // The tree of units by keyboard: open a district, go down, close it again.
  const tree = owner.getByRole('treegrid');
  const row = tree.getByRole('row', { name: /Huyện Đắk Hà/ });
  await row.focus();
  await owner.keyboard.press('ArrowRight');
  await tree.getByRole('row', { name: /Xã Đắk HRing/ }).waitFor();
  expect(await row.getAttribute('aria-expanded')).toBe('true');
  await owner.keyboard.press('ArrowLeft');
  await tree.getByRole('row', { name: /Xã Đắk HRing/ }).waitFor({ state: 'detached' });
  // What is open stands in the address and survives a reload; as now, both communes are one.
  await owner.keyboard.press('ArrowRight');
  await owner.reload();
  await tree.getByRole('row', { name: /Xã Đắk HRing/ }).waitFor();
  await owner.getByText('Hiện nay', { exact: true }).click();
  await tree.getByRole('row', { name: /Huyện Đắk Hà/ }).focus();
  await owner.keyboard.press('ArrowRight');
  await tree.getByRole('row', { name: /Xã Đăk Mar/ }).waitFor();

  // A square opens into its people.
  await owner.goto(`${run.url}/quan-ly/toan-canh?ngay=${DAY}`);
  await owner.getByRole('button', { name: /Đắk HRing\s*có người/ }).click();
  await owner.getByRole('dialog').getByText('Người L4 (mẫu)').waitFor();
  await steps.look(owner, 'places');
  await owner.keyboard.press('Escape');

  // On paper it is one page.
  const paper = (await owner.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);

  // Progress, outlook and what next; trainers; the line of one of them.
  await owner.goto(`${run.url}/quan-ly/toan-canh/tien-do?ngay=2023-03-15&buoi=3`);
  await owner.getByText(/lớp nên mở: thêm \d+ trong 14 người còn thiếu/).waitFor();
  await owner.getByText('Tầng Xã, thôn · Huyện Đắk Hà: 10 người').waitFor();
  await steps.look(owner, 'progress');
  await owner.getByRole('link', { name: 'Giảng viên', exact: true }).click();
  await owner.getByRole('link', { name: 'Người T1 (mẫu)' }).first().click();
  await owner.getByRole('heading', { name: 'Đã lan tỏa đến 22 người qua 1 lớp của mình' }).waitFor();
  await steps.look(owner, 'lineage');

  // The call list: noted with who and when, and it stays noted.
  await owner.goto(`${run.url}/quan-ly/toan-canh/qua-han?ngay=2025-09-15`);
  await owner.getByText('1 báo cáo lớp trễ hạn').waitFor();
  await press(owner, 'Đã gọi');
  await owner.getByText(/Đã gọi lúc .*, Trần Thị Chủ/).waitFor();
  await steps.look(owner, 'overdue');

  // A report on the screen, and the same in its file.
  await owner.goto(`${run.url}/quan-ly/bao-cao?loai=participants&tu=2022-11-01&den=2022-12-31`);
  await owner.getByRole('cell', { name: '13' }).first().waitFor();
  const csv = (await saved(owner, owner.getByRole('button', { name: 'Tải CSV' }))).bytes.toString();
  expect(csv.split('\r\n').slice(1, 3).map((l) => l.split(',').slice(-5).join())).toEqual(['12,12,0,0,10', '13,13,0,0,12']);
  await press(owner, 'Tải cho DHIS2');
  await owner.getByText('DHIS2 chỉ nhận chỉ số hoặc kết quả theo đơn vị').waitFor();
  await steps.look(owner, 'reports');

  // Everything once more on a phone.
  await owner.setViewportSize(PHONE);
  for (const path of ['toan-canh?ngay=2024-12-31', 'toan-canh/tien-do?ngay=2023-03-15', 'toan-canh/giang-vien?ngay=2023-12-31', 'bao-cao?tu=2022-11-01&den=2022-12-31']) {
    await owner.goto(`${run.url}/quan-ly/${path}`);
    await owner.locator('.figure, .panel').first().waitFor();
    await steps.look(owner, `phone ${path}`);
  }
  expect(steps.noticed).toEqual([]);
});
