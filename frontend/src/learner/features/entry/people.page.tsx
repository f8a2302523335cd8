import { signIn } from '@lantoa/shared/access';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { ApiProblem, call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { keepPerson, peopleHere, unlock } from '../../../lib/people-here.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { type HeldSession, homeOf, keepSession } from '../../../lib/session.ts';
import { Bar, Field, LinkCard } from '../../../ui/parts.tsx';

const initials = (name: string): string => name.split(/\s+/).slice(-2).map((w) => w[0]).join('').toUpperCase();

/** Comes with a PIN: the server says, and where it cannot be reached, this phone. */
async function come(person: { id: string; code: string }, pin: string): Promise<HeldSession> {
  try {
    const session = await call(signIn, { body: { login: person.code, secret: pin } });
    await keepPerson(session, pin);
    return session;
  } catch (e) {
    if (!(e instanceof ApiProblem) || e.code !== 'network') throw e;
  }
  const session = await unlock(person.id, pin).catch(() => { throw new ApiProblem('network'); });
  if (!session) throw new ApiProblem('access.wrong-secret');
  return { ...session, out: true };
}

/** Several people on one phone: each behind their own PIN, with their own lessons read and work kept apart; also without network. */
export default function PeoplePage() {
  const client = useQueryClient();
  const [params] = useSearchParams();
  const people = peopleHere();
  const person = people.find((p) => p.id === params.get('ai'));
  const [pin, setPin] = useState('');
  const enter = useMutation({
    networkMode: 'always', mutationFn: (p: { id: string; code: string }) => come(p, pin),
    onSuccess: (session) => { keepSession(client, session); location.assign(homeOf(session)); },
  });
  const submit = (e: FormEvent) => { e.preventDefault(); if (person) enter.mutate(person); };
  return (
    <>
      <Bar title="Lan Toả" side={null} heading={false} />
      <main className="page narrow">
        <h1>{person ? t('people.hello', { name: person.name }) : t('people.title')}</h1>
        {person ? (
          <form className="list" onSubmit={submit} noValidate>
            <Field id="pin" label={t('entry.pin.label')} type="password" inputMode="numeric" autoComplete="current-password" value={pin} onChange={(e) => setPin(e.target.value)} error={enter.isError ? problemText(enter.error) : undefined} autoFocus />
            <button type="submit" className="btn" disabled={enter.isPending || pin.length < 6}>{t(enter.isPending ? 'ui.checking' : 'ui.continue')}</button>
          </form>
        ) : people.map((p) => <LinkCard key={p.id} href={`/vao/doi-nguoi?ai=${p.id}`} title={p.name} note={initials(p.name)} />)}
        {!person && people.length === 0 && <p className="lead">{t('people.nobody')}</p>}
        {person && people.length > 1 && <Link className="btn second" href="/vao/doi-nguoi">{t('people.other')}</Link>}
        <Link className="btn text" href="/vao">{t('people.new')}</Link>
      </main>
    </>
  );
}
