import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { strFromU8, unzipSync } from 'fflate';
import { DESKTOP, launch, PHONE, type Running } from './harness.ts';
import { press, Steps } from './steps.ts';

jest.setTimeout(240_000);

const COURSE = 'to-truyen-thong-cong-dong';
const WAV = Buffer.concat([Buffer.from('RIFF\x24\x7d\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x00\x7d\x00\x00', 'latin1'), Buffer.alloc(32_000, 128)]);

let run: Running;
let steps: Steps;
beforeAll(async () => {
  run = await launch();
  steps = new Steps(run);
});
afterAll(async () => { await run?.close(); });

/** The owner enters and gives two people the roles of editor and reviewer. */
async function office(): Promise<{ editor: Page; reviewer: Page }> {
  const owner = await steps.enterAsOwner();
  const people: Page[] = [];
  for (const [name, phone, role] of [['Bùi Thị Biên', '0905000001', 'Người soạn'], ['Đặng Văn Duyệt', '0905000002', 'Người đọc duyệt']] as const) {
    const code = await steps.addPerson(owner, { name, phone, position: 'Cán bộ', roles: [role] });
    const page = await steps.window(name, DESKTOP);
    await steps.enterWithSlip(page, phone, code, 'rừng thông măng đen');
    people.push(page);
  }
  return { editor: people[0] as Page, reviewer: people[1] as Page };
}

test('a course edited in the browser is let through, published, heard, taken on a phone and exported', async () => {
  const { editor, reviewer } = await office();

  // Written in the editor: what must be mended is said, and is mended; it is saved by itself.
  await editor.goto(`${run.url}/quan-ly/khoa/${COURSE}`);
  await press(editor, 'Viết bản mới');
  await editor.getByLabel(/^Nội dung/).fill('chữ '.repeat(70));
  await editor.getByText(/70 từ, nhiều nhất 60/).waitFor();
  await editor.getByLabel(/^Nội dung/).fill('Người trong thôn nói thì **dễ nghe**. Đây là câu mới.');
  await editor.getByText('Tốt, không có chỗ phải sửa').waitFor();
  await expect(editor.locator('.phone strong').first().innerText()).resolves.toBe('dễ nghe');
  await steps.look(editor, 'course editor');
  await editor.reload();
  await editor.getByText(/Đây là câu mới/).first().waitFor();
  await press(editor, 'Gửi duyệt nội dung');
  await editor.getByText('Chờ duyệt').first().waitFor();

  // A voice, from a file; a second person lets both through.
  await editor.getByRole('tab', { name: 'Bản thu tiếng' }).click();
  await editor.getByRole('button', { name: /, Xơ Đăng: chưa có$/ }).first().waitFor();
  await editor.getByRole('button', { name: /, Tiếng Việt: chưa có$/ }).first().click();
  const dialog = editor.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'giong.wav', mimeType: 'audio/wav', buffer: WAV });
  await dialog.getByLabel('Giọng của ai?').fill('Y Đọc (mẫu)');
  await dialog.getByLabel(/đồng ý/).check();
  await press(editor, 'Lưu bản thu');
  await editor.getByRole('button', { name: /, Tiếng Việt: chờ duyệt$/ }).first().waitFor();
  await steps.look(editor, 'recordings');
  await reviewer.goto(`${run.url}/quan-ly/khoa/${COURSE}?phan=ban-thu`);
  await reviewer.getByRole('button', { name: /, Tiếng Việt: chờ duyệt$/ }).first().click();
  await press(reviewer, 'Cho nghe');
  await reviewer.getByText('1/').first().waitFor();
  await reviewer.keyboard.press('Escape');
  await reviewer.getByRole('tab', { name: 'Phiên bản' }).click();
  await reviewer.locator('ins', { hasText: 'Đây là câu mới' }).waitFor();
  await steps.look(reviewer, 'versions');
  await reviewer.getByRole('tab', { name: 'Bản nháp' }).click();
  await press(reviewer, 'Xuất bản phiên bản 2');
  await reviewer.getByText('Phiên bản 2').first().waitFor();

  // A question whose options are pictures.
  await editor.goto(`${run.url}/quan-ly/cau-hoi/khoa/${COURSE}`);
  await press(editor, 'Thêm câu hỏi');
  await editor.getByRole('menuitem', { name: 'Chọn hình' }).click();
  const option = editor.getByRole('group', { name: /1/ });
  await option.locator('input[type=file]').setInputFiles({ name: 'hinh.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><circle cx="2" cy="1.5" r="1"/></svg>') });
  await option.getByLabel(/Hình vẽ gì/).fill('Một vòng tròn');
  await press(editor, 'Lưu');
  await editor.getByText('Còn').first().waitFor();
  await editor.reload();
  await editor.getByRole('img', { name: 'Một vòng tròn' }).waitFor();
  await steps.look(editor, 'picture question');

  // On a phone: read, heard, downloaded; practised with feedback; the kit and the files come out.
  const phone = await steps.window('reviewer on a phone', PHONE);
  await phone.context().addCookies(await reviewer.context().cookies());
  const [lesson] = await run.sql<{ id: string }>(`select l.id from lesson l join course_version v on v.id = l.course_version_id join course c on c.id = v.course_id where c.slug = $1 and v.number = 2 and l.position = 1`, [COURSE]);
  await phone.goto(`${run.url}/hoc/bai`);
  await steps.look(phone, 'lessons');
  await phone.goto(`${run.url}/hoc/bai/${lesson?.id}`);
  await phone.getByText('Đây là câu mới').waitFor();
  await press(phone, 'Nghe');
  await phone.getByRole('button', { name: 'Dừng' }).waitFor();
  await steps.look(phone, 'reader with voice');
  await phone.getByRole('button', { name: /Tải cả bài về máy/ }).click();
  await phone.getByText('Bài này có sẵn trên máy').waitFor();
  await phone.context().setOffline(true);
  await phone.getByRole('button', { name: 'Tiếp tục' }).click();
  await phone.getByText('Thẻ 2/').waitFor();
  await phone.context().setOffline(false);
  for (let i = 0; i < 6; i++) await phone.getByRole('button', { name: 'Tiếp tục' }).click({ timeout: 3000 }).catch(() => {});
  await phone.getByRole('link', { name: /^Ôn \d+ câu/ }).click();
  await practise(phone);

  const download = async (page: Page, name: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).first().click()]);
    return readFileSync(await file.path());
  };
  await reviewer.goto(`${run.url}/quan-ly/khoa/${COURSE}?phan=xuat-nhap`);
  const zip = unzipSync(await download(reviewer, 'Tải khóa học (.zip)'));
  expect(strFromU8(zip['lessons/01-to-truyen-thong-de-lam-gi.md'] as Uint8Array)).toContain('Đây là câu mới.');
  await reviewer.goto(`${run.url}/quan-ly/khoa`);
  await steps.look(reviewer, 'courses');
  expect((await download(reviewer, 'Bộ tài liệu (PDF)')).subarray(0, 5).toString()).toBe('%PDF-');
  await reviewer.goto(`${run.url}/quan-ly/cau-hoi/khoa/${COURSE}`);
  await steps.look(reviewer, 'question bank');
  await reviewer.getByRole('link', { name: /\?$/ }).first().click();
  await reviewer.getByText('Ai chọn phương án nào').waitFor();
  await steps.look(reviewer, 'question');

  // The office on a phone: nothing is wider than the screen.
  for (const [at, name] of [[`/quan-ly/khoa/${COURSE}`, 'course'], [`/quan-ly/khoa/${COURSE}?phan=ban-thu`, 'recordings'], [`/quan-ly/cau-hoi/khoa/${COURSE}`, 'bank'], [new URL(reviewer.url()).pathname, 'question']] as const) {
    await phone.goto(run.url + at);
    await phone.getByRole('heading').first().waitFor();
    await steps.look(phone, `${name} on a phone`);
  }
  const editorPhone = await steps.window('editor on a phone', PHONE);
  await editorPhone.context().addCookies(await editor.context().cookies());
  await editorPhone.goto(`${run.url}/quan-ly/khoa/${COURSE}`);
  await press(editorPhone, 'Viết bản mới');
  await editorPhone.getByLabel(/^Nội dung/).waitFor();
  await steps.look(editorPhone, 'course editor on a phone');

  expect(steps.noticed).toEqual([]);
});

/** A practice set to its end: the first answer is wrong on purpose, is explained, and comes back once. */
async function practise(phone: Page): Promise<void> {
  const keys = new Map((await run.sql<{ stem: string; kind: string; options: { id: string; text: string; right: boolean }[] }>('select stem, kind, options from question_version')).map((r) => [r.stem, r]));
  const stem = async () => (await phone.locator('legend').innerText()).trim();
  const first = await stem();
  await phone.locator('label.option', { hasText: 'Tôi chưa biết' }).click();
  await press(phone, 'Trả lời');
  await phone.getByText('Chưa đúng').waitFor();
  await phone.getByRole('link', { name: 'Xem lại thẻ' }).waitFor();
  await steps.look(phone, 'practice feedback');
  for (;;) {
    await phone.locator('main > button.btn').last().click();
    await phone.locator('button.btn', { hasText: 'Trả lời' }).or(phone.getByText(/Đã ghi nhận bài làm/)).first().waitFor();
    if (await phone.getByText(/Đã ghi nhận bài làm/).isVisible()) return;
    const again = await phone.getByText('Ôn câu sai').isVisible();
    expect([again, again ? await stem() : first]).toEqual([again, first]);
    await steps.answerRight(phone, keys.get(await stem()) as never);
    await press(phone, 'Trả lời');
    await phone.getByText('Đúng rồi').waitFor();
  }
}
