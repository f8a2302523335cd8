// Figures of a cheap phone on a bad link: first visit on Slow 3G with a processor six times slower, a start without network, an answer until it is kept, and two hundred operations through 2G.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT, round, setStage, startServer } from './stage.mjs';

/** Chromium's presets, in bytes per second and milliseconds. */
const SLOW_3G = { latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const EDGE_2G = { latency: 800, downloadThroughput: 35_000, uploadThroughput: 32_000 };
const CPU = 6;
const ROUNDS = 3;
const PHONE = { viewport: { width: 360, height: 740 }, locale: 'vi-VN' };
const dist = (file) => import(path.join(ROOT, 'backend/dist', file));
const median = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];

async function slow(page, link) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...link });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU });
  return cdp;
}
/** When the page was first painted and when its first button could be pressed, in ms after the visit began. */
async function visit(page, url) {
  const from = Date.now();
  await page.goto(url, { waitUntil: 'commit', timeout: 60_000 });
  await page.locator('.card .btn').first().waitFor({ timeout: 60_000 });
  const usable = Date.now() - from;
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  return { paint, usable };
}

async function kept(page) {
  for (let i = 0; i < 300; i++) {
    if (await page.evaluate(() => navigator.serviceWorker.getRegistration().then((r) => r?.active?.state === 'activated'))) return;
    await page.waitForTimeout(100);
  }
  throw new Error('the app was not kept');
}

export async function phoneFigures(say) {
  const stage = await setStage(1);
  const server = await startServer(stage.url, stage.home);
  const { launchOptions, unpackBrowser } = await import('../e2e/browser.mjs');
  await unpackBrowser();
  const browser = await chromium.launch(launchOptions());
  try {
    const { SessionsService } = await dist('modules/access/index.js');
    const { token } = await stage.app.get(SessionsService).open({ personId: stage.learners[0].id, secretKind: 'pin' }, { address: 'bench', label: 'bench' });
    const open = async () => {
      const context = await browser.newContext(PHONE);
      await context.addCookies([{ name: 'lantoa_session', value: token, url: server.base }]);
      return { context, page: await context.newPage() };
    };
    const firsts = [];
    for (let i = 0; i < ROUNDS; i++) {
      const { context, page } = await open();
      await slow(page, SLOW_3G);
      firsts.push(await visit(page, `${server.base}/hoc`));
      await context.close();
    }
    const floor = [];
    { const { context, page } = await open(); await slow(page, SLOW_3G); const from = Date.now(); await page.goto(`${server.base}/api/session`, { timeout: 60_000 }); floor.push(Date.now() - from); await context.close(); }
    say({ name: 'first visit, Slow 3G, processor six times slower: first paint', unit: 'ms, median of three', ours: Math.round(median(firsts.map((f) => f.paint))), ceiling: Math.round(floor[0]), ratio: round(median(firsts.map((f) => f.paint)) / floor[0]), goal: 2500, ceilingIs: 'one small answer on the same link' });
    say({ name: 'first visit, Slow 3G, processor six times slower: usable', unit: 'ms, median of three', ours: Math.round(median(firsts.map((f) => f.usable))), ceiling: Math.round(floor[0]), ratio: round(median(firsts.map((f) => f.usable)) / floor[0]), goal: 7000, ceilingIs: 'one small answer on the same link' });

    const { context, page } = await open();
    await visit(page, `${server.base}/hoc`);
    await kept(page);
    const { items } = await (await page.request.get(`${server.base}/api/practice`)).json();
    const practice = items.find((p) => p.kind === 'practice');
    await page.goto(`${server.base}/hoc/on/${practice.formId}`);
    await page.locator('fieldset').waitFor();
    await page.goto(`${server.base}/hoc`);
    await page.locator('.card .btn').first().waitFor();
    await context.setOffline(true);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU });
    const again = [];
    for (let i = 0; i < ROUNDS; i++) again.push((await visit(page, `${server.base}/hoc`)).usable);
    await page.goto(`${server.base}/manifest.webmanifest`);
    const from = Date.now();
    await page.goto(`${server.base}/icon-192.png`);
    const bare = Date.now() - from;
    say({ name: 'start without network, processor six times slower: usable', unit: 'ms, median of three', ours: Math.round(median(again)), ceiling: bare, ratio: round(median(again) / bare), goal: 1500, ceilingIs: 'a picture that lies on the phone' });

    await page.goto(`${server.base}/hoc/on/${practice.formId}`);
    const answers = [];
    for (let i = 0; i < 5; i++) {
      await page.locator('fieldset:not([disabled])').waitFor();
      await page.locator('label.option').last().click();
      answers.push(await page.evaluate(() => new Promise((done) => {
        const at = performance.now();
        const look = () => (document.querySelector('fieldset[disabled]') ? done(performance.now() - at) : requestAnimationFrame(look));
        [...document.querySelectorAll('main button')].find((b) => b.textContent === 'Trả lời').click();
        look();
      })));
      await page.getByRole('button', { name: 'Câu tiếp theo' }).click();
    }
    const write = await page.evaluate(async () => {
      const db = await new Promise((done) => { const o = indexedDB.open('bench', 1); o.onupgradeneeded = () => o.result.createObjectStore('x'); o.onsuccess = () => done(o.result); });
      const at = performance.now();
      await new Promise((done) => { const tx = db.transaction('x', 'readwrite'); tx.oncomplete = done; tx.objectStore('x').put({ a: 1 }, 1); });
      return performance.now() - at;
    });
    say({ name: 'an answer, processor six times slower, until it is kept and shown', unit: 'ms, the slowest of five', ours: Math.round(Math.max(...answers)), ceiling: round(write), ratio: round(Math.max(...answers) / write), goal: 100, ceilingIs: 'one bare write to the storage of the phone' });

    await context.setOffline(false);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await page.goto(`${server.base}/hoc`);
    await page.getByRole('link', { name: 'Đã gửi' }).waitFor({ timeout: 30_000 });
    const version = (await (await page.request.get(`${server.base}/api/practice/${practice.formId}`)).json()).questions.find((x) => x.kind === 'single').questionVersionId;
    const attemptId = randomUUID();
    await page.request.post(`${server.base}/api/attempts`, { data: { id: attemptId, formId: practice.formId } });
    await page.evaluate(async ({ attemptId, version, personId }) => {
      const db = await new Promise((done) => { const o = indexedDB.open(`lantoa-${personId}`); o.onsuccess = () => done(o.result); });
      await new Promise((done) => {
        const tx = db.transaction(['operation', 'fact'], 'readwrite');
        tx.oncomplete = done;
        const last = tx.objectStore('fact').get('seq');
        last.onsuccess = () => {
          for (let i = 1; i <= 200; i++) tx.objectStore('operation').add({ seq: last.result + i, opId: crypto.randomUUID(), endpoint: 'assessment.saveAnswers', input: { params: { attemptId }, body: { answers: [{ id: crypto.randomUUID(), questionVersionId: version, choice: 'unknown', revision: i, answeredAt: new Date().toISOString() }] } }, deviceAt: new Date().toISOString(), about: 'đo', refused: null });
          tx.objectStore('fact').put(last.result + 200, 'seq');
        };
      });
      db.close();
    }, { attemptId, version, personId: stage.learners[0].id });
    const link = await slow(page, EDGE_2G);
    await link.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const sentFrom = Date.now();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    for (let i = 0; i < 600; i++) {
      const { n } = (await stage.app.get((await dist('platform/db/index.js')).Db).rows('select count(*)::int as n from answer where attempt_id = $1', [attemptId]))[0];
      if (n === 200) break;
      await page.waitForTimeout(100);
    }
    await page.getByRole('link', { name: 'Đã gửi' }).waitFor({ timeout: 60_000 });
    const sent = Date.now() - sentFrom;
    say({ name: '200 operations through 2G, until the phone knows', unit: 's', ours: round(sent / 1000), ceiling: round(EDGE_2G.latency / 1000 + 90_000 / EDGE_2G.uploadThroughput), ratio: round(sent / (EDGE_2G.latency + 90_000_000 / EDGE_2G.uploadThroughput)), goal: 30, ceilingIs: 'one round trip and the bytes alone, reckoned' });
  } finally {
    await browser.close();
    await server.stop();
    await stage.close();
  }
}
