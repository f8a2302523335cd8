import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { checkIn, closeAttendance, getAttendance, markAttendance, scanCard } from '@lantoa/shared/attendance';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, PublicUrl } from '#platform/http';
import { Live } from '#platform/live';
import { qrSvg } from '#platform/print';
import { ActivationService } from '#modules/access';
import { ClassSession } from '../class.entity.ts';
import { ClassesQueries } from '../classes.queries.ts';
import { ClassesService } from '../classes.service.ts';
import { AttendanceMark, Enrolment } from '../enrolment.entity.ts';
import { isPresent } from '../passing.rules.ts';
import { cardOf, corrected } from './attendance.rules.ts';
import { ClassFilesService } from './class-files.service.ts';
import { hallCode, isHallCode } from './hall-code.ts';

type Mark = Pick<AttendanceMark, 'id' | 'enrolmentId' | 'status' | 'source' | 'at' | 'reason'>;

/** Who was there, per half-day. Marks are added and never changed; the team's last one counts, without one the person's own scan. */
@Injectable()
export class AttendanceService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly live: Live, private readonly url: PublicUrl, private readonly classes: ClassesService, private readonly queries: ClassesQueries, private readonly activation: ActivationService, private readonly files: ClassFilesService) {}

  async get(actor: Actor, { params }: ArgsOf<typeof getAttendance>) {
    const session = await this.session(params.sessionId);
    const { who } = await this.classes.see(actor, session.classId).catch(() => { throw problem('training.session-not-found'); });
    const marks = new Map((await this.queries.marks(session.classId)).filter((m) => m.sessionId === session.id).map((m) => [m.enrolmentId, m]));
    const own = new Map((await this.queries.allMarks(session.id)).filter((m) => m.source === 'self').map((m) => [m.enrolmentId, m]));
    const people = await this.db.repo(Enrolment).find({ where: { classId: session.classId }, order: { sortKey: 'ASC' } });
    const items = people.filter((e) => e.duplicateOfId === null).map((e) => {
      const [mark, scan] = [marks.get(e.id), own.get(e.id)];
      return { enrolmentId: e.id, personId: e.personId, name: e.name, birthYear: e.birthYear, unitName: e.unitName, toMatch: e.toMatch, status: mark?.status ?? null, source: mark?.source ?? null, ownScan: scan?.at.toISOString() ?? null, conflict: scan !== undefined && mark !== undefined && isPresent(mark.status) !== isPresent(scan.status) };
    });
    return { classId: session.classId, date: session.date, part: session.part, closedAt: session.closedAt?.toISOString() ?? null, mayMark: who.team, items, files: await this.files.ofSession(session.id) };
  }

  async all(actor: Actor, sessionId: string) {
    const session = await this.session(sessionId);
    await this.classes.see(actor, session.classId).catch(() => { throw problem('training.session-not-found'); });
    return { items: (await this.queries.allMarks(sessionId)).map((m) => ({ ...m, at: m.at.toISOString() })) };
  }

  mark(actor: Actor, { params, body }: ArgsOf<typeof markAttendance>) {
    return this.db.transaction(async () => {
      const session = await this.forWork(actor, params.sessionId);
      const marks = body.marks.map((m): Mark => ({ id: m.id ?? randomUUID(), enrolmentId: m.enrolmentId, status: m.status, source: m.source, at: corrected(m.at, body.sentAt, clock.now()), reason: m.reason?.trim() || null }));
      // What was marked in the hall and arrives after closing is no change; what is marked after closing is one.
      const changes = marks.filter((m) => session.closedAt && m.at > session.closedAt);
      if (changes.some((m) => !m.reason)) throw problem('training.attendance-closed');
      await this.keep(actor, session, marks);
      if (changes.length) await this.audit.record(actor, 'attendance.changed', { type: 'session', id: session.id }, { marks: changes.map(({ enrolmentId, status, reason }) => ({ enrolmentId, status, reason })) });
      return {};
    });
  }

  /** The team holds a slip or a certificate before the camera. */
  scan(actor: Actor, { params, body }: ArgsOf<typeof scanCard>) {
    return this.db.transaction(async () => {
      const session = await this.forWork(actor, params.sessionId);
      const personId = await this.holderOf(body.code);
      if (!personId) throw problem('training.card-unknown');
      const enrolment = await this.db.repo(Enrolment).findOneBy({ classId: session.classId, personId });
      if (!enrolment) throw problem('training.card-of-other-class', { name: (await this.db.row<{ name: string }>('select name from person where id = $1', [personId])).name });
      const at = corrected(body.at, body.sentAt, clock.now());
      if (session.closedAt && at > session.closedAt) throw problem('training.attendance-closed');
      await this.keep(actor, session, [{ id: body.id, enrolmentId: enrolment.id, status: 'present', source: 'scan', at, reason: null }]);
      return { enrolmentId: enrolment.id, name: enrolment.name, unitName: enrolment.unitName };
    });
  }

  /** The code for the hall now. The key is made when it is first asked for. */
  async hallCode(actor: Actor, sessionId: string) {
    const session = await this.forWork(actor, sessionId);
    const { code, changesAt } = hallCode(await this.keyOf(session), clock.now());
    const link = this.url.to(`/hoc/co-mat/${session.id}/${code}`);
    const { items } = await this.get(actor, { params: { sessionId } });
    return { link, qrSvg: await qrSvg(link), changesAt: changesAt.toISOString(), present: items.filter((i) => isPresent(i.status)).length, of: items.length };
  }

  /** A learner's own scan: only who is in the class, with a code that was shown when it was scanned. Scanning twice adds nothing. */
  checkIn(actor: Actor, { params, body }: ArgsOf<typeof checkIn>) {
    return this.db.transaction(async () => {
      const session = await this.session(params.sessionId);
      const cls = await this.db.row<{ title: string }>('select title from training_class where id = $1', [session.classId]);
      const enrolment = orProblem(await this.db.repo(Enrolment).findOneBy({ classId: session.classId, personId: actor.personId }), 'training.session-not-found');
      const at = corrected(body.at, body.sentAt, clock.now());
      if (!session.scanKey || !isHallCode(session.scanKey, body.code, at)) throw problem('training.hall-code-old');
      await this.db.lock(`check-in:${session.id}:${enrolment.id}`);
      const [before] = await this.db.rows<{ at: Date }>("select at from attendance_mark where session_id = $1 and enrolment_id = $2 and source = 'self' order by at limit 1", [session.id, enrolment.id]);
      if (!before) await this.keep(actor, session, [{ id: body.id, enrolmentId: enrolment.id, status: 'present', source: 'self', at, reason: null }]);
      return { title: cls.title, at: (before?.at ?? at).toISOString() };
    });
  }

  /** Closes a half-day. Everybody must be marked, or the rest is said to be absent. */
  close(actor: Actor, { params, body }: ArgsOf<typeof closeAttendance>) {
    return this.db.transaction(async () => {
      const session = await this.forWork(actor, params.sessionId);
      const { items } = await this.get(actor, { params });
      const open = items.filter((i) => i.status === null);
      if (open.length && !body.restAbsent) throw problem('training.attendance-open', { n: open.length });
      await this.keep(actor, session, open.map((i) => ({ id: randomUUID(), enrolmentId: i.enrolmentId, status: 'absent', source: 'tap', at: clock.now(), reason: null })));
      await this.db.repo(ClassSession).update({ id: session.id }, { closedAt: clock.now() });
      await this.audit.record(actor, 'attendance.closed', { type: 'session', id: session.id }, { present: items.filter((i) => isPresent(i.status)).length, of: items.length });
      return {};
    });
  }

  private async keep(actor: Actor, session: ClassSession, marks: readonly Mark[]): Promise<void> {
    if (!marks.length) return;
    const known = new Set((await this.db.repo(Enrolment).findBy({ classId: session.classId })).map((e) => e.id));
    if (marks.some((m) => !known.has(m.enrolmentId))) throw problem('training.not-enrolled');
    await this.db.repo(AttendanceMark).createQueryBuilder().insert().orIgnore().values(marks.map((m) => ({ ...m, sessionId: session.id, receivedAt: clock.now(), byPersonId: actor.personId }))).execute();
    this.live.tell(`session:${session.id}`);
  }

  private async holderOf(code: string): Promise<string | null> {
    const card = cardOf(code);
    if (!card) return null;
    if ('slip' in card) return this.activation.holderOf(card.slip);
    const [entry] = await this.db.rows<{ personId: string }>('select coalesce(p.merged_into_id, p.id) as "personId" from register_entry e join person p on p.id = e.person_id where e.token = $1', [card.certificate]);
    return entry?.personId ?? null;
  }

  private async keyOf(session: ClassSession): Promise<Buffer> {
    if (session.scanKey) return session.scanKey;
    await this.db.rows('update class_session set scan_key = $2 where id = $1 and scan_key is null', [session.id, randomBytes(24)]);
    return (await this.session(session.id)).scanKey as Buffer;
  }

  private async forWork(actor: Actor, sessionId: string): Promise<ClassSession> {
    const session = await this.session(sessionId);
    await this.classes.forWork(actor, session.classId).catch((e) => { throw (e as { code?: string }).code === 'training.class-not-found' ? problem('training.session-not-found') : e; });
    return session;
  }

  private async session(id: string): Promise<ClassSession> {
    return orProblem(await this.db.repo(ClassSession).findOneBy({ id }), 'training.session-not-found');
  }
}
