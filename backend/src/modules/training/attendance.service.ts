import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { closeAttendance, getAttendance, markAttendance } from '@lantoa/shared/training';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { ClassSession } from './class.entity.ts';
import { ClassesQueries } from './classes.queries.ts';
import { ClassesService } from './classes.service.ts';
import { AttendanceMark, Enrolment } from './enrolment.entity.ts';

/** Who was there, per half-day. Marks are added and never changed; the last one counts. */
@Injectable()
export class AttendanceService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly classes: ClassesService, private readonly queries: ClassesQueries) {}

  async get(actor: Actor, { params }: ArgsOf<typeof getAttendance>) {
    const session = await this.session(params.sessionId);
    await this.classes.see(actor, session.classId).catch(() => { throw problem('training.session-not-found'); });
    const marks = new Map((await this.queries.marks(session.classId)).filter((m) => m.sessionId === session.id).map((m) => [m.enrolmentId, m.status]));
    const people = await this.db.repo(Enrolment).find({ where: { classId: session.classId }, order: { sortKey: 'ASC' } });
    return {
      classId: session.classId, date: session.date, part: session.part, closedAt: session.closedAt?.toISOString() ?? null,
      items: people.map((e) => ({ enrolmentId: e.id, name: e.name, unitName: e.unitName, status: marks.get(e.id) ?? null })),
    };
  }

  mark(actor: Actor, { params, body }: ArgsOf<typeof markAttendance>) {
    return this.db.transaction(async () => {
      const session = await this.session(params.sessionId);
      await this.classes.forWork(actor, session.classId);
      if (session.closedAt && body.marks.some((m) => !m.reason?.trim())) throw problem('training.attendance-closed');
      const known = new Set((await this.db.repo(Enrolment).findBy({ classId: session.classId })).map((e) => e.id));
      if (body.marks.some((m) => !known.has(m.enrolmentId))) throw problem('training.not-enrolled');
      await this.db.repo(AttendanceMark).insert(body.marks.map((m) => ({ id: randomUUID(), sessionId: session.id, ...m, at: clock.now(), byPersonId: actor.personId })));
      if (session.closedAt) await this.audit.record(actor, 'attendance.changed', { type: 'session', id: session.id }, { marks: body.marks });
      return {};
    });
  }

  /** Closes a half-day. Everybody must be marked, or the rest is said to be absent. */
  close(actor: Actor, { params, body }: ArgsOf<typeof closeAttendance>) {
    return this.db.transaction(async () => {
      const session = await this.session(params.sessionId);
      await this.classes.forWork(actor, session.classId);
      const { items } = await this.get(actor, { params });
      const open = items.filter((i) => i.status === null);
      if (open.length && !body.restAbsent) throw problem('training.attendance-open', { n: open.length });
      if (open.length) await this.db.repo(AttendanceMark).insert(open.map((i) => ({ id: randomUUID(), sessionId: session.id, enrolmentId: i.enrolmentId, status: 'absent' as const, at: clock.now(), byPersonId: actor.personId, reason: null })));
      await this.db.repo(ClassSession).update({ id: session.id }, { closedAt: clock.now() });
      await this.audit.record(actor, 'attendance.closed', { type: 'session', id: session.id }, { present: items.filter((i) => i.status === 'present' || i.status === 'late').length, of: items.length });
      return {};
    });
  }

  private async session(id: string): Promise<ClassSession> {
    return orProblem(await this.db.repo(ClassSession).findOneBy({ id }), 'training.session-not-found');
  }
}
