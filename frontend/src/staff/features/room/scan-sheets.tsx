import { handOverAttempt } from '@lantoa/shared/hub';
import { getPaperGrid, type RoomHost } from '@lantoa/shared/rooms';
import { answerIdOf, readAnswerCode } from '@lantoa/shared/rules/answer-code';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { outboxOf } from '../../../lib/outbox.ts';
import { useSession } from '../../../lib/session.ts';
import { Camera, type Said } from '../../../ui/camera.tsx';
import { Loaded } from '../../../ui/staff-parts.tsx';

/** Answer sheets on learners' phones before the camera. Each is kept on this machine and sent when there is network; reading one twice changes nothing. */
export function ScanSheets({ room }: { room: RoomHost }) {
  const personId = useSession()?.person?.id ?? '';
  const grid = useQuery({ ...query(getPaperGrid, { params: { roomId: room.id } }), staleTime: Number.POSITIVE_INFINITY });
  const take = async (text: string): Promise<Said> => {
    const questions = grid.data?.questions ?? [];
    const sheet = readAnswerCode(text);
    const person = sheet && room.people.find((p) => p.enrolmentId === sheet.enrolmentId);
    if (!sheet || sheet.roomCode !== room.code || !person || sheet.choices.length !== questions.length) return { ok: false, text: t('sheets.foreign') };
    const now = new Date().toISOString();
    const answers = sheet.choices.flatMap((choice, i) => (choice === null ? [] : [{ id: answerIdOf(sheet.attemptId, i), questionVersionId: questions[i]?.questionVersionId ?? '', choice, revision: 1, answeredAt: now }]));
    try {
      await outboxOf(personId).keep([{ endpoint: handOverAttempt, input: { params: { classId: room.classId }, body: { id: sheet.attemptId, enrolmentId: sheet.enrolmentId, kind: room.kind, channel: 'own-phone', startedAt: now, answers, submitted: true } }, about: person.name }]);
      return { ok: true, text: t('sheets.taken', { name: person.name, n: answers.length, of: questions.length }) };
    } catch {
      return { ok: false, text: t('sheets.notKept') };
    }
  };
  return <Loaded query={grid} height={320}>{() => <Camera how={t('sheets.how')} onCode={take} />}</Loaded>;
}
