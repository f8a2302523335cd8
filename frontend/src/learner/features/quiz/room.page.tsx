import '../../../lib/room-words.ts';
import { lookUpRoom, watchRoomPhase } from '@lantoa/shared/rooms';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { follow } from '../../../lib/live.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { RoomClient } from '../../../lib/room-client.ts';
import { seatStore } from '../../../lib/room-store.ts';
import { Bar, Notice, Skeletons } from '../../../ui/parts.tsx';
import { fetchCodeWriter } from './answer-code.tsx';
import { RoomJoin } from './room-join.tsx';
import { RoomQuiz } from './room-quiz.tsx';
import { RoomWaiting } from './room-waiting.tsx';

/** Within so long after it has sat down a phone has what it needs to show its answers as a picture. */
const AHEAD_MS = 20_000;

/** A phone in a hall: name, wait, answer, hand in; or the next person on the same phone. */
export default function RoomPage({ code }: { code: string }) {
  const [client, setClient] = useState<RoomClient | null>();
  const [shared, setShared] = useState(false);
  useEffect(() => { void seatStore.load(code).then((seat) => setClient(seat ? new RoomClient(seat, call, seatStore) : null)); }, [code]);
  const leave = async () => {
    client?.stop();
    await seatStore.clear(code);
    setClient(null);
  };
  if (client === undefined) return <><Bar title={t('room.enter')} side={null} /><main className="page"><Skeletons n={1} /></main></>;
  if (client === null) return <Join code={code} shared={shared} onJoined={(next) => { setShared(next.seat.channel === 'shared-phone'); setClient(next); }} />;
  return <Seated key={client.seat.token} client={client} onLeave={() => void leave()} />;
}

function Join({ code, shared, onJoined }: { code: string; shared: boolean; onJoined: (client: RoomClient) => void }) {
  const room = useQuery({ ...query(lookUpRoom, { params: { code } }), retry: 3, refetchInterval: 10_000 });
  if (room.isError) return <><Bar title={t('room.enter')} side={null} /><main className="page"><Notice kind="bad">{problemText(room.error)}</Notice><Link className="btn" href="/t">{t('room.otherCode')}</Link></main></>;
  if (!room.data) return <><Bar title={t('room.enter')} side={null} /><main className="page"><Skeletons n={3} /></main></>;
  return <RoomJoin code={code} room={room.data} sharedBefore={shared} onJoined={onJoined} />;
}

function Seated({ client, onLeave }: { client: RoomClient; onLeave: () => void }) {
  const [, redraw] = useState(0);
  const [away, setAway] = useState(false);
  const [error, setError] = useState<unknown>();
  useSyncExternalStore((l) => client.listen(() => { redraw((n) => n + 1); l(); }), () => client.seat.answers.length);
  useEffect(() => {
    const { code } = client.seat;
    let version = -1;
    const refresh = async () => {
      try {
        const state = await client.refresh();
        version = state.version;
        setError(undefined);
      } catch (e) {
        // The server's word stands; a network that fails is tried again.
        if ((e as { code?: string }).code === 'network') throw e;
        setError(e);
      }
    };
    void refresh().catch(() => undefined);
    void client.flush().catch(setError);
    const stop = follow<{ version: number }>(addressOf(watchRoomPhase, { params: { code } }), async () => { await refresh(); return { version }; }, (news) => (news.version === version ? undefined : refresh()), setAway);
    // For the day when nothing can be sent at the end. Not all phones of a hall at once.
    const ahead = setTimeout(() => void fetchCodeWriter().catch(() => undefined), Math.random() * AHEAD_MS);
    return () => { stop(); clearTimeout(ahead); };
  }, [client]);
  const { seat } = client;
  const state = seat.state;
  if (error && (error as { code?: string }).code === 'training.room-seat-released') return <><Bar title={seat.name} side={null} /><main className="page"><Notice kind="warn">{problemText(error)}</Notice><button type="button" className="btn" onClick={onLeave}>{t('room.joinAgain')}</button></main></>;
  if (!state) return <><Bar title={seat.name} side={null} /><main className="page">{error ? <><Notice kind="bad">{problemText(error)}</Notice><button type="button" className="btn second" onClick={onLeave}>{t('room.joinAgain')}</button></> : <Skeletons n={1} />}</main></>;
  const done = seat.receivedAt !== null || state.submitted;
  if (!done && state.attempt && (state.phase === 'running' || state.sealed || seat.answers.length > 0) && !(state.phase === 'lobby' && !state.sealed)) return <RoomQuiz client={client} state={state} attempt={state.attempt} away={away || client.failing} error={error} />;
  return <RoomWaiting client={client} state={state} done={done} away={away} onLeave={onLeave} />;
}
