import type { QuestionFile } from './imported-question.rules.ts';

const OPTION = /^([A-Za-z])[.)]\s+(.+)$/;
const ANSWER = /^ANSWER:\s*([A-Za-z])\s*$/i;

/** Reads Aiken: a line with the question, lines `A. …` or `A) …`, and `ANSWER: B`. */
export function readAiken(text: string): QuestionFile {
  const file: QuestionFile = { read: 0, questions: [], notSupported: [], errors: [] };
  let stem: string[] = [];
  let options: { letter: string; text: string }[] = [];
  let begin = 1;
  const fault = (line: number, message: string) => file.errors.push({ line, message });
  const reset = () => {
    stem = [];
    options = [];
  };
  text.split('\n').forEach((raw, i) => {
    const line = raw.trim();
    const option = OPTION.exec(line);
    const answer = ANSWER.exec(line);
    if (answer) {
      const letter = (answer[1] as string).toUpperCase();
      file.read++;
      if (!stem.length) fault(i + 1, 'ANSWER stands without a question above it.');
      else if (!options.some((o) => o.letter === letter)) fault(i + 1, `ANSWER names ${letter}, which is none of the options ${options.map((o) => o.letter).join(', ')}.`);
      else file.questions.push({ name: stem.join(' ').slice(0, 80), slug: null, category: null, kind: 'single', stem: stem.join(' '), options: options.map((o) => ({ text: o.text, ...(o.letter === letter && { right: true }), reason: '' })), picture: null, optionPictures: [], tags: [] });
      reset();
    } else if (option && stem.length) options.push({ letter: (option[1] as string).toUpperCase(), text: option[2] as string });
    else if (line) {
      if (options.length) {
        fault(begin, `The question "${stem.join(' ').slice(0, 60)}" has no ANSWER line.`);
        reset();
      }
      if (!stem.length) begin = i + 1;
      stem.push(line);
    }
  });
  if (stem.length) fault(begin, `The question "${stem.join(' ').slice(0, 60)}" has no ANSWER line.`);
  return file;
}
