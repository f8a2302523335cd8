import type { Page } from 'playwright-core';
import { DESKTOP, launch, PHONE, type Running } from './harness.ts';
import { press, Steps } from './steps.ts';

jest.setTimeout(400_000);

const PEOPLE = 24;
const ROSTER = '2022-11-lop-10-huyen-ia-h-drai-24.xlsx';
/** The smallest JPEG that a browser shows. */
const PHOTO = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64');

let run: Running;
let steps: Steps;
beforeAll(async () => {
  run = await launch();
  steps = new Steps(run);
});
afterAll(async () => { await run?.close(); });

/** A phone that is not signed in: name, proof, wait, and every question. */
async function sitInRoom(page: Page, code: string, who: { name: string; phone: string | null; birthYear: number }, right: number, shared: boolean): Promise<void> {
  await page.goto(`${run.url}/t/${code}`);
  await page.getByLabel('Tìm tên').fill(who.name);
  await page.getByRole('button', { name: who.name }).first().click();
  await page.getByLabel(who.phone ? '3 số cuối' : 'Năm sinh').fill(who.phone ? who.phone.slice(-3) : String(who.birthYear));
  if (shared) await page.getByLabel(/Máy dùng chung/).check();
  await press(page, 'Vào bài');
  await answerAll(page, right);
}
async function answerAll(page: Page, right: number): Promise<void> {
  const keys = new Map((await run.sql<{ stem: string; kind: string; options: never[] }>('select stem, kind, options from question_version')).map((r) => [r.stem, r]));
  for (let i = 0; i < 20; i++) {
    await page.getByText(`Câu ${i + 1}/20`).waitFor();
    const stem = (await page.locator('legend').innerText()).trim();
    if (i < right) await steps.answerRight(page, keys.get(stem) as never);
    else await page.locator('label.option', { hasText: 'Tôi chưa biết' }).click();
    await press(page, 'Trả lời');
  }
  await press(page, 'Nộp bài');
  await page.getByText('Đã ghi nhận bài làm').waitFor();
}

test('a trainer’s day: plan, list, slips, attendance, a room with own phones, a shared one and paper, the report', async () => {
  const owner = await steps.enterAsOwner();
  const slip = await steps.addPerson(owner, { name: 'Lê Thị Duyệt', phone: '0905654321', position: 'Phó Chủ tịch Hội LHPN', roles: ['Quản trị đơn vị'] });
  const approver = await steps.window('approver', DESKTOP);
  await steps.enterWithSlip(approver, '0905654321', slip, 'rừng thông măng đen');

  // The plan, with the villages that have nobody; approved from the queue by another person.
  await owner.goto(`${run.url}/quan-ly/lop`);
  await owner.getByRole('link', { name: 'Mở lớp mới' }).first().click();
  await owner.getByRole('radio', { name: /Tầng Tỉnh/ }).check();
  await press(owner, 'Tiếp tục');
  await owner.getByLabel('Ngày đầu').fill('2022-11-22');
  await owner.getByLabel('Số ngày').fill('1');
  await owner.getByText('Ngày 22/11/2022 đã qua').waitFor();
  await steps.look(owner, 'wizard: when');
  await press(owner, 'Tiếp tục');
  await owner.getByLabel('Xã, huyện hoặc tỉnh mở lớp').fill('ia h drai');
  await owner.getByRole('option').first().click();
  await owner.getByLabel('Địa điểm').fill('Hội trường UBND');
  await press(owner, 'Tiếp tục');
  await owner.getByLabel('Giảng viên mời: họ và tên').fill('Bác sĩ Mẫu');
  await owner.getByLabel('Giảng viên mời: cơ quan').fill('Trung tâm Y tế');
  await press(owner, 'Thêm giảng viên mời');
  await steps.look(owner, 'wizard: who');
  await press(owner, 'Tiếp tục');
  await press(owner, /Mời cả \d+ nơi chưa có ai/);
  await steps.look(owner, 'wizard: people');
  await owner.getByLabel('Số người dự kiến').fill(String(PEOPLE));
  await press(owner, 'Tiếp tục');
  await steps.look(owner, 'wizard: check');
  await press(owner, 'Lưu lớp');
  await owner.getByText('Trước lớp').waitFor();
  const at = new URL(owner.url()).pathname;
  await press(owner, 'Gửi duyệt');
  await owner.getByText('Chờ duyệt').first().waitFor();
  await approver.goto(`${run.url}/quan-ly/duyet`);
  await approver.getByText('Kế hoạch lớp (1)').waitFor();
  await steps.look(approver, 'approvals');
  await press(approver, 'Trả lại');
  await approver.getByRole('radio', { name: 'Ngày, địa điểm' }).check();
  await approver.getByLabel('Lý do (giảng viên sẽ đọc)').fill('Ghi rõ phòng họp.');
  await approver.getByRole('dialog').getByRole('button', { name: 'Trả lại' }).click();
  await approver.getByText('Không còn việc chờ duyệt').waitFor();
  await owner.reload();
  await owner.getByText('Ngày, địa điểm: Ghi rõ phòng họp.').waitFor();
  await press(owner, 'Gửi duyệt');
  await owner.getByText('Chờ duyệt').first().waitFor();
  await approver.goto(`${run.url}/quan-ly/duyet`);
  await approver.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await approver.getByText('Không còn việc chờ duyệt').waitFor();

  // The list, and the slips as a PDF.
  await owner.goto(run.url + at);
  await steps.importRoster(owner, ROSTER, PEOPLE);
  await steps.look(owner, 'hub with people');
  await press(owner, /Phiếu kích hoạt/);
  const download = owner.waitForEvent('download');
  await press(owner, `Cấp phiếu cho ${PEOPLE} người`);
  expect((await download).suggestedFilename()).toBe('phieu-kich-hoat.pdf');
  await owner.getByRole('dialog').getByRole('button', { name: 'Đóng' }).first().click();

  // Attendance: one tap at a time without network, somebody from outside the list, the photo of the sheet, closing.
  const phone = await steps.window('trainer phone', PHONE);
  await phone.context().addCookies(await owner.context().cookies());
  await phone.goto(run.url + at);
  await phone.getByRole('link', { name: /Điểm danh sáng 22\/11/ }).click();
  await phone.getByText('Chưa 24').waitFor();
  await steps.look(phone, 'attendance on a phone');
  await phone.context().setOffline(true);
  for (const row of [0, 1, 10]) await phone.locator('.person .marks').nth(row).getByRole('button', { name: row === 10 ? 'Vắng' : 'Có', exact: true }).click();
  await phone.getByText('Đã lưu trên máy · 3').waitFor();
  await phone.context().setOffline(false);
  await phone.getByText('Đã gửi').waitFor({ timeout: 20_000 });
  expect(await run.sql('select status from attendance_mark order by at, seq')).toEqual([{ status: 'present' }, { status: 'present' }, { status: 'absent' }]);
  await press(phone, 'Thêm người đến ngoài danh sách');
  await phone.getByLabel('Họ và tên').fill('Y Khách');
  await phone.getByLabel('Đơn vị').fill('ia h drai');
  await phone.getByRole('option').first().click();
  await press(phone, 'Thêm vào lớp');
  await phone.getByText('Đã thêm Y Khách vào lớp').waitFor();
  await phone.getByRole('dialog').getByRole('button', { name: 'Đóng' }).last().click();
  await phone.locator('input[type=file]').setInputFiles({ name: 'bang-ky.jpg', mimeType: 'image/jpeg', buffer: PHOTO });
  await phone.getByRole('link', { name: 'bang-ky.jpg' }).waitFor();
  await press(phone, /Đánh dấu 22 người có mặt/);
  await phone.getByText('Chưa 0').waitFor();
  await press(phone, /Chốt điểm danh/);
  await phone.getByText('Trong lớp').waitFor();
  await phone.getByRole('link', { name: /Điểm danh chiều 22\/11/ }).click();
  await phone.getByText('Mã', { exact: true }).click();
  await phone.getByText('0 trên 25 người có mặt').waitFor();
  await steps.look(phone, 'code for the hall');
  await phone.getByText('Chạm tên').click();
  await press(phone, /Đánh dấu 25 người có mặt/);
  await press(phone, /Chốt điểm danh/);
  await phone.getByText('Trong lớp').waitFor();

  // Both tests: one with an own phone, two on a shared one, one on paper.
  const people = await run.sql<{ name: string; phone: string | null; birthYear: number }>(
    `select p.name, p.phone, p.birth_year as "birthYear" from enrolment e join person p on p.id = e.person_id where e.class_id = $1 and not exists (select 1 from enrolment o where o.class_id = e.class_id and o.id <> e.id and o.name like '%' || e.name || '%') order by e.sort_key limit 4`, [at.split('/').at(-1)]);
  const [own, first, second, paper] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0], (typeof people)[0]];
  for (const kind of ['pre', 'post'] as const) {
    const right = kind === 'pre' ? 8 : 18;
    await phone.goto(`${run.url + at}/thi/${kind}`);
    await press(phone, 'Mở phòng');
    await phone.getByText('Vào 0/25 · Nộp 0').waitFor();
    await steps.look(phone, 'host in the lobby');
    const code = (await phone.locator('aside strong').first().innerText()).replace(/\s/g, '');
    await press(phone, 'Mở bài');
    await phone.getByText('Đang làm').first().waitFor();
    const ownPhone = await steps.window('own phone', PHONE);
    await sitInRoom(ownPhone, code, own, right, false);
    if (kind === 'pre') expect(await ownPhone.getByText(/\d+\/20/).count()).toBe(0);
    const shared = await steps.window('shared phone', PHONE);
    await sitInRoom(shared, code, first, right, true);
    await steps.look(shared, 'handed in on a shared phone');
    await press(shared, 'Đưa máy cho người sau');
    await shared.getByText('Chọn tên của anh/chị').waitFor();
    await sitInRoom(shared, code, second, right, true);
    await owner.goto(`${run.url + at}/thi/${kind}/phieu`);
    const row = owner.locator('tr', { hasText: paper.name });
    await row.locator('input').first().waitFor();
    await steps.look(owner, 'paper grid');
    for (const cell of await row.locator('input:not(.wide)').all()) await cell.pressSequentially('A');
    await press(owner, 'Nộp 1 phiếu');
    await owner.getByText('Đã nhận 1 phiếu').waitFor();
    await phone.getByText('Vào 4/25 · Nộp 4').waitFor();
    await press(phone, 'Đóng bài');
    await phone.getByText('Đã đóng').waitFor();
    if (kind === 'pre') expect(await phone.getByRole('button', { name: /Chiếu từng câu/ }).count()).toBe(0);
    await ownPhone.context().close();
    await shared.context().close();
  }
  expect(await run.sql("select channel, count(*)::int as n from attempt where counts group by 1 order by 1")).toEqual([{ channel: 'own-phone', n: 2 }, { channel: 'paper', n: 2 }, { channel: 'shared-phone', n: 4 }]);

  // After class: the weak questions as a refresher, the report with its PDF, approved from the queue.
  await owner.goto(`${run.url + at}/ket-qua`);
  await press(owner, /Tạo đợt ôn 5 câu này cho lớp/);
  await owner.getByText('Đã có đợt ôn 5 câu cho 25 người').waitFor();
  const pdf = await owner.request.get(`${run.url}/api/classes/${at.split('/').at(-1)}/report.pdf`);
  expect([pdf.status(), (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  await owner.getByText('Đề nghị cấp chứng nhận: 3 trên 25 người').click();
  await owner.getByLabel('Điều gì tốt?').fill('Lớp sôi nổi.');
  await steps.look(owner, 'results and report');
  await press(owner, 'Nộp báo cáo');
  await owner.getByText('Lớp sôi nổi.').first().waitFor();
  await approver.goto(`${run.url}/quan-ly/duyet?hang=bao-cao`);
  await approver.getByText('Báo cáo lớp (1)').waitFor();
  await approver.getByText('Có 1 ảnh, tệp kèm theo').waitFor();
  await steps.look(approver, 'approval of a report');
  await approver.getByRole('button', { name: 'Duyệt báo cáo', exact: true }).click();
  await approver.getByText('Không còn việc chờ duyệt').waitFor();
  await owner.goto(run.url + at);
  await owner.getByText('Hoàn thành').first().waitFor();

  // Setting up, and people who may be one.
  await owner.goto(`${run.url}/quan-ly/chuong-trinh`);
  await owner.getByText('Tầng Tỉnh').waitFor();
  await steps.look(owner, 'programmes');
  await owner.goto(`${run.url}/quan-ly/nguoi/trung`);
  await owner.getByRole('heading', { name: /Nghi trùng/ }).waitFor();
  await steps.look(owner, 'duplicates');
  expect(steps.noticed).toEqual([]);
});
