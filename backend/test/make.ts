import { randomUUID } from 'node:crypto';
import type { ClassTest } from '@lantoa/shared/training';
import type { Role } from '@lantoa/shared/permissions';
import type { z } from 'zod';
import * as clock from '#platform/clock';
import type { Actor } from '#platform/http';
import { RolesService } from '#modules/access';
import { AttemptsService, FormsService } from '#modules/assessment';
import { BatchesService } from '#modules/awarding';
import { PeopleService, type Person } from '#modules/people';
import { AttendanceService, ClassesService, ClassTestsService, EnrolmentsService, OpeningService, ProgrammesService, ReportsService } from '#modules/training';
import type { TestApp } from './app.ts';

export const COURSE = 'gioi-va-binh-dang-gioi';
let serial = 0;

/** Makes what a test needs, with its parents, through the services; a test states only what matters to it. */
export function makers({ app, db }: TestApp) {
  const unit = async (code: string, day = '2022-11-01') => (await db.row<{ id: string }>('select unit_id as id from unit_version where code = $1 and valid @> $2::date', [code, day])).id;
  const person = (over: Partial<Parameters<PeopleService['create']>[1]> = {}): Promise<Person> =>
    app.get(PeopleService).create(null, { name: `Y Thử ${++serial}`, birthYear: 1980 + (serial % 20), sex: 'female', phone: `09${String(10_000_000 + serial)}`, ...over });
  const actor = (personId: string): Promise<Actor> => app.get(RolesService).actorOf(personId);
  /** Somebody with a role at a unit of 2022 (or, for the owner, everywhere). */
  const staff = async (role: Role, code: string | null = '62', day = '2022-11-01'): Promise<Person> => {
    const p = await person();
    await clock.at(new Date('2022-11-01T02:00:00Z'), async () => app.get(RolesService).give(null, p.id, role, code === null ? null : await unit(code, day)));
    return p;
  };
  const tier = async (position: number) => {
    const programme = await app.get(ProgrammesService).bySlug('du-an-8-kon-tum-2022');
    return (await app.get(ProgrammesService).tiers(programme.id))[position - 1] as Awaited<ReturnType<ProgrammesService['tier']>>;
  };
  /** An approved class of two half-days, with people in it; opened by `opener` (an office) and approved by somebody else. */
  const cls = async (o: { tier?: number; unit?: string; people?: number; from?: string; trainers?: { personId: string }[]; opener?: Actor } = {}) => {
    const owner = await actor((await staff('owner', null)).id);
    const opener = o.opener ?? (await actor((await staff('unit-admin')).id));
    const from = o.from ?? '2022-11-08';
    const sessions = [{ date: from, part: 'morning' as const, startsAt: '07:30', endsAt: '11:00' }, { date: from, part: 'afternoon' as const, startsAt: '13:30', endsAt: '16:30' }];
    const { id } = await app.get(OpeningService).open(opener, { body: { tierId: (await tier(o.tier ?? 1)).id, unitId: await unit(o.unit ?? '62'), title: 'Lớp thử', place: 'Hội trường', expected: 10, sessions, trainers: o.trainers ?? [{ guestName: 'Khách mời', body: 'Sở Y tế' }], invitations: [] } });
    await app.get(ReportsService).move(opener, { params: { classId: id }, body: { act: 'submit', note: null } });
    await app.get(ReportsService).move(owner, { params: { classId: id }, body: { act: 'approve', note: null } });
    const enrolments: { id: string; personId: string }[] = [];
    for (let i = 0; i < (o.people ?? 0); i++) {
      const n = ++serial;
      enrolments.push(await app.get(EnrolmentsService).addOne(opener, { params: { classId: id }, body: { name: `A Học ${n}`, birthYear: 1975, sex: i % 2 ? 'male' : 'female', phone: `09${String(20_000_000 + n)}`, unitId: await unit('23353'), position: 'Cán bộ' } }));
    }
    return { id, opener, owner, enrolments };
  };
  /** Takes a test of a class; `right` is how many of its questions are answered right. */
  const sit = async (classId: string, personId: string, kind: z.infer<typeof ClassTest>, right: number) => {
    const row = await db.row<{ sitting: string; form: string }>(`select ${kind}_sitting_id as sitting, ${kind}_form_id as form from training_class where id = $1`, [classId]);
    const form = await app.get(FormsService).get(row.form);
    const learner = await actor(personId);
    const id = randomUUID();
    await app.get(AttemptsService).start(learner, { body: { id, formId: form.id, sittingId: row.sitting, channel: 'own-phone', language: 'vi' } });
    const answers = form.key.map((k, i) => ({ id: randomUUID(), questionVersionId: k.questionVersionId, choice: i < right ? k.rightChoice : 'unknown', revision: 1, answeredAt: new Date().toISOString() }));
    return app.get(AttemptsService).submit(learner, { params: { attemptId: id }, body: { answers } });
  };
  /** A class that is over and approved: all present, pre-test half right, post-test as given. */
  const completed = async (o: Parameters<typeof cls>[0] & { post?: number[] } = {}) => {
    const made = await cls({ people: o.post?.length ?? 3, ...o });
    const { sessions } = await app.get(ClassesService).detail(made.opener, made.id);
    for (const s of sessions) {
      await app.get(AttendanceService).mark(made.opener, { params: { sessionId: s.id }, body: { marks: made.enrolments.map((e) => ({ enrolmentId: e.id, status: 'present', source: 'tap', reason: null })) } });
      await app.get(AttendanceService).close(made.opener, { params: { sessionId: s.id }, body: { restAbsent: false } });
    }
    for (const kind of ['pre', 'post'] as const) {
      await app.get(ClassTestsService).open(made.opener, { params: { classId: made.id, kind }, body: { timeLimitMinutes: null, extraTime: false } });
      for (const [i, e] of made.enrolments.entries()) await sit(made.id, e.personId, kind, kind === 'pre' ? 10 : (o.post?.[i] ?? 20));
    }
    await app.get(ReportsService).submit(made.opener, { params: { classId: made.id }, body: { good: '', difficult: '', support: '' } });
    await app.get(ReportsService).move(made.owner, { params: { classId: made.id }, body: { act: 'approve-report', note: null } });
    return made;
  };
  /** Certificates for a completed class, approved by a second person. */
  const certified = async (o: Parameters<typeof completed>[0] & { issuedOn?: string } = {}) => {
    const made = await completed(o);
    const [registrar, approver] = [await actor((await staff('registrar')).id), await actor((await staff('approver')).id)];
    const batch = await app.get(BatchesService).prepare(registrar, { body: { classIds: [made.id], overrides: [], leftOut: [], decisionNo: '31/QĐ-BTV', issuedOn: o.issuedOn ?? '2022-11-12', signerTitle: 'CHỦ TỊCH', signerName: 'Nguyễn Thị Mẫu' } });
    await app.get(BatchesService).approve(approver, { params: { batchId: batch.id } });
    const entries = await db.rows<{ id: string; personId: string; token: string; registerNo: string }>('select e.id, e.person_id as "personId", e.token, e.register_no as "registerNo" from batch_place b join register_entry e on e.id = b.entry_id where b.batch_id = $1 order by e.seq', [batch.id]);
    return { ...made, batchId: batch.id, registrar, approver, entries };
  };
  return { unit, person, actor, staff, tier, cls, sit, completed, certified };
}
