import { beginSecondStep, confirmSecondStep, endSecondStep, getSecondStep, renewRecoveryCodes } from '@lantoa/shared/account';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Field, Notice, ReadState } from '../../../ui/parts.tsx';

type Doing = 'nothing' | 'begin' | 'renew' | 'end';

/** The second step: a code of an authenticator app besides the password. What changes it asks for the password once more. */
export function SecondStep() {
  const client = useQueryClient();
  const state = useQuery(query(getSecondStep, {}));
  const [doing, setDoing] = useState<Doing>('nothing');
  const [secret, setSecret] = useState('');
  const [code, setCode] = useState('');
  const done = () => { setDoing('nothing'); setSecret(''); setCode(''); void client.invalidateQueries({ queryKey: ['access'] }); };
  const begin = useMutation({ mutationFn: () => call(beginSecondStep, { body: { secret } }) });
  const confirm = useMutation({ mutationFn: () => call(confirmSecondStep, { body: { code } }), onSuccess: done });
  const renew = useMutation({ mutationFn: () => call(renewRecoveryCodes, { body: { secret } }), onSuccess: done });
  const end = useMutation({ mutationFn: () => call(endSecondStep, { body: { secret, code } }), onSuccess: done });
  const failed = [begin, confirm, renew, end].find((m) => m.isError);
  const codes = renew.data?.codes ?? confirm.data?.codes;
  const act = (next: Doing) => { setDoing(next); for (const m of [begin, confirm, renew, end]) m.reset(); };
  const busy = begin.isPending || confirm.isPending || renew.isPending || end.isPending;
  const password = <Field id="step-secret" label={t('account.now')} type="password" autoComplete="current-password" value={secret} onChange={(e) => setSecret(e.target.value)} />;
  const digits = (label: string) => <Field id="step-code" label={label} autoComplete="one-time-code" value={code} onChange={(e) => setCode(e.target.value)} />;
  const go = (label: string, onClick: () => void, ready: boolean) => <><button type="button" className="btn" disabled={busy || !ready} onClick={onClick}>{label}</button><button type="button" className="btn text" onClick={done}>{t('ui.cancel')}</button></>;
  return (
    <section className="card first">
      <h2>{t('account.step')}</h2>
      <ReadState of={[state]} />
      {failed && <Notice kind="bad">{problemText(failed.error)}</Notice>}
      {codes && <><Notice kind="warn">{t('account.codes')}</Notice><ul className="prose" style={{ columns: 2, fontVariantNumeric: 'tabular-nums' }}>{codes.map((c) => <li key={c}><strong>{c}</strong></li>)}</ul><button type="button" className="btn second" onClick={() => window.print()}>{t('ui.print')}</button></>}
      {state.data && doing === 'nothing' && (state.data.since
        ? <><p className="lead">{t('account.stepOn', { at: moment(state.data.since), n: state.data.recoveryCodesLeft })}</p><button type="button" className="btn second" onClick={() => act('renew')}>{t('account.codesNew')}</button><button type="button" className="btn text" onClick={() => act('end')}>{t('account.stepEnd')}</button></>
        : <><p className="lead">{t('account.stepWhat')}</p><button type="button" className="btn" onClick={() => act('begin')}>{t('account.stepBegin')}</button></>)}
      {doing === 'begin' && !begin.data && <>{password}{go(t('ui.continue'), () => begin.mutate(), secret !== '')}</>}
      {doing === 'begin' && begin.data && (
        <>
          <p className="lead">{t('account.stepScan')} <strong style={{ overflowWrap: 'anywhere' }}>{begin.data.typed}</strong></p>
          <img alt={t('account.step')} style={{ width: '100%', maxWidth: 280 }} src={`data:image/svg+xml;utf8,${encodeURIComponent(begin.data.qrSvg)}`} />
          {digits(t('account.stepCode'))}{go(t('account.stepConfirm'), () => confirm.mutate(), code !== '')}
        </>
      )}
      {doing === 'renew' && <>{password}{go(t('account.codesNew'), () => renew.mutate(), secret !== '')}</>}
      {doing === 'end' && <>{password}{digits(t('account.stepCodeOr'))}{go(t('account.stepEnd'), () => end.mutate(), secret !== '' && code !== '')}</>}
    </section>
  );
}
