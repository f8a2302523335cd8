import type { BrowserContext, Page } from 'playwright-core';
import { launch, open, PHONE, type Running } from './harness.ts';
import { type HostileHost, hostileHost } from './hostile-host.ts';
import { allSent, answer, type Practice, wholePractice } from './practice.ts';
import { kept, press, signIn, Steps } from './steps.ts';

jest.setTimeout(120_000);

const [NGOAN, BLO] = [{ name: 'Y Ngoan (mẫu)', phone: '0905000009', pin: '482913' }, { name: 'Y Blŏ (mẫu)', phone: '0905000010', pin: '739164' }];
let run: Running;
let host: HostileHost;
beforeAll(async () => {
  run = await launch();
  host = await hostileHost(run.url);
  const steps = new Steps(run);
  const owner = await steps.enterAsOwner();
  for (const who of [NGOAN, BLO]) {
    const code = await steps.addPerson(owner, { ...who, position: 'Hội viên', roles: [] });
    const { context, page } = await open(run.browser, PHONE);
    await steps.enterWithSlip(page, who.phone, code, who.pin);
    await context.close();
  }
  await owner.context().close();
});
afterAll(async () => {
  await host?.close();
  await run?.close();
});

/** A phone with the app, one lesson and its practice on it. */
async function phoneOf(who: typeof NGOAN): Promise<{ context: BrowserContext; page: Page; practice: Practice; lesson: string }> {
  const { context, page } = await open(run.browser, PHONE);
  await signIn(page, host.url, who.phone, who.pin);
  await kept(page);
  await page.goto(`${host.url}/hoc/bai`);
  const first = page.locator('details[open] a.card.link').first();
  const lesson = (await first.getAttribute('href')) as string;
  await first.click();
  await press(page, /Tải cả bài về máy/);
  await page.getByText('Bài này có sẵn trên máy').first().waitFor();
  const { slug, courseSlug } = await (await page.request.get(`${host.url}/api/lessons/${lesson.split('/').pop()}`)).json();
  const { items } = await (await page.request.get(`${host.url}/api/practice`)).json();
  const practice = items.find((p: Practice & { courseSlug: string; kind: string }) => p.kind === 'practice' && p.courseSlug === courseSlug && p.lessonSlug === slug) as Practice;
  return { context, page, practice, lesson };
}

const personId = async (who: typeof NGOAN): Promise<string> => (await run.sql<{ id: string }>('select id from person where name = $1', [who.name]))[0]?.id as string;
const answersOf = async (who: typeof NGOAN) => run.sql<{ attempt: string; question: string; n: number; submitted: boolean }>(
  'select a.id as attempt, s.question_version_id as question, count(*)::int as n, a.submitted_at is not null as submitted from attempt a join answer s on s.attempt_id = a.id where a.person_id = $1 group by 1, 2, 4', [await personId(who)]);
test('learns, practises, hands over the phone and comes back to a hostile network: the server has exactly what was done', async () => {
  const other = await phoneOf(BLO);
  await signIn(other.page, host.url, NGOAN.phone, NGOAN.pin);
  const { context, practice, lesson } = other;
  const cards = (await (await context.request.get(`${host.url}/api/lessons/${lesson.split('/').pop()}`)).json()).cards.length as number;
  await other.page.close();
  await context.setOffline(true);

  let page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${host.url}${lesson}`);
  for (let i = 1; i < cards; i++) await press(page, 'Tiếp tục');
  await page.getByText('Đã học xong bài này').waitFor();
  await page.getByRole('link', { name: `Đã lưu trên máy · ${cards}` }).waitFor();
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await answer(page, 3);
  await page.getByRole('link', { name: /Đã lưu trên máy/ }).waitFor();
  await page.close();

  // The tab is gone; what was answered is not.
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await page.getByText(`Câu 4/${practice.questions}`).waitFor();
  await answer(page, practice.questions * 2 - 6);
  await page.goto(`${host.url}/hoc/viec-tren-may`);
  await page.getByText('Câu trả lời').first().waitFor();
  await page.getByText('Thẻ đã đọc').first().waitFor();

  // Blŏ takes the phone, with her own PIN and no network; nothing of Ngoan's is hers.
  await page.goto(`${host.url}/vao/doi-nguoi`);
  await page.getByText(BLO.name).click();
  await page.getByLabel(/Mã PIN/).fill('111222');
  await press(page, 'Tiếp tục');
  await page.locator('.error').waitFor();
  await page.getByLabel(/Mã PIN/).fill(BLO.pin);
  await press(page, 'Tiếp tục');
  await page.getByText(`Chào ${BLO.name}`).or(page.getByText(`Chào chị ${BLO.name}`)).waitFor();
  await page.getByRole('link', { name: 'Đã gửi' }).waitFor();
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await page.getByText(`Câu 1/${practice.questions}`).waitFor();
  await wholePractice(page, practice);
  await page.getByText(/Máy này tự đếm/).waitFor();

  // The session of this phone is Ngoan's: nothing may go in her name. Blŏ's work waits until she has come with her PIN.
  const before = host.sent;
  await context.setOffline(false);
  await page.goto(`${host.url}/hoc`);
  await page.getByText(/cần nhập lại mã PIN/).waitFor();
  for (let i = 0; i < 100 && host.sent === before; i++) await page.waitForTimeout(100);
  expect(host.sent).toBeGreaterThan(before);
  expect(await answersOf(BLO)).toEqual([]);
  expect((await answersOf(NGOAN)).length).toBe(0);
  host.faults.push('portal', '500', 'lost', 'cut', '401');
  await page.getByRole('link', { name: 'Nhập mã PIN' }).click();
  await page.getByLabel(/Mã PIN/).fill(BLO.pin);
  await press(page, 'Tiếp tục');
  await page.waitForURL(/\/hoc$/);
  await allSent(page);
  expect(host.faults).toEqual([]);
  const hers = await answersOf(BLO);
  expect(hers).toHaveLength(practice.questions);
  expect(hers.every((a) => a.n === 1 && a.submitted)).toBe(true);

  host.faults.push('lost', '500');
  await signIn(page, host.url, NGOAN.phone, NGOAN.pin);
  await allSent(page);
  const given = await answersOf(NGOAN);
  expect(given.every((a) => a.n === 1 && !a.submitted)).toBe(true);
  expect(new Set(given.map((a) => a.attempt)).size).toBe(1);
  expect(given).toHaveLength(practice.questions);
  const [read] = await run.sql<{ n: number }>('select count(*)::int as n from card_seen where person_id = $1', [await personId(NGOAN)]);
  expect(read?.n).toBe(cards);
  await context.close();
});

test('a tab that is killed while it sends, and two tabs of one person, send everything once', async () => {
  const { context, page, practice } = await phoneOf(NGOAN);
  await context.setOffline(true);
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await wholePractice(page, practice);
  const attempt = page.url().split('/').pop() as string;
  host.faults.push('lost');
  await context.setOffline(false);
  // Killed as soon as its request is on the way.
  const going = host.sent;
  void page.evaluate(() => dispatchEvent(new Event('online')));
  for (let i = 0; i < 100 && host.sent === going; i++) await new Promise((done) => setTimeout(done, 20));
  await page.close();
  const [one, two] = [await context.newPage(), await context.newPage()];
  await Promise.all([one.goto(`${host.url}/hoc`), two.goto(`${host.url}/hoc`)]);
  await Promise.all([allSent(one), allSent(two)]);
  const answers = await run.sql<{ n: number }>('select count(*)::int as n from answer where attempt_id = $1 group by question_version_id', [attempt]);
  expect(answers).toHaveLength(practice.questions);
  expect(answers.every((a) => a.n === 1)).toBe(true);
  await one.goto(`${host.url}/hoc/ket-qua/${attempt}`);
  await one.getByText(/Đã ghi nhận bài làm lúc/).waitFor();
  await context.close();
});

test('one that the server will never take stands apart with its reason; the others pass; a clock that is three days ahead loses nothing', async () => {
  const { context, page, practice } = await phoneOf(BLO);
  await page.clock.setSystemTime(Date.now() + 3 * 86_400_000);
  await context.setOffline(true);
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await answer(page, 2);
  // A card of a lesson that is not there (any more): between two good ones.
  await page.evaluate(async (id) => {
    const db = await new Promise<IDBDatabase>((done, bad) => { const o = indexedDB.open(`lantoa-${id}`); o.onsuccess = () => done(o.result); o.onerror = () => bad(o.error); });
    await new Promise((done) => {
      const tx = db.transaction(['operation', 'fact'], 'readwrite');
      tx.oncomplete = done;
      const seq = tx.objectStore('fact').get('seq');
      seq.onsuccess = () => {
        tx.objectStore('operation').add({ seq: seq.result + 1, opId: crypto.randomUUID(), endpoint: 'curriculum.markCards', input: { params: { lessonId: crypto.randomUUID() }, body: { cards: ['x'] } }, deviceAt: new Date().toISOString(), about: 'Bài đã gỡ', refused: null });
        tx.objectStore('fact').put(seq.result + 1, 'seq');
      };
    });
    db.close();
  }, await personId(BLO));
  await press(page, 'Câu tiếp theo');
  await answer(page, 1);
  await context.setOffline(false);
  await page.goto(`${host.url}/hoc/viec-tren-may`);
  await page.getByText('Bài đã gỡ').waitFor();
  await page.getByText(/Gọi giảng viên và đọc mã: curriculum.not-found/).waitFor();
  await page.getByRole('link', { name: 'Cần xem lại · 1' }).waitFor();
  await page.getByText(/Đồng hồ máy này lệch/).waitFor();
  const fresh = (await answersOf(BLO)).filter((a) => !a.submitted);
  expect(fresh).toHaveLength(3);
  const [skewed] = await run.sql<{ n: number }>("select count(*)::int as n from sync_operation where person_id = $1 and device_at > now() + interval '2 days' and corrected_at <= now()", [await personId(BLO)]);
  expect(skewed?.n).toBeGreaterThanOrEqual(5);
  const [refused] = await run.sql<{ input: { params: object } }>("select input from sync_operation where outcome = 'refused' and person_id = $1", [await personId(BLO)]);
  expect(refused?.input.params).toHaveProperty('lessonId');
  await press(page, 'Bỏ khỏi danh sách');
  await allSent(page);
  await context.close();
});

test('a new version is taken over with a full outbox, and nothing in it is lost', async () => {
  const { context, page, practice } = await phoneOf(NGOAN);
  await page.reload();
  await context.setOffline(true);
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await wholePractice(page, practice);
  const attempt = page.url().split('/').pop() as string;
  // An older page stays open over the change, and opens a part of the app that it had not needed before.
  const older = await context.newPage();
  older.setDefaultTimeout(15_000);
  await older.goto(`${host.url}/hoc`);
  host.faults.push(...Array<'500'>(8).fill('500'));
  await context.setOffline(false);
  host.newVersion();
  await page.goto(`${host.url}/hoc`);
  await press(page, 'Cập nhật');
  await page.waitForLoadState('networkidle');
  await older.getByRole('link', { name: 'Trợ giúp' }).click();
  await older.getByText('Cần người giúp?').waitFor();
  host.faults.length = 0;
  await page.goto(`${host.url}/hoc`);
  await allSent(page);
  const answers = await run.sql<{ n: number }>('select count(*)::int as n from answer where attempt_id = $1 group by question_version_id', [attempt]);
  expect(answers.filter((a) => a.n === 1)).toHaveLength(practice.questions);
  await context.close();
});

test('a phone that has no room says so and loses nothing; one whose storage the system cleared goes on', async () => {
  const { context, page, practice } = await phoneOf(BLO);
  await allSent(page);
  await context.setOffline(true);
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await page.getByRole('link', { name: 'Đã lưu trên máy · 1' }).or(page.getByRole('link', { name: /Đang gửi/ })).waitFor();
  await page.evaluate(() => { Object.assign(window, { add: IDBObjectStore.prototype.add }); IDBObjectStore.prototype.add = () => { throw new DOMException('no room', 'QuotaExceededError'); }; });
  await page.locator('label.option').last().click();
  await press(page, 'Trả lời');
  await page.getByText('Máy này chưa lưu được câu trả lời').waitFor();
  await page.evaluate(() => { IDBObjectStore.prototype.add = (window as unknown as { add: typeof IDBObjectStore.prototype.add }).add; });
  await press(page, 'Trả lời');
  await page.getByRole('button', { name: 'Câu tiếp theo' }).waitFor();
  await context.setOffline(false);
  await page.goto(`${host.url}/hoc`);
  await allSent(page);
  const before = (await answersOf(BLO)).length;

  const cdp = await context.newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin: host.url, storageTypes: 'indexeddb,cache_storage,service_workers' });
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await answer(page, 2);
  await allSent(page);
  expect(await answersOf(BLO)).toHaveLength(before + 2);
  await context.close();
});

test('a link on which nothing ever comes back, and then one of 2G with forty things to send', async () => {
  const { context, page, practice } = await phoneOf(NGOAN);
  await allSent(page);
  await context.setOffline(true);
  await page.goto(`${host.url}/hoc/on/${practice.formId}`);
  await answer(page, 2);
  const attempt = (await page.evaluate(async (id) => {
    const db = await new Promise<IDBDatabase>((done, bad) => { const o = indexedDB.open(`lantoa-${id}`); o.onsuccess = () => done(o.result); o.onerror = () => bad(o.error); });
    // As many more changes of mind as make forty.
    return new Promise<string>((done) => {
      const tx = db.transaction(['operation', 'attempt', 'fact'], 'readwrite');
      const [ops, facts] = [tx.objectStore('operation').getAll(), tx.objectStore('fact').get('seq')];
      let attemptId = '';
      facts.onsuccess = () => {
        const saved = ops.result.filter((o) => o.endpoint === 'assessment.saveAnswers');
        const last = saved[saved.length - 1];
        attemptId = last.input.params.attemptId;
        const [given] = last.input.body.answers;
        for (let i = 1; i <= 38; i++) tx.objectStore('operation').add({ ...last, seq: facts.result + i, opId: crypto.randomUUID(), input: { ...last.input, body: { answers: [{ ...given, id: crypto.randomUUID(), revision: given.revision + i }] } } });
        tx.objectStore('fact').put(facts.result + 38, 'seq');
      };
      tx.oncomplete = () => { db.close(); done(attemptId); };
    });
  }, await personId(NGOAN)));
  host.faults.push('stall');
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await context.setOffline(false);
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 800, downloadThroughput: 35_000, uploadThroughput: 32_000 });
  await page.evaluate(() => dispatchEvent(new Event('online')));
  // The request that hangs is given up after half a minute; everything else on the page goes on meanwhile.
  await page.getByRole('button', { name: 'Câu tiếp theo' }).click();
  await page.getByText(`Câu 3/${practice.questions}`).waitFor();
  await allSent(page);
  const [there] = await run.sql<{ n: number }>('select count(*)::int as n from answer where attempt_id = $1', [attempt]);
  expect(there?.n).toBe(40);
  await context.close();
});
