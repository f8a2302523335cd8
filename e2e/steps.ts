import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { DESKTOP, faults, open, PHONE, type Running } from './harness.ts';

const ROSTERS = path.resolve(__dirname, '../content/rosters');
const PIN = '482913';

interface Option { id: string; text: string; right: boolean; match?: { text: string } }

/** What people do in the walk, as steps on a running program; and what was noticed on the way. */
export class Steps {
  /** Faults that were seen: pages that threw, and what axe or the width of the page said. */
  readonly noticed: string[] = [];
  private readonly looked = new Set<string>();
  constructor(private readonly run: Running) {}

  /** Looks at a page, once: nothing serious for axe, nothing that scrolls sideways. */
  async look(page: Page, name: string): Promise<void> {
    if (this.looked.has(name)) return;
    this.looked.add(name);
    await page.waitForLoadState('networkidle');
    for (const f of await faults(page)) this.noticed.push(`${name}: ${f}`);
  }
  async window(name: string, viewport: { width: number; height: number }): Promise<Page> {
    const { page } = await open(this.run.browser, viewport);
    page.on('pageerror', (e) => this.noticed.push(`${name}: ${e.message}`));
    page.on('console', (m) => { if (/Content Security Policy/i.test(m.text())) this.noticed.push(`${name}: ${m.text().slice(0, 200)}`); });
    // A page of ours asks nobody else for anything.
    page.on('request', (r) => { if (/^https?:/.test(r.url()) && new URL(r.url()).hostname !== '127.0.0.1') this.noticed.push(`${name}: asks ${r.url().slice(0, 120)}`); });
    return page;
  }

  /** The owner's first entry, by the link of the start. */
  async enterAsOwner(): Promise<Page> {
    const owner = await this.window('owner', DESKTOP);
    await owner.goto(this.run.ownerLink);
    await this.look(owner, 'owner link');
    await owner.getByLabel('Họ và tên').fill('Trần Thị Chủ');
    await owner.getByLabel('Số điện thoại').fill('0905123456');
    await owner.getByLabel('Mật khẩu').fill('cà phê chồn 3 ly');
    await press(owner, 'Mở hệ thống');
    await owner.waitForURL(/quan-ly/);
    return owner;
  }

  /** A new person of the province with roles there and a slip, whose code comes back. */
  async addPerson(owner: Page, p: { name: string; phone: string; position: string; roles: string[] }): Promise<string> {
    await owner.getByRole('link', { name: 'Người học' }).first().click();
    await press(owner, 'Thêm người');
    const dialog = owner.getByRole('dialog');
    await dialog.getByLabel('Họ và tên').fill(p.name);
    await dialog.getByLabel('Số điện thoại').fill(p.phone);
    await dialog.getByLabel('Đơn vị').fill('quang ngai');
    await owner.getByRole('option').first().click();
    await dialog.getByLabel('Chức vụ').fill(p.position);
    await press(owner, 'Thêm người này');
    await owner.getByRole('heading', { name: p.name }).waitFor();
    for (const role of p.roles) {
      await owner.getByRole('combobox', { name: 'Giao vai trò' }).or(owner.getByLabel('Giao vai trò')).first().click();
      await owner.getByRole('option', { name: role }).click();
      await owner.getByLabel('Ở đơn vị').fill('quang ngai');
      await owner.getByRole('option', { name: /Tỉnh Quảng Ngãi/ }).click();
      await press(owner, 'Giao vai trò này');
      await owner.locator('.person', { hasText: role }).first().waitFor();
    }
    await press(owner, 'Cấp phiếu mới');
    return codeOf(owner);
  }

  /** First entry with a slip: number, code, "it is me", consent, PIN or password. */
  async enterWithSlip(page: Page, login: string, code: string, secret: string, base = this.run.url): Promise<void> {
    await page.goto(`${base}/vao`);
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
  async takeTest(page: Page, right: number): Promise<void> {
    await page.goto(`${this.run.url}/hoc`);
    await page.getByRole('link', { name: 'Vào bài kiểm tra' }).first().click();
    const keys = new Map((await this.run.sql<{ stem: string; kind: string; options: Option[] }>('select stem, kind, options from question_version')).map((r) => [r.stem, r]));
    for (let i = 0; i < 20; i++) {
      await page.getByText(`Câu ${i + 1}/20`).waitFor();
      const stem = (await page.locator('legend').innerText()).trim();
      if (i < right) await this.answerRight(page, keys.get(stem) as { kind: string; options: Option[] });
      else await page.locator('label.option', { hasText: 'Tôi chưa biết' }).click();
      await press(page, 'Trả lời');
    }
    await press(page, 'Nộp bài');
    await page.getByText(/Đã ghi nhận bài làm/).waitFor();
  }

  /** Answers the question that is shown as its key says, whatever its kind. */
  async answerRight(page: Page, q: { kind: string; options: Option[] }): Promise<void> {
    if (q.kind === 'matching') for (const o of q.options) await page.locator('label.pair', { hasText: o.text }).locator('select').selectOption({ label: o.match?.text ?? '' });
    else if (q.kind === 'ordering') {
      // From the first step on, each is moved up to its place.
      for (const [place, o] of q.options.entries()) {
        const texts = () => page.locator('.steps li > span').allInnerTexts();
        for (let at = (await texts()).indexOf(o.text); at > place; at--) await page.getByRole('button', { name: `Đưa lên: ${o.text}` }).click();
      }
    } else for (const o of q.options.filter((x) => x.right)) await page.locator('label.option').filter({ hasText: o.text }).first().click();
  }

  async importRoster(page: Page, file: string, n: number): Promise<void> {
    await page.getByRole('link', { name: /Nhập danh sách học viên/ }).click();
    await page.locator('input[type=file]').setInputFiles(path.join(ROSTERS, file));
    await page.getByRole('button', { name: new RegExp(`Tất cả ${n}`) }).click();
    for (;;) {
      const waiting = page.getByRole('button', { name: /Không, thêm mới|Giữ cả hai|là đúng/ }).first();
      if (!(await waiting.isVisible())) break;
      await waiting.click();
      await page.waitForLoadState('networkidle');
    }
    if (n < 100) await this.look(page, 'roster review');
    await press(page, new RegExp(`Thêm ${n} người vào lớp`));
    await page.getByRole('dialog').getByRole('button', { name: new RegExp(`Thêm ${n} người`) }).click();
    await page.getByText(`Đã thêm ${n} người vào lớp`).waitFor();
    await page.getByRole('link', { name: 'Về lớp' }).click();
  }

  /** All half-days: everybody present, closed. */
  async attend(page: Page, days: string[]): Promise<void> {
    for (const label of days) {
      await page.getByRole('link', { name: new RegExp(label) }).click();
      await press(page, /Đánh dấu \d+ người có mặt/);
      await page.getByText('Chưa 0').waitFor();
      await press(page, /Chốt điểm danh/);
      await page.getByText('Trong lớp').waitFor();
    }
  }

  async openClass(page: Page, o: { tier: RegExp; day: string; days: number; unit: string; guest?: string }): Promise<void> {
    await page.getByRole('link', { name: 'Mở lớp mới' }).first().click();
    await page.getByRole('radio', { name: o.tier }).check();
    await this.look(page, 'wizard');
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

  async decide(page: Page, classPath: string, act: 'Duyệt' | 'Duyệt báo cáo'): Promise<void> {
    await page.goto(this.run.url + classPath);
    await page.getByRole('button', { name: act, exact: true }).click();
    await page.getByRole('button', { name: act, exact: true }).waitFor({ state: 'detached' });
  }

  async report(page: Page): Promise<void> {
    await page.getByRole('link', { name: /Nộp báo cáo lớp/ }).click();
    await page.getByLabel('Điều gì tốt?').fill('Lớp sôi nổi.');
    await this.look(page, 'report');
    await press(page, 'Nộp báo cáo');
    await page.getByText('Lớp sôi nổi.').first().waitFor();
  }


  /** People of a class whose name nobody else of it carries, alone or as a part. */
  async uniquelyNamed(classPath: string, n: number): Promise<{ id: string; name: string; code: string }[]> {
    const classId = classPath.split('/').at(-1);
    return this.run.sql(`select p.id, p.name, p.code from enrolment e join person p on p.id = e.person_id where e.class_id = $1
      and not exists (select 1 from enrolment o where o.class_id = e.class_id and o.id <> e.id and o.name like '%' || e.name || '%') order by e.sort_key limit $2`, [classId, n]);
  }

  /** A new slip from the class page, and the person's first entry with it on a phone. */
  async admit(staff: Page, classPath: string, person: { name: string; code: string }): Promise<Page> {
    await staff.goto(this.run.url + classPath);
    await press(staff, /Phiếu kích hoạt/);
    const dialog = staff.getByRole('dialog');
    await dialog.locator('.person', { hasText: person.name }).getByRole('button', { name: 'Cấp phiếu mới' }).click();
    const phone = await this.window(person.name, PHONE);
    await this.enterWithSlip(phone, person.code, (await dialog.locator('code').innerText()).trim(), PIN);
    await this.look(phone, 'today');
    return phone;
  }

  /** The pre-test shows nothing of itself; the post-test follows it. */
  async bothTests(staff: Page, classPath: string, phones: Page[], seats: number): Promise<void> {
    await staff.goto(`${this.run.url + classPath}/thi/pre`);
    await press(staff, 'Mở phòng');
    await this.start(staff, seats);
    await this.look(staff, 'host of a room');
    for (const phone of phones) {
      await this.takeTest(phone, 8);
      await this.look(phone, 'result of the pre-test');
      expect(await phone.getByText(/đúng \d+\/20/).count()).toBe(0);
    }
    await staff.getByText(`Vào ${phones.length}/${seats} · Nộp ${phones.length}`).waitFor();
    await press(staff, 'Đóng bài');
    await staff.getByText('Đã đóng').waitFor();
    await staff.goto(`${this.run.url + classPath}/thi/post`);
    await press(staff, 'Mở phòng');
    await this.start(staff, seats);
    for (const phone of phones) await this.takeTest(phone, 18);
  }

  /** The counts stand there before the test is open: it is the phase that says so. */
  private async start(staff: Page, seats: number): Promise<void> {
    await press(staff, 'Mở bài');
    await staff.locator('.tag', { hasText: 'Đang làm' }).first().waitFor();
    await staff.getByText(`Vào 0/${seats} · Nộp 0`).waitFor();
  }

  /** One person prepares, the other approves. */
  async award(first: Page, second: Page, o: { decision: string; issuedOn: string; n: number }): Promise<void> {
    await first.goto(`${this.run.url}/quan-ly/cap`);
    await first.getByRole('checkbox').first().check();
    await press(first, 'Lập đợt cấp cho 1 lớp');
    await first.getByLabel('Số quyết định').fill(o.decision);
    await first.getByLabel('Ngày cấp').fill(o.issuedOn);
    await first.getByLabel(/^Người ký/).fill('Nguyễn Thị Ký');
    await this.look(first, 'batch: who and what');
    await press(first, `Lập đợt cấp ${o.n} giấy`);
    await first.getByText('Cần người thứ hai phê duyệt.').waitFor();
    // The second person finds it in the queue, looks at the papers, and approves.
    await second.goto(`${this.run.url}/quan-ly/duyet?hang=dot-cap`);
    await second.getByRole('link', { name: 'Xem và phê duyệt' }).click();
    await press(second, 'Xem tên dài nhất và ba giấy khác');
    await second.getByRole('img', { name: /^Xem thử giấy của/ }).first().waitFor();
    await this.look(second, 'batch that waits');
    await press(second, `Phê duyệt cấp ${o.n} giấy`);
    await second.getByRole('link', { name: `Mở tệp in ${o.n} giấy` }).waitFor();
    await second.getByText('Đang tạo').waitFor({ state: 'detached', timeout: 60_000 });
    await this.look(second, 'batch');
  }
}

export const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
export const codeOf = async (scope: Locator | Page): Promise<string> => (await scope.locator('code').first().innerText()).trim();

/** Waits until the phone has kept the whole app. */
export async function kept(page: Page): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await page.evaluate(() => navigator.serviceWorker.getRegistration().then((r) => r?.active?.state === 'activated'))) return;
    await page.waitForTimeout(100);
  }
  throw new Error('the app was not kept within twenty seconds');
}

/** Somebody who has a PIN comes in. */
export async function signIn(page: Page, base: string, login: string, pin: string): Promise<void> {
  await page.goto(`${base}/vao`);
  await page.getByLabel('Số điện thoại').fill(login);
  await press(page, 'Tiếp tục');
  await page.getByLabel(/Mã PIN/).fill(pin);
  await press(page, 'Tiếp tục');
  await page.waitForURL(/\/hoc/);
}
