import { type AttendanceRow, type AttendanceStatus, closeAttendance, type GivenMark, markAttendance, type getAttendance } from '@lantoa/shared/attendance';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { addEnrolment } from '@lantoa/shared/training';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { t } from '../../../lib/i18n.ts';
import { newId } from '@lantoa/shared/rules/ids';
import { outboxOf, perform, refusal, useWaiting } from '../../../lib/outbox.ts';
import type { KeptOperation } from '../../../lib/phone-store.ts';
import { useSession } from '../../../lib/session.ts';

type Session = OutputOf<typeof getAttendance>;
const marksOf = (op: KeptOperation): GivenMark[] => (op.input.body as { marks: GivenMark[] }).marks;

/** Somebody who was added here and whom the server does not know yet. */
function rowOf(op: KeptOperation): AttendanceRow {
  const given = op.input.body as { id: string; name: string; birthYear: number };
  return { enrolmentId: given.id, personId: '', name: given.name, birthYear: given.birthYear, unitName: '', toMatch: false, status: null, source: null, ownScan: null, conflict: false };
}

/** A half-day as it stands with what was done here and waits: people who were added, marks, and its closing. */
function withWaiting(s: Session, added: readonly KeptOperation[], marked: readonly KeptOperation[]): Session {
  const known = new Set(s.items.map((i) => i.enrolmentId));
  const here = new Map(marked.flatMap(marksOf).map((m) => [m.enrolmentId, m.status]));
  const items = [...s.items, ...added.map(rowOf).filter((r) => !known.has(r.enrolmentId))];
  return { ...s, items: items.map((i) => { const status = here.get(i.enrolmentId); return status ? { ...i, status, source: 'tap' as const } : i; }) };
}

/** The marks of a half-day that were made here: kept on this machine before they are sent. */
export function useMarks(classId: string, sessionId: string) {
  const client = useQueryClient();
  const personId = useSession()?.person?.id ?? '';
  const marked = useWaiting(personId, [markAttendance], { sessionId });
  const added = useWaiting(personId, [addEnrolment], { classId });
  const closed = useWaiting(personId, [closeAttendance], { sessionId });
  const wrong = [...marked, ...closed].find((op) => op.refused);
  // What was refused is not what the list shows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when something was refused
  useEffect(() => { if (wrong) void client.invalidateQueries({ queryKey: ['training', 'getAttendance'] }); }, [wrong?.opId]);
  const waits = (ops: readonly KeptOperation[]) => ops.filter((op) => !op.refused);
  return {
    waiting: waits(marked).reduce((n, op) => n + marksOf(op).length, 0) + waits(added).length,
    /** It was closed here, and the server does not know it yet. */
    closing: waits(closed).length > 0,
    refused: wrong?.refused ? refusal(wrong.refused) : null,
    see: (s: Session): Session => withWaiting(s, waits(added), waits(marked)),
    keep: async (ids: readonly string[], status: AttendanceStatus, reason: string | null) => {
      if (wrong) await outboxOf(personId).drop(wrong.opId);
      const at = new Date().toISOString();
      await outboxOf(personId).keep([{ endpoint: markAttendance, input: { params: { sessionId }, body: { marks: ids.map((enrolmentId) => ({ id: newId(), enrolmentId, status, source: 'tap', at, reason })) } }, about: t('attendance.title') }]);
    },
    close: (restAbsent: boolean) => perform(personId, closeAttendance, { params: { sessionId }, body: { restAbsent } }, t('attendance.title')),
  };
}
