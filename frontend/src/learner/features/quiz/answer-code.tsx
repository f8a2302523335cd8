import { writeAnswerCode } from '@lantoa/shared/rules/answer-code';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../../lib/i18n.ts';
import type { RoomClient } from '../../../lib/room-client.ts';

/** What draws the picture: fetched while there is network. */
export const fetchCodeWriter = () => import('qrcode');

/** The whole answer sheet as a picture that the trainer's phone takes along: for a hall where nothing can be sent. */
export function AnswerCode({ client, questions }: { client: RoomClient; questions: readonly string[] }) {
  const { code, attemptId, enrolmentId } = client.seat;
  const text = writeAnswerCode({ roomCode: code, attemptId, enrolmentId, choices: questions.map((id) => client.choiceOf(id) ?? null) });
  const picture = useQuery({ queryKey: ['answer-code', text], networkMode: 'always', staleTime: Number.POSITIVE_INFINITY, queryFn: async () => (await fetchCodeWriter()).toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }) });
  return (
    <section className="card"><h2>{t('room.sheet')}</h2><p className="lead">{t('room.sheetHow')}</p>
      {picture.data && <img alt={t('room.sheetAlt')} style={{ width: '100%', maxWidth: 360 }} src={`data:image/svg+xml;utf8,${encodeURIComponent(picture.data)}`} />}
    </section>
  );
}
