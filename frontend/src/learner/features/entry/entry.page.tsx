import { activate, checkSlip, type Session, signIn, type SlipProof } from '@lantoa/shared/access';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiProblem, call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { keepPerson, peopleHere } from '../../../lib/people-here.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { homeOf, keepSession } from '../../../lib/session.ts';
import { Bar, Field, LinkCard, Notice } from '../../../ui/parts.tsx';

type Whom = OutputOf<typeof checkSlip>;
type Step = { at: 'login' } | { at: 'secret' } | { at: 'second'; secret: string; proof: SlipProof | null } | { at: 'code' } | { at: 'year' } | { at: 'whom'; whom: Whom; proof: SlipProof } | { at: 'consent'; whom: Whom; proof: SlipProof } | { at: 'choose'; whom: Whom; proof: SlipProof };

/** Getting in, one question per page: number → PIN, or, with a slip, number → code → "is it me?" → consent → a PIN of one's own. */
export default function EntryPage() {
  const client = useQueryClient();
  const slipSecret = location.pathname === '/vao/k' ? location.hash.slice(1) : '';
  const [step, setStep] = useState<Step>({ at: slipSecret ? 'year' : 'login' });
  const [login, setLogin] = useState('');
  const [value, setValue] = useState('');
  const [error, setError] = useState<string>();
  const go = (next: Step) => { setStep(next); setValue(''); setError(undefined); };
  // The secret was right, and this person has set up a second step.
  const asked = (e: Error, proof: SlipProof | null) => (e instanceof ApiProblem && e.code === 'access.code-needed' ? go({ at: 'second', secret: value, proof }) : setError(problemText(e)));
  const second = step.at === 'second' ? step : null;
  const withCode = second ? { secret: second.secret, code: value } : { secret: value };
  const arrive = async (session: Session) => {
    await keepPerson(session, second?.secret ?? value);
    keepSession(client, session);
    location.assign(homeOf(session));
  };
  const enter = useMutation({ mutationFn: () => call(signIn, { body: { login, ...withCode } }), onSuccess: arrive, onError: (e) => asked(e, null) });
  const check = useMutation({ mutationFn: (proof: SlipProof) => call(checkSlip, { body: { proof } }), onSuccess: (whom, proof) => go({ at: 'whom', whom, proof }), onError: (e) => setError(problemText(e)) });
  const finish = useMutation({ mutationFn: (proof: SlipProof) => call(activate, { body: { proof, ...withCode, consent: '2026-11' } }), onSuccess: arrive, onError: (e, proof) => asked(e, proof) });
  const busy = enter.isPending || check.isPending || finish.isPending;

  const submit = (e: FormEvent) => {
    e.preventDefault();
    setError(undefined);
    if (!value.trim()) return setError(t(`entry.empty.${step.at}`));
    if (step.at === 'login') {
      setLogin(value);
      return go({ at: 'secret' });
    }
    if (step.at === 'secret') return enter.mutate();
    if (step.at === 'second') return step.proof ? finish.mutate(step.proof) : enter.mutate();
    if (step.at === 'code') {
      const digits = value.replace(/[\s-]/g, '');
      if (!/^\d{8}$/.test(digits)) return setError(t('entry.code.length', { n: digits.length }));
      return check.mutate({ login, code: value });
    }
    if (step.at === 'year') return check.mutate({ secret: slipSecret, birthYear: Number(value) });
    if (step.at === 'choose') return finish.mutate(step.proof);
  };

  const button = <button type="submit" className="btn" disabled={busy}>{busy ? t('ui.checking') : t('ui.continue')}</button>;
  const field = (id: string, more: Parameters<typeof Field>[0] extends infer P ? Partial<P> : never) => <Field id={id} label={t(`entry.${id}.label`)} hint={t(`entry.${id}.hint`)} error={error} value={value} onChange={(e) => setValue(e.target.value)} autoFocus {...more} />;
  return (
    <>
      <Bar title="Lan Toả" side={null} heading={false} />
      <main className="page narrow">
        <h1>{t(`entry.${step.at}.title`)}</h1>
        {step.at === 'whom' ? (
          <>
            <div className="card"><h2>{step.whom.name}</h2>{step.whom.birthYear && <p>{t('entry.born', { year: step.whom.birthYear })}</p>}{step.whom.unitName && <p>{step.whom.unitName}</p>}</div>
            <button type="button" className="btn" onClick={() => go({ ...step, at: 'consent' })}>{t('entry.yes')}</button>
            <button type="button" className="btn second" onClick={() => go({ at: 'login' })}>{t('entry.no')}</button>
          </>
        ) : step.at === 'consent' ? (
          <>
            <ul className="card prose">{['1', '2', '3', '4'].map((n) => <li key={n}>{t(`entry.consent.${n}`)}</li>)}</ul>
            <button type="button" className="btn" onClick={() => go({ ...step, at: 'choose' })}>{t('entry.consent.yes')}</button>
            <button type="button" className="btn second" onClick={() => go({ at: 'login' })}>{t('entry.consent.no')}</button>
          </>
        ) : (
          <form className="list" onSubmit={submit} noValidate>
            {step.at === 'login' && field('login', { type: 'tel', autoComplete: 'username' })}
            {step.at === 'secret' && field('secret', { type: 'password', autoComplete: 'current-password' })}
            {step.at === 'second' && field('second', { inputMode: 'text', autoComplete: 'one-time-code' })}
            {step.at === 'code' && field('code', { inputMode: 'numeric', autoComplete: 'one-time-code' })}
            {step.at === 'year' && field('year', { inputMode: 'numeric' })}
            {step.at === 'choose' && field(step.whom.needs, { type: 'text', inputMode: step.whom.needs === 'pin' ? 'numeric' : 'text', autoComplete: 'new-password' })}
            {button}
          </form>
        )}
        {step.at === 'secret' && <button type="button" className="btn second" onClick={() => go({ at: 'code' })}>{t('entry.haveSlip')}</button>}
        {step.at !== 'login' && <button type="button" className="btn text" onClick={() => go({ at: 'login' })}>{t('entry.restart')}</button>}
        {step.at === 'login' && peopleHere().length > 0 && <LinkCard href="/vao/doi-nguoi" title={t('people.title')} note={peopleHere().map((p) => p.name).join(', ')} />}
        {step.at === 'login' && <Notice>{t('entry.help')}</Notice>}
      </main>
    </>
  );
}
