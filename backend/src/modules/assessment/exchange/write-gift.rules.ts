import type { QuestionSource } from '../bank/question-text.rules.ts';
import { ownTags, reasonsAsText, WITHOUT_PICTURES } from './imported-question.rules.ts';

const escaped = (text: string): string => text.replace(/([\\:#={}~])/g, '\\$1').replace(/\n/g, '\\n');
const feedback = (reason: string): string => (reason ? `#${escaped(reason)}` : '');

/**
 * Questions as GIFT. What GIFT has no place for travels in a comment: slug, topic, lesson, card, difficulty. Orders are written as pairs of place and step, as Moodle's
 * own export of them does not exist; pictures are named in the comment, because GIFT carries none, and a tag keeps such a question from coming back without them.
 */
export const writeGift = (questions: readonly QuestionSource[], category: string): string => `$CATEGORY: $course$/top/${category.replace(/\n/g, ' ')}\n\n${questions.map(written).join('\n\n')}\n`;

function written(q: QuestionSource): string {
  const lost = [q.picture, ...q.options.map((o) => o.picture)].flatMap((p) => (p ? [p.file] : []));
  const comment = `// [id:lantoa:${q.slug}] ${[...ownTags(q), ...(lost.length ? [WITHOUT_PICTURES] : [])].map((t) => `[tag:${t}]`).join(' ')}`;
  return [...(lost.length ? [`// Pictures that GIFT cannot carry: ${lost.join(', ')}`] : []), comment, `::${escaped(q.slug)}::${escaped(q.stem)} {${answers(q)}}`].join('\n');
}

function answers(q: QuestionSource): string {
  if (q.kind === 'true-false') {
    const right = q.options.find((o) => o.right);
    const wrong = q.options.find((o) => !o.right);
    return `${right?.text === 'Đúng' ? 'T' : 'F'}#${escaped(wrong?.reason ?? '')}#${escaped(right?.reason ?? '')}`;
  }
  if (q.kind === 'matching') return `\n${q.options.map((o) => `  =${escaped(o.text)} -> ${escaped(o.match ?? '')}`).join('\n')}\n  ####${escaped(reasonsAsText(q.options))}\n`;
  if (q.kind === 'ordering') return `\n${q.options.map((o, i) => `  =${escaped(o.text)} -> ${i + 1}`).join('\n')}\n  ####${escaped(reasonsAsText(q.options))}\n`;
  const right = q.options.filter((o) => o.right).length;
  // Weights as Moodle knows them: whole parts of 100 with five decimals.
  const weight = (share: number) => `%${Number((share * 100).toFixed(5))}%`;
  const mark = (isRight: boolean) => (q.kind !== 'multiple' ? (isRight ? '=' : '~') : `~${isRight ? weight(1 / right) : '%-100%'}`);
  return `\n${q.options.map((o) => `  ${mark(o.right ?? false)}${escaped(o.text)}${feedback(o.reason)}`).join('\n')}\n`;
}
