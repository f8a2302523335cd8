import { type GivenAnswer, saveAnswers } from '@lantoa/shared/assessment';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { useSyncExternalStore } from 'react';
import { ApiProblem, call } from './api.ts';

/**
 * Answers that were given on this phone. An answer is stored here before it is sent and goes away only when the server has said that it has it:
 * a timeout, a 500 or a captive portal's page keep it.
 */
interface Kept { attemptId: string; personId: string; answer: GivenAnswer; sent: boolean }
interface Schema extends DBSchema { answer: { key: string; value: Kept; indexes: { attempt: string } } }

export type SyncState = { state: 'sent' | 'saved' | 'sending' | 'failed'; waiting: number };

let opened: Promise<IDBPDatabase<Schema>> | undefined;
const store = (): Promise<IDBPDatabase<Schema>> =>
  (opened ??= openDB<Schema>('lantoa', 1, { upgrade: (db) => void db.createObjectStore('answer', { keyPath: 'answer.id' }).createIndex('attempt', 'attemptId') }));

let current: SyncState = { state: 'sent', waiting: 0 };
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
function tell(state: SyncState): void {
  current = state;
  for (const l of listeners) l();
}
export const useSync = (): SyncState => useSyncExternalStore(subscribe, () => current);

/** Stores an answer on the phone, then tries to send it. Resolves when it is stored. */
export async function keepAnswer(personId: string, attemptId: string, answer: GivenAnswer): Promise<void> {
  await (await store()).put('answer', { personId, attemptId, answer, sent: false });
  tell({ state: 'saved', waiting: current.waiting + 1 });
  void flush(personId);
}

/** All answers of an attempt on this phone, sent or not; handing in sends them all, the server knows which it has. */
export async function answersOf(attemptId: string): Promise<GivenAnswer[]> {
  return (await (await store()).getAllFromIndex('answer', 'attempt', attemptId)).map((k) => k.answer);
}

/** The attempt is handed in and acknowledged: its answers need not be kept any longer. */
export async function forgetAttempt(attemptId: string): Promise<void> {
  const db = await store();
  for (const key of await db.getAllKeysFromIndex('answer', 'attempt', attemptId)) await db.delete('answer', key);
  await count(db);
}

let flushing: Promise<void> | undefined;
/** Sends what waits, one attempt at a time; only one sender at once, also across tabs. */
export function flush(personId: string): Promise<void> {
  flushing ??= locked(() => send(personId)).finally(() => { flushing = undefined; });
  return flushing;
}

const locked = (work: () => Promise<void>): Promise<void> => ('locks' in navigator ? navigator.locks.request('lantoa-outbox', work) : work());

async function send(personId: string): Promise<void> {
  const db = await store();
  const waiting = (await db.getAll('answer')).filter((k) => !k.sent && k.personId === personId);
  if (!waiting.length) return tell({ state: 'sent', waiting: 0 });
  tell({ state: 'sending', waiting: waiting.length });
  for (const attemptId of new Set(waiting.map((k) => k.attemptId))) {
    const own = waiting.filter((k) => k.attemptId === attemptId);
    try {
      await call(saveAnswers, { params: { attemptId }, body: { answers: own.map((k) => k.answer) } });
      for (const k of own) await db.put('answer', { ...k, sent: true });
    } catch (e) {
      return tell({ state: e instanceof ApiProblem && e.code === 'network' ? 'saved' : 'failed', waiting: waiting.length });
    }
  }
  await count(db);
  // Answers that were given while these were on their way.
  if (current.waiting) await send(personId);
}

async function count(db: IDBPDatabase<Schema>): Promise<void> {
  const waiting = (await db.getAll('answer')).filter((k) => !k.sent).length;
  tell({ state: waiting ? 'saved' : 'sent', waiting });
}
