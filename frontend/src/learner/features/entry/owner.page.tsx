import { claimInstallation } from '@lantoa/shared/access';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { homeOf, keepSession } from '../../../lib/session.ts';
import { Bar, Field, Notice } from '../../../ui/parts.tsx';

/** The one-time link of an empty installation: whoever opens it first becomes the owner. */
export default function OwnerPage() {
  const client = useQueryClient();
  const [form, setForm] = useState({ name: '', phone: '', password: '' });
  const claim = useMutation({
    mutationFn: () => call(claimInstallation, { body: { token: location.hash.slice(1), ...form } }),
    onSuccess: (session) => { keepSession(client, session); location.assign(homeOf(session)); },
  });
  const submit = (e: FormEvent) => { e.preventDefault(); claim.mutate(); };
  const set = (k: keyof typeof form) => (e: { target: { value: string } }) => setForm({ ...form, [k]: e.target.value });
  return (
    <>
      <Bar title="Lan Toả" side={null} heading={false} />
      <main className="page narrow">
        <h1>{t('owner.title')}</h1>
        <p className="lead">{t('owner.lead')}</p>
        {claim.isError && <Notice kind="bad">{problemText(claim.error)}</Notice>}
        <form className="list" onSubmit={submit}>
          <Field id="name" label={t('owner.name')} value={form.name} onChange={set('name')} autoComplete="name" required />
          <Field id="phone" label={t('entry.login.label')} type="tel" value={form.phone} onChange={set('phone')} autoComplete="tel-national" required />
          <Field id="password" label={t('entry.password.label')} hint={t('entry.password.hint')} type="password" value={form.password} onChange={set('password')} autoComplete="new-password" required />
          <button type="submit" className="btn" disabled={claim.isPending}>{claim.isPending ? t('ui.checking') : t('owner.become')}</button>
        </form>
      </main>
    </>
  );
}
