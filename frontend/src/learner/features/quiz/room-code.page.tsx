import '../../../lib/room-words.ts';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '../../../lib/i18n.ts';
import { Bar, Field } from '../../../ui/parts.tsx';

/** Six digits from the wall. */
export default function RoomCodePage() {
  const [, navigate] = useLocation();
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const digits = code.replace(/\D/g, '');
    if (digits.length !== 6) return setError(t('room.codeLength', { n: digits.length }));
    navigate(`/t/${digits}`);
  };
  return (
    <>
      <Bar title={t('room.enter')} side={null} />
      <main className="page narrow"><form className="card" onSubmit={submit} noValidate>
        <Field id="code" label={t('room.code')} hint={t('room.codeHint')} error={error} value={code} inputMode="numeric" autoComplete="off" maxLength={9} onChange={(e) => setCode(e.currentTarget.value)} />
        <button type="submit" className="btn">{t('ui.continue')}</button>
      </form></main>
    </>
  );
}
