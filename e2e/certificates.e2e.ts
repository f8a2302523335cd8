import type { Page } from 'playwright-core';
import { SessionsService } from '../backend/src/modules/access/index.ts';
import { startTestApp, type TestApp } from '../backend/test/app.ts';
import { makers } from '../backend/test/make.ts';
import { DESKTOP, launch, PHONE, type Running } from './harness.ts';
import { press, Steps } from './steps.ts';

jest.setTimeout(240_000);

let run: Running;
let steps: Steps;
let writer: TestApp;
let make: ReturnType<typeof makers>;
beforeAll(async () => {
  run = await launch();
  steps = new Steps(run);
  writer = await startTestApp(run.database);
  make = makers(writer);
});
afterAll(async () => {
  await writer?.close();
  await run?.close();
});

/** A window in which somebody is signed in. */
async function signedIn(name: string, personId: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await steps.window(name, viewport);
  const { token } = await writer.app.get(SessionsService).open({ personId, secretKind: 'pin' }, { address: '127.0.0.1', label: 'test' });
  await page.context().addCookies([{ name: 'lantoa_session', value: token, url: run.url }]);
  return page;
}

test('an office lays out the paper, keeps the book with a second person, and renews what lapses', async () => {
  const made = await make.certified({ post: [20, 20], issuedOn: '2026-01-10' });
  const [first, second] = made.entries as [(typeof made.entries)[number], (typeof made.entries)[number]];
  const owner = await signedIn('owner', (await make.staff('owner', null)).id, DESKTOP);
  const approver = await signedIn('approver', (await make.staff('approver')).id, DESKTOP);

  // A template of its own: a fault is said and saving waits; mended, it is a version, and the certificates of the province use it.
  await owner.goto(`${run.url}/quan-ly/mau-chung-nhan`);
  await steps.look(owner, 'templates');
  await press(owner, 'Làm mẫu mới từ mẫu này');
  await owner.getByLabel('Tên mẫu').fill('Mẫu của tỉnh');
  await press(owner, 'Tạo mẫu');
  await owner.getByRole('img', { name: 'Xem trước giấy chứng nhận' }).waitFor();
  await owner.getByText('Mẫu in được').waitFor();
  await owner.getByText('Tên rất dài').click();
  await owner.getByText('Mẫu in được').waitFor();
  await steps.look(owner, 'template');
  await owner.getByLabel('Từ trái').first().fill('200');
  await owner.getByText('nằm ngoài khổ giấy').waitFor();
  await owner.getByLabel('Đã đổi gì?').fill('Dời tên');
  expect(await owner.getByRole('button', { name: 'Lưu phiên bản 2' }).isDisabled()).toBe(true);
  await owner.getByLabel('Từ trái').first().fill('32');
  await owner.getByText('Mẫu in được').waitFor();
  await press(owner, 'Lưu phiên bản 2');
  await owner.getByLabel('Phiên bản').first().waitFor();
  await owner.getByRole('button', { name: 'Lưu phiên bản 3' }).waitFor();

  // Revoking: asked for by one, with the number typed again; agreed to by another from the queue.
  await owner.goto(`${run.url}/quan-ly/so-cap/${first.id}`);
  await steps.look(owner, 'entry');
  await press(owner, 'Thu hồi');
  const ask = owner.getByRole('dialog');
  await ask.getByRole('radio', { name: 'cấp sai' }).check();
  await ask.getByLabel('Nói rõ sự việc').fill('Cấp nhầm người cùng tên');
  await ask.getByLabel('Số quyết định').fill('9/QĐ-BTV');
  await ask.getByLabel(/^Gõ lại số/).fill('0000');
  expect(await ask.getByRole('button', { name: 'Gửi cho người thứ hai' }).isDisabled()).toBe(true);
  await ask.getByLabel(/^Gõ lại số/).fill(first.registerNo);
  await steps.look(owner, 'revoking');
  await ask.getByRole('button', { name: 'Gửi cho người thứ hai' }).click();
  await owner.getByText(`Chờ thu hồi ${first.registerNo}`).waitFor();
  expect(await owner.getByRole('button', { name: 'Đồng ý thu hồi' }).count()).toBe(0);
  await approver.goto(`${run.url}/quan-ly/duyet?hang=sua-so`);
  await approver.getByText('Sửa sổ (1)').waitFor();
  await steps.look(approver, 'a change that waits');
  await press(approver, 'Đồng ý thu hồi');
  await approver.getByText('Sửa sổ (0)').waitFor();

  // The book: state, receipt, search, and a chain that holds.
  await owner.goto(`${run.url}/quan-ly/so-cap`);
  await owner.getByText('Đã thu hồi').first().waitFor();
  await press(owner, 'Kiểm tra toàn vẹn sổ');
  await owner.getByText('Sổ nguyên vẹn: 3 dòng').waitFor();
  await steps.look(owner, 'the book');
  await owner.goto(`${run.url}/quan-ly/so-cap/${second.id}`);
  await press(owner, 'Ghi người nhận');
  await press(owner, 'Ghi vào sổ');
  await owner.getByRole('dialog').waitFor({ state: 'detached' });
  await owner.getByText('chưa ghi').waitFor({ state: 'detached' });

  // On a phone: the holder of the revoked one reads why; a stranger sees the class of the reason only, and reports a suspected forgery.
  const holder = await signedIn('holder', first.personId, PHONE);
  await holder.goto(`${run.url}/hoc/chung-nhan`);
  await holder.getByText('Cấp nhầm người cùng tên').waitFor();
  await holder.getByText('Bản điện tử').click();
  await holder.getByRole('link', { name: 'Tải tệp có chữ ký số' }).waitFor();
  await steps.look(holder, 'wallet, revoked');
  const stranger = await steps.window('stranger', PHONE);
  await stranger.goto(`${run.url}/v/${first.token}`);
  await stranger.getByRole('heading', { name: 'Đã thu hồi' }).waitFor();
  expect(await stranger.locator('main').innerText()).not.toContain('cùng tên');
  await stranger.getByRole('link', { name: 'Báo giấy nghi giả' }).click();
  await stranger.getByLabel('Số vào sổ').fill(second.registerNo);
  await stranger.getByLabel('Vì sao nghi là giả?').fill('Dấu khác mọi khi');
  await steps.look(stranger, 'reporting a forgery');
  await press(stranger, 'Gửi');
  await stranger.getByText('Đã nhận. Văn phòng giữ sổ sẽ xem.').waitFor();
  await owner.goto(`${run.url}/quan-ly/nghi-gia`);
  await owner.getByText('Dấu khác mọi khi').waitFor();
  await steps.look(owner, 'forgeries');
  await owner.getByLabel('Đã xem và thấy gì?').fill('Giấy thật, mực mờ');
  await press(owner, 'Ghi kết quả');
  await owner.getByText('Giấy thật, mực mờ').waitFor();

  // What lapses, on a phone: nobody yet in thirty days; whom to call in a hundred and twenty is empty as well, because these hold two years.
  const small = await signedIn('registrar phone', (await make.staff('registrar')).id, PHONE);
  await small.goto(`${run.url}/quan-ly/gia-han?ngay=30`);
  await small.getByText('Không có giấy nào hết hạn trong 30 ngày tới.').waitFor();
  await steps.look(small, 'renewals on a phone');
  await small.goto(`${run.url}/quan-ly/so-cap`);
  await small.locator('.only-small').getByText(second.registerNo).first().waitFor();
  await steps.look(small, 'the book on a phone');
  expect(steps.noticed).toEqual([]);
});
