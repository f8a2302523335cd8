import { askPrivacy, downloadMyData, endConsent, getMyData, type RequestKind, requestKinds } from '@lantoa/shared/privacy';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addressOf, call, query } from '../../../lib/api.ts';
import { day, moment, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { newId } from '@lantoa/shared/rules/ids';
import { problemText } from '../../../lib/problem-text.ts';
import { forgetHere, useSession } from '../../../lib/session.ts';
import { Bar, Notice, ReadState } from '../../../ui/parts.tsx';

/** What is kept of oneself, to take along; what one agreed to, to withdraw; what one may ask for, with its days. */
export default function MyDataPage() {
  const mine = useQuery(query(getMyData, {}));
  return (
    <>
      <Bar title={t('mine.title')} back="/hoc/tro-giup" />
      <main className="page">
        <p className="lead">{t('mine.why')}</p>
        <ReadState of={[mine]} />
        {mine.data && (
          <>
            <section className="card"><h2>{t('mine.kept')}</h2><ul className="prose">{mine.data.kept.map((k) => <li key={k.what}>{t(`mine.part.${k.what}`)}: {number(k.n)}</li>)}</ul><a className="btn" href={addressOf(downloadMyData, {})} download="lan-toa-du-lieu.json">{t('mine.download')}</a></section>
            <section className="card"><h2>{t('mine.consents')}</h2>{mine.data.consents.map((c) => <Consent key={c.purpose + c.at} {...c} />)}</section>
            <Ask />
            {mine.data.requests.length > 0 && <section className="card"><h2>{t('mine.requests')}</h2>{mine.data.requests.map((r) => <p key={r.id}><strong>{t(`mine.kind.${r.kind}`)}</strong><br /><span className="lead">{day(r.askedOn)} · {t(`mine.state.${r.state}`, { day: day(r.state === 'open' ? r.answerBy : r.doneBy) })}</span>{r.answer && <><br />{r.answer}</>}</p>)}</section>}
          </>
        )}
      </main>
    </>
  );
}

function Consent({ purpose, at, endedAt }: { purpose: 'learning' | 'ethnicity'; at: string; endedAt: string | null }) {
  const client = useQueryClient();
  const personId = useSession()?.person?.id;
  const [sure, setSure] = useState(false);
  const end = useMutation({
    mutationFn: () => call(endConsent, { body: { purpose } }),
    onSuccess: async () => {
      if (purpose === 'ethnicity') return client.invalidateQueries({ queryKey: ['privacy'] });
      await forgetHere(client, personId);
      location.assign('/vao');
    },
  });
  return (
    <div className="list">
      <p style={{ margin: '8px 0 0' }}><strong>{t(`mine.consent.${purpose}`)}</strong><br /><span className="lead">{t(endedAt ? 'mine.endedAt' : 'mine.agreedAt', { at: moment(endedAt ?? at) })}</span></p>
      {end.isError && <Notice kind="bad">{problemText(end.error)}</Notice>}
      {!endedAt && !sure && <button type="button" className="btn text" onClick={() => setSure(true)}>{t('mine.end')}</button>}
      {sure && !endedAt && <><Notice kind="warn">{t(`mine.endSure.${purpose}`)}</Notice><button type="button" className="btn" disabled={end.isPending} onClick={() => end.mutate()}>{t('mine.endYes')}</button><button type="button" className="btn second" onClick={() => setSure(false)}>{t('ui.cancel')}</button></>}
    </div>
  );
}

function Ask() {
  const client = useQueryClient();
  const [kind, setKind] = useState<RequestKind>('correct');
  const [note, setNote] = useState('');
  const [id, setId] = useState(newId);
  const ask = useMutation({ mutationFn: () => call(askPrivacy, { body: { id, kind, note } }), onSuccess: () => { setNote(''); setId(newId()); void client.invalidateQueries({ queryKey: ['privacy'] }); } });
  const submit = (e: FormEvent) => { e.preventDefault(); ask.mutate(); };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{t('mine.ask')}</h2>
      {ask.isError && <Notice kind="bad">{problemText(ask.error)}</Notice>}
      {ask.data && <Notice kind="ok">{t(`mine.kind.${ask.data.kind}`)}: {t(`mine.state.${ask.data.state}`, { day: day(ask.data.answerBy) })}</Notice>}
      <div className="field"><label htmlFor="kind">{t('mine.what')}</label><select id="kind" value={kind} onChange={(e) => setKind(e.target.value as RequestKind)}>{requestKinds.map((k) => <option key={k} value={k}>{t(`mine.kind.${k}`)}</option>)}</select></div>
      {kind === 'erase' && <Notice kind="warn">{t('mine.eraseWhat')}</Notice>}
      <div className="field"><label htmlFor="note">{t('mine.note')}</label><textarea id="note" rows={3} value={note} onChange={(e) => setNote(e.target.value)} /></div>
      <button type="submit" className="btn second" disabled={ask.isPending}>{t('mine.send')}</button>
    </form>
  );
}
