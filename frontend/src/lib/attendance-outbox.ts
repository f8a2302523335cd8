import { type GivenMark, markAttendance } from '@lantoa/shared/attendance';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { useSyncExternalStore } from 'react';
import { ApiProblem, call } from './api.ts';

/** Marks that were made on this machine: kept before they are sent, and until the server has said that it has them. */
export type KeptMark = Required<Pick<GivenMark, 'id' | 'enrolmentId' | 'status' | 'at'>> & { sessionId: string; source: 'tap' | 'scan'; reason: string | null };
interface Schema extends DBSchema { mark: { key: string; value: KeptMark } }
const RETRY_MS = 8000;

let opened: Promise<IDBPDatabase<Schema>> | undefined;
const db = () => (opened ??= openDB<Schema>('lantoa-attendance', 1, { upgrade: (d) => void d.createObjectStore('mark', { keyPath: 'id' }) }));

let waiting = 0;
let refused: ApiProblem | null = null;
const listeners = new Set<() => void>();
const tell = (n: number): void => { waiting = n; for (const l of listeners) l(); };
const subscribe = (l: () => void) => { listeners.add(l); return () => void listeners.delete(l); };
/** How many marks wait on this machine. */
export const useWaitingMarks = (): number => useSyncExternalStore(subscribe, () => waiting);
/** What the server did not take, if anything. */
export const useRefusedMark = (): ApiProblem | null => useSyncExternalStore(subscribe, () => refused);

/** Keeps marks and begins to send. Resolves when they are kept. */
export async function keepMarks(sessionId: string, marks: readonly Omit<KeptMark, 'sessionId' | 'id' | 'at'>[]): Promise<void> {
  const at = new Date().toISOString();
  const store = await db();
  const tx = store.transaction('mark', 'readwrite');
  for (const m of marks) await tx.store.put({ ...m, id: crypto.randomUUID(), at, sessionId });
  await tx.done;
  refused = null;
  tell(waiting + marks.length);
  void sendMarks();
}

/** Marks of a session that were not sent yet, oldest first. */
export async function waitingMarks(sessionId: string): Promise<KeptMark[]> {
  return (await (await db()).getAll('mark')).filter((m) => m.sessionId === sessionId).sort((a, b) => (a.at < b.at ? -1 : 1));
}

let sending: Promise<void> | undefined;
/** Sends what waits; again by itself as long as there is no network. */
export function sendMarks(): Promise<void> {
  sending ??= send().finally(() => { sending = undefined; });
  return sending;
}

async function send(): Promise<void> {
  const store = await db();
  for (;;) {
    const all = await store.getAll('mark');
    tell(all.length);
    const first = all[0];
    if (!first) return;
    const own = all.filter((m) => m.sessionId === first.sessionId).slice(0, 500);
    try {
      await call(markAttendance, { params: { sessionId: first.sessionId }, body: { sentAt: new Date().toISOString(), marks: own.map(({ sessionId: _s, ...m }) => m) } });
    } catch (e) {
      if (e instanceof ApiProblem && e.code !== 'network' && e.code !== 'server.busy' && e.code !== 'server.failure' && e.code !== 'access.sign-in-needed') {
        refused = e;
        for (const m of own) await store.delete('mark', m.id);
        tell(0);
        continue;
      }
      setTimeout(() => void sendMarks(), RETRY_MS);
      return;
    }
    for (const m of own) await store.delete('mark', m.id);
  }
}
