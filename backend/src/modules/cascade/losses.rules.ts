import type { TopicLoss } from '@lantoa/shared/cascade';
import { points, scoreOf, SHOWN_FROM } from './measures.rules.ts';
import { betweenGroups, meanOf, type Sample, together, welch } from './statistics.rules.ts';

/** What people of a class knew of a topic: shares right on its anchors, one a person, before and after. `tier` counts from 1. */
export interface TopicCell { topic: string; tier: number; classId: string; code: string; before: Sample; after: Sample }
/** How often an anchor was right in the post-tests of a tier. */
export interface QuestionCell { topic: string; tier: number; questionId: string; stem: string; n: number; right: number }

/** The rest of a topic lost less than this share of what the topic lost: it was one question. */
const ONE_QUESTION = 1 / 3;
/** From this share of the spread on, and with a chance below `BY_CHANCE`, classes differ. */
const CLASSES_DIFFER = 0.1;
const BY_CHANCE = 0.05;
/** A topic that grew less than this share of what the others grew was not taught well. */
const GREW_LITTLE = 0.5;

/**
 * Where knowledge is lost: for every topic its mean on anchor questions in each tier's post-test, and for every hand-over between two tiers how many points went, with the 95 % interval (Welch), and the
 * place to look first. Topics that lost most from the first tier to the last come first. A mean of fewer than ten people is hidden, and so is a loss that it is part of.
 */
export function lossesOf(cells: readonly TopicCell[], questions: readonly QuestionCell[], tiers: number): TopicLoss[] {
  const topics = [...new Set(cells.map((c) => c.topic))];
  const of = (topic: string, tier: number) => cells.filter((c) => c.topic === topic && c.tier === tier);
  const after = (topic: string, tier: number) => together(of(topic, tier).map((c) => c.after));
  const grown = (topic: string, tier: number): number | null => {
    const [a, b] = [together(of(topic, tier).map((c) => c.before)), after(topic, tier)];
    return a.n >= SHOWN_FROM && b.n >= SHOWN_FROM ? meanOf(b) - meanOf(a) : null;
  };
  const list = topics.map((topic): TopicLoss => {
    const means = Array.from({ length: tiers }, (_, i) => scoreOf(after(topic, i + 1)));
    const steps = Array.from({ length: tiers - 1 }, (_, i) => i + 1).flatMap((from) => {
      const [a, b] = [after(topic, from), after(topic, from + 1)];
      const w = a.n >= SHOWN_FROM && b.n >= SHOWN_FROM ? welch(a, b) : null;
      if (!w) return [];
      const others = topics.filter((t) => t !== topic).flatMap((t) => grown(t, from + 1) ?? []);
      const start = (tier: number) => together(of(topic, tier).map((c) => c.before));
      return [{
        from, to: from + 1, points: points(w.difference), low: points(w.low), high: points(w.high),
        place: placeOf({
          loss: w, questions: questionDrops(questions.filter((q) => q.topic === topic), from), classes: of(topic, from + 1), grew: grown(topic, from + 1), othersGrew: others.length ? others.reduce((x, y) => x + y, 0) / others.length : null,
          startedLower: start(from).n >= SHOWN_FROM && start(from + 1).n >= SHOWN_FROM ? meanOf(start(from)) - meanOf(start(from + 1)) : null,
        }),
      }];
    });
    const visible = Array.from({ length: tiers }, (_, i) => after(topic, i + 1)).filter((s) => s.n >= SHOWN_FROM);
    const [top, bottom] = [visible[0], visible.at(-1)];
    return { topic, means, drop: top && bottom && visible.length > 1 ? points(meanOf(top) - meanOf(bottom)) : null, steps, questions: anchorsOf(questions.filter((q) => q.topic === topic), tiers) };
  });
  return list.sort((x, y) => (y.drop ?? -Infinity) - (x.drop ?? -Infinity) || x.topic.localeCompare(y.topic, 'vi'));
}

/** Each anchor of a topic with its share right in every tier and what it lost from the first that may be shown to the last. */
function anchorsOf(questions: readonly QuestionCell[], tiers: number): TopicLoss['questions'] {
  const list = [...new Set(questions.map((q) => q.questionId))].map((questionId) => {
    const own = questions.filter((q) => q.questionId === questionId);
    const means = Array.from({ length: tiers }, (_, i) => { const c = own.find((q) => q.tier === i + 1); return { mean: c && c.n >= SHOWN_FROM ? points(c.right / c.n) : null, n: c?.n ?? 0 }; });
    const visible = means.flatMap((m) => m.mean ?? []);
    return { questionId, stem: own.at(-1)?.stem ?? '', means, drop: visible.length > 1 ? Math.round(((visible[0] as number) - (visible.at(-1) as number)) * 10) / 10 : null };
  });
  return list.sort((a, b) => (b.drop ?? -Infinity) - (a.drop ?? -Infinity) || a.stem.localeCompare(b.stem, 'vi'));
}

interface QuestionDrop { questionId: string; stem: string; drop: number }

/** What each anchor lost between a tier and the next, the most first; only those asked in both, of ten people or more. */
function questionDrops(questions: readonly QuestionCell[], from: number): QuestionDrop[] {
  const at = (tier: number) => new Map(questions.filter((q) => q.tier === tier && q.n >= SHOWN_FROM).map((q) => [q.questionId, q]));
  const [a, b] = [at(from), at(from + 1)];
  return [...a.values()].flatMap((q) => { const next = b.get(q.questionId); return next ? [{ questionId: q.questionId, stem: next.stem, drop: q.right / q.n - next.right / next.n }] : []; }).sort((x, y) => y.drop - x.drop);
}

interface Evidence { loss: { difference: number; low: number; high: number }; questions: readonly QuestionDrop[]; classes: readonly TopicCell[]; grew: number | null; othersGrew: number | null; startedLower: number | null }

/** The place to look first. From what is quickly mended to what is not: chance, one question, some classes, the lesson, the tier. */
function placeOf(e: Evidence): TopicLoss['steps'][number]['place'] {
  if (e.loss.difference <= 0) return { kind: 'none' };
  if (e.loss.low <= 0) return { kind: 'chance' };
  const [worst, ...rest] = e.questions;
  if (worst && rest.length && rest.reduce((sum, q) => sum + q.drop, 0) / rest.length < ONE_QUESTION * e.loss.difference) return { kind: 'question', questionId: worst.questionId, stem: worst.stem, points: points(worst.drop) };
  const classes = e.classes.filter((c) => c.after.n >= SHOWN_FROM);
  const spread = betweenGroups(classes.map((c) => c.after));
  if (spread && spread.p < BY_CHANCE && spread.share >= CLASSES_DIFFER) {
    const sorted = [...classes].sort((a, b) => meanOf(a.after) - meanOf(b.after));
    return { kind: 'trainer', lowest: points(meanOf((sorted[0] as TopicCell).after)), highest: points(meanOf((sorted.at(-1) as TopicCell).after)), classes: sorted.slice(0, 2).map((c) => ({ id: c.classId, code: c.code })) };
  }
  if (e.grew !== null && e.othersGrew !== null && e.grew < GREW_LITTLE * e.othersGrew) return { kind: 'lesson', grew: points(e.grew), others: points(e.othersGrew) };
  return { kind: 'tier', startedLower: e.startedLower === null ? null : points(e.startedLower) };
}
