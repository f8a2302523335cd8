import type { BrowserContext } from 'playwright-core';
import { launch, open, PHONE, type Running } from './harness.ts';
import { hostileHost } from './hostile-host.ts';
import { kept, press, signIn, Steps } from './steps.ts';

jest.setTimeout(90_000);

const PIN = '482913';
let run: Running;
let steps: Steps;
let code: string;
beforeAll(async () => {
  run = await launch();
  steps = new Steps(run);
  const owner = await steps.enterAsOwner();
  code = await steps.addPerson(owner, { name: 'Y Ngoan (mẫu)', phone: '0905000009', position: 'Hội viên', roles: [] });
  await owner.context().close();
});
afterAll(async () => { await run?.close(); });

let phone: BrowserContext;
test('a phone without network cannot reach the server, neither from the page nor from the worker', async () => {
  const opened = await open(run.browser, PHONE);
  phone = opened.context;
  await steps.enterWithSlip(opened.page, '0905000009', code, PIN);
  await opened.page.getByText('Chào chị Y Ngoan').waitFor();
  await kept(opened.page);
  await opened.page.reload();
  expect(await opened.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await phone.setOffline(true);
  expect(await opened.page.evaluate(() => fetch('/api/session').then(() => 'reached', () => 'away'))).toBe('away');
  await phone.setOffline(false);
  await opened.page.close();
});

test('opened cold without network: who it belongs to, what was last seen, and a lesson that lies on it', async () => {
  const page = await phone.newPage();
  await page.goto(`${run.url}/hoc/bai`);
  const first = page.locator('a.card.link').first();
  const title = (await first.locator('strong').innerText()).replace(/^Bài \d+\. /, '');
  await first.click();
  await press(page, /Tải cả bài về máy/);
  await page.getByText('Bài này có sẵn trên máy').first().waitFor();
  const card = (await page.locator('main').innerText()).split('\n').find((line) => line.length > 40) as string;
  // A whole course: first what it weighs, then lesson by lesson; each can be taken off again.
  await page.goto(`${run.url}/hoc/bai`);
  const course = page.locator('details[open]').first();
  await course.getByRole('button', { name: 'Tải cả khóa về máy' }).click();
  await course.getByRole('button', { name: /Tải về \(\d/ }).click();
  await course.getByText('Cả khóa có sẵn trên máy').waitFor({ timeout: 30_000 });
  await page.goto(`${run.url}/hoc/bo-nho`);
  const stored = page.getByRole('button', { name: 'Xóa khỏi máy' });
  await stored.first().waitFor();
  const lessons = await stored.count();
  await page.locator('.card.link', { hasNotText: title }).getByRole('button', { name: 'Xóa khỏi máy' }).first().click();
  for (let i = 0; i < 50 && (await stored.count()) === lessons; i++) await page.waitForTimeout(100);
  expect(await stored.count()).toBe(lessons - 1);
  await page.goto(`${run.url}/hoc/chung-nhan`);
  await page.getByText(/chưa có giấy/i).waitFor();
  // Which tests are open is never a copy: one that was handed in meanwhile would be offered again.
  const copies = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done, bad) => { const o = indexedDB.open('lantoa-doc'); o.onsuccess = () => done(o.result); o.onerror = () => bad(o.error); });
    return new Promise<string>((done) => { const r = db.transaction('copy').objectStore('copy').getAllKeys(); r.onsuccess = () => done(JSON.stringify(r.result)); });
  });
  expect(copies).toContain('listCourses');
  expect(copies).not.toContain('listOpenSittings');
  await page.close();

  await phone.setOffline(true);
  const cold = await phone.newPage();
  const threw: string[] = [];
  cold.on('pageerror', (e) => threw.push(e.message));
  await cold.goto(`${run.url}/hoc`);
  await cold.getByText('Chào chị Y Ngoan').waitFor();
  await cold.getByText(/Đây là bản lưu lúc/).waitFor();
  await cold.getByRole('link', { name: 'Bài học' }).click();
  await cold.locator('a.card.link', { hasText: title }).first().click();
  await cold.getByText(card).first().waitFor();
  await cold.goto(`${run.url}/hoc/chung-nhan`);
  await cold.getByText(/chưa có giấy/i).waitFor();
  await cold.getByText(/Đây là bản lưu lúc/).waitFor();
  expect(threw).toEqual([]);
  await cold.close();
  await phone.setOffline(false);
});

test('who leaves a shared phone leaves no copy behind', async () => {
  const page = await phone.newPage();
  await page.goto(`${run.url}/hoc/tro-giup`);
  await press(page, 'Thoát');
  await page.waitForURL(/\/vao/);
  const left = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done, bad) => { const o = indexedDB.open('lantoa-doc'); o.onsuccess = () => done(o.result); o.onerror = () => bad(o.error); });
    const count = await new Promise<number>((done) => { const r = db.transaction('copy').objectStore('copy').count(); r.onsuccess = () => done(r.result); });
    return [count, localStorage.getItem('lantoa.session')];
  });
  expect(left[0]).toBe(0);
  expect(left[1] === null || !left[1]?.toString().includes('Y Ngoan')).toBe(true);
  await phone.setOffline(true);
  const cold = await phone.newPage();
  await cold.goto(`${run.url}/hoc`);
  await cold.waitForTimeout(500);
  expect(await cold.locator('body').innerText()).not.toContain('Y Ngoan');
  await phone.close();
});

test('a newer version waits until it is asked for', async () => {
  const publisher = await hostileHost(run.url);
  const { context, page } = await open(run.browser, PHONE);
  await signIn(page, publisher.url, '0905000009', PIN);
  await page.getByText('Chào chị Y Ngoan').waitFor();
  await kept(page);
  await page.reload();
  expect(await page.getByText('Có bản mới').count()).toBe(0);
  publisher.newVersion();
  await page.reload();
  await page.getByText('Có bản mới của Lan Toả').waitFor();
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistration().then((r) => r?.waiting !== null))).toBe(true);
  const again = page.waitForEvent('load');
  await press(page, 'Cập nhật');
  await again;
  await page.getByText('Chào chị Y Ngoan').waitFor();
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistration().then((r) => r?.waiting ?? null))).toBeNull();
  await context.close();
  await publisher.close();
});

test('a file that is missing while the server is away leaves the page as it is; missing while it answers, the page begins anew, once', async () => {
  const { context, page } = await open(run.browser, PHONE);
  await page.goto(`${run.url}/vao`);
  await page.locator('input').first().fill('0905 1');
  const missing = () => page.evaluate(() => dispatchEvent(new Event('vite:preloadError')));
  await context.setOffline(true);
  await missing();
  await page.waitForTimeout(500);
  expect(await page.locator('input').first().inputValue()).toBe('0905 1');
  await context.setOffline(false);
  const anew = page.waitForEvent('load');
  await missing();
  await anew;
  await page.locator('input').first().fill('0905 2');
  await missing();
  await page.waitForTimeout(500);
  expect(await page.locator('input').first().inputValue()).toBe('0905 2');
  await context.close();
});
