import { addDraftLesson, addPicture, addRecording, commentDraft, compareVersions, createCourse, decideRecording, getCourse, getLesson, getMedia, getRecording, listCourses, listRecordings, markCards, moveDraft, openDraft, printKit, editableKit, removeDraftLesson, resolveComment, restoreDraftLesson, saveDraftLesson, type DraftLesson } from '@lantoa/shared/curriculum';
import { listPractice } from '@lantoa/shared/assessment';
import { type Client, startTestApp, type TestApp } from '../../../test/app.ts';
import { COURSE, makers } from '../../../test/make.ts';
import { CoursesService } from './courses.service.ts';

let t: TestApp;
let make: ReturnType<typeof makers>;
let editor: Client;
let second: Client;
let reviewer: Client;
let learner: Client;
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  [editor, second, reviewer] = [await t.as((await make.staff('editor')).id), await t.as((await make.staff('editor')).id), await t.as((await make.staff('reviewer')).id)];
  learner = await t.as((await make.person()).id);
});
afterAll(() => t.close());

const bodyOf = (l: DraftLesson, over: object = {}) => {
  const { slug: _slug, ...content } = l.content;
  return { revision: l.revision, ...content, ...over };
};
const PARAMS = { courseSlug: COURSE };
const WAV = Buffer.concat([Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt ', 'latin1'), Buffer.alloc(64)]);
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(64)]);

describe('a course is written by one and published by another', () => {
  test('edited, commented, returned, mended, published; readers in the middle stay on the version that they began', async () => {
    const reader = await t.as((await make.person()).id);
    const started = (await reader.call(listCourses, {})).body.items.find((c) => c.slug === COURSE);
    const lessonId = started?.lessons[0]?.id as string;
    const lesson = (await reader.call(getLesson, { params: { lessonId } })).body;
    await reader.call(markCards, { params: { lessonId }, body: { cards: [lesson.cards[0]?.slug as string] } });

    const { body: draft } = await editor.call(openDraft, { params: PARAMS });
    const first = draft.lessons[0] as DraftLesson;
    const params = { draftId: draft.id, lessonId: first.id };
    const cards = first.content.cards.map((c, i) => (i === 0 ? { ...c, text: 'Một câu <b>mới</b>.<script>alert(1)</script>' } : c));
    const saved = await editor.call(saveDraftLesson, { params, body: bodyOf(first, { cards }) });
    expect([saved.body.revision, saved.body.content.cards[0]?.text, saved.body.findings.filter((f) => f.blocks)]).toEqual([2, 'Một câu **mới**.', []]);

    await editor.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'submit' } });
    expect((await editor.call(saveDraftLesson, { params, body: bodyOf(saved.body) })).body.code).toBe('curriculum.wrong-state');
    const commented = await reviewer.call(commentDraft, { params: { draftId: draft.id }, body: { lesson: first.content.slug, card: cards[0]?.slug as string, text: 'Thêm ví dụ.' } });
    await reviewer.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'return', note: 'Xem góp ý.' } });
    const mended = await editor.call(saveDraftLesson, { params, body: bodyOf(saved.body, { cards: cards.map((c, i) => (i === 0 ? { ...c, text: 'Một câu mới. Ví dụ: nấu cơm.' } : c)) }) });
    expect(mended.status).toBe(200);
    const resolved = await editor.call(resolveComment, { params: { draftId: draft.id, commentId: commented.body.comments[0]?.id as string } });
    expect(resolved.body.comments[0]?.resolvedAt).not.toBeNull();
    await editor.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'submit' } });

    const differences = (await reviewer.call(compareVersions, { params: PARAMS, query: { from: 1 } })).body.items;
    expect(differences.map((d) => [d.lesson, d.card, d.change])).toEqual([[first.content.slug, cards[0]?.slug, 'changed']]);
    expect(differences[0]?.parts.some((p) => p.kind === 'added' && p.text.includes('nấu cơm'))).toBe(true);

    expect((await reviewer.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'publish' } })).body.status).toBe('published');
    const course = (await editor.call(getCourse, { params: PARAMS })).body;
    expect([course.versions.map((v) => [v.number, v.source]), course.draft]).toEqual([[[2, 'editor'], [1, 'files']], null]);
    const of = async (who: Client) => (await who.call(listCourses, {})).body.items.find((c) => c.slug === COURSE)?.number;
    expect([await of(reader), await of(learner)]).toEqual([1, 2]);
  });

  test('files that nobody has touched since do not undo what was published in the browser', async () => {
    const courses = t.app.get(CoursesService);
    const [first] = await t.db.rows<{ id: string }>('select v.id from course_version v join course c on c.id = v.course_id where c.slug = $1 and v.number = 1', [COURSE]);
    await courses.publishFiles(COURSE, await courses.content(first?.id as string));
    expect((await editor.call(getCourse, { params: PARAMS })).body.versions).toHaveLength(2);
    await courses.publishFiles(COURSE, { ...(await courses.content(first?.id as string)), title: 'Tên khác' });
    expect((await editor.call(getCourse, { params: PARAMS })).body.versions).toHaveLength(3);
  });

  test('two who write the same lesson: the second is told who was faster, and nothing is lost', async () => {
    const { body: draft } = await editor.call(openDraft, { params: PARAMS });
    const lesson = draft.lessons[1] as DraftLesson;
    const params = { draftId: draft.id, lessonId: lesson.id };
    const results = await Promise.all([editor.call(saveDraftLesson, { params, body: bodyOf(lesson, { aim: 'Một' }) }), second.call(saveDraftLesson, { params, body: bodyOf(lesson, { aim: 'Hai' }) })]);
    expect(results.map((r) => r.status).sort()).toEqual([200, 409]);
    expect(results.find((r) => r.status === 409)?.body).toMatchObject({ code: 'curriculum.changed-meanwhile', params: { by: expect.stringMatching(/Y Thử/) } });
    await editor.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'drop' } });
  });

  test('what the quality meter blocks is not sent for review', async () => {
    const { body: draft } = await editor.call(openDraft, { params: PARAMS });
    const lesson = draft.lessons[0] as DraftLesson;
    const saved = await editor.call(saveDraftLesson, { params: { draftId: draft.id, lessonId: lesson.id }, body: bodyOf(lesson, { cards: lesson.content.cards.map((c, i) => (i === 1 ? { ...c, text: 'một hai ba. '.repeat(30) } : c)) }) });
    expect(saved.body.findings).toMatchObject([{ code: 'words', blocks: true, params: { n: 90, max: 60 } }]);
    expect((await editor.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'submit' } })).body.code).toBe('curriculum.blocked');
    await editor.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'drop' } });
  });

  test('a lesson that was taken out comes back', async () => {
    const { body: draft } = await editor.call(openDraft, { params: PARAMS });
    const lesson = draft.lessons[2] as DraftLesson;
    const params = { draftId: draft.id, lessonId: lesson.id };
    expect((await editor.call(removeDraftLesson, { params })).body.lessons).toHaveLength(draft.lessons.length - 1);
    const back = (await editor.call(restoreDraftLesson, { params })).body;
    expect(back.lessons.at(-1)?.content).toEqual(lesson.content);
    await editor.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'drop' } });
  });

  test('an author who may also review does not publish; a second person does', async () => {
    const owner = await t.as((await make.staff('owner', null)).id);
    const { body: draft } = await owner.call(openDraft, { params: PARAMS });
    const lesson = draft.lessons[0] as DraftLesson;
    await owner.call(saveDraftLesson, { params: { draftId: draft.id, lessonId: lesson.id }, body: bodyOf(lesson, { minutes: 6 }) });
    await owner.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'submit' } });
    expect((await owner.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'publish' } })).body.code).toBe('curriculum.same-person');
    expect((await reviewer.call(moveDraft, { params: { draftId: draft.id }, body: { act: 'publish' } })).status).toBe(200);
  });

  test('a new course begins with a template and gets its practice when it is published', async () => {
    const { body: draft } = await editor.call(createCourse, { body: { title: 'An toàn trên mạng', aim: 'Biết tự giữ mình.', audience: 'Mọi người', hours: 2 } });
    expect(draft.lessons[0]?.content.cards).toHaveLength(5);
    expect((await editor.call(createCourse, { body: { title: 'An toàn trên mạng', aim: 'x', audience: 'x', hours: 2 } })).body.code).toBe('curriculum.slug-taken');
    expect((await editor.call(addDraftLesson, { params: { draftId: draft.id }, body: { title: 'Tin thật, tin giả', template: 'case' } })).body.lessons).toHaveLength(2);
    expect((await learner.call(listCourses, {})).body.items.some((c) => c.slug === 'an-toan-tren-mang')).toBe(false);
  });
});

describe('voices', () => {
  test('recorded by one, let through by another, heard until the text changes', async () => {
    const lesson = (await learner.call(listCourses, {})).body.items.find((c) => c.slug === 'lap-ke-hoach-truyen-thong')?.lessons[0];
    const params = { courseSlug: 'lap-ke-hoach-truyen-thong' };
    const subject = `${lesson?.slug}/truyen-thong-la-gi`;
    const added = await editor.call(addRecording, { params, body: { subject, language: 'sed', speaker: 'Y Đọc (mẫu)', consent: true, seconds: 12.5, contentBase64: WAV.toString('base64') } });
    expect(added.body).toMatchObject({ state: 'waiting', stale: false });
    const tracks = async () => (await learner.call(getLesson, { params: { lessonId: lesson?.id as string } })).body.cards.find((c) => c.slug === 'truyen-thong-la-gi')?.tracks;
    expect(await tracks()).toEqual([]);
    const owner = await t.as((await make.staff('owner', null)).id);
    const own = await owner.call(addRecording, { params, body: { subject, language: 'vi', speaker: 'A Đọc (mẫu)', consent: true, seconds: 3, contentBase64: WAV.toString('base64') } });
    expect((await owner.call(decideRecording, { params: { recordingId: own.body.id }, body: { approve: true } })).body.code).toBe('curriculum.same-person');
    await reviewer.call(decideRecording, { params: { recordingId: added.body.id }, body: { approve: true } });
    expect(await tracks()).toMatchObject([{ language: 'sed', seconds: 12.5, bytes: WAV.length }]);
    const heard = await learner.call(getRecording, { params: { recordingId: added.body.id } });
    expect([heard.status, heard.headers['content-type']]).toEqual([200, 'audio/wav']);

    const { body: draft } = await editor.call(openDraft, { params });
    const first = draft.lessons[0] as DraftLesson;
    await editor.call(saveDraftLesson, { params: { draftId: draft.id, lessonId: first.id }, body: bodyOf(first, { cards: first.content.cards.map((c) => (c.slug === 'truyen-thong-la-gi' ? { ...c, text: `${c.text} Thêm.` } : c)) }) });
    const row = (await editor.call(listRecordings, { params })).body.items.find((i) => i.subject === subject && i.language === 'sed');
    expect(row?.stale).toBe(true);
  });

  test.each([['a recording of 6 MB', Buffer.concat([WAV, Buffer.alloc(5_200_000)]), 413, 'curriculum.recording-too-large'], ['a picture that says it is sound', PNG, 409, 'curriculum.recording-refused']])('%s is refused in a sentence', async (_, bytes, status, code) => {
    const reply = await editor.call(addRecording, { params: { courseSlug: 'lap-ke-hoach-truyen-thong' }, body: { subject: 'truyen-thong-thay-doi-viec-lam/truyen-thong-la-gi', language: 'vi', speaker: 'X', consent: true, seconds: 1, contentBase64: bytes.toString('base64') } });
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test('50 MB do not even reach the program', async () => {
    const reply = await editor.call(addRecording, { params: { courseSlug: 'lap-ke-hoach-truyen-thong' }, body: { subject: 'a/b', language: 'vi', speaker: 'X', consent: true, seconds: 1, contentBase64: 'A'.repeat(50_000_000) } });
    expect([reply.status, reply.body.code]).toEqual([413, 'request.too-large']);
  });
  test('without the speaker’s consent nothing is kept', async () => {
    const reply = await editor.call(addRecording, { params: { courseSlug: 'lap-ke-hoach-truyen-thong' }, body: { subject: 'a/b', language: 'vi', speaker: 'X', consent: false, seconds: 1, contentBase64: 'AAAA' } } as never);
    expect([reply.status, reply.body.errors?.[0]?.pointer]).toEqual([400, '/body/consent']);
  });
});

describe('pictures', () => {
  const add = (bytes: Buffer) => editor.call(addPicture, { params: PARAMS, body: { contentBase64: bytes.toString('base64') } });
  test('are known by their bytes and served with their own type', async () => {
    const { body } = await add(PNG);
    expect(body.file).toMatch(/^[0-9a-f]{16}\.png$/);
    const served = await t.stranger.call(getMedia, { params: { courseSlug: COURSE, file: body.file } });
    expect([served.status, served.headers['content-type'], served.headers['content-security-policy']]).toEqual([200, 'image/png', "default-src 'none'; style-src 'unsafe-inline'"]);
    expect((await t.stranger.call(getMedia, { params: { courseSlug: COURSE, file: 'bai-1.svg' } })).headers['content-type']).toBe('image/svg+xml');
    expect((await t.stranger.call(getMedia, { params: { courseSlug: COURSE, file: '..%2f..%2fpackage.json' } })).status).toBe(400);
  });
  test.each([['a text', Buffer.from('hello'), 'type'], ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'), 'unsafe'], ['a drawing with a handler', Buffer.from('<svg onload="x()"></svg>'), 'unsafe'], ['an entity bomb', Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aa">]><svg>&a;</svg>'), 'type'], ['something too heavy', Buffer.concat([PNG, Buffer.alloc(600_000)]), 'size']])('%s is refused', async (_, bytes, reason) => {
    expect((await add(bytes)).body).toMatchObject({ code: 'curriculum.picture-refused', params: { reason } });
  });
});

test('a kit prints as PDF and as a document to edit', async () => {
  const trainer = await t.as((await make.staff('unit-admin')).id);
  const pdf = await trainer.call(printKit, { params: { courseSlug: 'dia-chi-tin-cay-cong-dong' } });
  const docx = await trainer.call(editableKit, { params: { courseSlug: 'dia-chi-tin-cay-cong-dong' } });
  expect([String(pdf.body).slice(0, 5), String(docx.body).slice(0, 2), docx.headers['content-type']]).toEqual(['%PDF-', 'PK', editableKit.produces]);
  expect((await trainer.call(printKit, { params: { courseSlug: 'khong-co' } })).body.code).toBe('curriculum.no-kit');
}, 30_000);

test('every lesson has its practice and its closing question', async () => {
  const practice = (await learner.call(listPractice, {})).body.items;
  for (const c of (await learner.call(listCourses, {})).body.items.filter((x) => x.hasKit)) for (const l of c.lessons) expect([l.slug, practice.filter((p) => p.courseSlug === c.slug && p.lessonSlug === l.slug).map((p) => p.kind).sort()]).toEqual([l.slug, ['lesson-check', 'practice']]);
});
