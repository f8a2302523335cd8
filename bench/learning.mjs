// Figures of learning: item analysis over a million answers, the content at the start, a stored lesson on a slow phone.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { PIN, ROOT, round } from './stage.mjs';

const dist = (file) => import(path.join(ROOT, 'backend/dist', file));
const QUESTIONS = 2000;
const PER_FORM = 20;

/** Milliseconds of the middle of `times` runs, the first of which only warms. */
async function middle(times, work) {
  const took = [];
  for (let i = 0; i <= times; i++) {
    const startedAt = performance.now();
    await work();
    took.push(performance.now() - startedAt);
  }
  return took.slice(1).sort((a, b) => a - b)[Math.floor(times / 2)];
}

/** A bank of 2,000 questions in 100 tests, and people who sit one before and after a class: 40 answers each. */
async function makeBank(db) {
  await db.rows(`insert into question (id, course_slug, slug, anchor) select gen_random_uuid(), 'bench', 'bench-' || n, false from generate_series(1, $1) n`, [QUESTIONS]);
  await db.rows(`insert into question_version (id, question_id, number, kind, topic, stem, options, difficulty, content_hash) select gen_random_uuid(), id, 1, 'single', 'x', slug,
    '[{"id":"a","text":"a","right":true,"reason":"r"},{"id":"b","text":"b","right":false,"reason":"r"},{"id":"c","text":"c","right":false,"reason":"r"}]', 0.5, slug from question where course_slug = 'bench'`);
  for (const kind of ['pre', 'post']) {
    await db.rows(`insert into form (id, course_slug, slug, number, kind, title, content_hash) select gen_random_uuid(), 'bench', '${kind}-' || n, 1, '${kind}', 'x', 'x' from generate_series(1, $1) n`, [QUESTIONS / PER_FORM]);
    await db.rows(`insert into form_item (form_id, position, question_version_id) select f.id, (v.n - 1) % $1 + 1, v.id from (select v.id, row_number() over (order by q.slug) as n from question_version v join question q on q.id = v.question_id where q.course_slug = 'bench') v
      join form f on f.course_slug = 'bench' and f.slug = '${kind}-' || ((v.n - 1) / $1 + 1)`, [PER_FORM]);
    await db.rows(`insert into sitting (id, form_id, opened_at, cohort) select gen_random_uuid(), id, now(), 'Tỉnh' from form where course_slug = 'bench' and kind = $1`, [kind]);
  }
}

/** People `from` to `until`, numbered in a table of the benchmark's own; each sits the same test before and after. */
async function addPeople(db, from, until) {
  await db.rows('create table if not exists bench_person (n integer primary key, id uuid not null)');
  await db.rows('insert into bench_person select n, gen_random_uuid() from generate_series($1::int, $2::int) n', [from, until]);
  const these = 'bench_person b on b.n between $1 and $2';
  await db.rows(`insert into person (id, code, name, name_folded, sort_key, created_at, version) select id, 'BENCH-' || n, 'Người đo', 'nguoi do', 'đo', now(), 1 from bench_person where n between $1 and $2`, [from, until]);
  for (const kind of ['pre', 'post']) {
    await db.rows(`insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, language, started_at, submitted_at, points, counts, late, overtime)
      select gen_random_uuid(), f.id, b.id, s.id, s.id, 1, 'own-phone', 'vi', now(), now(), 0, true, false, false
      from form f join ${these} and f.slug = '${kind}-' || (b.n % $3 + 1) join sitting s on s.form_id = f.id where f.course_slug = 'bench'`, [from, until, QUESTIONS / PER_FORM]);
  }
  await db.rows(`insert into mark (attempt_id, question_version_id, choice, "right", credit) select a.id, i.question_version_id, c.choice, c.choice = 'a', (c.choice = 'a')::int
    from attempt a join form f on f.id = a.form_id and f.course_slug = 'bench' join ${these} and b.id = a.person_id join form_item i on i.form_id = f.id
    cross join lateral (select case when random() < case f.kind when 'pre' then 0.4 else 0.75 end then 'a' when random() < 0.5 then 'b' else 'c' end as choice where a.id is not null) c`, [from, until]);
  await db.rows(`update attempt a set points = (select sum(credit) from mark m where m.attempt_id = a.id) from ${these.replace(' on ', ' where ')} and b.id = a.person_id`, [from, until]);
  for (const table of ['person', 'attempt', 'mark', 'form', 'form_item', 'sitting', 'question', 'question_version']) await db.rows(`analyze ${table}`);
}

/** Item analysis over 1 million answers and 2,000 questions, against one plain pass over the same marks. */
export async function itemAnalysis({ stage, say }) {
  const [{ BankService }, { Db }] = await Promise.all(['modules/assessment/index.js', 'platform/db/index.js'].map(dist));
  const db = stage.app.get(Db);
  await makeBank(db);
  let have = 0;
  for (const answers of [250_000, 500_000, 1_000_000]) {
    await addPeople(db, have + 1, answers / (2 * PER_FORM));
    have = answers / (2 * PER_FORM);
    const ours = await middle(3, () => stage.app.get(BankService).figures('bench'));
    const ceiling = await middle(3, () => db.rows('select question_version_id, count(*), sum(credit) from mark group by question_version_id'));
    const figures = await stage.app.get(BankService).figures('bench');
    say({ name: 'item analysis', answers, questions: figures.size, unit: 'seconds', ours: round(ours / 1000, 2), goal: 2, ceiling: round(ceiling / 1000, 2), ceilingIs: 'one plain count and sum per question over the same marks, same server', ratio: round(ours / ceiling, 1), perMillion: round((ours / 1000) * (1_000_000 / answers), 2) });
  }
}

/** The whole curriculum at the start: into an empty database, and when nothing has changed; against reading and hashing the same files. */
export async function contentLoad({ stage, say }) {
  const [{ loadContent }, { readConfig }, { migrate }, { databaseOptions }, { createApp }, { migrateJobs }, { readFolder, fingerprintOf }] = await Promise.all(['content.js', 'platform/config/index.js', 'platform/db/index.js', 'app.module.js', 'app.js', 'platform/jobs/index.js', 'platform/content/index.js'].map(dist));
  const { Db } = await dist('platform/db/index.js');
  const name = `bench_${randomUUID().slice(0, 8)}`;
  await stage.app.get(Db).rows(`create database ${name}`);
  const url = Object.assign(new URL(stage.url), { pathname: `/${name}` }).href;
  await migrate(databaseOptions(url));
  await migrateJobs(url);
  const config = { ...readConfig(['--data', path.join(stage.home, 'content')]), logTo: 'none' };
  const app = await createApp(config, url, { web: false });
  await app.init();
  const timed = async (work) => { const startedAt = performance.now(); await work(); return performance.now() - startedAt; };
  const parts = ['units', 'courses', 'programmes'].map((p) => path.join(config.contentDir, p));
  const floor = await middle(5, () => fingerprintOf(parts));
  const files = (await Promise.all(parts.map(readFolder))).reduce((sum, f) => sum + f.size, 0);
  const first = await timed(() => loadContent(app, config));
  const unchanged = await middle(5, () => loadContent(app, config));
  await app.close();
  say({ name: 'content at the start, empty database', unit: 'seconds', ours: round(first / 1000, 2), goal: 2, ceiling: round(floor / 1000, 3), ceilingIs: 'reading and hashing the same files', ratio: round(first / floor, 1), files });
  say({ name: 'content at the start, unchanged', unit: 'seconds', ours: round(unchanged / 1000, 3), goal: 0.1, ceiling: round(floor / 1000, 3), ceilingIs: 'reading and hashing the same files', ratio: round(unchanged / floor, 2) });
}

/** Opening a lesson that lies on the phone, with a processor six times slower; against the plainest page of the same app. */
export async function storedLesson({ stage, server, say }) {
  const login = { login: stage.learners[0].code, secret: PIN };
  const { chromium } = await import('playwright-core');
  const { launchOptions, unpackBrowser } = await import('../e2e/browser.mjs');
  await unpackBrowser();
  const browser = await chromium.launch(launchOptions());
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    await context.request.post(`${server.base}/api/session`, { data: login });
    const page = await context.newPage();
    const lessons = (await (await context.request.get(`${server.base}/api/courses`)).json()).items[0].lessons;
    await page.goto(`${server.base}/hoc/bai/${lessons[0].id}`);
    await page.getByRole('button', { name: /Tải cả bài về máy/ }).click();
    await page.getByText('Bài này có sẵn trên máy').waitFor();
    const devtools = await context.newCDPSession(page);
    const open = async (link, seen) => {
      await page.goto(`${server.base}/hoc`);
      await page.waitForLoadState('networkidle');
      await page.locator(`a[href="/hoc/${link === 'lesson' ? 'bai' : 'tro-giup'}"]`).first().waitFor();
      if (link === 'lesson') {
        await page.locator('a[href="/hoc/bai"]').first().click();
        await page.locator(`a[href="/hoc/bai/${lessons[0].id}"]`).waitFor();
      }
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      const ms = await page.evaluate(([href, text]) => new Promise((done) => {
        const startedAt = performance.now();
        const look = () => (document.querySelector('main')?.textContent?.includes(text) ? requestAnimationFrame(() => done(performance.now() - startedAt)) : undefined);
        const watcher = new MutationObserver(() => { if (document.querySelector('main')?.textContent?.includes(text)) { watcher.disconnect(); look(); } });
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
        document.querySelector(`a[href="${href}"]`).click();
      }), seen);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      return ms;
    };
    const runs = async (link, seen) => {
      const took = [];
      for (let i = 0; i < 6; i++) took.push(await open(link, seen));
      return took.slice(1).sort((a, b) => a - b)[2];
    };
    const ours = await runs('lesson', [`/hoc/bai/${lessons[0].id}`, 'Thẻ 1/']);
    const floor = await runs('help', ['/hoc/tro-giup', 'Tương phản cao']);
    say({ name: 'open a stored lesson, processor six times slower', unit: 'milliseconds, tap to card', ours: round(ours), goal: 100, ceiling: round(floor), ceilingIs: 'the help page of the same app, which loads nothing', ratio: round(ours / floor, 2) });
  } finally {
    await browser.close();
  }
}
