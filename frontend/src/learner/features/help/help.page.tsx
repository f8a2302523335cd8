import { signOut } from '@lantoa/shared/access';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { call } from '../../../lib/api.ts';
import { currentLanguage, setLanguage, t } from '../../../lib/i18n.ts';
import { forgetHere, homeOf, useSession } from '../../../lib/session.ts';
import { removePerson } from '../../../lib/people-here.ts';
import { useSync } from '../../../lib/outbox.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Bar, Notice } from '../../../ui/parts.tsx';
import { applySettings, reading } from '../../settings.ts';
import { Reminders } from './reminders.tsx';

const SIZES = ['1', '1.15', '1.3'] as const;

/** Never leave a person stuck: how to read more easily, whom to ask, how to leave. */
export default function HelpPage({ missing = false }: { missing?: boolean }) {
  const session = useSession();
  const { waiting } = useSync();
  const client = useQueryClient();
  const [look, setLook] = useState(reading());
  const leave = useMutation({ networkMode: 'always', mutationFn: () => call(signOut, {}), onSuccess: async () => { removePerson(session?.person?.id); await forgetHere(client, session?.person?.id); location.assign('/vao'); } });
  const other = currentLanguage() === 'vi' ? 'en' : 'vi';
  return (
    <>
      <Bar title={t('tabs.help')} />
      <main className="page">
        {session?.mustSecure && <Notice kind="warn">{t('account.mustSecure')} <Link href="/hoc/tai-khoan">{t('account.title')}</Link></Notice>}
        {missing && <><h2>{t('help.missing')}</h2><Link className="btn" href="/hoc">{t('ui.toToday')}</Link></>}
        <section className="card"><h3>{t('help.ask')}</h3><p>{t('help.askWho')}</p></section>
        <section className="card"><h3>{t('help.textSize')}</h3><div className="row" role="group" aria-label={t('help.textSize')}>{SIZES.map((s, i) => <button key={s} type="button" className={`btn ${look.text === s ? '' : 'second'}`} aria-pressed={look.text === s} onClick={() => setLook(applySettings({ text: s }))}>{['A', 'A+', 'A++'][i]}</button>)}</div>
          <button type="button" className={`btn ${look.contrast ? '' : 'second'}`} aria-pressed={look.contrast} onClick={() => setLook(applySettings({ contrast: !look.contrast }))}>{t('help.contrast')}</button></section>
        <section className="card"><h3>{t('help.language')}</h3><button type="button" className="btn second" lang={other} onClick={() => void setLanguage(other)}>{other === 'en' ? 'English' : 'Tiếng Việt'}</button></section>
        <Reminders />
        {session && homeOf(session) === '/quan-ly' && <a className="btn second" href="/quan-ly">{t('help.toStaff')}</a>}
        <section className="card"><h3>{session?.person?.name}</h3><p className="lead">{t('help.code', { code: session?.person?.code ?? '' })}</p>
          {waiting > 0 && <Notice kind="warn">{t('help.unsent', { n: waiting })}</Notice>}
          {leave.isError && <Notice kind="bad">{problemText(leave.error)}</Notice>}
          <Link className="btn second" href="/hoc/tai-khoan">{t('account.title')}</Link>
          <Link className="btn second" href="/hoc/du-lieu">{t('mine.title')}</Link>
          <Link className="btn second" href="/vao/doi-nguoi">{t('people.change')}</Link>
          <Link className="btn second" href="/hoc/bo-nho">{t('storage.title')}</Link>
          <button type="button" className="btn second" disabled={leave.isPending} onClick={() => leave.mutate()}>{t('help.leave')}</button></section>
      </main>
    </>
  );
}
