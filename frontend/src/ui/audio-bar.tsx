import { type AudioLanguage, audioLanguages, type Track } from '@lantoa/shared/curriculum';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../lib/i18n.ts';

const SPEEDS = [0.75, 1, 1.25];
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

interface Props {
  title: string; tracks: readonly Track[]; language: AudioLanguage; speed: number;
  /** Where the bytes of an address are; a lesson on the phone has them in the browser. */
  source?: (url: string) => string;
  onLanguage: (language: AudioLanguage) => void; onSpeed: (speed: number) => void;
}

/** A recorded voice: it plays only on a tap, stops when the card is left, and says so when there is none in the chosen language. */
export function AudioBar(props: Props) {
  const { tracks, language } = props;
  const track = tracks.find((x) => x.language === language) ?? tracks.find((x) => x.language === 'vi');
  return track ? <Player key={track.url} track={track} {...props} /> : <p className="audio none">{t('audio.none')}</p>;
}

function Player({ track, title, language, speed, source = (url) => url, onLanguage, onSpeed }: Props & { track: Track }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed;
  }, [speed]);
  const toggle = () => {
    const el = audio.current;
    if (!el) return;
    if (!el.paused) return el.pause();
    el.playbackRate = speed;
    setFailed(false);
    el.play().catch(() => setFailed(true));
    if ('mediaSession' in navigator) navigator.mediaSession.metadata = new MediaMetadata({ title, artist: 'Lan Toả' });
  };
  const Icon = playing ? IconPlayerPause : IconPlayerPlay;
  return (
    <div className="audio">
      {/* biome-ignore lint/a11y/useMediaCaption: the card's text is the transcript */}
      <audio ref={audio} src={source(track.url)} preload="none" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={() => setPlaying(false)} onTimeUpdate={(e) => setAt(e.currentTarget.currentTime)} onError={() => playing && setFailed(true)} />
      <button type="button" className="btn listen" onClick={toggle}><Icon size={24} aria-hidden />{t(playing ? 'audio.pause' : at > 0 ? 'audio.again' : 'audio.listen')}</button>
      <span className="lead" aria-hidden>{clock(at)} / {clock(track.seconds)}</span>
      <label className="sr" htmlFor="listen-language">{t('audio.language')}</label>
      <select id="listen-language" value={language} onChange={(e) => onLanguage(e.currentTarget.value as AudioLanguage)}>{audioLanguages.map((l) => <option key={l} value={l}>{t(`language.${l}`)}</option>)}</select>
      <label className="sr" htmlFor="listen-speed">{t('audio.speed')}</label>
      <select id="listen-speed" value={speed} onChange={(e) => onSpeed(Number(e.currentTarget.value))}>{SPEEDS.map((s) => <option key={s} value={s}>{t(`audio.speed.${s}`)}</option>)}</select>
      {track.language !== language && <p className="lead" role="status">{t('audio.missing', { language: t(`language.${language}`) })}</p>}
      {failed && <p className="lead" role="alert">{t('audio.failed')}</p>}
    </div>
  );
}
