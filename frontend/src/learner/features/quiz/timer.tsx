import { useEffect, useState } from 'react';
import { t } from '../../../lib/i18n.ts';

/** When this phone began the attempt; kept, so that a reload does not give time back. */
export function beganAt(attemptId: string): number {
  const key = `lantoa.began.${attemptId}`;
  try {
    const kept = Number(localStorage.getItem(key)) || Date.now();
    localStorage.setItem(key, String(kept));
    return kept;
  } catch {
    return Date.now();
  }
}

/** Seconds left by this phone's clock; `null` without a limit. */
export function useSecondsLeft(attemptId: string, allowedSeconds: number | null): number | null {
  const [began] = useState(() => beganAt(attemptId));
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (allowedSeconds === null) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [allowedSeconds]);
  return allowedSeconds === null ? null : Math.max(0, Math.ceil(allowedSeconds - (now - began) / 1000));
}

/** The time that is left, in words; it warns without sound or blinking. */
export function TimeLeft({ seconds }: { seconds: number }) {
  const minutes = Math.ceil(seconds / 60);
  return <span className={`badge ${minutes <= 5 ? 'warn' : ''}`} role={minutes <= 5 ? 'status' : undefined}>{t(seconds > 60 ? 'quiz.minutesLeft' : 'quiz.lastMinute', { n: minutes })}</span>;
}
