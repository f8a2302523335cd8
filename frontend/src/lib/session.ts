import { getSession, type Session } from '@lantoa/shared/access';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { askedEarly, call, query, speakAs } from './api.ts';
import { forgetCopies, keepCopies } from './read-store.ts';

/** `out`: the server does not know this session (any more); what lies on the phone can be read and worked with, and is sent after the next sign-in. */
export type HeldSession = Session & { out?: boolean };

const { queryKey } = query(getSession, {});
/** What the server says of who is here; that it knows nobody does not take away what lies on the phone of somebody who has not left. */
export const heldSession = (said: Session): HeldSession => {
  const before = said.person ? null : rememberedSession();
  return before?.person ? { ...before, out: true } : said;
};

/** Who is signed in; `undefined` while that is not known. */
export const useSession = (): HeldSession | undefined => useQuery<HeldSession>({ queryKey, queryFn: async ({ signal }) => remember(heldSession(await call(getSession, {}, { signal }))), staleTime: 60_000 }).data;
export const keepSession = (client: QueryClient, session: Session): void => {
  client.clear();
  tellSession(client, session);
};

const REMEMBERED = 'lantoa.session';
/** Who was signed in on this phone when the server last said so; for a start without network. What anybody may do the server decides. */
export function rememberedSession(): HeldSession | null {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null') as HeldSession | null;
  } catch {
    return null;
  }
}

/** Begins as the one who was here before: that need not wait for the server, whose word follows. Nobody was here: waits for what the page has asked already. */
export async function beginSession(client: QueryClient): Promise<void> {
  // The page has asked already, before this script had arrived.
  const early = askedEarly('/api/session').then((s) => { if (s) tellSession(client, heldSession(s as Session)); });
  const before = rememberedSession();
  speakAs(before?.person?.id);
  if (!before) await early;
  else if (before.person) await keepCopies(client, before.person.id);
  if (before && !client.getQueryData(queryKey)) client.setQueryData(queryKey, before, { updatedAt: 0 });
}

/** Somebody has signed out on this phone. */
export async function forgetHere(client: QueryClient, personId: string | undefined): Promise<void> {
  client.clear();
  speakAs(undefined);
  localStorage.removeItem(REMEMBERED);
  if (personId) await forgetCopies(personId);
}

/** The server has said who is signed in. */
export function tellSession(client: QueryClient, session: HeldSession): void {
  client.setQueryData(queryKey, remember(session));
}

function remember(session: HeldSession): HeldSession {
  speakAs(session.person?.id);
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(session));
  } catch {
    // Known for this visit only.
  }
  return session;
}

const STAFF = ['unit-admin', 'registrar', 'approver', 'editor', 'reviewer', 'auditor', 'owner', 'trainer'];
/** Where somebody belongs after signing in. */
export const homeOf = (session: Session): string => (session.roles.some((r) => STAFF.includes(r)) ? '/quan-ly' : '/hoc');
