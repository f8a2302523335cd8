import { getSession, type Session } from '@lantoa/shared/access';
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { query } from './api.ts';

const options = query(getSession, {});

/** Who is signed in; `undefined` while that is not known. */
export const useSession = (): Session | undefined => useQuery({ ...options, staleTime: 60_000 }).data;
export const keepSession = (client: QueryClient, session: Session): void => {
  client.clear();
  client.setQueryData(options.queryKey, session);
};

const STAFF = ['unit-admin', 'registrar', 'approver', 'editor', 'reviewer', 'auditor', 'owner', 'trainer'];
/** Where somebody belongs after signing in. */
export const homeOf = (session: Session): string => (session.roles.some((r) => STAFF.includes(r)) ? '/quan-ly' : '/hoc');
