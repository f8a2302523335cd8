import { scanCard } from '@lantoa/shared/attendance';
import { Alert } from '@mantine/core';
import QrScanner from 'qr-scanner';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';

/** The same card before the camera again within this time is the same scan. */
const AGAIN_MS = 4000;

/** A short tone, so that the trainer need not look at the screen after each card. */
function beep(): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.frequency.value = 880;
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.12);
  } catch {
    // Without sound the name on the screen says it.
  }
}

/** Slips and certificates before the camera, one after the other. */
export function ScanCards({ sessionId, onMarked }: { sessionId: string; onMarked: (enrolmentId: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [said, setSaid] = useState<{ ok: boolean; text: string }>();
  const [refused, setRefused] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the camera is begun once
  useEffect(() => {
    if (!video.current) return;
    const seen = new Map<string, number>();
    const read = async (code: string) => {
      if (Date.now() - (seen.get(code) ?? 0) < AGAIN_MS) return;
      seen.set(code, Date.now());
      try {
        const now = new Date().toISOString();
        const found = await call(scanCard, { params: { sessionId }, body: { id: crypto.randomUUID(), code, at: now, sentAt: now } });
        beep();
        setSaid({ ok: true, text: t('attendance.scannedName', { name: found.name, unit: found.unitName }) });
        onMarked(found.enrolmentId);
      } catch (e) {
        setSaid({ ok: false, text: problemText(e) });
      }
    };
    const scanner = new QrScanner(video.current, ({ data }) => void read(data), { returnDetailedScanResult: true, preferredCamera: 'environment', highlightScanRegion: true });
    scanner.start().catch(() => setRefused(true));
    return () => scanner.destroy();
  }, [sessionId]);
  if (refused) return <Alert color="nghe">{t('attendance.cameraRefused')}</Alert>;
  return (
    <div className="stack">
      <p className="sub">{t('attendance.scanHow')}</p>
      <video ref={video} style={{ width: '100%', maxWidth: 480, maxHeight: 320, background: 'var(--ink-900)', borderRadius: 12 }} muted playsInline />
      <div aria-live="polite">{said && <Alert color={said.ok ? 'rung' : 'do'}>{said.text}</Alert>}</div>
    </div>
  );
}
