import { type LessonView, markCards, mediaAddress } from '@lantoa/shared/curriculum';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { call } from './api.ts';

/** A lesson kept on this phone: its text, and its pictures and recordings by address. */
export interface StoredLesson { id: string; title: string; courseTitle: string; lesson: LessonView; files: Record<string, Blob>; bytes: number; at: string }
/** A card that was read and that the server has not acknowledged yet. */
interface Seen { key: string; personId: string; lessonId: string; card: string }
interface Schema extends DBSchema { lesson: { key: string; value: StoredLesson }; seen: { key: string; value: Seen } }

let opened: Promise<IDBPDatabase<Schema>> | undefined;
const store = (): Promise<IDBPDatabase<Schema>> =>
  (opened ??= openDB<Schema>('lantoa-bai', 1, { upgrade: (db) => { db.createObjectStore('lesson', { keyPath: 'id' }); db.createObjectStore('seen', { keyPath: 'key' }); } }));

/** What lies on this phone; nothing when it keeps nothing. */
export const storedLessons = async (): Promise<StoredLesson[]> => {
  try {
    return await (await store()).getAll('lesson');
  } catch {
    return [];
  }
};

/** Fetches pictures and the recordings of one language and keeps the lesson; all of it or nothing. Throws when the network or the storage fails. */
export async function keepLesson(lesson: LessonView, language: string): Promise<void> {
  const pictures = lesson.cards.flatMap((c) => (c.picture ? [mediaAddress(lesson.courseSlug, c.picture.file)] : []));
  const tracks = lesson.cards.flatMap((c) => c.tracks.filter((t) => t.language === language).map((t) => t.url));
  const files: Record<string, Blob> = {};
  for (const url of new Set([...pictures, ...tracks])) {
    const reply = await fetch(url, { credentials: 'same-origin' });
    if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
    files[url] = await reply.blob();
  }
  const bytes = lesson.bytes.text + Object.values(files).reduce((sum, b) => sum + b.size, 0);
  await (await store()).put('lesson', { id: lesson.id, title: lesson.title, courseTitle: lesson.courseTitle, lesson, files, bytes, at: new Date().toISOString() });
}

export const forgetLesson = async (id: string): Promise<void> => (await store()).delete('lesson', id);

/** What downloading a lesson will cost, in bytes: text, pictures, and the recordings of one language. */
export const weightOf = (lesson: LessonView, language: string): number => lesson.bytes.text + lesson.bytes.pictures + (lesson.bytes.audio[language] ?? 0);

/** Keeps that a card was read, then tells the server of all that wait. Offline they stay. Resolves to whether something was acknowledged. */
export async function tellSeen(personId: string, lessonId: string, card: string): Promise<boolean> {
  try {
    const db = await store();
    await db.put('seen', { key: `${personId} ${lessonId} ${card}`, personId, lessonId, card });
    return await sendSeen(personId);
  } catch {
    // A phone that keeps nothing can still tell the server.
    return call(markCards, { params: { lessonId }, body: { cards: [card] } }).then(() => true, () => false);
  }
}

async function sendSeen(personId: string): Promise<boolean> {
  const db = await store();
  const waiting = (await db.getAll('seen')).filter((s) => s.personId === personId);
  let told = false;
  for (const lessonId of new Set(waiting.map((s) => s.lessonId))) {
    const own = waiting.filter((s) => s.lessonId === lessonId);
    try {
      await call(markCards, { params: { lessonId }, body: { cards: own.map((s) => s.card) } });
      for (const s of own) await db.delete('seen', s.key);
      told = true;
    } catch {
      // Kept for the next time.
    }
  }
  return told;
}
