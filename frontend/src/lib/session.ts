import { getSession, type Session } from '@lantoa/shared/access';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { query } from './api.ts';
import { forgetCopies } from './read-store.ts';

const options = query(getSession, {});

/** Who is signed in; `undefined` while that is not known. */
export const useSession = (): Session | undefined => useQuery({ ...options, staleTime: 60_000 }).data;
export const keepSession = (client: QueryClient, session: Session): void => {
  client.clear();
  tellSession(client, session);
};

const REMEMBERED = 'lantoa.session';
/** Who was signed in on this phone when the server last said so; for a start without network. What anybody may do the server decides. */
export function rememberedSession(): Session | null {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null') as Session | null;
  } catch {
    return null;
  }
}

/** Somebody has signed out on this phone. */
export async function forgetHere(client: QueryClient, personId: string | undefined): Promise<void> {
  client.clear();
  localStorage.removeItem(REMEMBERED);
  if (personId) await forgetCopies(personId);
}

/** The server has said who is signed in. */
export function tellSession(client: QueryClient, session: Session): void {
  client.setQueryData(options.queryKey, session);
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(session));
  } catch {
    // Known for this visit only.
  }
}

const STAFF = ['unit-admin', 'registrar', 'approver', 'editor', 'reviewer', 'auditor', 'owner', 'trainer'];
/** Where somebody belongs after signing in. */
export const homeOf = (session: Session): string => (session.roles.some((r) => STAFF.includes(r)) ? '/quan-ly' : '/hoc');
