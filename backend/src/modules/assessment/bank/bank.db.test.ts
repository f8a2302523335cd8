import { randomUUID } from 'node:crypto';
import { getBankQuestion, listBank, openQuestionDraft, moveQuestionDraft, type QuestionContent, saveQuestionDraft } from '@lantoa/shared/assessment';
import { creditOf, rightChoice } from '@lantoa/shared/rules/marking';
import { type Client, startTestApp, type TestApp } from '../../../../test/app.ts';
import { COURSE, makers } from '../../../../test/make.ts';
import { chance } from '../../../demo/learning.rules.ts';
import { FormsService, type FullForm } from '../forms.service.ts';
import { QuestionBank } from './question-bank.service.ts';

const PEOPLE = 150;
const PLANTED = 'trach-nhiem';

let t: TestApp;
let make: ReturnType<typeof makers>;
let editor: Client;
let reviewer: Client;
let post: FullForm;
/** What every person answered: choices by question, in the form's order. */
const given: { pre: string[]; post: string[] }[] = [];

beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  [editor, reviewer] = [await t.as((await make.staff('editor')).id), await t.as((await make.staff('reviewer')).id)];
  await plantWrongKey();
  await answerTests();
}, 60_000);
afterAll(() => t.close());

/** Another option of one question is made the key, as an editor might by mistake. */
async function plantWrongKey(): Promise<void> {
  const bank = t.app.get(QuestionBank);
  const source = (await bank.sources(COURSE)).find((q) => q.slug === PLANTED) as Awaited<ReturnType<QuestionBank['sources']>>[number];
  const wrong = source.options.findIndex((o) => !o.right);
  await bank.publish(COURSE, { ...source, options: source.options.map(({ right: _right, ...o }, i) => ({ ...o, ...(i === wrong && { right: true }) })) });
}

/** 150 people with abilities from low to high; they know the truth and not the key. */
async function answerTests(): Promise<void> {
  const forms = t.app.get(FormsService);
  post = await forms.current(COURSE, 'dau-ra');
  const pre = await forms.current(COURSE, 'dau-vao');
  const truth = new Map((await t.db.rows<{ slug: string; id: string }>(`select q.slug, (select o ->> 'id' from jsonb_array_elements(v.options) o where (o ->> 'right')::bool limit 1) as id from question q join question_version v on v.question_id = q.id and v.number = 1 where q.course_slug = $1`, [COURSE])).map((r) => [r.slug, r.id]));
  const answer = (form: FullForm, person: number, gain: number) => form.questions.map((q, i) => {
    const next = chance(7, `${form.slug} ${person} ${i}`);
    const ability = (person / PEOPLE - 0.5) * 3 + gain;
    if (next() < 1 / (1 + Math.exp(-(ability - (q.difficulty - 0.5) * 2)))) return q.kind === 'single' || q.kind === 'true-false' ? (truth.get(q.slug) as string) : rightChoice(q.kind, q.options);
    const others = q.options.filter((o) => o.id !== truth.get(q.slug));
    return q.kind === 'single' || q.kind === 'true-false' ? ((others[Math.floor(next() * others.length)] as { id: string }).id) : 'unknown';
  });
  const people = Array.from({ length: PEOPLE }, () => randomUUID());
  await t.db.rows(`insert into person (id, code, name, name_folded, sort_key, created_at, version) select id, 'X' || n, 'Y Đo', 'y do', 'Do', now(), 1 from unnest($1::uuid[]) with ordinality as p(id, n)`, [people]);
  for (const [form, kind, gain] of [[pre, 'pre', 0], [post, 'post', 1.2]] as const) {
    const sitting = randomUUID();
    await t.db.rows(`insert into sitting (id, form_id, opened_at, cohort) values ($1, $2, now(), 'Tỉnh')`, [sitting, form.id]);
    for (const [p, personId] of people.entries()) {
      const choices = answer(form, p, gain);
      given[p] = { pre: [], post: [], ...given[p], [kind]: choices };
      const credits = form.questions.map((q, i) => creditOf(q.kind, q.options, choices[i] as string));
      const id = randomUUID();
      await t.db.rows(`insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, started_at, submitted_at, points, counts, language) values ($1, $2, $3, $4, $4, 1, $5, now(), now(), $6, true, 'vi')`, [id, form.id, personId, sitting, p % 3 ? 'own-phone' : 'paper', credits.reduce((a, b) => a + b, 0)]);
      await t.db.rows(`insert into mark (attempt_id, question_version_id, choice, "right", credit) select $1, * from unnest($2::uuid[], $3::text[], $4::bool[], $5::float8[])`, [id, form.questions.map((q) => q.questionVersionId), choices, credits.map((c) => c === 1), credits]);
    }
  }
}

/** The reference: means and a textbook Pearson over the raw answers, with nothing of the program in it. */
function reference(form: FullForm, i: number) {
  const credits = given.map((g) => form.questions.map((q, k) => creditOf(q.kind, q.options, g.post[k] as string)));
  const x = credits.map((c) => c[i] as number);
  const rest = credits.map((c, p) => c.reduce((a, b) => a + b, 0) - (x[p] as number));
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const [mx, mr] = [mean(x), mean(rest)];
  const r = mean(x.map((v, p) => (v - mx) * ((rest[p] as number) - mr))) / Math.sqrt(mean(x.map((v) => (v - mx) ** 2)) * mean(rest.map((v) => (v - mr) ** 2)));
  return { after: mx, r };
}

describe('item analysis', () => {
  test('the figures of every question equal a reference that was computed from the raw answers', async () => {
    const { body } = await editor.call(listBank, { params: { courseSlug: COURSE }, query: {} });
    for (const [i, q] of post.questions.entries()) {
      const f = body.items.find((r) => r.slug === q.slug)?.figures;
      const expected = reference(post, i);
      expect([q.slug, f?.nPost]).toEqual([q.slug, PEOPLE]);
      expect(f?.after).toBeCloseTo(expected.after, 10);
      expect(f?.discrimination).toBeCloseTo(expected.r, 10);
    }
  });

  test('the planted wrong key is flagged, and no sound question with it', async () => {
    const { body } = await editor.call(listBank, { params: { courseSlug: COURSE }, query: {} });
    expect(body.items.filter((r) => r.figures.flags.includes('key-may-be-wrong')).map((r) => r.slug)).toEqual([PLANTED]);
  });

  test('gain is over people who sat both, on the same version', async () => {
    const { body } = await editor.call(listBank, { params: { courseSlug: COURSE }, query: {} });
    const anchor = body.items.find((r) => r.slug === 'gioi-la-gi');
    const at = post.questions.findIndex((q) => q.slug === 'gioi-la-gi');
    const pre = await t.app.get(FormsService).current(COURSE, 'dau-vao');
    const atPre = pre.questions.findIndex((q) => q.slug === 'gioi-la-gi');
    const q = post.questions[at] as FullForm['questions'][number];
    const gain = given.reduce((sum, g) => sum + creditOf(q.kind, q.options, g.post[at] as string) - creditOf(q.kind, q.options, g.pre[atPre] as string), 0) / PEOPLE;
    expect(anchor?.figures.pairs).toBe(PEOPLE);
    expect(anchor?.figures.gain).toBeCloseTo(gain, 10);
    const onlyAfter = post.questions.find((p) => !pre.questions.some((x) => x.slug === p.slug))?.slug;
    expect(onlyAfter).toBeDefined();
    expect(body.items.find((r) => r.slug === onlyAfter)?.figures).toMatchObject({ nPre: 0, nPost: PEOPLE, pairs: 0, gain: null });
  });

  test('by channel and by tier only those answers are looked at', async () => {
    const paper = await editor.call(listBank, { params: { courseSlug: COURSE }, query: { channel: 'paper' } });
    const nobody = await editor.call(listBank, { params: { courseSlug: COURSE }, query: { cohort: 'Huyện' } });
    expect([paper.body.items.find((r) => r.slug === PLANTED)?.figures.nPost, nobody.body.items.find((r) => r.slug === PLANTED)?.figures.nPost, paper.body.cohorts]).toEqual([PEOPLE / 3, 0, ['Tỉnh']]);
  });

  test('a question’s page shows every version, who chose what, and the tiers', async () => {
    const { body: list } = await editor.call(listBank, { params: { courseSlug: COURSE }, query: {} });
    const { body } = await editor.call(getBankQuestion, { params: { questionId: list.items.find((r) => r.slug === PLANTED)?.questionId as string } });
    expect(body.versions.map((v) => [v.number, v.figures.nPost])).toEqual([[2, PEOPLE], [1, 0]]);
    const options = body.versions[0]?.options ?? [];
    expect(options.reduce((sum, o) => sum + o.n, 0)).toBe(PEOPLE);
    const upper = (right: boolean) => Math.max(...options.filter((o) => o.right === right).map((o) => o.upper ?? 0));
    expect(upper(false)).toBeGreaterThan(upper(true));
    expect(body.byCohort).toMatchObject([{ name: 'Tỉnh', figures: { nPost: PEOPLE } }]);
    expect(body.byLanguage).toMatchObject([{ name: 'vi' }]);
  });
});

describe('a question is written by one and let through by another', () => {
  const content: QuestionContent = { kind: 'multiple', topic: 'Vai trò giới', anchor: false, lesson: 'vai-tro-gioi', card: 'ghi-nho', difficulty: 0.4, stem: 'Chọn việc chăm sóc.', picture: null, options: [{ text: 'Nấu ăn', right: true, reason: 'Đúng.', match: null, picture: null }, { text: 'Tắm cho con', right: true, reason: 'Đúng.', match: null, picture: null }, { text: 'Họp thôn', right: false, reason: 'Đây là việc cộng đồng.', match: null, picture: null }] };

  test('new question: draft, saved, in review, published, and it stands in the practice of its lesson', async () => {
    const opened = await editor.call(openQuestionDraft, { params: { courseSlug: COURSE }, body: { kind: 'multiple' } });
    const params = { draftId: opened.body.id };
    expect((await editor.call(moveQuestionDraft, { params, body: { act: 'submit' } })).body.code).toBe('assessment.question-incomplete');
    const saved = await editor.call(saveQuestionDraft, { params, body: { revision: 1, content } });
    expect([saved.body.faults, saved.body.slug]).toEqual([[], 'chon-viec-cham-soc']);
    expect((await editor.call(saveQuestionDraft, { params, body: { revision: 1, content } })).body.code).toBe('curriculum.changed-meanwhile');
    await editor.call(moveQuestionDraft, { params, body: { act: 'submit' } });
    expect((await editor.call(moveQuestionDraft, { params, body: { act: 'publish' } })).body.code).toBe('access.not-allowed');
    const published = await reviewer.call(moveQuestionDraft, { params, body: { act: 'publish' } });
    expect(published.body.status).toBe('published');
    const practice = await t.app.get(FormsService).current(COURSE, 'on-vai-tro-gioi');
    expect(practice.questions.map((q) => q.slug)).toContain('chon-viec-cham-soc');
  });

  test('the owner, who may do both, cannot publish what the owner wrote', async () => {
    const owner = await t.as((await make.staff('owner', null)).id);
    const { body } = await owner.call(openQuestionDraft, { params: { courseSlug: COURSE }, body: {} });
    await owner.call(saveQuestionDraft, { params: { draftId: body.id }, body: { revision: 1, content: { ...content, stem: 'Câu của chủ hệ thống?' } } });
    await owner.call(moveQuestionDraft, { params: { draftId: body.id }, body: { act: 'submit' } });
    expect((await owner.call(moveQuestionDraft, { params: { draftId: body.id }, body: { act: 'publish' } })).body.code).toBe('assessment.same-person');
  });

  test('a new version is given to the tests that ask the question; old attempts keep theirs', async () => {
    const before = await t.app.get(FormsService).current(COURSE, 'dau-ra');
    const { body: list } = await editor.call(listBank, { params: { courseSlug: COURSE }, query: {} });
    const row = list.items.find((r) => r.slug === 'gioi-la-gi');
    const { body: draft } = await editor.call(openQuestionDraft, { params: { courseSlug: COURSE }, body: { questionId: row?.questionId as string } });
    expect(draft.breaksComparison).toBe(true);
    await editor.call(saveQuestionDraft, { params: { draftId: draft.id }, body: { revision: 1, content: { ...draft.content, stem: 'Câu nào đúng khi nói về giới?' } } });
    await editor.call(moveQuestionDraft, { params: { draftId: draft.id }, body: { act: 'submit' } });
    await reviewer.call(moveQuestionDraft, { params: { draftId: draft.id }, body: { act: 'publish' } });
    const after = await t.app.get(FormsService).current(COURSE, 'dau-ra');
    expect([after.id === before.id, before.questions.some((q) => q.stem === 'Câu nào đúng khi nói về giới?'), after.questions.some((q) => q.stem === 'Câu nào đúng khi nói về giới?')]).toEqual([false, false, true]);
    // The files have not changed since: loading them again does not undo the edit.
    await t.app.get(QuestionBank).load(COURSE, { questions: (await t.app.get(QuestionBank).sources(COURSE)).map((q) => (q.slug === 'gioi-la-gi' ? { ...q, stem: row?.stem as string } : q)), forms: await t.app.get(QuestionBank).formSources(COURSE) });
    expect((await t.app.get(FormsService).current(COURSE, 'dau-ra')).questions.some((q) => q.stem === 'Câu nào đúng khi nói về giới?')).toBe(true);
  });
});
