import type { ClassDetail } from '@lantoa/shared/training';
import { Alert, Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ClassKit, kitKey, prepareClass } from '../../../lib/class-kit.ts';
import { bytes, moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';

/** Gets a class onto this machine before the road up: list, half-days, tests, sheets. What is done without network is sent by itself later. */
export function OfflineKit({ c }: { c: ClassDetail }) {
  const client = useQueryClient();
  const personId = useSession()?.person?.id ?? '';
  const kept = useQuery<ClassKit | null>({ queryKey: kitKey(c.id), queryFn: () => null, enabled: false });
  const [at, setAt] = useState({ done: 0, of: 1 });
  const prepare = useMutation({ mutationFn: () => prepareClass(client, personId, c, (done, of) => setAt({ done, of })), networkMode: 'always' });
  if (!('serviceWorker' in navigator)) return null;
  const kit = kept.data;
  return (
    <section className="panel stack no-print">
      <h2>{t('kit.title')}</h2>
      {kit ? <p className="sub" role="status">{t('kit.ready', { at: moment(kit.at), n: c.enrolled, sessions: c.sessions.length, papers: kit.papers, size: bytes(kit.bytes) })}</p> : <p className="sub">{t('kit.what')}</p>}
      {prepare.isPending && <Progress value={(100 * at.done) / at.of} aria-label={t('kit.preparing', at)} />}
      {prepare.isError && <Alert color="do" role="alert">{t('kit.failed')}</Alert>}
      <div><Button variant={kit ? 'outline' : 'filled'} loading={prepare.isPending} onClick={() => prepare.mutate()}>{t(kit ? 'kit.again' : 'kit.prepare')}</Button></div>
    </section>
  );
}
