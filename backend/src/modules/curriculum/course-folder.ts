import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Card } from '@lantoa/shared/curriculum';
import { parse as parseYaml } from 'yaml';
import { Stop } from '#platform/config';
import { lessonFaults, parseCards } from './lesson-text.rules.ts';

export interface LessonSource { slug: string; title: string; aim: string; minutes: number; trainerNote: string | null; cards: Card[] }
export interface CourseSource { slug: string; title: string; aim: string; hours: number; hash: string; lessons: LessonSource[]; folder: string }

/** Reads every course below a folder and refuses one that breaks the limits, naming lesson and reason. */
export async function readCourses(folder: string): Promise<CourseSource[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return Promise.all(entries.filter((e) => e.isDirectory()).map((e) => readCourse(path.join(folder, e.name), e.name)));
}

async function readCourse(folder: string, slug: string): Promise<CourseSource> {
  const course = parseYaml(await readFile(path.join(folder, 'course.yaml'), 'utf8')) as { title: string; aim: string; hours: number };
  const hash = createHash('sha256').update(JSON.stringify(course));
  const lessons: LessonSource[] = [];
  for (const file of (await readdir(path.join(folder, 'lessons'))).sort()) {
    const text = await readFile(path.join(folder, 'lessons', file), 'utf8');
    hash.update(text);
    lessons.push(readLesson(`${slug}/lessons/${file}`, file, text));
  }
  return { slug, folder, title: course.title, aim: course.aim, hours: course.hours, hash: hash.digest('hex'), lessons };
}

function readLesson(where: string, file: string, text: string): LessonSource {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (head === undefined || body === undefined) throw new Stop('bad-content', `${where} does not begin with a block between two lines of "---".`);
  const meta = parseYaml(head) as { title: string; aim: string; minutes: number; note?: string };
  const cards = parseCards(body.normalize('NFC'));
  const faults = lessonFaults(cards);
  if (faults.length) throw new Stop('bad-content', `${where} ${faults.join('; ')}.`);
  return { slug: file.replace(/^\d+-|\.md$/g, ''), title: meta.title, aim: meta.aim, minutes: meta.minutes, trainerNote: meta.note ?? null, cards };
}
