import path from 'node:path';
import { readQuestions } from '../src/modules/assessment/question-folder.ts';
import { longestIsRight } from '../src/modules/assessment/question-text.rules.ts';
import { readCourses } from '../src/modules/curriculum/course-folder.ts';

const COURSES = path.resolve(__dirname, '../../content/courses');

describe('the course on gender', () => {
  const course = async () => (await readCourses(COURSES)).find((c) => c.slug === 'gioi-va-binh-dang-gioi') as Awaited<ReturnType<typeof readCourses>>[number];
  const questions = async () => readQuestions((await course()).folder);

  test('six lessons within the limits, each with a picture that has words', async () => {
    const { lessons } = await course();
    expect(lessons.length).toBeGreaterThanOrEqual(6);
    for (const l of lessons) expect([l.slug, l.cards.some((c) => c.picture?.alt)]).toEqual([l.slug, true]);
  });
  test('at least 30 questions with a reason for every option, 12 of them anchors', async () => {
    const { questions: all } = await questions();
    expect(all.length).toBeGreaterThanOrEqual(30);
    expect(all.filter((q) => q.anchor)).toHaveLength(12);
  });
  test('every question names a card that exists', async () => {
    const cards = new Set((await course()).lessons.flatMap((l) => l.cards.map((c) => `${l.slug}/${c.slug}`)));
    expect((await questions()).questions.filter((q) => !cards.has(`${q.lesson}/${q.card}`)).map((q) => q.slug)).toEqual([]);
  });
  test('the right option is the longest no more often than chance', async () => {
    const { observed, byChance } = longestIsRight((await questions()).questions);
    expect(observed).toBeLessThanOrEqual(byChance);
  });
  test('pre- and post-test share the anchors and are alike in difficulty', async () => {
    const { questions: all, forms } = await questions();
    const of = (slug: string) => (forms.find((f) => f.slug === slug)?.questions ?? []).map((s) => all.find((q) => q.slug === s) as (typeof all)[number]);
    const [pre, post] = [of('dau-vao'), of('dau-ra')];
    expect([pre.length, post.length]).toEqual([20, 20]);
    expect(pre.filter((q) => q.anchor).map((q) => q.slug)).toEqual(post.filter((q) => q.anchor).map((q) => q.slug));
    const mean = (list: typeof all) => list.reduce((sum, q) => sum + q.difficulty, 0) / list.length;
    expect(Math.abs(mean(pre) - mean(post))).toBeLessThan(0.02);
  });
  test('every statement of law names its source', async () => {
    for (const l of (await course()).lessons) for (const c of l.cards) if (/\bLuật (nói|cấm|muốn|gọi)|Điều \d/.test(c.text)) expect([c.title, c.sources.length > 0]).toEqual([c.title, true]);
  });
});
