import { getPractice, listPractice } from '@lantoa/shared/assessment';
import { getLesson, type LessonView, markCards, mediaAddress } from '@lantoa/shared/curriculum';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { call } from './api.ts';
import { keepForms } from './form-store.ts';
import { outboxOf } from './outbox.ts';

/** A lesson kept on this phone: its text, and its pictures and recordings by address. */
/** Without what somebody has read of it: several people may use this phone. */
export interface StoredLesson { id: string; title: string; courseTitle: string; courseSlug: string; lesson: LessonView; files: Record<string, Blob>; bytes: number; at: string }
interface Schema extends DBSchema { lesson: { key: string; value: StoredLesson } }

let opened: Promise<IDBPDatabase<Schema>> | undefined;
const store = (): Promise<IDBPDatabase<Schema>> =>
  (opened ??= openDB<Schema>('lantoa-bai', 1, { upgrade: (db) => void db.createObjectStore('lesson', { keyPath: 'id' }) }));

/** What lies on this phone; nothing when it keeps nothing. */
export const storedLessons = async (): Promise<StoredLesson[]> => {
  try {
    return await (await store()).getAll('lesson');
  } catch {
    return [];
  }
};

/** Fetches pictures, the recordings of one language and the practice of a lesson and keeps them; all of it or nothing. Throws when the network or the storage fails. */
export async function keepLesson(lesson: LessonView, language: string): Promise<void> {
  const pictures = lesson.cards.flatMap((c) => (c.picture ? [mediaAddress(lesson.courseSlug, c.picture.file)] : []));
  const tracks = lesson.cards.flatMap((c) => c.tracks.filter((t) => t.language === language).map((t) => t.url));
  const files: Record<string, Blob> = {};
  for (const url of new Set([...pictures, ...tracks])) {
    const reply = await fetch(url, { credentials: 'same-origin' });
    if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
    files[url] = await reply.blob();
  }
  await keepPractice(lesson);
  const bytes = lesson.bytes.text + Object.values(files).reduce((sum, b) => sum + b.size, 0);
  await (await store()).put('lesson', { id: lesson.id, title: lesson.title, courseTitle: lesson.courseTitle, courseSlug: lesson.courseSlug, lesson: { ...lesson, seen: [] }, files, bytes, at: new Date().toISOString() });
  // The browser may be asked not to clear what lies here when the phone is full; it decides by itself.
  await navigator.storage?.persist?.().catch(() => false);
}

async function keepPractice(lesson: LessonView): Promise<void> {
  const { items } = await call(listPractice, {});
  const own = items.filter((p) => p.courseSlug === lesson.courseSlug && p.lessonSlug === lesson.slug);
  await keepForms(await Promise.all(own.map((p) => call(getPractice, { params: { formId: p.formId } }))));
}

/** The lessons of a course that are not here yet, with what they weigh together, in bytes. */
export async function missingOf(lessonIds: readonly string[], language: string): Promise<{ lessons: LessonView[]; bytes: number }> {
  const here = new Set((await storedLessons()).map((l) => l.id));
  const lessons = await Promise.all(lessonIds.filter((id) => !here.has(id)).map((lessonId) => call(getLesson, { params: { lessonId } })));
  return { lessons, bytes: lessons.reduce((sum, l) => sum + weightOf(l, language), 0) };
}

export const forgetLesson = async (id: string): Promise<void> => (await store()).delete('lesson', id);

/** What downloading a lesson will cost, in bytes: text, pictures, and the recordings of one language. */
export const weightOf = (lesson: LessonView, language: string): number => lesson.bytes.text + lesson.bytes.pictures + (lesson.bytes.audio[language] ?? 0);

/** Cards that were told since this page was opened: reading one again is no news. */
const told = new Set<string>();
/** Keeps that a card was read; sent now or when there is network. */
export async function tellSeen(personId: string, lesson: LessonView, card: string): Promise<void> {
  const key = `${lesson.id} ${card}`;
  if (told.has(key) || lesson.seen.includes(card)) return;
  told.add(key);
  const done = { params: { lessonId: lesson.id }, body: { cards: [card] } };
  // A phone that keeps nothing can still tell the server.
  await outboxOf(personId).keep([{ endpoint: markCards, input: done, about: lesson.title }]).catch(() => call(markCards, done)).catch(() => told.delete(key));
}
