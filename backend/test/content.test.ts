import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkContent } from '../src/content-check.ts';
import { readQuestions, writeQuestions } from '../src/modules/assessment/bank/question-folder.ts';
import { contentHash, courseFolders, readCourse, writeCourse } from '../src/modules/curriculum/course-folder.ts';

const CONTENT = path.resolve(__dirname, '../../content');
const courses = async () => [...(await courseFolders(path.join(CONTENT, 'courses')))].map(([slug, folder]) => {
  const { source, faults } = readCourse(slug, folder);
  expect(faults).toEqual([]);
  const content = (source as NonNullable<typeof source>).content;
  const bank = readQuestions(slug, folder, content.lessons);
  expect(bank.faults).toEqual([]);
  return { slug, folder, content, ...(bank.source as NonNullable<typeof bank.source>) };
});

describe('the curriculum', () => {
  test('seven modules in order, without a fault or a warning', async () => {
    const report = await checkContent(CONTENT);
    expect([report.errors, report.warnings]).toEqual([[], []]);
    expect((await courses()).map((c) => c.content.position).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(report.lawStatementsWithSource).toBe(report.lawStatements);
  });

  // What each module must hold at least: lessons, questions.
  test.each([
    ['gioi-va-binh-dang-gioi', 6, 40], ['lap-ke-hoach-truyen-thong', 6, 40], ['to-truyen-thong-cong-dong', 5, 30], ['clb-thu-linh-cua-su-thay-doi', 5, 30], ['dia-chi-tin-cay-cong-dong', 6, 40], ['bon-goi-sinh-de-an-toan', 5, 30], ['ky-nang-giang-vien-nong-cot', 6, 30],
  ])('%s: at least %d lessons, %d questions, 12 anchors, a kit', async (slug, lessons, questions) => {
    const c = (await courses()).find((x) => x.slug === slug) as Awaited<ReturnType<typeof courses>>[number];
    expect(c.content.lessons.length).toBeGreaterThanOrEqual(lessons);
    expect(c.questions.length).toBeGreaterThanOrEqual(questions);
    expect(c.questions.filter((q) => q.anchor).length).toBeGreaterThanOrEqual(12);
    expect([c.content.kit.plans.map((p) => p.length), c.content.kit.handouts.length > 0]).toEqual([['half-day', 'one-day'], true]);
    expect(c.forms.filter((f) => f.kind === 'practice').map((f) => f.lesson)).toEqual(c.content.lessons.map((l) => l.slug));
  });

  test('all kinds of questions are in use', async () => {
    const kinds = new Set((await courses()).flatMap((c) => c.questions.map((q) => q.kind)));
    expect([...kinds].sort()).toEqual(['matching', 'multiple', 'ordering', 'picture', 'single', 'true-false']);
  });

  test('only the telephone numbers that may be shown are shown', async () => {
    const text = [...(await courseFolders(path.join(CONTENT, 'courses'))).values()].flatMap((f) => [...f].filter(([name]) => /\.(md|yaml)$/.test(name)).map(([, bytes]) => bytes.toString('utf8'))).join('\n');
    const called = [...text.matchAll(/(?:gọi|số|đài)\s+\**(\d[\d ]{2,})/gi)].map((m) => (m[1] as string).trim()).filter((n) => !/^(20\d\d|Điều)/.test(n) && n.length <= 12);
    expect(called.filter((n) => !['111', '113', '115'].includes(n))).toEqual([]);
  });

  test('written to files and read again, every course is the same', async () => {
    for (const c of await courses()) {
      const files = new Map<string, Buffer>([...writeCourse(c.content), ...writeQuestions(c.questions, c.forms, c.content.lessons)].map(([name, text]) => [name, Buffer.from(text)] as const));
      for (const [name, bytes] of c.folder) if (name.startsWith('media/')) files.set(name, bytes);
      const again = readCourse(c.slug, files);
      expect(again.faults).toEqual([]);
      expect(again.source?.hash).toBe(contentHash(c.content));
      const bank = readQuestions(c.slug, files, c.content.lessons);
      const bySlug = (list: readonly { slug: string }[]) => [...list].sort((a, b) => (a.slug < b.slug ? -1 : 1));
      expect(bySlug(bank.source?.questions ?? [])).toEqual(bySlug(c.questions));
      expect(bank.source?.forms.filter((f) => f.lesson === null)).toEqual(c.forms.filter((f) => f.lesson === null));
    }
  });
});

describe('content check names what is wrong, where', () => {
  let root: string;
  const COURSE = 'courses/gioi-va-binh-dang-gioi';
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'lantoa-content-'));
    cpSync(path.join(CONTENT, COURSE), path.join(root, COURSE), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const edit = (file: string, change: (text: string) => string) => writeFileSync(path.join(root, COURSE, file), change(readFileSync(path.join(root, COURSE, file), 'utf8')));
  const LESSON = 'lessons/01-gioi-va-gioi-tinh.md';
  const QUESTIONS = 'questions/01-gioi-va-gioi-tinh.yaml';

  test.each<[string, string, (text: string) => string, string, number | null]>([
    ['raw HTML', LESSON, (t) => t.replace('Nhiều người dùng', '<script>x()</script>Nhiều người dùng'), 'text.html', 10],
    ['a lesson without an aim', LESSON, (t) => t.replace(/aim: .*\n/, ''), 'yaml.form', null],
    ['a picture that is not there', LESSON, (t) => t.replace('bai-1.svg', 'khong-co.svg'), 'picture.missing', 8],
    ['law without a source', LESSON, (t) => t.replace(/§ Luật Bình đẳng giới 73\/2006\/QH11, Điều 5 khoản 2.*\n/, '').replace('Người ta sinh ra đã có.', 'Luật nói vậy.'), 'lesson.source', 12],
    ['letters with their marks apart', LESSON, (t) => t.normalize('NFD'), 'text.nfc', null],
    ['broken YAML', QUESTIONS, (t) => t.replace('options:', 'options: ['), 'yaml.broken', null],
    ['no right option', QUESTIONS, (t) => t.replace('      right: true\n', ''), 'question.right', 1],
    ['no reason', QUESTIONS, (t) => t.replace(/ {6}reason: .*\n/, ''), 'question.reason', null],
    ['two anchors with one name', QUESTIONS, (t) => t.replace('slug: gioi-la-gi', 'slug: gioi-tinh-la-gi'), 'question.anchor-twice', null],
    ['an unknown card', QUESTIONS, (t) => t.replace('card: gioi-tinh-la-gi', 'card: khong-co'), 'question.card', 1],
    ['a catch-all option', QUESTIONS, (t) => t.replace(/text: "Cách ăn mặc[^"]*"/, 'text: "Tất cả các ý trên"'), 'question.catch-all', null],
    ['a double negative', QUESTIONS, (t) => t.replace('stem: "Giới tính là gì?"', 'stem: "Điều nào không phải là không đúng về giới tính?"'), 'question.double-negative', 1],
    ['an alias bomb', QUESTIONS, (t) => `- &a [x,x]\n- [*a,*a]\n${t}`, 'yaml.alias', null],
    ['an unknown question in a form', 'forms.yaml', (t) => t.replace('gioi-tinh-la-gi', 'khong-co'), 'form.unknown-question', null],
    ['a plan that takes too long', 'kit/nua-ngay.yaml', (t) => t.replace('minutes: 30', 'minutes: 119'), 'kit.plan', null],
    ['a picture that is no picture', 'media/bai-1.svg', () => 'not a picture', 'picture.content', 1],
    ['a drawing with a script', 'media/bai-1.svg', (t) => t.replace('</svg>', '<script>x()</script></svg>'), 'picture.content', 1],
  ])('%s', async (_, file, change, code, line) => {
    edit(file, change);
    const { errors } = await checkContent(root);
    const found = errors.find((e) => e.code === code);
    expect(errors.map((e) => e.code)).toContain(code);
    expect(found?.message).toMatch(/\.$/);
    if (line !== null) expect([found?.file.endsWith(file) || found?.file.endsWith(file.replace(/\/.*/, '')), found?.line]).toEqual([true, line]);
  });

  test('a renamed picture is named by what it is', async () => {
    writeFileSync(path.join(root, COURSE, 'media/anh.svg'), Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
    const { errors } = await checkContent(root);
    expect(errors.map((e) => e.message)).toEqual(['is named .svg but its bytes are PNG; name it .png.']);
  });
});
