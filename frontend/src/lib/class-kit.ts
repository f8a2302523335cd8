import { getAttendance } from '@lantoa/shared/attendance';
import { getTeachBack, printPaperTest, printRoomPoster, printSignInSheet } from '@lantoa/shared/class-papers';
import type { Endpoint, InputOf } from '@lantoa/shared/endpoint';
import { getPaperGrid, getRoom } from '@lantoa/shared/rooms';
import { type ClassDetail, getClass, listClasses, listEnrolments } from '@lantoa/shared/training';
import type { QueryClient } from '@tanstack/react-query';
import { addressOf, query } from './api.ts';
import { keepApp } from './new-version.ts';
import { keepCopy, PAPERS } from './read-store.ts';

/** A class that was prepared on this machine. `papers`: how many sheets lie here as PDF, `bytes`: what they weigh. */
export interface ClassKit { at: string; papers: number; bytes: number }
export const kitKey = (classId: string): string[] => ['class-kit', classId];
/** How long the pages of a class may take on a slow link. */
const PAGES_WITHIN_MS = 180_000;

type Step = () => Promise<number>;
const KINDS = ['pre', 'post'] as const;

/**
 * Puts everything onto this machine that holding a class needs without network: the pages, the list, every half-day, tests that are open, sheets to print. `told` hears how far it is.
 * Throws when the network or the storage fails; what has arrived stays and is not fetched in vain the next time.
 */
export async function prepareClass(client: QueryClient, personId: string, c: ClassDetail, told: (done: number, of: number) => void): Promise<ClassKit> {
  const read = <E extends Endpoint>(e: E, input: InputOf<E>): Step => async () => {
    const options = query(e, input);
    await keepCopy(personId, options.queryKey, await client.fetchQuery({ ...options, staleTime: 0 }));
    return 0;
  };
  const rooms = KINDS.flatMap((k) => c.rooms[k] ?? []);
  const papers = [...c.sessions.map((s) => addressOf(printSignInSheet, { params: { sessionId: s.id } })), ...KINDS.map((kind) => addressOf(printPaperTest, { params: { classId: c.id, kind }, query: {} })), ...rooms.map((roomId) => addressOf(printRoomPoster, { params: { roomId }, query: {} }))];
  const steps: Step[] = [
    keepPages, read(listClasses, {}), read(getClass, { params: { classId: c.id } }), read(listEnrolments, { params: { classId: c.id } }),
    ...c.sessions.map((s) => read(getAttendance, { params: { sessionId: s.id } })), ...(c.teachesBack ? [read(getTeachBack, { params: { classId: c.id } })] : []),
    ...rooms.flatMap((roomId) => [read(getRoom, { params: { roomId } }), read(getPaperGrid, { params: { roomId } })]),
    ...papers.map((address) => () => keepPaper(address)),
  ];
  let bytes = 0;
  for (const [i, step] of steps.entries()) {
    told(i, steps.length);
    bytes += await step();
  }
  await navigator.storage?.persist?.().catch(() => false);
  const kit: ClassKit = { at: new Date().toISOString(), papers: papers.length, bytes };
  await keepCopy(personId, kitKey(c.id), kit);
  client.setQueryData(kitKey(c.id), kit);
  return kit;
}

/** The staff's pages of a class, kept by the worker. */
async function keepPages(): Promise<number> {
  await keepApp();
  const said = await new Promise<unknown>((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (e) => done(e.data);
    void navigator.serviceWorker.ready.then((kept) => kept.active?.postMessage('keep-class-pages', [channel.port2]));
    setTimeout(() => done('late'), PAGES_WITHIN_MS);
  });
  if (said !== 'kept') throw new Error('pages');
  return 0;
}

/** @returns what it weighs, in bytes */
async function keepPaper(address: string): Promise<number> {
  const reply = await fetch(address, { credentials: 'same-origin' });
  if (!reply.ok) throw new Error(`${address}: ${reply.status}`);
  const cache = await caches.open(PAPERS);
  await cache.put(address, reply.clone());
  return (await reply.blob()).size;
}
