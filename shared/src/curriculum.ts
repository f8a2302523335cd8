import { z } from 'zod';
import { Empty, endpoint, Id, listOf } from './endpoint.ts';

/** One card: at most 60 words, one idea. `text` is plain Markdown: paragraphs, `- ` lists and `**bold**`. */
export const Card = z.object({
  slug: z.string(), title: z.string(), text: z.string(),
  picture: z.object({ file: z.string(), alt: z.string() }).nullable(),
  terms: z.array(z.object({ term: z.string(), meaning: z.string() })),
  sources: z.array(z.object({ text: z.string(), checkedOn: z.iso.date() })),
}).meta({ id: 'Card' });
export type Card = z.infer<typeof Card>;

export const LessonRow = z.object({
  id: Id, slug: z.string(), position: z.int(), title: z.string(), aim: z.string(), minutes: z.int(), cards: z.int(), cardsSeen: z.int(),
}).meta({ id: 'LessonRow' });

export const CourseRow = z.object({ slug: z.string(), versionId: Id, number: z.int(), title: z.string(), aim: z.string(), hours: z.number(), lessons: z.array(LessonRow) }).meta({ id: 'CourseRow' });
export type CourseRow = z.infer<typeof CourseRow>;

/** The courses with their lessons and how far the asker has read. */
export const listCourses = endpoint({ name: 'curriculum.listCourses', method: 'GET', path: '/courses', response: listOf(CourseRow) });

export const getLesson = endpoint({
  name: 'curriculum.getLesson', method: 'GET', path: '/lessons/:lessonId', params: z.object({ lessonId: Id }),
  response: z.object({
    id: Id, slug: z.string(), title: z.string(), aim: z.string(), minutes: z.int(), courseSlug: z.string(), courseTitle: z.string(), position: z.int(), trainerNote: z.string().nullable(),
    cards: z.array(Card), seen: z.array(z.string()), next: z.object({ id: Id, title: z.string() }).nullable(),
  }),
});

/** Cards that were read. Grows only: sending one twice, or late, changes nothing. */
export const markCards = endpoint({ name: 'curriculum.markCards', method: 'POST', path: '/lessons/:lessonId/cards', params: z.object({ lessonId: Id }), body: z.object({ cards: z.array(z.string().max(60)).min(1).max(20) }), response: Empty });
