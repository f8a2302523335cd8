import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { CourseContent, Kit, KitPage, LessonContent, SessionScript } from '@lantoa/shared/curriculum';
import { stringify } from 'yaml';
import { z } from 'zod';
import { type Fault, filesIn, type Folder, readFolder, readYaml, textOf } from '#platform/content';
import { canonical } from './course-content.rules.ts';
import { kitFaults, parsePages, planFaults, writePages } from './kit-text.rules.ts';
import { lessonFindings, parseCards, writeLesson } from './lesson-text.rules.ts';
import { pictureFault } from './media.rules.ts';

export interface CourseSource { slug: string; content: CourseContent; hash: string; folder: Folder }

const Text = z.string().min(1);
const Head = z.strictObject({ position: z.int().min(1).max(999), title: Text, aim: Text, audience: Text, hours: z.number().min(0.5).max(200) });
const LessonHead = z.strictObject({ title: Text, aim: Text, minutes: z.int().min(1).max(30), check: z.string().optional(), sensitive: z.boolean().optional(), note: z.string().optional() });
const Plan = z.strictObject({
  title: Text, aim: Text, materials: z.array(Text).default([]),
  steps: z.array(z.strictObject({ minutes: z.int().min(5).max(120), title: Text, method: Text, lesson: z.string().optional(), does: Text })).min(3),
});
const PLANS: [string, SessionScript['length']][] = [['kit/nua-ngay.yaml', 'half-day'], ['kit/mot-ngay.yaml', 'one-day']];
const PAGES: [string, Exclude<keyof Kit, 'plans'>][] = [['kit/trang-chieu.md', 'slides'], ['kit/phat-tay.md', 'handouts'], ['kit/tinh-huong.md', 'rolePlays']];

/** SHA-256 of a course's content; equal content has equal hashes, through whichever door it came. */
export const contentHash = (content: CourseContent): string => createHash('sha256').update(canonical(content)).digest('hex');

/** The folders of courses below a folder, by slug. */
export async function courseFolders(root: string): Promise<Map<string, Folder>> {
  const entries = (await readdir(root, { withFileTypes: true })).filter((e) => e.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(await Promise.all(entries.map(async (e) => [e.name, await readFolder(path.join(root, e.name))] as const)));
}

/** Reads a course from its files. With any fault there is no course: `source` is `null`; `lessons` are those that could be read. */
export function readCourse(slug: string, folder: Folder): { source: CourseSource | null; lessons: LessonContent[]; faults: Fault[]; warnings: Fault[] } {
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  const name = (file: string) => `${slug}/${file}`;
  const fault = (file: string, line: number, code: string, message: string) => faults.push({ file: name(file), line, code, message: message.endsWith('.') ? message : `${message}.` });
  const read = (file: string): string | null => {
    const text = textOf(folder, file);
    if (text !== null && text !== text.normalize('NFC')) fault(file, text.split('\n').findIndex((l) => l !== l.normalize('NFC')) + 1, 'text.nfc', 'has letters whose marks are apart (NFD); save it as NFC');
    return text;
  };

  const headText = read('course.yaml');
  const head = headText === null ? null : readYaml(name('course.yaml'), headText, Head);
  if (!head) fault('course.yaml', 1, 'file.missing', 'is missing');
  else faults.push(...head.faults);

  const lessons = filesIn(folder, 'lessons', '.md').flatMap((file) => readLesson(slug, file, read(file) as string, folder, faults, warnings) ?? []);
  if (!lessons.length) fault('lessons', 1, 'file.missing', 'holds no lesson');
  const kit = readKit(slug, read, lessons, faults);
  faults.push(...mediaFaults(slug, folder));
  if (faults.length || !head?.value) return { source: null, lessons, faults, warnings };
  const content = { ...head.value, lessons, kit };
  return { source: { slug, content, hash: contentHash(content), folder }, lessons, faults, warnings };
}

function readLesson(slug: string, file: string, text: string, folder: Folder, faults: Fault[], warnings: Fault[]): LessonContent | null {
  const where = `${slug}/${file}`;
  const [whole, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (whole === undefined || head === undefined || body === undefined) {
    faults.push({ file: where, line: 1, code: 'lesson.head', message: 'does not begin with a block between two lines of "---".' });
    return null;
  }
  const meta = readYaml(where, head, LessonHead, 2);
  faults.push(...meta.faults);
  const bodyLine = head.split('\n').length + 2;
  const { cards, lines, faults: textFaults } = parseCards(body);
  faults.push(...textFaults.map((f) => ({ file: where, line: f.line + bodyLine, code: f.code, message: `${f.message}.` })));
  if (!meta.value) return null;
  const { title, aim, minutes, check, sensitive, note } = meta.value;
  const lesson: LessonContent = { slug: file.replace(/^lessons\/(\d+-)?|\.md$/g, ''), title, aim, minutes, note: note ?? null, sensitive: sensitive ?? false, check: check ?? null, cards };
  for (const f of lessonFindings(lesson)) (f.blocks ? faults : warnings).push({ file: where, line: f.card === null ? 2 : (lines[f.card] as number) + bodyLine, code: `lesson.${f.code}`, message: `${f.message}.` });
  cards.forEach((c, i) => {
    if (c.picture && !folder.has(`media/${c.picture.file}`)) faults.push({ file: where, line: (lines[i] as number) + bodyLine, code: 'picture.missing', message: `names the picture ${c.picture.file}, which is not in media/.` });
  });
  return lesson;
}

function readKit(slug: string, read: (file: string) => string | null, lessons: readonly LessonContent[], faults: Fault[]): Kit {
  const kit: Kit = { plans: [], slides: [], handouts: [], rolePlays: [] };
  for (const [file, length] of PLANS) {
    const text = read(file);
    if (text === null) continue;
    const plan = readYaml(`${slug}/${file}`, text, Plan);
    faults.push(...plan.faults);
    if (!plan.value) continue;
    const script: SessionScript = { length, ...plan.value, steps: plan.value.steps.map((s) => ({ ...s, lesson: s.lesson ?? null, does: s.does.trim() })) };
    faults.push(...planFaults(script, lessons.map((l) => l.slug)).map((message) => ({ file: `${slug}/${file}`, line: 1, code: 'kit.plan', message: `${message}.` })));
    kit.plans.push(script);
  }
  for (const [file, part] of PAGES) {
    const text = read(file);
    if (text === null) continue;
    const parsed = parsePages(text);
    faults.push(...parsed.faults.map((f) => ({ file: `${slug}/${file}`, line: f.line, code: f.code, message: `${f.message}.` })));
    kit[part] = parsed.pages;
  }
  faults.push(...kitFaults(kit).map((message) => ({ file: `${slug}/kit`, line: 1, code: 'kit.lacks', message: `${message}.` })));
  return kit;
}

const mediaFaults = (slug: string, folder: Folder): Fault[] =>
  filesIn(folder, 'media', '').flatMap((file) => {
    const message = pictureFault(file, folder.get(file) as Buffer);
    return message ? [{ file: `${slug}/${file}`, line: 1, code: 'picture.content', message }] : [];
  });

/** The files of a course, without its questions; reading them again gives the same content. Pictures are added by who has them. */
export function writeCourse(content: CourseContent): Map<string, string> {
  const yaml = (value: object) => stringify(value, { lineWidth: 0 });
  const { position, title, aim, audience, hours, lessons, kit } = content;
  const files = new Map([['course.yaml', yaml({ position, title, aim, audience, hours: Number(hours) })]]);
  lessons.forEach((l, i) => {
    const head = yaml({ title: l.title, aim: l.aim, minutes: l.minutes, ...(l.check !== null && { check: l.check }), ...(l.sensitive && { sensitive: true }), ...(l.note !== null && { note: l.note }) });
    files.set(`lessons/${String(i + 1).padStart(2, '0')}-${l.slug}.md`, writeLesson(l, head));
  });
  for (const [file, length] of PLANS) {
    const plan = kit.plans.find((p) => p.length === length);
    if (plan) files.set(file, yaml({ title: plan.title, aim: plan.aim, materials: plan.materials, steps: plan.steps.map(({ lesson, ...s }) => ({ ...s, ...(lesson !== null && { lesson }) })) }));
  }
  for (const [file, part] of PAGES) if (kit[part].length) files.set(file, writePages(kit[part] as KitPage[]));
  return files;
}
