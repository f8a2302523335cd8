import type { Card, CourseContent, KitPage, LessonContent, SessionScript } from '@lantoa/shared/curriculum';

const card = (c: Card) => [c.slug, c.title, c.text, c.picture && [c.picture.file, c.picture.alt], c.terms.map((t) => [t.term, t.meaning]), c.sources.map((s) => [s.text, s.checkedOn])];
const lesson = (l: LessonContent) => [l.slug, l.title, l.aim, l.minutes, l.note, l.sensitive, l.check, l.cards.map(card)];
const page = (p: KitPage) => [p.title, p.text];
const plan = (p: SessionScript) => [p.length, p.title, p.aim, p.materials, p.steps.map((s) => [s.minutes, s.title, s.method, s.lesson, s.does])];

/**
 * A course's content as one text that is the same for the same content, whatever door it came through; its SHA-256 tells versions apart.
 * Order of lessons, cards and steps counts; the order of keys does not.
 */
export const canonical = (c: CourseContent): string =>
  JSON.stringify([c.position, c.title, c.aim, c.audience, Number(c.hours), c.lessons.map(lesson), c.kit.plans.map(plan), c.kit.slides.map(page), c.kit.handouts.map(page), c.kit.rolePlays.map(page)]);
