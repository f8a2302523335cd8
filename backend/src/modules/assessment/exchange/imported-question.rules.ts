import type { QuestionKind } from '@lantoa/shared/rules/marking';
import { CHOICE_LIMITS, type QuestionSource, type SourceOption } from '../bank/question-text.rules.ts';

/** A question as another system's file has it, in our words but not yet ours. */
export interface ForeignQuestion {
  name: string;
  /** Our own slug, when the file was written by us. */
  slug: string | null;
  category: string | null;
  kind: QuestionKind;
  stem: string;
  options: SourceOption[];
  picture: { bytes: Uint8Array; alt: string } | null;
  optionPictures: ({ bytes: Uint8Array; alt: string } | null)[];
  tags: string[];
}
export interface NotSupported { name: string; reason: string }
export interface FileFault { line: number | null; message: string }
/** What a file held: questions, what cannot be represented (whole questions or parts), and why it cannot be read at all. */
export interface QuestionFile { read: number; questions: ForeignQuestion[]; notSupported: NotSupported[]; errors: FileFault[] }

/** Marks a question of ours whose pictures the format could not carry. */
export const WITHOUT_PICTURES = 'lantoa:pictures=left-out';
const TAGS = ['topic', 'lesson', 'card', 'difficulty', 'anchor', 'kind'] as const;
/** What our own exports carry beside the text, as tags `lantoa:topic=…`. */
export function ownTags(q: QuestionSource): string[] {
  const pairs: [string, string | null][] = [['topic', q.topic], ['lesson', q.lesson], ['card', q.card], ['difficulty', String(q.difficulty)], ['anchor', q.anchor ? '1' : null], ['kind', q.kind === 'ordering' ? 'ordering' : null]];
  return pairs.flatMap(([k, v]) => (v ? [`lantoa:${k}=${v.replace(/[[\]]/g, '')}`] : []));
}

const tagOf = (tags: readonly string[], key: (typeof TAGS)[number]): string | null => tags.find((t) => t.startsWith(`lantoa:${key}=`))?.slice(`lantoa:${key}=`.length) ?? null;

/** The topic of a foreign question: its tag, else the last part of its category. */
const topicOf = (q: ForeignQuestion): string => tagOf(q.tags, 'topic') ?? q.category?.split('/').filter((p) => p && !p.startsWith('$') && p !== 'top').at(-1)?.replace(/^(Default for|Mặc định cho) /, '') ?? '';

/** A foreign question as one of ours, with pictures already kept under these names. What it lacks (reasons, a card) it lacks: it comes in as a draft. */
export function asSource(q: ForeignQuestion, slug: string, picture: string | null, optionPictures: readonly (string | null)[]): QuestionSource {
  const difficulty = Number(tagOf(q.tags, 'difficulty') ?? 0.5);
  const kind = q.kind;
  return {
    slug, kind, topic: topicOf(q).slice(0, 80), anchor: tagOf(q.tags, 'anchor') === '1', lesson: tagOf(q.tags, 'lesson'), card: tagOf(q.tags, 'card'), difficulty: difficulty >= 0 && difficulty <= 1 ? difficulty : 0.5, stem: q.stem, picture: picture ? { file: picture, alt: q.picture?.alt || q.name } : null,
    options: q.options.map((o, i) => ({ ...o, ...(optionPictures[i] && { picture: { file: optionPictures[i] as string, alt: q.optionPictures[i]?.alt || o.text } }) })),
  };
}

/** Why a question cannot be one of ours at all; `null` when it can, if only as a draft. */
export function refusal(q: Pick<ForeignQuestion, 'kind' | 'options' | 'stem'>): string | null {
  if (!q.stem.trim()) return 'has no text';
  if (q.options.length < 2) return 'has fewer than two answers';
  if (q.options.length > CHOICE_LIMITS.most) return `has ${q.options.length} answers (at most ${CHOICE_LIMITS.most})`;
  if (q.kind !== 'ordering' && q.kind !== 'matching' && !q.options.some((o) => o.right)) return 'has no right answer';
  return null;
}

/** Reasons of pairs and steps, which other systems have no place for, as numbered lines of general feedback. */
export const reasonsAsText = (options: readonly SourceOption[]): string => options.map((o, i) => `${i + 1}. ${o.reason}`).join('\n');

/**
 * Puts general feedback where it belongs: numbered lines of ours back to their options, else to the right answer that has no reason of its own;
 * what has no place is named as left out.
 */
export function useGeneral(options: SourceOption[], general: string, skip: (reason: string) => void): void {
  if (!general) return;
  const lines = general.split('\n').filter(Boolean);
  const right = options.find((o) => o.right && !o.reason);
  if (lines.length === options.length && lines.every((l, i) => l.startsWith(`${i + 1}. `))) options.forEach((o, i) => { o.reason = (lines[i] as string).slice(`${i + 1}. `.length); });
  else if (right) right.reason = general;
  else skip('general feedback has no place here and was left out');
}
