import { type AttendanceStatus, type GivenMark, markAttendance } from '@lantoa/shared/attendance';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { newId } from '../../../lib/ids.ts';
import { outboxOf, refusal, useSync } from '../../../lib/outbox.ts';
import type { KeptOperation } from '../../../lib/phone-store.ts';
import { useSession } from '../../../lib/session.ts';

const marksOf = (op: KeptOperation): GivenMark[] => (op.input.body as { marks: GivenMark[] }).marks;

/** The marks of a half-day that were made here: kept on this machine before they are sent. `show` draws a mark; those that wait are drawn again once the list is there (`loaded`). */
export function useMarks(sessionId: string, loaded: boolean, show: (ids: readonly string[], status: AttendanceStatus) => void) {
  const client = useQueryClient();
  const personId = useSession()?.person?.id ?? '';
  const outbox = outboxOf(personId);
  const { waiting, refused } = useSync();
  const own = async () => (await outbox.kept()).filter((op) => op.endpoint === markAttendance.name && op.input.params?.sessionId === sessionId);
  const kept = useQuery({ queryKey: ['kept-marks', personId, sessionId, waiting, refused], queryFn: own, networkMode: 'always', placeholderData: (before: KeptOperation[] | undefined) => before });
  const wrong = kept.data?.find((op) => op.refused);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the list is there
  useEffect(() => {
    if (loaded) void own().then((ops) => { for (const op of ops) for (const m of marksOf(op)) show([m.enrolmentId], m.status); });
  }, [loaded, sessionId]);
  // What was refused is not what the list shows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when something was refused
  useEffect(() => { if (wrong) void client.invalidateQueries({ queryKey: ['training', 'getAttendance'] }); }, [wrong?.opId]);
  return {
    waiting: (kept.data ?? []).filter((op) => !op.refused).reduce((n, op) => n + marksOf(op).length, 0),
    refused: wrong?.refused ? refusal(wrong.refused) : null,
    keep: async (ids: readonly string[], status: AttendanceStatus, reason: string | null) => {
      if (wrong) await outbox.drop(wrong.opId);
      const at = new Date().toISOString();
      await outbox.keep([{ endpoint: markAttendance, input: { params: { sessionId }, body: { marks: ids.map((enrolmentId) => ({ id: newId(), enrolmentId, status, source: 'tap', at, reason })) } }, about: t('attendance.title') }]);
    },
    /** Sends what waits. Throws when some of it is still here. */
    sendAll: async () => {
      await outbox.flush();
      if ((await own()).some((op) => !op.refused)) throw new ApiProblem('network');
    },
  };
}
