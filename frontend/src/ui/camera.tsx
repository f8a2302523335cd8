import { Alert } from '@mantine/core';
import QrScanner from 'qr-scanner';
import { useEffect, useRef, useState } from 'react';
import { t } from '../lib/i18n.ts';

/** The same code before the camera again within this time is the same scan. */
const AGAIN_MS = 4000;
export interface Said { ok: boolean; text: string }

/** Codes before the camera, one after the other: `onCode` takes the text of each and says what came of it, which stands below. */
export function Camera({ how, onCode }: { how: string; onCode: (text: string) => Promise<Said> }) {
  const video = useRef<HTMLVideoElement>(null);
  const take = useRef(onCode);
  take.current = onCode;
  const [said, setSaid] = useState<Said>();
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    if (!video.current) return;
    const seen = new Map<string, number>();
    const read = async (text: string) => {
      if (Date.now() - (seen.get(text) ?? 0) < AGAIN_MS) return;
      seen.set(text, Date.now());
      setSaid(await take.current(text));
    };
    const scanner = new QrScanner(video.current, ({ data }) => void read(data), { returnDetailedScanResult: true, preferredCamera: 'environment', highlightScanRegion: true });
    scanner.start().catch(() => setRefused(true));
    return () => scanner.destroy();
  }, []);
  if (refused) return <Alert color="nghe">{t('attendance.cameraRefused')}</Alert>;
  return (
    <div className="stack">
      <p className="sub">{how}</p>
      <video ref={video} style={{ width: '100%', maxWidth: 480, maxHeight: 320, background: 'var(--ink-900)', borderRadius: 12 }} muted playsInline />
      <div aria-live="polite">{said && <Alert color={said.ok ? 'rung' : 'do'}>{said.text}</Alert>}</div>
    </div>
  );
}
