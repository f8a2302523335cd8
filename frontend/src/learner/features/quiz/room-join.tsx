import type { lookUpRoom } from '@lantoa/shared/rooms';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { fold } from '@lantoa/shared/rules/text';
import { type FormEvent, useState } from 'react';
import { call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { RoomClient } from '../../../lib/room-client.ts';
import { newSeatToken, seatStore } from '../../../lib/room-store.ts';
import { Bar, Field, Notice } from '../../../ui/parts.tsx';

type Room = OutputOf<typeof lookUpRoom>;
interface Props { code: string; room: Room; sharedBefore: boolean; onJoined: (client: RoomClient) => void }
const SEARCH_FROM = 8;

/** The own name from the list of this class; then the end of the phone number, unless one is signed in. */
export function RoomJoin({ code, room, sharedBefore, onJoined }: Props) {
  const [chosen, setChosen] = useState<Room['people'][number] | undefined>(() => room.people.find((p) => p.enrolmentId === room.me && !sharedBefore));
  const [q, setQ] = useState('');
  const [shared, setShared] = useState(sharedBefore);
  const [proof, setProof] = useState('');
  const [token] = useState(newSeatToken);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const mine = chosen?.enrolmentId === room.me;
  const join = async (e: FormEvent) => {
    e.preventDefault();
    if (!chosen) return;
    setBusy(true);
    try {
      onJoined(await RoomClient.join({ code, enrolmentId: chosen.enrolmentId, proof: mine ? '' : proof.trim(), name: chosen.name, channel: shared ? 'shared-phone' : 'own-phone', token }, call, seatStore));
    } catch (problem) {
      setError(problemText(problem));
    } finally {
      setBusy(false);
    }
  };
  if (room.phase === 'closed' || room.phase === 'results') return <><Bar title={t(`room.${room.kind}`)} side={null} /><main className="page"><Notice>{t('room.isClosed')}</Notice></main></>;
  if (chosen)
    return (
      <>
        <Bar title={t(`room.${room.kind}`)} side={null} />
        <main className="page narrow"><form className="card" onSubmit={join} noValidate>
          <h1>{chosen.name}</h1><p className="lead">{chosen.unitName}</p>
          {error && <Notice kind="bad">{error}</Notice>}
          {!mine && chosen.proof !== 'none' && <Field id="proof" label={t(chosen.proof === 'phone' ? 'room.proofPhone' : 'room.proofYear')} hint={t(chosen.proof === 'phone' ? 'room.proofPhoneHint' : 'room.proofYearHint')} value={proof} inputMode="numeric" autoComplete="off" maxLength={4} onChange={(e) => setProof(e.currentTarget.value)} />}
          <label style={{ display: 'flex', gap: 12, alignItems: 'center', minHeight: 48 }}><input type="checkbox" style={{ width: 24, height: 24, flex: 'none' }} checked={shared} onChange={(e) => setShared(e.currentTarget.checked)} /><span>{t('room.shared')}</span></label>
          <button type="submit" className="btn" disabled={busy}>{t(busy ? 'room.joining' : 'room.join')}</button>
          <button type="button" className="btn text" onClick={() => { setChosen(undefined); setError(undefined); setProof(''); }}>{t('room.notMe')}</button>
        </form></main>
      </>
    );
  const shown = room.people.filter((p) => fold(`${p.name} ${p.unitName}`).includes(fold(q)));
  return (
    <>
      <Bar title={t(`room.${room.kind}`)} side={null} />
      <main className="page">
        <h1>{t('room.chooseName')}</h1><p className="lead">{room.title}</p>
        {room.people.length > SEARCH_FROM && <Field id="find" label={t('room.find')} value={q} autoComplete="off" onChange={(e) => setQ(e.currentTarget.value)} />}
        {shown.map((p) => <button key={p.enrolmentId} type="button" className="card link" style={{ textAlign: 'left', cursor: 'pointer' }} onClick={() => setChosen(p)}><span><strong>{p.name}</strong><br /><span className="lead">{p.unitName}</span></span>{p.taken && <span className="badge">{t('room.taken')}</span>}</button>)}
        {shown.length === 0 && <Notice>{t('room.noName')}</Notice>}
      </main>
    </>
  );
}
