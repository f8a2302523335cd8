import { addPushDevice, getReminderChoice, removePushDevice, saveReminderChoice } from '@lantoa/shared/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Field, Notice } from '../../../ui/parts.tsx';

const canPush = (): boolean => 'PushManager' in window && 'serviceWorker' in navigator && Notification.permission !== 'denied';
const bytesOf = (key: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(key.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const subscription = async (): Promise<PushSubscription | null> => ((await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null;

/** Lets this browser be pushed to. Throws when the person or the browser says no. */
async function allowPush(pushKey: string): Promise<void> {
  const kept = await navigator.serviceWorker.ready;
  const made = await kept.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(pushKey) });
  const { endpoint, keys } = made.toJSON();
  await call(addPushDevice, { body: { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } });
}

async function stopPush(): Promise<void> {
  const made = await subscription();
  if (!made) return;
  await call(removePushDevice, { body: { endpoint: made.endpoint } });
  await made.unsubscribe();
}

/** Whether and how somebody is reminded of refreshers: at most once a week, never at night. */
export function Reminders() {
  const client = useQueryClient();
  const choice = useQuery(query(getReminderChoice, {}));
  const here = useQuery({ queryKey: ['push-here'], queryFn: async () => (canPush() ? (await subscription()) !== null : null), networkMode: 'always' });
  const [email, setEmail] = useState<string>();
  const done = () => void client.invalidateQueries({ queryKey: ['notifications'] });
  const save = useMutation({ mutationFn: (body: { allowed: boolean; email: string | null }) => call(saveReminderChoice, { body }), onSuccess: () => { setEmail(undefined); done(); } });
  const push = useMutation({ mutationFn: (on: boolean) => (on ? allowPush(choice.data?.pushKey ?? '') : stopPush()), onSettled: () => void here.refetch() });
  if (!choice.data) return null;
  const { allowed, mailGoesOut } = choice.data;
  const typed = email ?? choice.data.email ?? '';
  return (
    <section className="card" id="nhac-on"><h3>{t('remind.title')}</h3><p className="lead">{t('remind.about')}</p>
      <button type="button" className={`btn ${allowed ? '' : 'second'}`} aria-pressed={allowed} disabled={save.isPending} onClick={() => save.mutate({ allowed: !allowed, email: choice.data.email })}>{t(allowed ? 'remind.on' : 'remind.off')}</button>
      {allowed && here.data !== null && here.data !== undefined && <button type="button" className="btn second" aria-pressed={here.data} disabled={push.isPending} onClick={() => push.mutate(!here.data)}>{t(here.data ? 'remind.pushOff' : 'remind.pushOn')}</button>}
      {push.isError && <Notice kind="warn">{t('remind.pushFailed')}</Notice>}
      {allowed && mailGoesOut && <form className="list" noValidate onSubmit={(e) => { e.preventDefault(); save.mutate({ allowed, email: typed.trim() || null }); }}><Field id="remind-email" label={t('remind.email')} type="email" autoComplete="email" value={typed} onChange={(e) => setEmail(e.target.value)} error={save.isError ? problemText(save.error) : undefined} /><button type="submit" className="btn second" disabled={email === undefined || save.isPending}>{t('remind.saveEmail')}</button></form>}
    </section>
  );
}
