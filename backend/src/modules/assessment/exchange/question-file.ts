import { createHash } from 'node:crypto';
import type { QuestionFormat } from '@lantoa/shared/assessment';
import { problem } from '#platform/http';
import { slugify } from '#modules/curriculum';
import type { QuestionSource } from '../bank/question-text.rules.ts';
import { readAiken } from './aiken.rules.ts';
import { readGift } from './gift.ts';
import { asSource, type ForeignQuestion, type QuestionFile } from './imported-question.rules.ts';
import { readMoodleXml } from './moodle-xml.ts';

const MAX_BYTES = 5_000_000;
const MAX_QUESTIONS = 2000;
const READERS: Record<QuestionFormat, (text: string) => QuestionFile> = { aiken: readAiken, gift: readGift, 'moodle-xml': readMoodleXml };

/** Reads a question file of another system. Too large, too many or not text: refused in a sentence, before anything is kept. */
export function readQuestionFile(bytes: Buffer, format: QuestionFormat): QuestionFile {
  if (bytes.length > MAX_BYTES) throw problem('assessment.file-too-large', { megabytes: Math.ceil(bytes.length / 1_000_000), max: MAX_BYTES / 1_000_000 });
  const file = READERS[format](decoded(bytes));
  if (file.read > MAX_QUESTIONS) throw problem('assessment.file-refused', { reason: 'many', n: file.read, max: MAX_QUESTIONS });
  if (!file.read && !file.errors.length) throw problem('assessment.file-refused', { reason: 'empty' });
  return file;
}

function decoded(bytes: Buffer): string {
  if (bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return bytes.subarray(2).toString('utf16le').replace(/\r\n?/g, '\n');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  } catch {
    throw problem('assessment.file-refused', { reason: 'encoding' });
  }
}

/** Keeps a picture and gives the name under which it is kept; `null` when it is none that we keep. */
export type KeepPicture = (bytes: Uint8Array) => string | null;

/** The file's questions as ours. A slug is made from name and content, so that the same file gives the same slugs every time. */
export function sourcesOf(file: QuestionFile, keep: KeepPicture): { source: QuestionSource; category: string | null }[] {
  return file.questions.map((q) => {
    const lost = (name: string) => file.notSupported.push({ name: q.name, reason: `${name} is no picture that can be kept (SVG without scripts, PNG, JPEG or WebP, at most 500 KB) and was left out` });
    const kept = (p: ForeignQuestion['picture'], what: string): string | null => {
      const name = p && keep(p.bytes);
      if (p && !name) lost(what);
      return name;
    };
    return { category: q.category, source: asSource(q, q.slug ?? slugOf(q), kept(q.picture, 'the picture of the question'), q.optionPictures.map((p) => kept(p, 'the picture of an answer'))) };
  });
}

const slugOf = (q: ForeignQuestion): string => `${slugify(q.name).slice(0, 50).replace(/-$/, '') || 'cau'}-${createHash('sha256').update(JSON.stringify([q.name, q.kind, q.stem, q.options])).digest('hex').slice(0, 8)}`;
