import { scanCard } from '@lantoa/shared/attendance';
import { t } from '../../../lib/i18n.ts';
import { newId } from '@lantoa/shared/rules/ids';
import { perform } from '../../../lib/outbox.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { useSession } from '../../../lib/session.ts';
import { Camera, type Said } from '../../../ui/camera.tsx';

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

/** Slips and certificates before the camera. Without network a card is kept: whose it is the server says later. */
export function ScanCards({ sessionId, onMarked }: { sessionId: string; onMarked: (enrolmentId: string) => void }) {
  const personId = useSession()?.person?.id ?? '';
  const read = async (code: string): Promise<Said> => {
    try {
      const found = await perform(personId, scanCard, { params: { sessionId }, body: { id: newId(), code, at: new Date().toISOString() } }, t('attendance.mode.scan'));
      beep();
      if (!found) return { ok: true, text: t('attendance.scannedHere') };
      onMarked(found.enrolmentId);
      return { ok: true, text: t('attendance.scannedName', { name: found.name, unit: found.unitName }) };
    } catch (e) {
      return { ok: false, text: problemText(e) };
    }
  };
  return <Camera how={t('attendance.scanHow')} onCode={read} />;
}
