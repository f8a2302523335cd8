import type { Endpoint, InputOf, OutputOf } from '@lantoa/shared/endpoint';
import type { ProblemBody, ProblemCode } from '@lantoa/shared/problems';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { ApiProblem, call } from './api.ts';
import { type KeptOperation, openPhone } from './phone-store.ts';
import { SyncClient, type SyncState } from './sync-client.ts';

const clients = new Map<string, SyncClient>();

/** The outbox of a person on this phone. */
export function outboxOf(personId: string): SyncClient {
  let client = clients.get(personId);
  if (!client) {
    client = new SyncClient(() => openPhone(personId), {
      call, now: () => new Date(), later: (again, ms) => void setTimeout(again, ms),
      // A plain address in a hall has no locks: two tabs may then send the same, which the server takes once.
      alone: (work) => ('locks' in navigator ? navigator.locks.request(`lantoa-send-${personId}`, work) : work()),
    });
    clients.set(personId, client);
  }
  return client;
}

/** How long a page waits for the server before it says that the work is kept. */
const ANSWER_WITHIN_MS = 6000;

/** What the server says to an operation that was just kept: its answer, or `null` where it has not answered for a while. Throws `ApiProblem` when it will not have it. */
export async function answerTo<T>(outbox: SyncClient, opId: string): Promise<T | null> {
  await Promise.race([outbox.flush(), new Promise((done) => setTimeout(done, ANSWER_WITHIN_MS))]);
  const refused = (await outbox.kept()).find((op) => op.opId === opId)?.refused;
  if (refused) throw refusal(refused);
  return (outbox.outputOf(opId) as T | undefined) ?? null;
}

/** Does something with the server or, where there is no network, when there is: it is kept on this machine first. The server's answer, or `null` where it is only kept. Throws `ApiProblem` when the server will not have it. */
export async function perform<E extends Endpoint>(personId: string, endpoint: E, input: InputOf<E>, about: string): Promise<OutputOf<E> | null> {
  const outbox = outboxOf(personId);
  const [opId] = await outbox.keep([{ endpoint, input, about }]);
  try {
    return await answerTo<OutputOf<E>>(outbox, opId as string);
  } catch (e) {
    // Whoever did it sees why, here, and does it anew: it need not stand among what needs help.
    await outbox.drop(opId as string);
    throw e;
  }
}

/** What waits here to be sent, of these contracts and with these parameters. */
export function useWaiting(personId: string, endpoints: readonly Endpoint[], params: Record<string, string>): KeptOperation[] {
  const { waiting, refused } = useSync();
  const names: string[] = endpoints.map((e) => e.name);
  const own = async () => (await outboxOf(personId).kept()).filter((op) => names.includes(op.endpoint) && Object.entries(params).every(([k, v]) => op.input.params?.[k] === v));
  return useQuery({ queryKey: ['kept-here', personId, names, params, waiting, refused], queryFn: own, networkMode: 'always', placeholderData: (before: KeptOperation[] | undefined) => before }).data ?? NONE;
}
const NONE: KeptOperation[] = [];

/** Why an operation was refused, in the shape of a problem that the server names. */
export const refusal = ({ code, params }: NonNullable<KeptOperation['refused']>): ApiProblem => new ApiProblem(code as ProblemCode, { code: code as ProblemCode, params } as ProblemBody);

const NOTHING: SyncState = { known: false, waiting: 0, refused: 0, sending: false, trouble: null, sentAt: null, skewMs: 0 };
let current: SyncClient | undefined;
const waitingForOne = new Set<() => void>();
const listen = (listener: () => void): (() => void) => {
  if (current) return current.listen(listener);
  waitingForOne.add(listener);
  return () => void waitingForOne.delete(listener);
};
const look = (): SyncState => current?.current() ?? NOTHING;

/** Where the work of the one who uses this phone stands. */
export const useSync = (): SyncState => useSyncExternalStore(current ? current.listen : listen, look);

/** Sends what this person has done, now and whenever there may be network again. What was acknowledged is read anew. */
export function useSending(personId: string | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!personId) return;
    const outbox = outboxOf(personId);
    current = outbox;
    for (const l of [...waitingForOne]) l();
    let waited = 0;
    const stop = outbox.listen(() => {
      const { waiting } = outbox.current();
      if (waited > 0 && waiting === 0) void client.invalidateQueries({ predicate: (q) => FOLLOW.has(String(q.queryKey[0])) });
      waited = waiting;
    });
    const again = () => void outbox.flush();
    again();
    for (const event of ['online', 'focus'] as const) window.addEventListener(event, again);
    return () => { stop(); for (const event of ['online', 'focus'] as const) window.removeEventListener(event, again); };
  }, [personId, client]);
}
/** What the server knows anew when the phone has sent its work. */
const FOLLOW = new Set(['assessment', 'curriculum', 'refreshers', 'training']);
