import type { KeptForm } from '@lantoa/shared/assessment';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface Schema extends DBSchema { form: { key: string; value: KeptForm } }
let opened: Promise<IDBPDatabase<Schema>> | undefined;
const store = () => (opened ??= openDB<Schema>('lantoa-cau-hoi', 1, { upgrade: (db) => void db.createObjectStore('form', { keyPath: 'formId' }) }));

/** Keeps practice and refresher forms on this phone, so that they can be begun without network. They say nothing about anybody: all who use the phone share them. A phone that keeps nothing goes on with network. */
export async function keepForms(forms: readonly KeptForm[]): Promise<void> {
  try {
    const tx = (await store()).transaction('form', 'readwrite');
    for (const f of forms) await tx.store.put(f);
    await tx.done;
  } catch {
    // They are fetched again when they are needed.
  }
}

export const keptForm = async (formId: string): Promise<KeptForm | undefined> => store().then((db) => db.get('form', formId)).catch(() => undefined);
