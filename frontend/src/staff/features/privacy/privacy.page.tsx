import { answerPrivacyRequest, confirmErasure, downloadPersonData, listPrivacyRequests, prepareErasure, type StaffRequest } from '@lantoa/shared/privacy';
import { Alert, Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

type Act = 'answered' | 'done' | 'refused';
const LOOK: Record<StaffRequest['state'], string> = { open: 'tag warn', answered: 'tag busy', prepared: 'tag busy', done: 'tag ok', refused: 'tag' };

/** What people have asked for of their own data, those due first. */
export default function PrivacyPage() {
  const client = useQueryClient();
  const requests = useQuery(query(listPrivacyRequests, {}));
  const [answering, setAnswering] = useState<{ r: StaffRequest; to: Act }>();
  const [erasing, setErasing] = useState<StaffRequest>();
  const news = () => { setAnswering(undefined); setErasing(undefined); return client.invalidateQueries({ queryKey: ['privacy'] }); };
  const prepare = useMutation({ mutationFn: (requestId: string) => call(prepareErasure, { params: { requestId } }), onSuccess: news });
  return (
    <>
      <Head title={t('privacy.title')} sub={t('privacy.sub')}><Button component={Link} href="/quan-ly/du-lieu/su-co" variant="outline">{t('incident.title')}</Button></Head>
      <ProblemAlert of={prepare} />
      <Loaded query={requests} height={320}>{({ items }) => (items.length === 0 ? <Empty>{t('privacy.none')}</Empty> : (
        <section className="panel">{items.map((r) => (
          <div key={r.id} className="person wraps">
            <span><strong>{t(`privacy.kind.${r.kind}`)}</strong> · {r.person.name} <span className="sub">{r.person.code}{r.person.unitName ? ` · ${r.person.unitName}` : ''}</span><br />{r.note && <>{r.note}<br /></>}<span className="sub">{day(r.askedOn)} · {t('privacy.due', { answer: day(r.answerBy), done: day(r.doneBy) })}{r.answer ? ` · ${r.answer}` : ''}{r.state === 'prepared' && r.preparedBy ? ` · ${t('privacy.preparedBy', { name: r.preparedBy })}` : ''}</span></span>
            <span className="row-s"><span className={r.late ? 'tag bad' : LOOK[r.state]}>{t(`privacy.state.${r.state}`)}{r.late ? ` · ${t('privacy.late')}` : ''}</span>
              {r.state !== 'done' && r.state !== 'refused' && <>
                {r.kind === 'view' && <Button component="a" size="compact-md" variant="outline" href={addressOf(downloadPersonData, { params: { personId: r.person.id } })}>{t('privacy.data')}</Button>}
                {r.state === 'open' && <Button size="compact-md" variant="outline" onClick={() => setAnswering({ r, to: 'answered' })}>{t('privacy.act.answered')}</Button>}
                {r.kind === 'erase' ? (r.state === 'prepared' ? r.mayConfirm && <Button size="compact-md" color="do" onClick={() => setErasing(r)}>{t('privacy.confirm')}</Button> : <Button size="compact-md" variant="outline" color="do" loading={prepare.isPending && prepare.variables === r.id} onClick={() => prepare.mutate(r.id)}>{t('privacy.prepare')}</Button>) : <Button size="compact-md" variant="outline" onClick={() => setAnswering({ r, to: 'done' })}>{t('privacy.act.done')}</Button>}
                <Button size="compact-md" variant="subtle" onClick={() => setAnswering({ r, to: 'refused' })}>{t('privacy.act.refused')}</Button>
              </>}
            </span>
          </div>
        ))}</section>
      ))}</Loaded>
      <Dialog opened={answering !== undefined} onClose={() => setAnswering(undefined)} title={answering ? t(`privacy.act.${answering.to}`) : ''}>{answering && <Answer {...answering} onDone={news} />}</Dialog>
      <Dialog opened={erasing !== undefined} onClose={() => setErasing(undefined)} title={t('privacy.confirm')}>{erasing && <Confirm r={erasing} onDone={news} />}</Dialog>
    </>
  );
}

function Answer({ r, to, onDone }: { r: StaffRequest; to: Act; onDone: () => unknown }) {
  const [words, setWords] = useState('');
  const send = useMutation({ mutationFn: () => call(answerPrivacyRequest, { params: { requestId: r.id }, body: { to, answer: words } }), onSuccess: onDone });
  return <div className="stack"><Textarea label={t('privacy.words')} value={words} onChange={(e) => setWords(e.currentTarget.value)} autosize minRows={3} /><ProblemAlert of={send} /><Button disabled={!words.trim()} loading={send.isPending} onClick={() => send.mutate()}>{t('privacy.send')}</Button></div>;
}

/** What cannot be taken back is typed. */
function Confirm({ r, onDone }: { r: StaffRequest; onDone: () => unknown }) {
  const [typed, setTyped] = useState('');
  const erase = useMutation({ mutationFn: () => call(confirmErasure, { params: { requestId: r.id } }), onSuccess: onDone });
  return <div className="stack"><Alert color="do">{t('privacy.confirmSure', { name: r.person.name })}</Alert><TextInput label={t('privacy.type', { code: r.person.code })} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} /><ProblemAlert of={erase} /><Button color="do" disabled={typed.trim().toUpperCase() !== r.person.code} loading={erase.isPending} onClick={() => erase.mutate()}>{t('privacy.confirm')}</Button></div>;
}
