import { checkIn } from '@lantoa/shared/attendance';
import { ApiProblem, call } from './api.ts';

interface Kept { id: string; sessionId: string; code: string; at: string }
const KEY = 'lantoa.check-ins';

const kept = (): Kept[] => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Kept[];
  } catch {
    return [];
  }
};
const keep = (all: readonly Kept[]): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // A browser that keeps nothing: the answer below says that it was not sent.
  }
};

const send = (c: Kept) => call(checkIn, { params: { sessionId: c.sessionId }, body: { id: c.id, code: c.code, at: c.at, sentAt: new Date().toISOString() } });

/** Says "I am here". Kept on the phone first; `null` when there is no network and it waits. */
export async function sayHere(sessionId: string, code: string): Promise<{ title: string; at: string } | null> {
  const known = kept().find((c) => c.sessionId === sessionId && c.code === code);
  const mark = known ?? { id: crypto.randomUUID(), sessionId, code, at: new Date().toISOString() };
  if (!known) keep([...kept(), mark]);
  try {
    const said = await send(mark);
    keep(kept().filter((c) => c.id !== mark.id));
    return said;
  } catch (e) {
    if (e instanceof ApiProblem && e.code === 'network') return null;
    keep(kept().filter((c) => c.id !== mark.id));
    throw e;
  }
}

/** Sends what waits. What the server refuses for good is dropped; the rest waits on. */
export async function sendCheckIns(): Promise<void> {
  for (const c of kept()) await sayHere(c.sessionId, c.code).catch(() => undefined);
}
