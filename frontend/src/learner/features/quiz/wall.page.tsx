import '../../../lib/room-words.ts';
import '../../../ui/room.css';
import { getRoomScreen, type RoomScreen, watchRoomScreen } from '@lantoa/shared/rooms';
import { useEffect, useState } from 'react';
import { addressOf, call } from '../../../lib/api.ts';
import { percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { follow } from '../../../lib/live.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Notice, Skeletons } from '../../../ui/parts.tsx';

const LETTERS = 'ABCDEF';

/** The wall of a hall: how to join, how many there are and have handed in. No name, no score, no ranking. */
export default function WallPage({ code }: { code: string }) {
  const [screen, setScreen] = useState<RoomScreen>();
  const [error, setError] = useState<unknown>();
  const [away, setAway] = useState(false);
  useEffect(() => {
    const read = () => call(getRoomScreen, { params: { code } });
    read().then(setScreen, setError);
    return follow<RoomScreen>(addressOf(watchRoomScreen, { params: { code } }), read, (s) => { setScreen(s); setError(undefined); }, setAway);
  }, [code]);
  if (error && !screen) return <main className="page"><Notice kind="bad">{problemText(error)}</Notice></main>;
  if (!screen) return <main className="page"><Skeletons n={1} /></main>;
  return (
    <main className="wall room-wall">
      <header><h1>{t(`room.${screen.kind}`)}</h1><p className="lead">{screen.title}</p>{away && <p className="badge warn">{t('room.wallAway')}</p>}</header>
      {screen.phase === 'results' && screen.results.length > 0 ? <Results screen={screen} /> : screen.phase === 'running' && screen.stem ? <Question screen={screen} /> : screen.phase === 'closed' || screen.phase === 'results' ? <p className="thanks">{t('room.wallThanks')}</p> : <Welcome screen={screen} />}
      <footer>
        <strong>{t(screen.phase === 'lobby' ? 'room.wallJoined' : 'room.wallDone', { n: screen.phase === 'lobby' ? screen.joined : screen.done, of: screen.phase === 'lobby' ? screen.people : Math.max(screen.joined, screen.done) })}</strong>
        <div className="meter" role="progressbar" aria-label={t('room.wallProgress')} aria-valuenow={screen.done} aria-valuemin={0} aria-valuemax={Math.max(1, screen.joined)}><div style={{ width: `${(screen.done / Math.max(1, screen.joined)) * 100}%` }} /></div>
        <span>{t('room.calm')}</span>
      </footer>
    </main>
  );
}

function Welcome({ screen }: { screen: RoomScreen }) {
  return (
    <div className="join">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: an SVG that our own server has drawn */}
      <div className="code-qr" dangerouslySetInnerHTML={{ __html: screen.qrSvg }} />
      <div><p>{t('room.wallGo')}</p><p><strong>{screen.link.replace(/^https?:\/\//, '').replace(/\/\d{6}$/, '')}</strong></p><p>{t('room.wallCode')}</p><p className="code">{screen.code.slice(0, 3)} {screen.code.slice(3)}</p></div>
    </div>
  );
}

function Question({ screen }: { screen: RoomScreen }) {
  return <div className="asked"><p>{t('quiz.counter', { n: screen.question + 1, of: screen.questions })}</p><p className="stem">{screen.stem}</p><ol>{screen.options.map((o, i) => <li key={o}><span className={`letter ${LETTERS[i]?.toLowerCase()}`}>{LETTERS[i]}</span>{o}</li>)}</ol></div>;
}

function Results({ screen }: { screen: RoomScreen }) {
  const [at, setAt] = useState(0);
  useEffect(() => {
    const move = (e: KeyboardEvent) => {
      if (e.key === 'ArrowRight' || e.key === 'PageDown') setAt((i) => Math.min(screen.results.length - 1, i + 1));
      if (e.key === 'ArrowLeft' || e.key === 'PageUp') setAt((i) => Math.max(0, i - 1));
    };
    window.addEventListener('keydown', move);
    return () => window.removeEventListener('keydown', move);
  }, [screen.results.length]);
  const q = screen.results[at];
  if (!q) return null;
  return (
    <div className="asked">
      <p>{t('room.wallResult', { n: at + 1, of: screen.results.length, share: percent(q.share), people: q.n })}</p><p className="stem">{q.stem}</p>
      <ol>{q.options.map((o, i) => <li key={o.text} className={o.right ? 'right' : ''}><span className={`letter ${LETTERS[i]?.toLowerCase()}`}>{LETTERS[i]}</span><span>{o.text}{o.right && ` – ${t('quiz.right')}`}</span><b>{percent(o.share)}</b></li>)}</ol>
      {q.reason && <p className="reason">{q.reason}</p>}
      <nav className="row"><button type="button" className="btn second" disabled={at === 0} onClick={() => setAt(at - 1)}>{t('room.wallBack')}</button><button type="button" className="btn second" disabled={at + 1 >= screen.results.length} onClick={() => setAt(at + 1)}>{t('room.wallNext')}</button></nav>
    </div>
  );
}
