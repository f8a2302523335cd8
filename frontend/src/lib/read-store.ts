import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** The last copy of something that was read, of one person. */
interface Copy { key: [personId: string, query: string]; queryKey: QueryKey; data: unknown; at: number }
interface Schema extends DBSchema { copy: { key: [string, string]; value: Copy } }
/** What is of use without network. Not which tests are open: one that was handed in meanwhile must not be offered. */
const KEPT = new Set(['assessment.listPractice', 'assessment.getResult', 'curriculum.listCourses', 'credentials.listMyCertificates', 'refreshers.listMyRefreshers']);

/** Whose copies are kept now. */
let followed: string | undefined;
let opened: Promise<IDBPDatabase<Schema>> | undefined;
const store = (): Promise<IDBPDatabase<Schema>> => (opened ??= openDB<Schema>('lantoa-doc', 1, { upgrade: (db) => void db.createObjectStore('copy', { keyPath: 'key' }) }));
const ofPerson = (personId: string): IDBKeyRange => IDBKeyRange.bound([personId], [personId, []]);

/** Puts the last copies of a person where pages look for them, and keeps copies of what is read from now on. A page shows a copy at once and asks for news behind it. */
export async function keepCopies(client: QueryClient, personId: string): Promise<void> {
  if (followed === personId) return;
  try {
    const db = await store();
    for (const c of await db.getAll('copy', ofPerson(personId))) {
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
    if (e.type !== 'updated' || e.action.type !== 'success' || e.action.manual || !KEPT.has(`${e.query.queryKey[0]}.${e.query.queryKey[1]}`)) return;
    const { queryKey, state } = e.query;
    void store().then((db) => db.put('copy', { key: [personId, JSON.stringify(queryKey)], queryKey, data: state.data, at: state.dataUpdatedAt })).catch(() => undefined);
  });
}

/** Somebody leaves this phone: what they read goes, what they did and was not sent stays. */
export const forgetCopies = (personId: string): Promise<void> => store().then((db) => db.delete('copy', ofPerson(personId))).catch(() => undefined);
