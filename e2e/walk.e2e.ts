import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { DESKTOP, faults, launch, open, PHONE, type Running } from './harness.ts';

const ROSTERS = path.resolve(__dirname, '../content/rosters');
const PIN = '482913';
jest.setTimeout(400_000);

let run: Running;
const pages: { name: string; page: Page; errors: string[] }[] = [];
const seen: string[] = [];
const looked = new Set<string>();

/** Looks at a page, once: nothing serious for axe, nothing that scrolls sideways. */
async function look(page: Page, name: string): Promise<void> {
  if (looked.has(name)) return;
  looked.add(name);
  await page.waitForLoadState('networkidle');
  for (const f of await faults(page)) seen.push(`${name}: ${f}`);
}
async function window(name: string, viewport: { width: number; height: number }): Promise<Page> {
  const { page, errors } = await open(run.browser, viewport);
  pages.push({ name, page, errors });
  return page;
}
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

/** First entry with a slip: number, code, "it is me", consent, PIN or password. */
async function enterWithSlip(page: Page, login: string, code: string, secret: string): Promise<void> {
  await page.goto(`${run.url}/vao`);
  await page.getByLabel('Số điện thoại').fill(login);
  await press(page, 'Tiếp tục');
  await press(page, 'Tôi có phiếu kích hoạt');
  await page.getByLabel('Mã kích hoạt').fill(code);
  await press(page, 'Tiếp tục');
  await press(page, 'Đúng là tôi');
  await press(page, 'Tôi đồng ý');
  await page.getByLabel(/Mã PIN 6 số|Mật khẩu/).fill(secret);
  await press(page, 'Tiếp tục');
  await page.waitForURL(/\/hoc|\/quan-ly/);
}

/** A test on the phone: answers the first `right` questions right and says "I don't know yet" to the others. */
async function takeTest(page: Page, right: number): Promise<void> {
  await page.goto(`${run.url}/hoc`);
  await page.getByRole('link', { name: 'Vào bài kiểm tra' }).first().click();
  const keys = new Map((await run.sql<{ stem: string; text: string }>(`select stem, o ->> 'text' as text from question_version, jsonb_array_elements(options) o where (o ->> 'right')::bool`)).map((r) => [r.stem, r.text]));
  for (let i = 0; i < 20; i++) {
    await page.getByText(`Câu ${i + 1}/20`).waitFor();
    const stem = (await page.locator('legend').innerText()).trim();
    await page.locator('label.option', { hasText: i < right ? (keys.get(stem) as string) : 'Tôi chưa biết' }).first().click();
    await press(page, 'Trả lời');
  }
  await press(page, 'Nộp bài');
  await page.getByText(/Đã ghi nhận bài làm/).waitFor();
}

async function importRoster(page: Page, file: string, n: number): Promise<void> {
  await page.getByRole('link', { name: /Nhập danh sách học viên/ }).click();
  await page.locator('input[type=file]').setInputFiles(path.join(ROSTERS, file));
  await page.getByRole('button', { name: new RegExp(`Tất cả ${n}`) }).click();
  for (;;) {
    const waiting = page.getByRole('button', { name: /Không, thêm mới|Giữ cả hai|là đúng/ }).first();
    if (!(await waiting.isVisible())) break;
    await waiting.click();
    await page.waitForLoadState('networkidle');
  }
  if (n < 100) await look(page, 'roster review');
  await press(page, new RegExp(`Thêm ${n} người vào lớp`));
  await page.getByRole('dialog').getByRole('button', { name: new RegExp(`Thêm ${n} người`) }).click();
  await page.getByText(`Đã thêm ${n} người vào lớp`).waitFor();
  await page.getByRole('link', { name: 'Về lớp' }).click();
}

/** All half-days: everybody present, closed. */
async function attend(page: Page, days: string[]): Promise<void> {
  for (const label of days) {
    await page.getByRole('link', { name: new RegExp(label) }).click();
    await press(page, /Đánh dấu \d+ người có mặt/);
    await page.getByText('Chưa 0').waitFor();
    await press(page, /Chốt điểm danh/);
    await page.getByText('Trong lớp').waitFor();
  }
}

async function openClass(page: Page, o: { tier: RegExp; day: string; days: number; unit: string; guest?: string }): Promise<void> {
  await page.getByRole('link', { name: 'Mở lớp mới' }).first().click();
  await page.getByRole('radio', { name: o.tier }).check();
  await look(page, 'wizard');
  await press(page, 'Tiếp tục');
  await page.getByLabel('Ngày đầu').fill(o.day);
  await page.getByLabel('Số ngày').fill(String(o.days));
  await press(page, 'Tiếp tục');
  await page.getByLabel('Xã, huyện hoặc tỉnh mở lớp').fill(o.unit);
  await page.getByRole('option').first().click();
  await page.getByLabel('Địa điểm').fill('Hội trường');
  await press(page, 'Tiếp tục');
  if (o.guest) {
    await page.getByLabel('Giảng viên mời: họ và tên').fill(o.guest);
    await page.getByLabel('Giảng viên mời: cơ quan').fill('Hội LHPN Việt Nam');
    await press(page, 'Thêm giảng viên mời');
  }
  await press(page, 'Tiếp tục');
  await press(page, 'Tiếp tục');
  await press(page, 'Lưu lớp');
  await page.getByText('Trước lớp').waitFor();
  await press(page, 'Gửi duyệt');
  await page.getByText('Chờ duyệt').first().waitFor();
}

async function decide(page: Page, classPath: string, act: 'Duyệt' | 'Duyệt báo cáo'): Promise<void> {
  await page.goto(run.url + classPath);
  await page.getByRole('button', { name: act, exact: true }).click();
  await page.getByRole('button', { name: act, exact: true }).waitFor({ state: 'detached' });
}

async function report(page: Page): Promise<void> {
  await page.getByRole('link', { name: /Nộp báo cáo lớp/ }).click();
  await page.getByLabel('Điều gì tốt?').fill('Lớp sôi nổi.');
  await look(page, 'report');
  await press(page, 'Nộp báo cáo');
  await page.getByText('Lớp sôi nổi.').first().waitFor();
}

const codeOf = async (scope: Locator | Page): Promise<string> => (await scope.locator('code').first().innerText()).trim();

beforeAll(async () => { run = await launch(); });
afterAll(async () => { await run?.close(); });

test('from an empty installation to a certificate that a stranger verifies, and a dashboard that counts like SQL', async () => {
  // The owner opens the link once.
  const owner = await window('owner', DESKTOP);
  await owner.goto(run.ownerLink);
  await look(owner, 'owner link');
  await owner.getByLabel('Họ và tên').fill('Trần Thị Chủ');
  await owner.getByLabel('Số điện thoại').fill('0905123456');
  await owner.getByLabel('Mật khẩu').fill('cà phê chồn 3 ly');
  await press(owner, 'Mở hệ thống');
  await owner.waitForURL(/quan-ly/);

  // Units as of 2022 and as of today.
  await owner.getByRole('link', { name: 'Đơn vị' }).first().click();
  await owner.getByText('1 tỉnh · 0 huyện · 96 xã, phường').waitFor();
  await press(owner, '31/12/2022');
  await owner.getByText('1 tỉnh · 10 huyện · 102 xã, phường').waitFor();
  await look(owner, 'units');

  // A second person, because nobody approves their own.
  await owner.getByRole('link', { name: 'Người học' }).first().click();
  await press(owner, 'Thêm người');
  const dialog = owner.getByRole('dialog');
  await dialog.getByLabel('Họ và tên').fill('Lê Thị Duyệt');
  await dialog.getByLabel('Số điện thoại').fill('0905654321');
  await dialog.getByLabel('Đơn vị').fill('quang ngai');
  await owner.getByRole('option').first().click();
  await dialog.getByLabel('Chức vụ').fill('Phó Chủ tịch Hội LHPN');
  await press(owner, 'Thêm người này');
  await owner.getByRole('heading', { name: 'Lê Thị Duyệt' }).waitFor();
  for (const role of ['Quản trị đơn vị', 'Người phê duyệt']) {
    await owner.getByRole('combobox', { name: 'Giao vai trò' }).or(owner.getByLabel('Giao vai trò')).first().click();
    await owner.getByRole('option', { name: role }).click();
    await owner.getByLabel('Ở đơn vị').fill('quang ngai');
    await owner.getByRole('option', { name: /Tỉnh Quảng Ngãi/ }).click();
    await press(owner, 'Giao vai trò này');
    await owner.locator('.person', { hasText: role }).first().waitFor();
  }
  await press(owner, 'Cấp phiếu mới');
  const approver = await window('approver', DESKTOP);
  await enterWithSlip(approver, '0905654321', await codeOf(owner), 'rừng thông măng đen');

  // The province class with its roster of 150, attendance and tests.
  await owner.goto(`${run.url}/quan-ly/lop`);
  await look(owner, 'classes, empty');
  await openClass(owner, { tier: /Tầng Tỉnh/, day: '2022-11-08', days: 1, unit: 'tinh kon tum', guest: 'Giảng viên mời' });
  const provincePath = new URL(owner.url()).pathname;
  await decide(approver, provincePath, 'Duyệt');
  await owner.goto(run.url + provincePath);
  await importRoster(owner, '2022-11-lop-tinh-150.xlsx', 150);
  await look(owner, 'hub');
  await attend(owner, ['Điểm danh sáng 08/11', 'Điểm danh chiều 08/11']);

  // Three learners come with slips and take both tests on a phone.
  const learners: { id: string; page: Page }[] = [];
  for (const person of await uniquelyNamed(provincePath, 3)) learners.push({ id: person.id, page: await admit(owner, provincePath, person) });
  const phones = learners.map((l) => l.page);
  await bothTests(owner, provincePath, phones, 150);
  await look(phones[0] as Page, 'result of the post-test');
  await (phones[0] as Page).getByText(/đúng 18\/20/).waitFor();

  // Report, approval, certificates by two people.
  await owner.goto(run.url + provincePath);
  await report(owner);
  await decide(approver, provincePath, 'Duyệt báo cáo');
  await award(owner, approver, { decision: '31/QĐ-BTV', issuedOn: '2022-11-12', n: 3 });

  // One of them, now a trainer, opens a district class and imports its roster.
  const trainer = phones[0] as Page;
  await trainer.setViewportSize(DESKTOP);
  await trainer.goto(`${run.url}/quan-ly/lop`);
  await trainer.getByText('Chưa có lớp nào').waitFor();
  await openClass(trainer, { tier: /Tầng Huyện/, day: '2022-11-15', days: 1, unit: 'huyen dak glei' });
  const districtPath = new URL(trainer.url()).pathname;
  await decide(owner, districtPath, 'Duyệt');
  await trainer.goto(run.url + districtPath);
  await importRoster(trainer, '2022-11-lop-02-huyen-dak-glei-71.xlsx', 71);
  await attend(trainer, ['Điểm danh sáng 15/11', 'Điểm danh chiều 15/11']);

  // A commune member takes the tests and gets a certificate.
  const [member] = (await uniquelyNamed(districtPath, 1)) as [{ id: string; name: string; code: string }];
  const memberPhone = await admit(trainer, districtPath, member);
  await bothTests(trainer, districtPath, [memberPhone], 71);
  await trainer.goto(run.url + districtPath);
  await report(trainer);
  await decide(owner, districtPath, 'Duyệt báo cáo');
  await award(owner, approver, { decision: '41/QĐ-BTV', issuedOn: '2022-11-20', n: 1 });
  await memberPhone.goto(`${run.url}/hoc/chung-nhan`);
  await memberPhone.getByRole('definition').filter({ hasText: '0001/2022/GCN-PN' }).waitFor();
  await look(memberPhone, 'wallet');
  await press(memberPhone, 'Cho xem mã');
  await memberPhone.getByRole('img', { name: /Mã QR/ }).waitFor();

  // A stranger opens the address of the QR code and sees who trained whom.
  const [entry] = await run.sql<{ token: string }>("select token from register_entry where register_no = '0001/2022/GCN-PN'");
  const stranger = await window('stranger', PHONE);
  await stranger.goto(`${run.url}/v/${entry?.token}`);
  const text = await stranger.locator('main').innerText();
  for (const part of [member.name, '0001/2022/GCN-PN', 'Huyện Đắk Glei', '/2022/GCN-GV', 'còn hiệu lực ngày mở lớp', 'Tỉnh Kon Tum', 'Giảng viên mời']) expect(text).toContain(part);
  await look(stranger, 'verification');

  // The dashboard shows all three tiers, and its numbers are those of a count.
  await owner.goto(`${run.url}/quan-ly/toan-canh?ngay=2022-12-31`);
  const counted = await run.sql<{ name: string; passed: number; post: string; n: number }>(
    `select t.name, count(distinct e.person_id) filter (where e.outcome = 'passed')::int as passed, count(a.id)::int as n, round(100 * avg(a.anchor_right::numeric / a.anchor_total), 1)::text as post
      from tier t left join training_class c on c.tier_id = t.id and c.ends_on <= '2022-12-31' left join enrolment e on e.class_id = c.id left join attempt a on a.sitting_id = c.post_sitting_id and a.person_id = e.person_id and a.counts group by t.position, t.name order by t.position`);
  expect(counted.map((c) => [c.name, c.passed])).toEqual([['Tỉnh', 3], ['Huyện', 1], ['Xã, thôn', 0]]);
  const ladder = owner.locator('svg.ladder');
  await ladder.waitFor();
  const rows = await ladder.getByRole('button').evaluateAll((all) => all.map((g) => g.textContent ?? ''));
  expect(rows).toHaveLength(3);
  counted.forEach((c, i) => {
    expect(rows[i]).toContain(`Tầng ${i + 1} · ${c.name}`);
    expect(rows[i]).toContain(`${c.passed}/${['150', '600', '1.020'][i]}`);
    expect(rows[i]).toContain(`${c.n} sau`);
  });
  await owner.getByText(/Đã tập huấn 4\/1\.770/).waitFor();
  await look(owner, 'overview');
  await owner.goto(`${run.url}/quan-ly/so-cap`);
  await press(owner, 'Kiểm tra toàn vẹn sổ');
  await owner.getByText('Sổ nguyên vẹn: 4 dòng').waitFor();
  await look(owner, 'register');

  expect(pages.flatMap((p) => p.errors.map((e) => `${p.name}: ${e}`))).toEqual([]);
  expect(seen).toEqual([]);
});

/** People of a class whose name nobody else of it carries, alone or as a part. */
async function uniquelyNamed(classPath: string, n: number): Promise<{ id: string; name: string; code: string }[]> {
  const classId = classPath.split('/').at(-1);
  return run.sql(`select p.id, p.name, p.code from enrolment e join person p on p.id = e.person_id where e.class_id = $1
    and not exists (select 1 from enrolment o where o.class_id = e.class_id and o.id <> e.id and o.name like '%' || e.name || '%') order by e.sort_key limit $2`, [classId, n]);
}

/** A new slip from the class page, and the person's first entry with it on a phone. */
async function admit(staff: Page, classPath: string, person: { name: string; code: string }): Promise<Page> {
  await staff.goto(run.url + classPath);
  await press(staff, /Phiếu kích hoạt/);
  const dialog = staff.getByRole('dialog');
  await dialog.locator('.person', { hasText: person.name }).getByRole('button', { name: 'Cấp phiếu mới' }).click();
  const phone = await window(person.name, PHONE);
  await enterWithSlip(phone, person.code, (await dialog.locator('code').innerText()).trim(), PIN);
  await look(phone, 'today');
  return phone;
}

/** The pre-test shows nothing of itself; the post-test follows it. */
async function bothTests(staff: Page, classPath: string, phones: Page[], seats: number): Promise<void> {
  await staff.goto(run.url + classPath);
  await press(staff, 'Mở bài');
  await staff.getByText(`Đã nộp 0 trên ${seats}`).waitFor();
  for (const phone of phones) {
    await takeTest(phone, 8);
    await look(phone, 'result of the pre-test');
    expect(await phone.getByText(/đúng \d+\/20/).count()).toBe(0);
  }
  await staff.reload();
  await staff.getByText(`Đã nộp ${phones.length} trên ${seats}`).waitFor();
  await press(staff, 'Đóng bài');
  await staff.getByRole('button', { name: 'Mở bài' }).nth(1).click();
  await staff.getByText(`Đã nộp 0 trên ${seats}`).waitFor();
  for (const phone of phones) await takeTest(phone, 18);
}

/** One person prepares, the other approves. */
async function award(first: Page, second: Page, o: { decision: string; issuedOn: string; n: number }): Promise<void> {
  await first.goto(`${run.url}/quan-ly/cap`);
  await press(first, 'Lập đợt cấp');
  const batch = first.getByRole('dialog');
  await batch.getByLabel('Số quyết định').fill(o.decision);
  await batch.getByLabel('Ngày cấp').fill(o.issuedOn);
  await batch.getByLabel(/^Người ký/).fill('Nguyễn Thị Ký');
  await batch.getByRole('button', { name: 'Lập đợt cấp' }).click();
  await first.getByText('Cần người thứ hai phê duyệt.').waitFor();
  await look(first, 'batches');
  await second.goto(`${run.url}/quan-ly/cap`);
  await press(second, `Phê duyệt cấp ${o.n} giấy`);
  await second.getByRole('button', { name: /Phê duyệt cấp/ }).waitFor({ state: 'detached' });
}
