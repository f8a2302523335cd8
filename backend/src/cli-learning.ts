import { readFile, writeFile } from 'node:fs/promises';
import { QuestionFormat } from '@lantoa/shared/assessment';
import { readConfig, Stop } from '#platform/config';
import { BankService, ExchangeService } from '#modules/assessment';
import { CoursesService, KitsService } from '#modules/curriculum';
import type { Options, Verb } from './cli-verb.ts';
import { checkContent, sentencesOf } from './content-check.ts';

/** Where questions of a file go when no course is named: a course that nobody reads, until they are sorted. */
const UNSORTED = 'cau-hoi-nhap-vao';

const courseOf = (options: Options, verb: string): string => {
  if (!options.course) throw new Stop('bad-setting', `${verb} needs --course SLUG.`);
  return options.course;
};

function formatOf(options: Options, allowed: readonly QuestionFormat[]): QuestionFormat {
  const format = allowed.find((f) => f === options.format);
  if (!format) throw new Stop('bad-setting', `--format is "${options.format ?? ''}"; it must be ${allowed.join(', ')}.`);
  return format;
}

/** Verbs about content, questions and kits. */
export const learningVerbs: Record<string, Verb> = {
  'content check': {
    usage: 'content check [--content FOLDER]', about: 'Reads all courses as the program would: limits, sources, reasons, references, balance. Exit code 9 when something must be mended.', needsDatabase: false,
    async run(_app, options) {
      const report = await checkContent(options.content ?? readConfig([]).contentDir);
      return { value: options.json ? report : sentencesOf(report), failed: report.errors.length > 0 };
    },
  },
  'questions import': {
    usage: 'questions import FILE --format moodle-xml|gift|aiken [--course SLUG] [--dry-run]', about: 'Takes questions in as drafts, all or none; what cannot be represented is listed.', needsDatabase: true,
    async run(app, options, [file]) {
      if (!file) throw new Stop('bad-setting', 'questions import needs the path of a file.');
      const bytes = await readFile(file).catch(() => { throw new Stop('bad-setting', `The file ${file} cannot be read.`); });
      if (options.course) await app.get(CoursesService).mustExist(options.course);
      const report = await app.get(ExchangeService).takeFile(null, options.course ?? UNSORTED, formatOf(options, QuestionFormat.options), bytes, !options['dry-run']);
      const { read, imported, unchanged, notSupported, errors } = report;
      return { value: { read, imported, unchanged, notSupported, errors }, failed: errors.length > 0 };
    },
  },
  'questions export': {
    usage: 'questions export --course SLUG --format gift|moodle-xml [--out FILE]', about: 'All questions of a course, published and waiting.', needsDatabase: true,
    async run(app, options) {
      const course = courseOf(options, 'questions export');
      const text = await (formatOf(options, ['gift', 'moodle-xml']) === 'gift' ? app.get(ExchangeService).gift(course) : app.get(ExchangeService).moodleXml(course));
      if (!options.out) return { value: text };
      await writeFile(options.out, text);
      return { value: { file: options.out, bytes: Buffer.byteLength(text) } };
    },
  },
  'questions analyse': {
    usage: 'questions analyse --course SLUG', about: 'One row per question version: n, difficulty before and after, discrimination, flags.', needsDatabase: true,
    async run(app, options) {
      return { value: await app.get(BankService).analyse(courseOf(options, 'questions analyse')) };
    },
  },
  'kit print': {
    usage: 'kit print --course SLUG --out FILE.pdf|FILE.docx', about: 'The facilitator kit: everything as PDF, or handouts and role-plays to edit.', needsDatabase: true,
    async run(app, options) {
      const course = courseOf(options, 'kit print');
      if (!options.out) throw new Stop('bad-setting', 'kit print needs --out FILE.pdf or --out FILE.docx.');
      const bytes = await (options.out.endsWith('.docx') ? app.get(KitsService).document(course) : app.get(KitsService).pdf(course));
      await writeFile(options.out, bytes);
      return { value: { file: options.out, bytes: bytes.length } };
    },
  },
};
