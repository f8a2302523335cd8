import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** The last copy of something that was read, of one person. */
interface Copy { key: [personId: string, query: string]; queryKey: QueryKey; data: unknown; at: number }
interface Schema extends DBSchema { copy: { key: [string, string]; value: Copy } }
/** What is of use without network. Not which tests are open: one that was handed in meanwhile must not be offered. */
const KEPT = new Set(['assessment.listPractice', 'assessment.getResult', 'curriculum.listCourses', 'credentials.listMyCertificates', 'refreshers.listMyRefreshers']);

/** Whose copies are kept now. */
let followed: string | undefined;
/** What was kept because somebody asked for it: it stays current, too. */
const asked = new Set<string>();
let opened: Promise<IDBPDatabase<Schema>> | undefined;
const store = (): Promise<IDBPDatabase<Schema>> => (opened ??= openDB<Schema>('lantoa-doc', 1, { upgrade: (db) => void db.createObjectStore('copy', { keyPath: 'key' }) }));
const ofPerson = (personId: string): IDBKeyRange => IDBKeyRange.bound([personId], [personId, []]);

/** Puts the last copies of a person where pages look for them, and keeps copies of what is read from now on. A page shows a copy at once and asks for news behind it. */
export async function keepCopies(client: QueryClient, personId: string): Promise<void> {
  if (followed === personId) return;
  try {
    const db = await store();
    for (const c of await db.getAll('copy', ofPerson(personId))) {
      asked.add(c.key[1]);
      if (client.getQueryData(c.queryKey) !== undefined) continue;
      client.setQueryData(c.queryKey, c.data, { updatedAt: c.at });
      // However young a copy is, the server is asked.
      void client.invalidateQueries({ queryKey: c.queryKey, refetchType: 'none' });
    }
  } catch {
    return;
  }
  // Everybody on a shared phone has copies of their own; a page is loaded anew when somebody leaves.
  followed = personId;
  client.getQueryCache().subscribe((e) => {
    const { queryKey, state } = e.query;
    if (e.type !== 'updated' || e.action.type !== 'success' || e.action.manual || !(KEPT.has(`${queryKey[0]}.${queryKey[1]}`) || asked.has(JSON.stringify(queryKey)))) return;
    void put(personId, queryKey, state.data, state.dataUpdatedAt).catch(() => undefined);
  });
}
const put = async (personId: string, queryKey: QueryKey, data: unknown, at: number) => (await store()).put('copy', { key: [personId, JSON.stringify(queryKey)], queryKey, data, at });

/** Keeps something that somebody asked to have without network. Throws where this machine keeps nothing. */
export async function keepCopy(personId: string, queryKey: QueryKey, data: unknown): Promise<void> {
  await put(personId, queryKey, data, Date.now());
  asked.add(JSON.stringify(queryKey));
}

/** Sheets of classes as PDF, where the worker finds them. */
export const PAPERS = 'lantoa-giay';
/** Somebody leaves this phone: what they read goes, lists of names with it; what they did and was not sent stays. */
export async function forgetCopies(personId: string): Promise<void> {
  await store().then((db) => db.delete('copy', ofPerson(personId))).catch(() => undefined);
  await globalThis.caches?.delete(PAPERS).catch(() => false);
}
