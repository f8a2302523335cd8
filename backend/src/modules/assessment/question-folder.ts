import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FormKind } from '@lantoa/shared/assessment';
import { parse as parseYaml } from 'yaml';
import { Stop } from '#platform/config';
import { formFaults, questionFaults } from './question-text.rules.ts';

export interface QuestionSource { slug: string; topic: string; anchor?: boolean; lesson?: string; card?: string; difficulty: number; stem: string; options: { text: string; right?: boolean; reason: string }[] }
export interface FormSource { slug: string; kind: FormKind; title: string; lesson?: string; passMark?: number; maxAttempts?: number; questions: string[] }

/** Reads a course's questions and forms; refuses what breaks the rules for questions, naming each. */
export async function readQuestions(courseFolder: string): Promise<{ questions: QuestionSource[]; forms: FormSource[] }> {
  const folder = path.join(courseFolder, 'questions');
  const files = (await readdir(folder)).filter((f) => f.endsWith('.yaml')).sort();
  const questions = (await Promise.all(files.map(async (f) => parseYaml((await readFile(path.join(folder, f), 'utf8')).normalize('NFC')) as QuestionSource[]))).flat();
  const forms = parseYaml((await readFile(path.join(courseFolder, 'forms.yaml'), 'utf8')).normalize('NFC')) as FormSource[];
  const faults = [...questions.flatMap((q) => questionFaults(q).map((f) => `question ${q.slug} ${f}`)), ...formFaults(forms, questions)];
  if (faults.length) throw new Stop('bad-content', `${path.basename(courseFolder)}: ${faults.join('; ')}.`);
  return { questions, forms };
}
