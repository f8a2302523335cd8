import { listDevices, signOutDevice } from '@lantoa/shared/access';
import { changeSecret } from '@lantoa/shared/account';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { homeOf, useSession } from '../../../lib/session.ts';
import { Bar, Field, Notice, ReadState } from '../../../ui/parts.tsx';
import { SecondStep } from './second-step.tsx';

/** How one gets in: PIN or password, second step, and the devices that are in. */
export default function AccountPage() {
  const session = useSession();
  const staff = session && (session.mustSecure || homeOf(session) === '/quan-ly');
  return (
    <>
      <Bar title={t('account.title')} back="/hoc/tro-giup" />
      <main className="page">
        {session?.mustSecure && <Notice kind="warn">{t('account.mustSecure')}</Notice>}
        {staff && <SecondStep />}
        <NewSecret />
        <Devices />
      </main>
    </>
  );
}

function NewSecret() {
  const [now, setNow] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({ mutationFn: () => call(changeSecret, { body: { secret: now, next } }), onSuccess: () => { setNow(''); setNext(''); } });
  const submit = (e: FormEvent) => { e.preventDefault(); change.mutate(); };
  return (
    <form className="card" onSubmit={submit} noValidate>
      <h2>{t('account.secret')}</h2>
      {change.isSuccess && <Notice kind="ok">{t('account.changed')}</Notice>}
      {change.isError && <Notice kind="bad">{problemText(change.error)}</Notice>}
      <Field id="now" label={t('account.now')} type="password" autoComplete="current-password" value={now} onChange={(e) => setNow(e.target.value)} />
      <Field id="next" label={t('account.next')} hint={t('account.nextHint')} type="password" autoComplete="new-password" value={next} onChange={(e) => setNext(e.target.value)} />
      <button type="submit" className="btn second" disabled={change.isPending || !now || !next}>{t('account.change')}</button>
    </form>
  );
}

function Devices() {
  const devices = useQuery(query(listDevices, {}));
  const out = useMutation({ mutationFn: (sessionId: string) => call(signOutDevice, { params: { sessionId } }), onSuccess: () => devices.refetch() });
  return (
    <section className="card">
      <h2>{t('account.devices')}</h2>
      <ReadState of={[devices]} />
      {out.isError && <Notice kind="bad">{problemText(out.error)}</Notice>}
      {devices.data?.items.map((d) => (
        <div key={d.id} className="list">
          <p style={{ margin: '8px 0 0' }}><strong>{d.label}</strong>{d.current && ` · ${t('account.thisOne')}`}<br /><span className="lead">{t('account.seen', { at: moment(d.seenAt) })}</span></p>
          {!d.current && <button type="button" className="btn second" disabled={out.isPending} onClick={() => out.mutate(d.id)}>{t('account.signOut')}</button>}
        </div>
      ))}
    </section>
  );
}
