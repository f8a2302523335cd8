import type { QuestionSource, SourceOption } from '../bank/question-text.rules.ts';
import { ownTags, reasonsAsText } from './imported-question.rules.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const html = (text: string): string => text.split(/\n\n+/).map((p) => `<p>${p.split('\n').map((l) => escaped(l).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')).join('<br>')}</p>`).join('');
const cdata = (text: string): string => `<![CDATA[${text.replace(/\]\]>/g, ']]]]><![CDATA[>')}]]>`;
const node = (name: string, inner: string, attributes = ''): string => `<${name}${attributes}>${inner}</${name}>`;
const rich = (name: string, text: string, picture?: Picture): string => {
  const file = picture ? `<file name="${escaped(picture.file)}" path="/" encoding="base64">${picture.base64}</file>` : '';
  const image = picture ? `<p><img src="@@PLUGINFILE@@/${encodeURIComponent(picture.file)}" alt="${escaped(picture.alt)}"></p>` : '';
  return node(name, `<text>${cdata((text ? html(text) : '') + image)}</text>${file}`, ' format="html"');
};

interface Picture { file: string; alt: string; base64: string }
/** Bytes of a course's pictures by name, in base64. */
export type Pictures = ReadonlyMap<string, string>;

/** Questions as a Moodle XML export, pictures embedded. What Moodle has no place for travels in tags and the id number. */
export function writeMoodleXml(questions: readonly QuestionSource[], category: string, pictures: Pictures): string {
  const pictureOf = (p: { file: string; alt: string } | null | undefined): Picture | undefined => {
    const base64 = p ? pictures.get(p.file) : undefined;
    return p && base64 ? { ...p, base64 } : undefined;
  };
  const question = (q: QuestionSource): string => node('question', [
    node('name', `<text>${escaped(q.slug)}</text>`), rich('questiontext', q.stem, pictureOf(q.picture)), rich('generalfeedback', q.kind === 'matching' ? reasonsAsText(q.options) : ''), '<defaultgrade>1.0000000</defaultgrade>', '<penalty>0.0000000</penalty>', '<hidden>0</hidden>',
    `<idnumber>lantoa:${escaped(q.slug)}</idnumber>`, ...answers(q, pictureOf), node('tags', ownTags(q).map((t) => node('tag', `<text>${escaped(t)}</text>`)).join('')),
  ].join('\n  '), ` type="${TYPES[q.kind]}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n<question type="category">\n  <category><text>$course$/top/${escaped(category)}</text></category>\n</question>\n${questions.map(question).join('\n')}\n</quiz>\n`;
}

const TYPES: Record<QuestionSource['kind'], string> = { single: 'multichoice', picture: 'multichoice', multiple: 'multichoice', 'true-false': 'truefalse', matching: 'matching', ordering: 'ordering' };

function answers(q: QuestionSource, pictureOf: (p: SourceOption['picture']) => Picture | undefined): string[] {
  const answer = (fraction: string, o: SourceOption, text = o.text): string => `<answer fraction="${fraction}" format="html"><text>${cdata(html(text) + imageOf(o))}</text>${fileOf(o)}${rich('feedback', o.reason)}</answer>`;
  const imageOf = (o: SourceOption) => (pictureOf(o.picture) ? `<p><img src="@@PLUGINFILE@@/${encodeURIComponent(o.picture?.file ?? '')}" alt="${escaped(o.picture?.alt ?? '')}"></p>` : '');
  const fileOf = (o: SourceOption) => (pictureOf(o.picture) ? `<file name="${escaped(o.picture?.file ?? '')}" path="/" encoding="base64">${pictureOf(o.picture)?.base64}</file>` : '');
  if (q.kind === 'true-false') return q.options.map((o) => `<answer fraction="${o.right ? 100 : 0}" format="moodle_auto_format"><text>${o.text === 'Đúng' ? 'true' : 'false'}</text>${rich('feedback', o.reason)}</answer>`);
  if (q.kind === 'matching') return ['<shuffleanswers>true</shuffleanswers>', ...q.options.map((o) => `<subquestion format="html"><text>${cdata(html(o.text))}</text><answer><text>${escaped(o.match ?? '')}</text></answer></subquestion>`)];
  if (q.kind === 'ordering') return ['<layouttype>VERTICAL</layouttype>', '<selecttype>ALL</selecttype>', ...q.options.map((o, i) => answer(`${i + 1}.0000000`, o))];
  const right = q.options.filter((o) => o.right).length;
  const fraction = (o: SourceOption) => (o.right ? Number((100 / (q.kind === 'multiple' ? right : 1)).toFixed(5)) : q.kind === 'multiple' ? -100 : 0);
  return [`<single>${q.kind !== 'multiple'}</single>`, '<shuffleanswers>true</shuffleanswers>', '<answernumbering>ABCD</answernumbering>', ...q.options.map((o) => answer(String(fraction(o)), o))];
}
