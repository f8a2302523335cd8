import { questionKinds } from '@lantoa/shared/rules/marking';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type Fault, filesIn, type Folder, readYaml, textOf } from '#platform/content';
import { type FormSource, formFaults, longestIsRight, type QuestionSource, questionFaults, rightPlaces } from './question-text.rules.ts';

export interface QuestionsSource { questions: QuestionSource[]; forms: FormSource[] }
/** What a question may refer to: the lessons of its course. */
export interface LessonRef { slug: string; title: string; check: string | null; cards: readonly { slug: string }[] }

const Text = z.string().min(1);
const Picture = z.strictObject({ file: z.string().regex(/^[\w.-]+$/), alt: Text });
const Question = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and dashes'), kind: z.enum(questionKinds).default('single'), topic: Text, anchor: z.boolean().default(false), lesson: z.string().optional(), card: z.string().optional(), difficulty: z.number(), stem: Text, picture: Picture.optional(),
  options: z.array(z.strictObject({ text: z.coerce.string(), right: z.boolean().optional(), reason: z.string().default(''), match: z.string().optional(), picture: Picture.optional() })).min(2),
});
const Test = z.strictObject({
  slug: z.string(), kind: z.enum(['pre', 'post', 'trainer']), title: Text, tier: z.int().min(1).max(9).optional(), passMark: z.number().min(0).max(1).optional(), maxAttempts: z.int().min(1).optional(), timeLimitMinutes: z.int().min(5).max(240).optional(), questions: z.array(z.string()).min(1),
});

/** A group smaller than this has no balance to speak of. */
const BALANCE_FROM = 12;

/**
 * Reads a course's questions and tests. Beside the tests of `forms.yaml`, every lesson gets a practice form of all its questions and a closing question.
 * With any fault there is nothing: `source` is `null`; `questions` are those that could be read.
 */
export function readQuestions(slug: string, folder: Folder, lessons: readonly LessonRef[]): { source: QuestionsSource | null; questions: QuestionSource[]; faults: Fault[]; warnings: Fault[] } {
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  const questions: QuestionSource[] = [];
  const places = new Map<string, { file: string; line: number }>();
  for (const file of filesIn(folder, 'questions', '.yaml')) {
    const where = `${slug}/${file}`;
    const text = textOf(folder, file) as string;
    if (text !== text.normalize('NFC')) faults.push({ file: where, line: text.split('\n').findIndex((l) => l !== l.normalize('NFC')) + 1, code: 'text.nfc', message: 'has letters whose marks are apart (NFD); save it as NFC.' });
    const read = readYaml(where, text, z.array(Question));
    faults.push(...read.faults);
    read.value?.forEach((raw, i) => {
      const q: QuestionSource = { ...raw, lesson: raw.lesson ?? null, card: raw.card ?? null, picture: raw.picture ?? null };
      const line = read.lineOf([i]);
      const say = (code: string, message: string, at = line) => faults.push({ file: where, line: at, code: `question.${code}`, message: `question ${q.slug} ${message}.` });
      const twin = places.get(q.slug);
      if (twin) say(q.anchor ? 'anchor-twice' : 'twice', `stands already in ${twin.file}:${twin.line}`);
      places.set(q.slug, { file: where, line });
      for (const f of questionFaults(q)) say(f.code, f.message, f.option === null ? line : read.lineOf([i, 'options', f.option]));
      for (const [code, message] of referenceFaults(q, lessons, folder)) say(code, message);
      questions.push(q);
    });
  }
  const formsFile = `${slug}/forms.yaml`;
  const formsText = textOf(folder, 'forms.yaml');
  const read = formsText === null ? null : readYaml(formsFile, formsText, z.array(Test));
  if (!read) faults.push({ file: formsFile, line: 1, code: 'file.missing', message: 'is missing.' });
  faults.push(...(read?.faults ?? []));
  const tests: FormSource[] = (read?.value ?? []).map((f) => ({ ...f, lesson: null, tier: f.tier ?? null, passMark: f.passMark ?? null, maxAttempts: f.maxAttempts ?? null, timeLimitMinutes: f.timeLimitMinutes ?? null }));
  if (read?.value) for (const f of formFaults(tests, questions)) faults.push({ file: formsFile, line: read.lineOf([tests.findIndex((t) => t.slug === f.form)]), code: `form.${f.code}`, message: `${f.message}.` });
  const { observed, byChance } = longestIsRight(questions);
  if (observed > Math.max(1, byChance)) faults.push({ file: `${slug}/questions`, line: 1, code: 'questions.longest', message: `In ${observed} questions the right option is the longest (by chance ${byChance.toFixed(0)}).` });
  warnings.push(...balanceWarnings(slug, questions));
  for (const l of lessons) if (l.check && !questions.some((q) => q.slug === l.check)) faults.push({ file: `${slug}/lessons`, line: 1, code: 'lesson.check', message: `The lesson ${l.slug} closes with the unknown question ${l.check}.` });
  return { source: faults.length ? null : { questions, forms: [...tests, ...lessonForms(questions, lessons)] }, questions, faults, warnings };
}

function referenceFaults(q: QuestionSource, lessons: readonly LessonRef[], folder: Folder): [string, string][] {
  const lesson = lessons.find((l) => l.slug === q.lesson);
  const missing = [q.picture, ...q.options.map((o) => o.picture)].filter((p) => p && !folder.has(`media/${p.file}`));
  return [
    ...(!q.lesson || !q.card ? [['card', 'names no card that explains it'] as [string, string]] : !lesson ? [['lesson', `names the unknown lesson ${q.lesson}`] as [string, string]] : !lesson.cards.some((c) => c.slug === q.card) ? [['card', `names the unknown card ${q.card} of ${q.lesson}`] as [string, string]] : []),
    ...missing.map((p): [string, string] => ['picture', `names the picture ${p?.file}, which is not in media/`]),
  ];
}

function balanceWarnings(slug: string, questions: readonly QuestionSource[]): Fault[] {
  return [2, 3, 4].flatMap((n) => {
    const places = rightPlaces(questions, n);
    const total = places.reduce((a, b) => a + b, 0);
    const uneven = total >= BALANCE_FROM && places.some((p) => p < (total / n) * 0.4 || p > (total / n) * 1.6);
    return uneven ? [{ file: `${slug}/questions`, line: 1, code: 'questions.balance', message: `Of ${total} questions with ${n} options the right one stands ${places.join(', ')} times in places 1–${n}.` }] : [];
  });
}

/** The forms that follow from the lessons themselves: practice of all questions, and the closing question. */
export function lessonForms(questions: readonly Pick<QuestionSource, 'slug' | 'lesson'>[], lessons: readonly LessonRef[]): FormSource[] {
  const form = (slug: string, kind: 'practice' | 'lesson-check', l: LessonRef, list: string[]): FormSource[] => (list.length ? [{ slug, kind, title: l.title, lesson: l.slug, tier: null, passMark: null, maxAttempts: null, timeLimitMinutes: null, questions: list }] : []);
  return lessons.flatMap((l) => [
    ...form(`on-${l.slug}`, 'practice', l, questions.filter((q) => q.lesson === l.slug).map((q) => q.slug)),
    ...form(`cuoi-${l.slug}`, 'lesson-check', l, l.check && questions.some((q) => q.slug === l.check) ? [l.check] : []),
  ]);
}

/** Questions and tests as files again, one file of questions per lesson. */
export function writeQuestions(questions: readonly QuestionSource[], forms: readonly FormSource[], lessons: readonly LessonRef[]): Map<string, string> {
  const yaml = (value: unknown) => stringify(value, { lineWidth: 0 });
  const some = <T extends object>(o: T) => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== null && v !== undefined && v !== false));
  const write = ({ kind, anchor, picture, options, ...q }: QuestionSource) => some({ slug: q.slug, kind: kind === 'single' ? null : kind, topic: q.topic, anchor, lesson: q.lesson, card: q.card, difficulty: q.difficulty, stem: q.stem, picture, options: options.map((o) => some(o)) });
  const files = new Map<string, string>();
  lessons.forEach((l, i) => {
    const own = questions.filter((q) => q.lesson === l.slug);
    if (own.length) files.set(`questions/${String(i + 1).padStart(2, '0')}-${l.slug}.yaml`, yaml(own.map(write)));
  });
  const rest = questions.filter((q) => !lessons.some((l) => l.slug === q.lesson));
  if (rest.length) files.set('questions/99-khac.yaml', yaml(rest.map(write)));
  files.set('forms.yaml', yaml(forms.filter((f) => f.lesson === null).map(({ lesson: _lesson, ...f }) => some(f))));
  return files;
}
