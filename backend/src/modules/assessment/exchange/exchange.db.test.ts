import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exportCourse, exportGift, exportMoodleXml, importCourse, type ImportReport, importQuestions, listBank, previewCourse, previewQuestions, type QuestionFormat } from '@lantoa/shared/assessment';
import { getCourse } from '@lantoa/shared/curriculum';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { type Client, startTestApp, type TestApp } from '../../../../test/app.ts';
import { COURSE, makers } from '../../../../test/make.ts';
import { QuestionBank } from '../bank/question-bank.service.ts';
import { ExchangeService } from './exchange.service.ts';

let t: TestApp;
let editor: Client;
beforeAll(async () => {
  t = await startTestApp();
  editor = await t.as((await makers(t).staff('editor')).id);
});
afterAll(() => t.close());

const params = { courseSlug: COURSE };
const send = (format: QuestionFormat, text: string | Buffer, write = false) => editor.call(write ? importQuestions : previewQuestions, { params, body: { format, contentBase64: Buffer.from(text).toString('base64') } });
const drafts = async () => (await editor.call(listBank, { params, query: {} })).body.drafts;
const MOODLE = readFileSync(path.resolve(__dirname, '../../../../test/files/moodle.xml'), 'utf8');

describe('a Moodle export', () => {
  let report: ImportReport;
  beforeAll(async () => { report = (await send('moodle-xml', MOODLE)).body; });

  test('comes in with its categories, kinds and pictures, and without its scripts', () => {
    expect([report.read, report.errors]).toEqual([6, []]);
    expect(report.questions.map((q) => [q.kind, q.stem])).toEqual([['single', 'Việc nào là **việc chăm sóc** & không lương?'], ['multiple', 'Chọn hai ý đúng.'], ['true-false', 'Giới đổi được.'], ['matching', 'Ghép việc với loại.']]);
    expect(report.questions[0]?.category).toBe('$course$/top/Default for Bình đẳng giới/Vai trò giới');
  });
  test('what cannot be represented is listed, never dropped in silence', () => {
    expect(report.notSupported.map((n) => [n.name, n.reason])).toEqual([
      ['Nhiều đáp án', 'hints have no place here and were left out'], ['Nhiều đáp án', 'general feedback has no place here and was left out'],
      ['Ghép việc', 'answers without a partner (distractors) were left out'], ['Ghép việc', 'tags were left out: tuần 3'],
      ['Bao nhiêu phần?', 'numerical answers are not supported'], ['Tự luận', 'essays are not supported'],
    ]);
  });
  test('a preview writes nothing; taken in, the questions wait as drafts; taken in twice, they are there once', async () => {
    expect(await drafts()).toEqual([]);
    const first = (await send('moodle-xml', MOODLE, true)).body;
    expect([first.imported, (await drafts()).length]).toEqual([4, 4]);
    const again = (await send('moodle-xml', MOODLE, true)).body;
    expect([again.imported, again.unchanged, (await drafts()).length]).toEqual([0, 4, 4]);
    const [row] = await t.db.rows<{ content: { topic: string; picture: { file: string; alt: string }; options: { text: string; reason: string }[] } }>(`select content from question_draft where content ->> 'stem' like 'Việc nào%'`);
    expect(row?.content).toMatchObject({ topic: 'Vai trò giới', picture: { file: expect.stringMatching(/^[0-9a-f]{16}\.png$/), alt: 'Một người nấu cơm' } });
    expect(row?.content.options.map((o) => o.text)).toEqual(['Nấu cơm cho cả nhà', 'Bán cà phê ở chợ', 'Họp thôn']);
    expect(row?.content.options[1]?.reason).toBe('Đây là việc sản xuất.');
  });
});

const GIFT = `// a comment
$CATEGORY: $course$/top/Giới

::Câu 1:: Lúc 07:30, ai nấu cơm? {
  =Cả nhà \\= ai cũng được#Đúng.
  ~Chỉ mẹ#Đây là khuôn mẫu.
}

::Câu 2::[html]<p>Giới đổi <b>được</b></p> {T#Giới học được.#Đúng rồi.}

::Câu 3:: Ghép {
  =Trồng lúa -> Sản xuất
  =Tắm con -> Chăm sóc
  =Họp -> Cộng đồng
}

::Câu 4:: Chọn { ~%50%Cơ hội ~%50%Vị trí ~%-100%Hơn thua }

::Câu 5:: Mấy phần? {#3:0}

::Câu 6:: Viết cam kết. {}
`;

describe('GIFT and Aiken', () => {
  test('GIFT comes in: single colons, escapes, HTML, weights', async () => {
    const { body } = await send('gift', GIFT);
    expect([body.read, body.errors, body.questions.map((q) => [q.kind, q.stem])]).toEqual([6, [], [['single', 'Lúc 07:30, ai nấu cơm?'], ['true-false', 'Giới đổi **được**'], ['matching', 'Ghép'], ['multiple', 'Chọn']]]);
    expect(body.notSupported.map((n) => n.reason)).toEqual(['numerical answers are not supported', 'essays are not supported']);
  });
  test('a mistake names its line, and nothing of the file comes in', async () => {
    const before = (await drafts()).length;
    const { body } = await send('gift', `${GIFT}\n::Câu 7:: Hỏng {=a ~b\n`, true);
    expect([body.errors.length, body.errors[0]?.line !== null, body.imported, (await drafts()).length]).toEqual([1, true, 0, before]);
  });
  test('Aiken comes in, and what has no answer is named', async () => {
    const good = (await send('aiken', 'Ai nấu cơm?\nA. Cả nhà\nB) Chỉ mẹ\nANSWER: A\n\nAi đi họp?\nA. Nam\nB. Nữ\nC. Cả hai\nANSWER: C\n')).body;
    expect([good.read, good.questions.map((q) => q.stem), good.errors]).toEqual([2, ['Ai nấu cơm?', 'Ai đi họp?'], []]);
    const bad = (await send('aiken', 'Ai nấu cơm?\nA. Cả nhà\nB. Mẹ\n\nAi đi họp?\nA. Nam\nB. Nữ\nANSWER: D\n', true)).body;
    expect([bad.errors.map((e) => e.line), bad.imported]).toEqual([[1, 8], 0]);
  });
});

describe('our own questions go out and come back', () => {
  test.each([['gift', exportGift], ['moodle-xml', exportMoodleXml]] as const)('%s: every question is read again with its answers', async (format, e) => {
    const out = await editor.call(e, { params });
    const all = await t.app.get(QuestionBank).sources(COURSE);
    // GIFT carries no pictures: a question that has some is named, and does not come back without them.
    const pictured = (s: (typeof all)[number]) => format === 'gift' && s.options.some((o) => o.picture);
    const sources = all.filter((s) => !pictured(s));
    const { body } = await send(format, String(out.body));
    expect(body.errors).toEqual([]);
    expect(body.notSupported.map((n) => n.name).filter((name) => all.some((s) => s.slug === name))).toEqual(all.filter(pictured).map((s) => s.slug));
    expect(body.questions.map((q) => q.slug)).toEqual(expect.arrayContaining(sources.map((s) => s.slug)));
    // To the letter: every one of them is known already.
    const known = new Map(body.questions.map((q) => [q.slug, q.known]));
    expect(sources.filter((s) => !known.get(s.slug)).map((s) => s.slug)).toEqual([]);
  });
});

describe('bad files', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `Câu ${i}?\nA. a\nB. b\nANSWER: A\n`).join('\n');
  test.each<[string, QuestionFormat, string | Buffer, string, string | null]>([
    ['10,000 questions', 'aiken', many, 'assessment.file-refused', 'many'], ['an empty file', 'aiken', '\n\n', 'assessment.file-refused', 'empty'], ['no text at all', 'gift', Buffer.from([0xff, 0x00, 0xd8, 0x80]), 'assessment.file-refused', 'encoding'], ['6 MB', 'gift', Buffer.alloc(5_500_000, 'a'), 'assessment.file-too-large', null],
  ])('%s', async (_, format, text, code, reason) => {
    const { body } = await send(format, text, true);
    expect([body.code, body.params?.reason ?? null]).toEqual([code, reason]);
  });
  test.each([
    ['an XML bomb', '<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>\n<quiz><question type="essay"><name><text>&b;</text></name></question></quiz>', 2], ['a tag that does not close', '<quiz>\n<question type="essay">\n</quiz>', 3], ['another document', '<html><body>x</body></html>', 1],
  ])('%s is named with its line', async (_, text, line) => {
    const { body } = await send('moodle-xml', text, true);
    expect([body.imported, body.errors.length, body.errors[0]?.line]).toEqual([0, 1, line]);
  });
});

test('a course that does not exist takes no questions', async () => {
  const reply = await editor.call(importQuestions, { params: { courseSlug: 'khong-co' }, body: { format: 'aiken', contentBase64: Buffer.from('Ai?\nA. x\nB. y\nANSWER: A\n').toString('base64') } });
  expect([reply.status, reply.body.code, await t.db.rows(`select 1 from question_draft where course_slug = 'khong-co'`)]).toEqual([404, 'curriculum.not-found', []]);
});

describe('a course as a zip', () => {
  const zip = async () => Buffer.from(await t.app.get(ExchangeService).archive(COURSE));
  const preview = (bytes: Buffer) => editor.call(previewCourse, { params, body: { contentBase64: bytes.toString('base64') } });

  test('holds the files of the content folder, and changes nothing when it comes back as it went', async () => {
    const bytes = await zip();
    const files = Object.keys(unzipSync(bytes));
    for (const f of ['course.yaml', 'forms.yaml', 'lessons/01-gioi-va-gioi-tinh.md', 'kit/nua-ngay.yaml', 'media/bai-1.svg']) expect(files).toContain(f);
    expect((await preview(bytes)).body).toMatchObject({ faults: [], differences: [], newQuestions: 0, lessons: 6 });
    expect((await editor.call(exportCourse, { params })).headers['content-type']).toBe('application/zip');
  });

  test('an edited lesson and question go into drafts; nothing is published', async () => {
    const files = unzipSync(await zip());
    const lesson = 'lessons/01-gioi-va-gioi-tinh.md';
    const [questions] = Object.keys(files).filter((f) => f.startsWith('questions/01'));
    files[lesson] = strToU8(Buffer.from(files[lesson] as Uint8Array).toString('utf8').replace('Nhiều người dùng', 'Có người dùng'));
    files[questions as string] = strToU8(Buffer.from(files[questions as string] as Uint8Array).toString('utf8').replace('Giới tính là gì?', 'Thế nào là giới tính?'));
    const bytes = Buffer.from(zipSync(files));
    expect((await preview(bytes)).body).toMatchObject({ faults: [], newQuestions: 1, differences: [{ lesson: 'gioi-va-gioi-tinh', change: 'changed' }] });
    const { body } = await editor.call(importCourse, { params, body: { contentBase64: bytes.toString('base64') } });
    expect([body.questionDrafts, body.draft.lessons[0]?.content.cards[0]?.text.startsWith('Có người dùng')]).toEqual([1, true]);
    const course = (await editor.call(getCourse, { params })).body;
    expect([course.versions.length, course.draft?.status]).toEqual([1, 'draft']);
  });

  test.each([['no zip', Buffer.from('hello'), 'zip'], ['a zip without a course', Buffer.from(zipSync({ 'a.txt': strToU8('x') })), 'course'], ['a bomb', Buffer.from(zipSync({ 'course.yaml': new Uint8Array(50_000_000) })), 'large']])('%s is refused', async (_, bytes, reason) => {
    expect((await preview(bytes)).body).toMatchObject({ code: 'curriculum.archive-refused', params: { reason } });
  });
  test('a broken file inside is named with its line, and nothing comes in', async () => {
    const files = unzipSync(await zip());
    files['lessons/01-gioi-va-gioi-tinh.md'] = strToU8('---\ntitle: A\n---\n## B\n<script>x</script>\n');
    const bytes = Buffer.from(zipSync(files));
    expect((await preview(bytes)).body.faults.map((f) => [f.file, f.line])).toContainEqual([`${COURSE}/lessons/01-gioi-va-gioi-tinh.md`, 5]);
    expect((await editor.call(importCourse, { params, body: { contentBase64: bytes.toString('base64') } })).body).toMatchObject({ code: 'curriculum.archive-refused', params: { reason: 'faults' } });
  });
});
