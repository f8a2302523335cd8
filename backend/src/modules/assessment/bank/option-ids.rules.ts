import type { Option, QuestionSource } from './question-text.rules.ts';
import { shuffled } from '@lantoa/shared/rules/shuffle';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/**
 * The options of a question with their ids. Where the file's order is the answer (ordering, matching), ids are drawn from the slug, so that the
 * alphabet does not give it away; the same question always gets the same ids.
 */
export function optionsOf(q: Pick<QuestionSource, 'slug' | 'kind' | 'options'>): Option[] {
  const ids = IDS.slice(0, q.options.length);
  const own = q.kind === 'ordering' ? shuffled(ids, q.slug) : ids;
  const partners = shuffled(ids, `${q.slug} partners`);
  return q.options.map((o, i) => ({
    id: own[i] as string, text: o.text, right: o.right ?? false, reason: o.reason,
    ...(q.kind === 'matching' && { match: { id: partners[i] as string, text: o.match ?? '' } }), ...(o.picture && { picture: o.picture }),
  }));
}
