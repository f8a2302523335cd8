import type { Attempt } from '@lantoa/shared/assessment';
import type { SeatState } from '@lantoa/shared/rooms';
import { type FormEvent, useState } from 'react';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import type { RoomClient } from '../../../lib/room-client.ts';
import { openBox } from '../../../lib/room-store.ts';
import { Bar, Field, Notice } from '../../../ui/parts.tsx';

interface Props { client: RoomClient; state: SeatState; done: boolean; away: boolean; onLeave: () => void }

/** Before the test begins and after it is handed in. A shared phone goes to the next person; nothing of the last one can be reached. */
export function RoomWaiting({ client, state, done, away, onLeave }: Props) {
  const { seat } = client;
  const shared = seat.channel === 'shared-phone';
  return (
    <>
      <Bar title={t(`room.${state.kind}`)} side={null} />
      <main className="page">
        <h1>{seat.name}</h1><p className="lead">{state.title}</p>
        {away && <Notice kind="warn">{t('room.away')}</Notice>}
        {done ? <Notice kind="ok"><strong>{t('room.received')}</strong><br />{seat.receivedAt ? t('room.receivedAt', { at: moment(seat.receivedAt) }) : ''} {t('room.thanks')}</Notice> : seat.handingIn ? <Notice kind="warn">{t('room.keepOpen')}</Notice> : state.phase === 'lobby' ? <Notice>{t('room.lobby')}</Notice> : <Notice>{t('room.isClosed')}</Notice>}
        {!done && state.phase === 'lobby' && state.box && <StartCode client={client} box={state.box} />}
        {done && shared && <button type="button" className="btn" onClick={onLeave}>{t('room.passOn')}</button>}
        {done && !shared && <a className="btn second" href="/hoc">{t('ui.toToday')}</a>}
        {!done && !seat.handingIn && <button type="button" className="btn text" onClick={onLeave}>{t('room.notMe')}</button>}
      </main>
    </>
  );
}

/** The trainer says six digits; with them the test opens without network. */
function StartCode({ client, box }: { client: RoomClient; box: NonNullable<SeatState['box']> }) {
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const open = async (e: FormEvent) => {
    e.preventDefault();
    try {
      await client.opened(await openBox<Attempt>(box, code.replace(/\D/g, '')));
    } catch {
      setWrong(true);
    }
  };
  return <form className="card" onSubmit={(e) => void open(e)} noValidate><p>{t('room.sealed')}</p><Field id="start" label={t('room.startCode')} error={wrong ? t('room.startCodeWrong') : undefined} value={code} inputMode="numeric" autoComplete="off" maxLength={7} onChange={(e) => { setCode(e.currentTarget.value); setWrong(false); }} /><button type="submit" className="btn">{t('room.openTest')}</button></form>;
}
