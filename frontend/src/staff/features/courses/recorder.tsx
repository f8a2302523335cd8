import { type AudioLanguage, addRecording } from '@lantoa/shared/curriculum';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Checkbox, FileButton, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../lib/api.ts';
import { base64Of } from '../../../lib/base64.ts';
import { bytes } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Prose } from '../../../ui/markdown.tsx';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

const LONGEST_SECONDS = 60;

/** Reads a card aloud: from this machine's microphone or from a file; the speaker's consent is kept with it. */
export function Recorder({ slug, subject, language, text, onDone }: { slug: string; subject: string; language: AudioLanguage; text: string; onDone: () => void }) {
  const mic = useMicrophone();
  const [file, setFile] = useState<Blob>();
  const [speaker, setSpeaker] = useState('');
  const [consent, setConsent] = useState(false);
  const blob = file ?? mic.blob;
  const save = useMutation({
    mutationFn: async () => call(addRecording, { params: { courseSlug: slug }, body: { subject, language, speaker, consent: true, seconds: await secondsOf(blob as Blob, mic.seconds), contentBase64: await base64Of(blob as Blob) } }, { key: newId() }),
    onSuccess: onDone,
  });
  return (
    <div className="stack">
      <div className="phone" style={{ width: '100%' }}><Prose text={text} /></div>
      {mic.refused && <Alert color="nghe">{t('recorder.refused')}</Alert>}
      <div className="row-s">
        {mic.recording ? <Button color="do" onClick={mic.stop}>{t('recorder.stop', { n: mic.seconds })}</Button> : <Button onClick={() => { setFile(undefined); void mic.start(); }}>{t(mic.blob ? 'recorder.again' : 'recorder.start')}</Button>}
        <FileButton accept="audio/*" onChange={(f) => f && setFile(f)}>{(props) => <Button {...props} variant="outline">{t('recorder.file')}</Button>}</FileButton>
      </div>
      {mic.recording && <div className="meter-bar" role="meter" aria-label={t('recorder.level')} aria-valuenow={Math.round(mic.level * 100)} aria-valuemin={0} aria-valuemax={100}><i style={{ width: `${Math.round(mic.level * 100)}%` }} /></div>}
      {blob && !mic.recording && <Preview blob={blob} />}
      <TextInput label={t('recorder.speaker')} value={speaker} onChange={(e) => setSpeaker(e.currentTarget.value)} />
      <Checkbox label={t('recorder.consent')} checked={consent} onChange={(e) => setConsent(e.currentTarget.checked)} />
      <ProblemAlert of={save} />
      <div><Button disabled={!blob || !consent || speaker.trim().length < 2} loading={save.isPending} onClick={() => save.mutate()}>{t('recorder.save')}</Button></div>
    </div>
  );
}

function Preview({ blob }: { blob: Blob }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  // biome-ignore lint/a11y/useMediaCaption: what is read stands above
  return <div className="row-s"><audio controls src={url} /><span className="sub">{bytes(blob.size)}</span></div>;
}

/** How long a sound is; a recording of ours is known, a file is asked. */
function secondsOf(blob: Blob, counted: number): Promise<number> {
  return new Promise((done) => {
    const audio = new Audio(URL.createObjectURL(blob));
    const settle = (seconds: number) => {
      URL.revokeObjectURL(audio.src);
      done(Math.min(120, Math.max(0.2, seconds)));
    };
    audio.onloadedmetadata = () => settle(Number.isFinite(audio.duration) ? audio.duration : counted);
    audio.onerror = () => settle(counted || 1);
  });
}

function useMicrophone() {
  const recorder = useRef<MediaRecorder>(null);
  const [state, setState] = useState({ recording: false, refused: false, seconds: 0, level: 0 });
  const [blob, setBlob] = useState<Blob>();
  const set = (next: Partial<typeof state>) => setState((s) => ({ ...s, ...next }));
  useEffect(() => () => recorder.current?.stream.getTracks().forEach((track) => { track.stop(); }), []);
  const start = async () => {
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
    } catch {
      return set({ refused: true });
    }
    const parts: Blob[] = [];
    const made = new MediaRecorder(stream, { audioBitsPerSecond: 32_000 });
    const meter = levelOf(stream);
    const began = Date.now();
    const timer = setInterval(() => {
      const seconds = Math.round((Date.now() - began) / 1000);
      set({ seconds, level: meter.read() });
      if (seconds >= LONGEST_SECONDS) made.stop();
    }, 150);
    made.ondataavailable = (e) => parts.push(e.data);
    made.onstop = () => {
      clearInterval(timer);
      meter.close();
      for (const track of stream.getTracks()) track.stop();
      setBlob(new Blob(parts, { type: made.mimeType }));
      set({ recording: false });
    };
    recorder.current = made;
    made.start();
    set({ recording: true, refused: false, seconds: 0 });
  };
  return { ...state, blob, start, stop: () => recorder.current?.stop() };
}

/** Loudness of a stream, 0–1. */
function levelOf(stream: MediaStream): { read: () => number; close: () => void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  return {
    read: () => {
      analyser.getByteTimeDomainData(samples);
      return Math.min(1, Math.max(...samples.map((s) => Math.abs(s - 128))) / 100);
    },
    close: () => void context.close(),
  };
}
