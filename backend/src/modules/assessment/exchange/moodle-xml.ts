import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { htmlToText } from '#platform/content';
import type { SourceOption } from '../bank/question-text.rules.ts';
import { type ForeignQuestion, type QuestionFile, refusal, useGeneral } from './imported-question.rules.ts';

interface Text { text?: string; '@format'?: string; file?: { '@name'?: string; '#text'?: string }[] }
interface Answer extends Text { '@fraction'?: string; feedback?: Text }
interface Node {
  '@type'?: string; name?: Text; questiontext?: Text; generalfeedback?: Text; category?: Text; idnumber?: string; single?: string; answer?: Answer[]; subquestion?: (Text & { answer?: Answer[] })[];
  tags?: { tag?: Text[] }; hint?: unknown[];
}

const ARRAYS = new Set(['question', 'answer', 'subquestion', 'file', 'tag', 'hint']);
const NAMES: Record<string, string> = { numerical: 'numerical answers are not supported', essay: 'essays are not supported', shortanswer: 'short answers are not supported', description: 'texts without a question are not supported', cloze: 'gap texts (cloze) are not supported' };

/** Reads a Moodle XML export: categories, HTML with embedded pictures, multichoice, true/false, matching, ordering. */
export function readMoodleXml(text: string): QuestionFile {
  const file: QuestionFile = { read: 0, questions: [], notSupported: [], errors: [] };
  // Entities of its own are how a small XML file becomes a huge one; Moodle writes none.
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return { ...file, errors: [{ line: lineOf(text, /<!DOCTYPE|<!ENTITY/i), message: 'declares a document type or entities; a Moodle export has none. Export the questions from Moodle again.' }] };
  const valid = XMLValidator.validate(text);
  if (valid !== true) return { ...file, errors: [{ line: valid.err.line, message: `is not XML here: ${valid.err.msg.slice(0, 160)}` }] };
  const parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, isArray: (name) => ARRAYS.has(name) }).parse(text) as { quiz?: { question?: Node[] } | string };
  if (parsed.quiz === undefined) return { ...file, errors: [{ line: 1, message: 'has no <quiz>: it is not a Moodle question export.' }] };
  let category: string | null = null;
  for (const node of (typeof parsed.quiz === 'object' && parsed.quiz.question) || []) {
    if (node['@type'] === 'category') {
      category = textOf(node.category);
      continue;
    }
    file.read++;
    readQuestion(node, category, file);
  }
  return file;
}

function readQuestion(node: Node, category: string | null, file: QuestionFile): void {
  const type = node['@type'] ?? 'unknown';
  const body = rich(node.questiontext);
  const name = textOf(node.name) || body.text.slice(0, 80) || type;
  const skip = (reason: string) => void file.notSupported.push({ name, reason });
  const made = optionsFrom(node, type, skip);
  if (!made) {
    skip(NAMES[type] ?? `questions of the type "${type}" are not supported`);
    return;
  }
  if (node.hint?.length) skip('hints have no place here and were left out');
  useGeneral(made.options, rich(node.generalfeedback).text, skip);
  const pictures = body.pictures;
  if (pictures.length > 1) skip(`only the first of ${pictures.length} pictures was taken`);
  for (const lost of body.lost) skip(lost);
  const optionPictures = made.pictures.some((p) => p === null) ? made.pictures.map(() => null) : made.pictures;
  if (optionPictures.every((p) => p === null) && made.pictures.some((p) => p !== null)) skip('pictures of some answers were left out: either every answer has one or none');
  const kind = made.kind === 'single' && optionPictures.length > 0 && optionPictures.every((p) => p !== null) ? 'picture' : made.kind;
  const tags = (node.tags?.tag ?? []).map(textOf).filter(Boolean);
  const foreign = tags.filter((t) => !t.startsWith('lantoa:'));
  if (foreign.length) skip(`tags were left out: ${foreign.join(', ')}`);
  const question: ForeignQuestion = { name, slug: node.idnumber?.startsWith('lantoa:') ? node.idnumber.slice('lantoa:'.length) : null, category, kind, stem: body.text, options: made.options, picture: pictures[0] ?? null, optionPictures, tags };
  const reason = refusal(question);
  if (reason) skip(reason);
  else file.questions.push(question);
}

interface Made { kind: ForeignQuestion['kind']; options: SourceOption[]; pictures: ForeignQuestion['optionPictures'] }

function optionsFrom(node: Node, type: string, skip: (reason: string) => void): Made | null {
  const answers = node.answer ?? [];
  if (type === 'truefalse') {
    const of = (value: string) => answers.find((a) => (a.text ?? '').trim().toLowerCase() === value);
    const option = (text: string, a: Answer | undefined): SourceOption => ({ text, ...(Number(a?.['@fraction']) > 0 && { right: true }), reason: rich(a?.feedback).text });
    return { kind: 'true-false', options: [option('Đúng', of('true')), option('Sai', of('false'))], pictures: [] };
  }
  if (type === 'matching' || type === 'match') {
    const pairs = (node.subquestion ?? []).map((s) => ({ left: rich(s), right: htmlToText(s.answer?.[0]?.text ?? '').text }));
    const whole = pairs.filter((p) => p.left.text && p.right);
    if (whole.length < pairs.length) skip('answers without a partner (distractors) were left out');
    return { kind: 'matching', options: whole.map((p) => ({ text: p.left.text, match: p.right, reason: '' })), pictures: [] };
  }
  if (type === 'ordering') {
    const steps = [...answers].sort((a, b) => Number(a['@fraction']) - Number(b['@fraction']));
    return { kind: 'ordering', options: steps.map((a) => ({ text: rich(a).text, reason: rich(a.feedback).text })), pictures: [] };
  }
  if (type !== 'multichoice') return null;
  const read = answers.map((a) => ({ a, ...rich(a), fraction: Number(a['@fraction'] ?? 0) }));
  const several = (node.single ?? 'true').trim() === 'false' && read.filter((r) => r.fraction > 0).length > 1;
  const best = Math.max(...read.map((r) => r.fraction));
  if (!several && read.some((r) => r.fraction > 0 && r.fraction < best)) skip('part marks for a wrong answer are not supported; it counts as wrong');
  if (several && new Set(read.filter((r) => r.fraction > 0).map((r) => Math.round(r.fraction))).size > 1) skip('answers with different weights are not supported; the right ones count alike');
  const right = (fraction: number) => (several ? fraction > 0 : fraction > 0 && fraction === best);
  return { kind: several ? 'multiple' : 'single', options: read.map((r) => ({ text: r.text, ...(right(r.fraction) && { right: true }), reason: rich(r.a.feedback).text })), pictures: read.map((r) => r.pictures[0] ?? null) };
}

const textOf = (t: Text | undefined): string => (typeof t?.text === 'string' ? t.text : '').normalize('NFC').trim();

/** Text of a node without its markup, the pictures that the file carries for it, and what of it was lost. */
function rich(t: Text | undefined): { text: string; pictures: { bytes: Uint8Array; alt: string }[]; lost: string[] } {
  const raw = typeof t?.text === 'string' ? t.text : '';
  if (t?.['@format'] === 'plain_text' || (!raw.includes('<') && !raw.includes('&'))) return { text: raw.normalize('NFC').trim(), pictures: [], lost: [] };
  const { text, pictures } = htmlToText(raw);
  const lost: string[] = [];
  const found = pictures.flatMap(({ src, alt }) => {
    const name = decodeURIComponent(src.replace('@@PLUGINFILE@@/', '').split('?')[0] as string);
    const inline = /^data:image\/[\w+]+;base64,(.+)$/.exec(src)?.[1];
    const base64 = inline ?? t?.file?.find((f) => f['@name'] === name)?.['#text'];
    if (base64) return [{ bytes: new Uint8Array(Buffer.from(base64, 'base64')), alt }];
    lost.push(`the picture ${src.slice(0, 60)} is not in the file and was left out`);
    return [];
  });
  if (/<(audio|video|object|iframe)/i.test(raw)) lost.push('audio, video and embedded pages were left out');
  return { text, pictures: found, lost };
}

const lineOf = (text: string, pattern: RegExp): number => text.slice(0, text.search(pattern)).split('\n').length;
