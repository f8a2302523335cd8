import { listMyRefreshers, noteReceived, type Refresher } from '@lantoa/shared/refreshers';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call, query } from '../../../lib/api.ts';
import { handedIn } from '../../../lib/attempts.ts';
import { keepForms } from '../../../lib/form-store.ts';
import { useSync } from '../../../lib/outbox.ts';

/** The refreshers that wait, with their questions kept on this phone; those that were handed in here are not among them, sent or not. */
export function useRefreshers(personId: string): { items: Refresher[]; nextOn: string | null; known: boolean } {
  const asked = useQuery(query(listMyRefreshers, {}));
  const { waiting } = useSync();
  const ids = asked.data?.items.map((r) => r.id) ?? [];
  const done = useQuery({ queryKey: ['handed-in', personId, waiting, ...ids], queryFn: () => handedIn(personId, ids), enabled: ids.length > 0, networkMode: 'always' });
  useEffect(() => {
    if (!asked.data) return;
    void keepForms(asked.data.items.map((r) => r.form));
    const fresh = asked.data.items.filter((r) => !r.received).map((r) => r.id);
    // That it came is only worth a word; the next visit says it again.
    if (fresh.length) void call(noteReceived, { body: { ids: fresh } }).catch(() => undefined);
  }, [asked.data]);
  return { items: (asked.data?.items ?? []).filter((r) => done.data !== undefined && !done.data.includes(r.id)), nextOn: asked.data?.nextOn ?? null, known: asked.data !== undefined || asked.failureReason !== null };
}
