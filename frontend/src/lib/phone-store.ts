import type { Attempt, AttemptResult } from '@lantoa/shared/assessment';
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';

/** Something that was done on this phone and that the server has not acknowledged. */
export interface KeptOperation {
  /** Counts what this person did on this phone, from 1, without gaps. */
  seq: number;
  opId: string; endpoint: string; input: { params?: Record<string, string>; body: unknown }; deviceAt: string;
  /** In the words of the person: the title of the test, of the lesson. */
  about: string;
  /** Why the server will not have it as it is; a person must look. */
  refused: { code: string; params: Record<string, string | number> } | null;
}

/** A test on this phone: what was asked, what was answered, and what came of it. */
export interface KeptAttempt {
  id: string;
  /** The sitting, or the form itself where there is none. */
  series: string;
  formId: string; sittingId: string | null; begunAt: string;
  /** `null` until the server has given the questions of a graded test. */
  asked: Attempt | null;
  given: Record<string, string>; revision: number;
  /** Handed in, by this phone's clock. */
  handedInAt: string | null;
  /** What the server says. */
  result: AttemptResult | null;
}

export interface PhoneSchema extends DBSchema {
  operation: { key: number; value: KeptOperation };
  /** Those that the server will not have: they stand in nobody's way. */
  refused: { key: number; value: KeptOperation };
  attempt: { key: string; value: KeptAttempt; indexes: { series: string } };
  fact: { key: string; value: string | number };
}
export type Phone = IDBPDatabase<PhoneSchema>;
/** A transaction over what was done and what it was done to: both stand or fall together. */
export type Doing = IDBPTransaction<PhoneSchema, ('operation' | 'refused' | 'attempt' | 'fact')[], 'readwrite'>;

const opened = new Map<string, Promise<Phone>>();

/** What this phone keeps of a person: one database each, so that people who share a phone share nothing else. Throws where the browser keeps nothing. */
export function openPhone(personId: string): Promise<Phone> {
  const known = opened.get(personId);
  if (known) return known;
  const forget = () => opened.delete(personId);
  const fresh = openDB<PhoneSchema>(`lantoa-${personId}`, 1, {
    upgrade(db) {
      db.createObjectStore('refused', { keyPath: 'seq' });
      db.createObjectStore('operation', { keyPath: 'seq' });
      db.createObjectStore('attempt', { keyPath: 'id' }).createIndex('series', 'series');
      db.createObjectStore('fact');
    },
    // A newer tab needs a newer shape: it goes first, this one opens anew.
    blocking: (_now, _next, e) => { (e.target as IDBDatabase).close(); forget(); },
    terminated: forget,
  });
  opened.set(personId, fresh);
  // A phone whose storage failed once may have room the next time.
  fresh.catch(forget);
  return fresh;
}
