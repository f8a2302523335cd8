import { handOverAttempt } from '@lantoa/shared/hub';
import { getPaperGrid, type RoomHost } from '@lantoa/shared/rooms';
import { answerIdOf, readAnswerCode } from '@lantoa/shared/rules/answer-code';
import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import QrScanner from 'qr-scanner';
import { useEffect, useRef, useState } from 'react';
import { query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { outboxOf } from '../../../lib/outbox.ts';
import { useSession } from '../../../lib/session.ts';

/** The same code before the camera again within this time is the same scan. */
const AGAIN_MS = 4000;

/** Answer sheets on learners' phones before the camera, one after the other. Each is kept on this machine and sent when there is network; reading one twice changes nothing. */
export function ScanSheets({ room }: { room: RoomHost }) {
  const personId = useSession()?.person?.id ?? '';
  const grid = useQuery({ ...query(getPaperGrid, { params: { roomId: room.id } }), staleTime: Number.POSITIVE_INFINITY });
  const questions = grid.data?.questions;
  const video = useRef<HTMLVideoElement>(null);
  const [said, setSaid] = useState<{ ok: boolean; text: string }>();
  const [refused, setRefused] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the camera is begun once the questions are there
  useEffect(() => {
    if (!video.current || !questions) return;
    const seen = new Map<string, number>();
    const take = async (text: string) => {
      if (Date.now() - (seen.get(text) ?? 0) < AGAIN_MS) return;
      seen.set(text, Date.now());
      const sheet = readAnswerCode(text);
      const person = sheet && room.people.find((p) => p.enrolmentId === sheet.enrolmentId);
      if (!sheet || sheet.roomCode !== room.code || !person || sheet.choices.length !== questions.length) return setSaid({ ok: false, text: t('sheets.foreign') });
      const now = new Date().toISOString();
      const answers = sheet.choices.flatMap((choice, i) => (choice === null ? [] : [{ id: answerIdOf(sheet.attemptId, i), questionVersionId: questions[i]?.questionVersionId ?? '', choice, revision: 1, answeredAt: now }]));
      try {
        await outboxOf(personId).keep([{ endpoint: handOverAttempt, input: { params: { classId: room.classId }, body: { id: sheet.attemptId, enrolmentId: sheet.enrolmentId, kind: room.kind, channel: 'own-phone', startedAt: now, answers, submitted: true } }, about: person.name }]);
        setSaid({ ok: true, text: t('sheets.taken', { name: person.name, n: answers.length, of: questions.length }) });
      } catch {
        setSaid({ ok: false, text: t('sheets.notKept') });
      }
    };
    const scanner = new QrScanner(video.current, ({ data }) => void take(data), { returnDetailedScanResult: true, preferredCamera: 'environment', highlightScanRegion: true });
    scanner.start().catch(() => setRefused(true));
    return () => scanner.destroy();
  }, [room.id, questions]);
  if (refused) return <Alert color="nghe">{t('attendance.cameraRefused')}</Alert>;
  return (
    <div className="stack">
      <p className="sub">{t('sheets.how')}</p>
      <video ref={video} style={{ width: '100%', maxWidth: 480, maxHeight: 320, background: 'var(--ink-900)', borderRadius: 12 }} muted playsInline />
      <div aria-live="polite">{said && <Alert color={said.ok ? 'rung' : 'do'}>{said.text}</Alert>}</div>
    </div>
  );
}
