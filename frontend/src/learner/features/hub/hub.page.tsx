import { fetchClass, getHub, handOver, type HubClass, listMainClasses } from '@lantoa/shared/hub';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { signIn } from '@lantoa/shared/access';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { day, moment } from '../../../lib/format.ts';
import { has, t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { keepSession } from '../../../lib/session.ts';
import { Bar, Field, Notice, ReadState } from '../../../ui/parts.tsx';
import type { z } from 'zod';

type Held = z.infer<typeof HubClass>;
type Account = { login: string; secret: string };

/** The laptop that holds a class: fetch it while there is internet, hold it without, hand it over afterwards. Only at the laptop itself. */
export default function HubPage() {
  const hub = useQuery(query(getHub, {}));
  const h = hub.data;
  return (
    <>
      <Bar title={t('hub.title')} side={null} heading={false} />
      <main className="page narrow">
        <h1>{t('hub.title')}</h1>
        <ReadState of={[hub]} />
        {h && (!h.hub || !h.here) && <Notice kind="warn">{t(h.hub ? 'hub.notHere' : 'hub.notOne')}</Notice>}
        {h?.hub && h.here && (
          <>
            {h.classes.map((c) => <OnLaptop key={c.classId} c={c} />)}
            {h.classes.length > 0 && <Notice>{h.addresses.length ? t('hub.address', { list: h.addresses.join(', ') }) : t('hub.noNetwork')}</Notice>}
            <Fetch first={h.classes.length === 0} url={h.classes[0]?.url ?? ''} />
          </>
        )}
      </main>
    </>
  );
}

/** What is here, what still has to go to the main server, and what that would not take. */
function OnLaptop({ c }: { c: Held }) {
  const client = useQueryClient();
  const [account, setAccount] = useState<Account>({ login: '', secret: '' });
  const enter = useMutation({ mutationFn: () => call(signIn, { body: account }), onSuccess: (session) => { keepSession(client, session); location.assign(`/quan-ly/lop/${c.classId}`); } });
  const give = useMutation({
    mutationFn: async () => {
      keepSession(client, await call(signIn, { body: account }));
      return call(handOver, { params: { classId: c.classId }, body: account });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['sync'] }),
  });
  const failed = enter.error ?? give.error;
  const ready = account.login.trim() !== '' && account.secret !== '';
  return (
    <section className="card first">
      <h2>{c.title}</h2>
      <p className="lead">{c.code} · {t('hub.fetchedAt', { at: moment(c.fetchedAt) })}</p>
      <p><span className={`badge ${c.waiting ? '' : 'ok'}`}>{t(c.waiting ? 'hub.waiting' : 'hub.allThere', { n: c.waiting })}</span> {c.done > 0 && <span className="lead">{t('hub.done', { n: c.done })}</span>}</p>
      {c.refused.map((r) => <Notice key={`${r.about} ${r.code}`} kind="bad">{r.about}: {has(`problems.${r.code}`) ? t(`problems.${r.code}`) : r.code}</Notice>)}
      <Field id={`login-${c.classId}`} label={t('hub.login')} value={account.login} onChange={(e) => setAccount({ ...account, login: e.target.value })} autoComplete="username" />
      <Field id={`secret-${c.classId}`} label={t('entry.secret.label')} type="password" value={account.secret} onChange={(e) => setAccount({ ...account, secret: e.target.value })} autoComplete="current-password" />
      {failed && <Notice kind="bad">{problemText(failed)}</Notice>}
      <button type="button" className="btn" disabled={!ready || enter.isPending} onClick={() => enter.mutate()}>{t('hub.run')}</button>
      <button type="button" className="btn second" disabled={!ready || give.isPending || c.waiting === 0} onClick={() => give.mutate()}>{t(give.isPending ? 'hub.giving' : 'hub.give', { n: c.waiting })}</button>
    </section>
  );
}

function Fetch({ first, url }: { first: boolean; url: string }) {
  const client = useQueryClient();
  const [main, setMain] = useState({ url, login: '', secret: '' });
  const [found, setFound] = useState<OutputOf<typeof listMainClasses>['items']>();
  const list = useMutation({ mutationFn: () => call(listMainClasses, { body: main }), onSuccess: (r) => setFound(r.items) });
  const fetching = useMutation({ mutationFn: (classId: string) => call(fetchClass, { body: { ...main, classId } }), onSuccess: () => { setFound(undefined); void client.invalidateQueries({ queryKey: ['sync'] }); } });
  const failed = list.error ?? fetching.error;
  return (
    <section className="card"><h2>{t(first ? 'hub.first' : 'hub.another')}</h2><p className="lead">{t('hub.how')}</p>
      <form className="list" noValidate onSubmit={(e: FormEvent) => { e.preventDefault(); list.mutate(); }}>
        <Field id="main-url" label={t('hub.url')} hint={t('hub.urlHint')} type="url" value={main.url} onChange={(e) => setMain({ ...main, url: e.target.value })} />
        <Field id="main-login" label={t('hub.login')} value={main.login} onChange={(e) => setMain({ ...main, login: e.target.value })} autoComplete="username" />
        <Field id="main-secret" label={t('entry.secret.label')} type="password" value={main.secret} onChange={(e) => setMain({ ...main, secret: e.target.value })} autoComplete="current-password" />
        {failed && <Notice kind="bad">{problemText(failed)}</Notice>}
        <button type="submit" className="btn" disabled={list.isPending || !main.url || !main.login || !main.secret}>{t(list.isPending ? 'ui.checking' : 'hub.seeClasses')}</button>
      </form>
      {found?.length === 0 && <Notice>{t('hub.noClass')}</Notice>}
      {found?.map((c) => <button key={c.id} type="button" className="btn second" disabled={fetching.isPending} onClick={() => fetching.mutate(c.id)}>{fetching.isPending && fetching.variables === c.id ? t('reader.downloading') : t('hub.fetch', { code: c.code, title: c.title, day: day(c.startsOn), n: c.enrolled })}</button>)}
    </section>
  );
}
