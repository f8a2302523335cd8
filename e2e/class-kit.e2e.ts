import type { BrowserContext, Page } from 'playwright-core';
import { gate, type Gate } from './gate.ts';
import { hold, type Held } from './hall-class.ts';
import { hostileHost } from './hostile-host.ts';
import { DESKTOP, launch, open, PHONE, type Running } from './harness.ts';
import { press, Steps } from './steps.ts';

jest.setTimeout(120_000);

const PEOPLE = 4;
let run: Running;
let steps: Steps;
let trainer: Page;
let machine: BrowserContext;
let held: Held;
let link: Gate;
beforeAll(async () => {
  run = await launch();
  link = await gate(run.url);
  steps = new Steps(run);
  trainer = await steps.enterAsOwner();
  machine = trainer.context();
  held = await hold(run, trainer, PEOPLE);
  const [room] = await run.sql<{ id: string }>('select id from room where class_id = $1', [held.classId]);
  await trainer.request.post(`${run.url}/api/rooms/${room?.id}/moves`, { data: { act: 'start' } });
});
afterAll(async () => {
  await run?.close();
  await link?.close();
});

const classPage = () => `${link.url}/quan-ly/lop/${held.classId}`;
const statuses = async () => (await run.sql<{ name: string; status: string }>("select e.name, m.status from enrolment e left join lateral (select status from attendance_mark where enrolment_id = e.id order by at desc, received_at desc limit 1) m on true where e.class_id = $1 order by e.name", [held.classId])).map((r) => `${r.name}: ${r.status}`);

const cut = async () => { link.cut(); await machine.setOffline(true); };
const mend = async () => { link.mend(); await machine.setOffline(false); };
/** A new tab without network, as after the machine was off. */
async function away(path: string): Promise<Page> {
  await cut();
  const page = await machine.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(path);
  return page;
}

test('a class is prepared on the trainer’s own machine: pages, lists, half-days, tests and sheets, with how far it is', async () => {
  await trainer.goto(classPage());
  await press(trainer, 'Chuẩn bị lớp trên máy này');
  await trainer.getByText(new RegExp(`Đã chuẩn bị lúc .*: ${PEOPLE} người, 1 buổi, 4 bản in`)).waitFor({ timeout: 60_000 });
  await steps.look(trainer, 'a class that is prepared');
  await trainer.close();
  expect(steps.noticed).toEqual([]);
});

test('opened cold without network it is held: marks, somebody new, paper sheets, closing; all of it arrives once', async () => {
  const page = await away(classPage());
  const threw: string[] = [];
  page.on('pageerror', (e) => threw.push(e.message));
  await page.getByRole('heading', { name: 'Lớp đông người' }).waitFor();
  await page.getByText(/Đây là bản lưu lúc/).first().waitFor();
  // The sheet to sign is there, too.
  const sheet = await page.getByRole('link', { name: /ký tên/i }).first().getAttribute('href');
  expect(await page.evaluate(async (address) => (await (await caches.open('lantoa-giay')).match(address as string))?.headers.get('content-type'), sheet)).toBe('application/pdf');

  await page.getByRole('link', { name: /Điểm danh/ }).first().click();
  await press(page, 'Thêm người đến ngoài danh sách');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Họ và tên').fill('Y Mới Đến');
  await dialog.getByLabel('Đơn vị').fill('xa');
  await page.getByRole('option').first().click();
  await press(page, 'Thêm vào lớp');
  await dialog.getByText(/Đã lưu Y Mới Đến trên máy này/).waitFor();
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  const row = (name: string) => page.getByRole('group', { name });
  await row('Y Mới Đến').getByRole('button', { name: 'Có', exact: true }).click();
  await row(held.enrolments[0]?.name as string).getByRole('button', { name: 'Trễ' }).click();
  await page.getByText('Có mặt 2 · Vắng 0 · Chưa 3').waitFor();

  // The machine goes off before anything was sent.
  await page.close();
  const again = await away(classPage());
  again.on('pageerror', (e) => threw.push(e.message));
  await again.getByRole('link', { name: /Điểm danh/ }).first().click();
  await again.getByText('Có mặt 2 · Vắng 0 · Chưa 3').waitFor();
  await press(again, /Chốt, 3 người còn lại là vắng/);
  await again.getByRole('heading', { name: 'Lớp đông người' }).waitFor();

  await again.goto(`${classPage()}/thi/pre/phieu`);
  await again.getByText(/A–D: tự sang câu sau/).waitFor();
  await again.locator('.paper-grid input').first().fill('A');
  await press(again, 'Nộp 1 phiếu');
  await again.getByText('Đã lưu 1 phiếu trên máy này').waitFor();
  await again.getByRole('link', { name: /việc chờ gửi/ }).waitFor();
  expect(await again.locator('.paper-grid tbody tr').count()).toBe(PEOPLE - 1);
  await again.close();
  expect(threw).toEqual([]);
  expect(await statuses()).not.toContain('Y Mới Đến: present');

  await mend();
  const back = await machine.newPage();
  await back.goto(classPage());
  for (let i = 0; i < 100 && !(await statuses()).includes('Y Mới Đến: present'); i++) await back.waitForTimeout(200);
  for (let i = 0; i < 50 && (await run.sql("select 1 from attempt where channel = 'paper'")).length === 0; i++) await back.waitForTimeout(200);
  const [late, ...rest] = held.enrolments.map((e) => e.name);
  expect(await statuses()).toEqual([`${late}: late`, ...rest.map((n) => `${n}: absent`), 'Y Mới Đến: present'].sort());
  expect(await run.sql("select id from attempt where channel = 'paper'")).toHaveLength(1);
  expect((await run.sql<{ closed: boolean }>('select closed_at is not null as closed from class_session where class_id = $1', [held.classId]))[0]?.closed).toBe(true);
});

test('a phone whose hall has lost its network shows the whole sheet as a picture, until the server has it', async () => {
  const who = held.enrolments[1] as Held['enrolments'][0];
  const { context, page } = await open(run.browser, PHONE);
  await page.goto(`${run.url}/t/${held.code}`);
  await page.getByRole('button', { name: who.name }).click();
  await page.getByLabel('3 số cuối').fill(who.phone.slice(-3));
  await press(page, 'Vào bài');
  await page.getByText('Câu 1/20').waitFor();
  // What draws the picture comes within seconds, while there is network.
  const writer = async () => page.evaluate(() => performance.getEntriesByType('resource').some((e) => /\/browser-\w/.test(e.name)));
  for (let i = 0; i < 250 && !(await writer()); i++) await page.waitForTimeout(100);
  await context.setOffline(true);
  for (let i = 0; i < 20; i++) {
    await page.getByText(`Câu ${i + 1}/20`).waitFor();
    await page.locator('label.option', { hasText: 'Tôi chưa biết' }).click();
    await press(page, 'Trả lời');
  }
  await press(page, 'Nộp bài');
  const picture = page.getByRole('img');
  await picture.waitFor();
  const box = (await picture.boundingBox()) as { y: number; height: number };
  expect(box.y + box.height).toBeLessThan(PHONE.height);
  await context.setOffline(false);
  await page.getByText('Đã ghi nhận bài làm').waitFor();
  await context.close();
});

test('a prepared class outlives a new release: its pages are kept anew, and it opens without network', async () => {
  await mend();
  const host = await hostileHost(run.url);
  const at = `${host.url}/quan-ly/lop/${held.classId}`;
  const page = await machine.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(at);
  await press(page, 'Chuẩn bị lớp trên máy này');
  await page.getByText(/Đã chuẩn bị lúc/).waitFor({ timeout: 60_000 });
  const keptAs = () => page.evaluate(async () => (await (await caches.open('lantoa-lop')).keys()).map((r) => new URL(r.url)).filter((u) => u.pathname === '/quan-ly').map((u) => u.searchParams.get('__WB_REVISION__')));
  expect(await keptAs()).toEqual([expect.stringMatching(/^1-/)]);
  host.newVersion();
  await page.evaluate(async () => {
    const r = await navigator.serviceWorker.ready;
    await r.update();
    const next = r.installing ?? r.waiting;
    if (next?.state === 'installing') await new Promise((done) => next.addEventListener('statechange', done, { once: true }));
    next?.postMessage('take-over');
  });
  for (let i = 0; i < 100 && !(await keptAs()).every((release) => release?.startsWith('2-')); i++) await page.waitForTimeout(100);
  expect(await keptAs()).toEqual([expect.stringMatching(/^2-/)]);
  await machine.setOffline(true);
  await page.goto(at);
  await page.getByRole('heading', { name: 'Lớp đông người' }).waitFor();
  await page.getByText(/Đây là bản lưu lúc/).first().waitFor();
  await page.close();
  await machine.setOffline(false);
  await host.close();
});

test('who leaves the machine leaves no list of names on it', async () => {
  const page = await machine.newPage();
  await page.setViewportSize(DESKTOP);
  await page.goto(classPage());
  await press(page, 'Thoát');
  await page.waitForURL(/\/vao/);
  expect(await page.evaluate(() => caches.has('lantoa-giay'))).toBe(false);
  await page.close();
  const cold = await away(classPage());
  await cold.waitForTimeout(500);
  expect(await cold.locator('body').innerText()).not.toContain(held.enrolments[0]?.name as string);
});
