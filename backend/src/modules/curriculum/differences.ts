import { diffWords } from 'diff';
import type { Card, CourseContent, Difference, LessonContent } from '@lantoa/shared/curriculum';

/** A card as the lines that a reader compares. */
const linesOf = (c: Card): string => [c.title, c.text, ...(c.picture ? [`[${c.picture.file}] ${c.picture.alt}`] : []), ...c.terms.map((t) => `${t.term}: ${t.meaning}`), ...c.sources.map((s) => `${s.text} | ${s.checkedOn}`)].join('\n');
const headOf = (l: LessonContent): string => [l.title, l.aim, String(l.minutes), l.sensitive ? '!' : '', l.check ?? '', l.note ?? ''].join('\n');
const courseHead = (c: CourseContent): string => [c.title, c.aim, c.audience, String(c.hours)].join('\n');
const kitOf = (c: CourseContent): string => [...c.kit.plans.map((p) => [p.title, p.aim, ...p.materials, ...p.steps.map((s) => `${s.minutes} ${s.title} ${s.method} ${s.does}`)].join('\n')), ...[c.kit.slides, c.kit.handouts, c.kit.rolePlays].flat().map((p) => `${p.title}\n${p.text}`)].join('\n');

const parts = (from: string, to: string): Difference['parts'] => diffWords(from, to).map((p) => ({ text: p.value, kind: p.added ? 'added' : p.removed ? 'removed' : 'same' }));

/** What differs between two contents of a course, lesson by lesson and card by card, in the order of the newer one. Empty for equal ones. */
export function differencesOf(from: CourseContent, to: CourseContent): Difference[] {
  const found: Difference[] = [];
  const say = (lesson: Pick<LessonContent, 'slug' | 'title'>, card: string | null, change: Difference['change'], before: string, after: string) => found.push({ lesson: lesson.slug, lessonTitle: lesson.title, card, change, parts: change === 'moved' ? [{ text: after, kind: 'same' }] : parts(before, after) });
  const whole = { slug: '', title: to.title };
  if (courseHead(from) !== courseHead(to)) say(whole, null, 'changed', courseHead(from), courseHead(to));
  for (const l of to.lessons) {
    const old = from.lessons.find((o) => o.slug === l.slug);
    if (!old) {
      say(l, null, 'added', '', [headOf(l), ...l.cards.map(linesOf)].join('\n\n'));
      continue;
    }
    if (headOf(old) !== headOf(l)) say(l, null, 'changed', headOf(old), headOf(l));
    for (const c of l.cards) {
      const before = old.cards.find((o) => o.slug === c.slug);
      if (!before) say(l, c.slug, 'added', '', linesOf(c));
      else if (linesOf(before) !== linesOf(c)) say(l, c.slug, 'changed', linesOf(before), linesOf(c));
    }
    for (const c of old.cards) if (!l.cards.some((n) => n.slug === c.slug)) say(l, c.slug, 'removed', linesOf(c), '');
    const order = (cards: readonly Card[], among: readonly Card[]) => cards.filter((c) => among.some((o) => o.slug === c.slug)).map((c) => c.slug).join();
    if (order(old.cards, l.cards) !== order(l.cards, old.cards)) say(l, null, 'moved', '', l.cards.map((c) => c.title).join(' · '));
  }
  for (const l of from.lessons) if (!to.lessons.some((n) => n.slug === l.slug)) say(l, null, 'removed', [headOf(l), ...l.cards.map(linesOf)].join('\n\n'), '');
  const kept = (a: CourseContent, b: CourseContent) => a.lessons.filter((l) => b.lessons.some((o) => o.slug === l.slug)).map((l) => l.slug).join();
  if (kept(from, to) !== kept(to, from)) say(whole, null, 'moved', '', to.lessons.map((l) => l.title).join(' · '));
  if (kitOf(from) !== kitOf(to)) say({ slug: 'kit', title: to.title }, null, 'changed', kitOf(from), kitOf(to));
  return found;
}
