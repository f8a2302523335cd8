import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { addDays } from '@lantoa/shared/rules/days';
import { showPhone } from '@lantoa/shared/rules/phone';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { ActivationService, RolesService } from '#modules/access';
import { AttemptsService, FormsService } from '#modules/assessment';
import { BatchesService } from '#modules/awarding';
import { PeopleService } from '#modules/people';
import { AttendanceService, ClassesService, ClassRefreshersService, ClassTestsService, EnrolmentsService, IdentitiesService, OpeningService, ProgrammesService, ReportsService, RostersService, type Tier } from '#modules/training';
import { abilities, chance, choose } from './learning.rules.ts';
import { CALENDAR, DEMO_PIN, MODEL, PROGRAMME, REFRESHER, ROSTERS, STAFF } from './parameters.ts';
import { PresentDay } from './present-day.ts';
import { Refreshing } from './refreshing.ts';
import type { ClassPlan, Stage } from './stage.ts';
import { VillageClasses } from './village-classes.ts';

const HALF_DAYS = [{ part: 'morning', startsAt: '07:30', endsAt: '11:00' }, { part: 'afternoon', startsAt: '13:30', endsAt: '16:30' }] as const;
const AT_ONCE = 6;
/** The files say in their names how many people they list. */
const peopleIn = (roster: string): number => Number(/-(\d+)\.xlsx$/.exec(roster)?.[1]);

/**
 * Builds the demonstration cascade through the services, as people would: nothing is written past them. Does nothing but name the sign-ins when it exists.
 * @returns lines for the operator: role, phone, secret
 */
export async function buildDemo(app: INestApplicationContext, say: (line: string) => void): Promise<string[]> {
  const demo = new Demo(app, say);
  if (!(await demo.exists())) await demo.build();
  return demo.signIns();
}

class Demo implements Stage {
  readonly app: INestApplicationContext;
  private readonly say: (line: string) => void;
  private readonly db: Db;
  private readonly rosterFolder: string;
  staff!: Record<keyof typeof STAFF, Actor>;

  constructor(app: INestApplicationContext, say: (line: string) => void) {
    this.app = app;
    this.say = say;
    this.db = app.get(Db);
    this.rosterFolder = path.join(app.get<Config>(CONFIG).contentDir, 'rosters');
  }

  async exists(): Promise<boolean> {
    return (await this.app.get(PeopleService).findByLogin(STAFF.owner.phone)).length > 0;
  }

  async build(): Promise<void> {
    const startedAt = Date.now();
    this.staff = await this.at(CALENDAR.prepared, () => this.makeStaff());
    const programme = await this.app.get(ProgrammesService).bySlug(PROGRAMME);
    const [first, second, third] = (await this.app.get(ProgrammesService).tiers(programme.id)) as [Tier, Tier, Tier];
    const provinceClass = await this.hold({
      key: 'province', tier: first, depth: 0, unitId: programme.unitId, title: 'Tập huấn giảng viên nòng cốt Dự án 8', place: 'Hội trường Hội LHPN tỉnh', days: [...CALENDAR.province], learners: { roster: ROSTERS.province },
      trainers: [{ guestName: 'Giảng viên mời A (mẫu)', body: 'Hội LHPN Việt Nam' }, { guestName: 'Giảng viên mời B (mẫu)', body: 'Sở Y tế' }], opener: this.staff.admin, certificatesOn: CALENDAR.provinceCertificates, decisionNo: '31/QĐ-BTV',
    });
    for (const [i, [code, roster]] of ROSTERS.districts.entries()) {
      const start = CALENDAR.districts[i] as string;
      const unit = await this.unit(code);
      const trainers = await this.certifiedIn(unit.id, start, first);
      await this.hold({
        key: code, tier: second, depth: 1, unitId: unit.id, title: `Thành lập và vận hành các mô hình Dự án 8, ${unit.name}`, place: `Hội trường ${unit.name}`, days: [start, addDays(start, 1)], learners: { roster },
        trainers: trainers.map((personId) => ({ personId })), opener: await this.at(start, () => this.actor(trainers[0] as string)), certificatesOn: CALENDAR.districtCertificates, decisionNo: `${40 + i}/QĐ-BTV`,
      });
    }
    await new VillageClasses(this).hold(third, second);
    await this.refresh(provinceClass, first);
    await new PresentDay(this).hold([first, second, third]);
    await new Refreshing(this).hold(third.courseSlug);
    await this.openAccounts();
    this.say(`The demonstration was built in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
  }

  /** Phone and secret of one person per role. */
  async signIns(): Promise<string[]> {
    const rows = Object.entries(STAFF).map(([role, s]) => [role, showPhone(`+84${s.phone.slice(1)}`), s.secret, '/quan-ly']);
    for (const { role, phone } of await this.showcase()) rows.push([role, showPhone(phone), DEMO_PIN, role === 'trainer' ? '/quan-ly' : '/hoc']);
    const widths = [0, 1, 2, 3].map((c) => Math.max(...rows.map((r) => (r[c] as string).length)));
    return ['', 'Sign-ins of the demonstration (all people are invented):', ...rows.map((r) => `  ${r.map((cell, c) => (cell as string).padEnd(widths[c] as number)).join('  ')}`), ''];
  }

  /** One class from the plan to the certificates, or until it stops. */
  async hold(plan: ClassPlan): Promise<string> {
    const { app } = this;
    const [begin, end] = [plan.days[0] as string, plan.days.at(-1) as string];
    this.say(`${plan.title}…`);
    // Actors remember what they reached by the map of the day on which they were asked.
    for (const key of Object.keys(STAFF) as (keyof typeof STAFF)[]) this.staff[key] = await this.actor(this.staff[key].personId);
    // A class in the future is planned today.
    const planned = [addDays(begin, -4), clock.today()].sort()[0] as string;
    const { id: classId } = await this.at(planned, () => app.get(OpeningService).open(plan.opener, { body: { tierId: plan.tier.id, unitId: plan.unitId, title: plan.title, place: plan.place, expected: 'roster' in plan.learners ? peopleIn(plan.learners.roster) : plan.learners.people.length, sessions: plan.days.flatMap((date) => HALF_DAYS.map((h) => ({ date, ...h }))), trainers: plan.trainers, invitations: [] } }));
    await this.at(planned, () => this.move(plan.opener, classId, 'submit'));
    if (plan.until === 'planned') return classId;
    await this.at(addDays(begin, -2), () => this.move(this.overseer(plan), classId, 'approve'));
    await this.at(addDays(begin, -1), () => this.enrol(plan, classId));
    await this.at(begin, () => this.test(plan, classId, 'pre'));
    await this.at(end, () => this.attend(plan, classId));
    await this.at(end, () => this.test(plan, classId, 'post'));
    await this.finish(plan, classId, end);
    return classId;
  }

  private async finish(plan: ClassPlan, classId: string, end: string): Promise<void> {
    const { app } = this;
    await this.at(addDays(end, 1), () => app.get(ReportsService).submit(plan.opener, { params: { classId }, body: { good: 'Học viên tham gia đầy đủ, thảo luận sôi nổi.', difficult: 'Một số học viên đọc chữ còn chậm.', support: 'Cần thêm tài liệu bằng tiếng Xơ Đăng.' } }));
    if (plan.until === 'reported') return;
    await this.at(addDays(end, 2), () => app.get(ReportsService).move(this.overseer(plan), { params: { classId }, body: { act: 'approve-report', note: null } }));
    if (plan.until === 'completed') return;
    await this.at(plan.certificatesOn, async () => {
      const batch = await app.get(BatchesService).prepare(this.staff.registrar, { body: { classIds: [classId], overrides: [], leftOut: [], decisionNo: plan.decisionNo, issuedOn: plan.certificatesOn, signerTitle: 'TM. BAN THƯỜNG VỤ, CHỦ TỊCH', signerName: 'Nguyễn Thị Mẫu' } });
      if (plan.until !== 'prepared') await app.get(BatchesService).approve(this.staff.approver, { params: { batchId: batch.id } });
    });
  }

  private overseer(plan: ClassPlan): Actor {
    return plan.opener.personId === this.staff.admin.personId ? this.staff.owner : this.staff.admin;
  }

  private async enrol(plan: ClassPlan, classId: string): Promise<void> {
    if ('roster' in plan.learners) return this.importRoster(plan, classId, plan.learners.roster);
    for (const p of plan.learners.people) await this.app.get(EnrolmentsService).addOne(plan.opener, { params: { classId }, body: { ...p, phone: p.phone ?? null } });
    // Names are alike by chance; they are different people.
    const identities = this.app.get(IdentitiesService);
    for (const { enrolmentId } of (await identities.list(plan.opener, classId)).items) await identities.settle(plan.opener, { params: { enrolmentId }, body: { person: 'new' } });
  }

  private async importRoster(plan: ClassPlan, classId: string, fileName: string): Promise<void> {
    const rosters = this.app.get(RostersService);
    const contentBase64 = (await readFile(path.join(this.rosterFolder, fileName))).toString('base64');
    let review = await rosters.read(plan.opener, { params: { classId }, body: { fileName, contentBase64 } });
    // The lists were made by hand: where a human would look, the demonstration says "another person" and "both are right".
    const open = review.rows.filter((r) => r.state === 'check');
    if (open.length) review = await rosters.decide(plan.opener, { params: { rosterId: review.id }, body: { decisions: open.map((r) => ({ line: r.line, person: 'new' as const, keepBoth: true, ...(r.birthYear && { birthYear: r.birthYear }) })) } });
    await rosters.apply(plan.opener, { params: { rosterId: review.id }, body: { ethnicityConsent: false } });
  }

  /** Three months later most of a class answer again what it got wrong; some of it is forgotten. */
  private async refresh(classId: string, tier: Tier): Promise<void> {
    await this.at(REFRESHER.madeOn, () => this.app.get(ClassRefreshersService).make(this.staff.admin, classId));
    const { sitting, form: formId } = await this.db.row<{ sitting: string; form: string }>('select r.sitting_id as sitting, s.form_id as form from class_refresher r join sitting s on s.id = r.sitting_id where r.class_id = $1', [classId]);
    const form = await this.app.get(FormsService).get(formId);
    const { items } = await this.app.get(EnrolmentsService).list(this.staff.admin, classId);
    await this.at(REFRESHER.takenOn, async () => {
      for (const e of items) {
        const next = chance(MODEL.seed, `refresher ${tier.name} ${e.name} ${e.birthYear}`);
        const ability = abilities(MODEL, `province ${e.name} ${e.birthYear} ${e.unitName}`, 0, 'province').after - REFRESHER.forgotten;
        if (next() < REFRESHER.share) await this.takeTest(e.personId, form.id, sitting, form.questions.map((q) => ({ id: q.questionVersionId, choice: choose(MODEL, next, ability, q) })));
      }
    });
  }

  private async attend(plan: ClassPlan, classId: string): Promise<void> {
    const attendance = this.app.get(AttendanceService);
    const { sessions } = await this.app.get(ClassesService).detail(plan.opener, classId);
    const { items } = await this.app.get(EnrolmentsService).list(plan.opener, classId);
    for (const s of sessions) {
      const marks = items.map((e) => {
        const next = chance(MODEL.seed, `attendance ${plan.key} ${s.date} ${s.part} ${e.name} ${e.birthYear} ${e.unitName}`);
        return { enrolmentId: e.id, source: 'tap' as const, status: next() < MODEL.present ? (next() < MODEL.late ? ('late' as const) : ('present' as const)) : ('absent' as const), reason: null };
      });
      await attendance.mark(plan.opener, { params: { sessionId: s.id }, body: { marks } });
      await attendance.close(plan.opener, { params: { sessionId: s.id }, body: { restAbsent: false } });
    }
  }

  private async test(plan: ClassPlan, classId: string, kind: 'pre' | 'post'): Promise<void> {
    const detail = await this.app.get(ClassTestsService).open(plan.opener, { params: { classId, kind }, body: { timeLimitMinutes: null, extraTime: false } });
    const { items } = await this.app.get(EnrolmentsService).list(plan.opener, classId);
    const form = await this.app.get(FormsService).current(plan.tier.courseSlug, kind === 'pre' ? plan.tier.preFormSlug : plan.tier.postFormSlug);
    const sit = async (e: (typeof items)[number]) => {
      const next = chance(MODEL.seed, `${kind} ${plan.key} ${e.name} ${e.birthYear} ${e.unitName}`);
      if (next() < (kind === 'pre' ? MODEL.missesPre : MODEL.missesPost)) return;
      const ability = abilities(MODEL, `${plan.key} ${e.name} ${e.birthYear} ${e.unitName}`, plan.depth, plan.key)[kind === 'pre' ? 'before' : 'after'];
      await this.takeTest(e.personId, form.id, await this.sittingOf(detail.id, kind), form.questions.map((q) => ({ id: q.questionVersionId, choice: choose(MODEL, next, ability, q) })));
    };
    for (let i = 0; i < items.length; i += AT_ONCE) await Promise.all(items.slice(i, i + AT_ONCE).map(sit));
    await this.app.get(ClassTestsService).close(plan.opener, { params: { classId, kind } });
  }

  private async takeTest(personId: string, formId: string, sittingId: string, given: { id: string; choice: string }[]): Promise<void> {
    const attempts = this.app.get(AttemptsService);
    const actor = await this.app.get(RolesService).actorOf(personId, null, []);
    const id = randomUUID();
    await attempts.start(actor, { body: { id, formId, sittingId, channel: 'own-phone', language: 'vi' } });
    const answeredAt = clock.now().toISOString();
    await attempts.submit(actor, { params: { attemptId: id }, body: { answers: given.map((g) => ({ id: randomUUID(), questionVersionId: g.id, choice: g.choice, revision: 1, answeredAt })) } });
  }

  private async sittingOf(classId: string, kind: 'pre' | 'post'): Promise<string> {
    const row = await this.db.row<{ pre: string; post: string }>('select pre_sitting_id as pre, post_sitting_id as post from training_class where id = $1', [classId]);
    return row[kind];
  }

  private async move(actor: Actor, classId: string, act: 'submit' | 'approve'): Promise<void> {
    await this.app.get(ReportsService).move(actor, { params: { classId }, body: { act, note: null } });
  }

  /** The office: an owner, and five people of the province. Their roles hold for Kon Tum and, since the reform, for Quảng Ngãi. */
  private async makeStaff(): Promise<Record<keyof typeof STAFF, Actor>> {
    const kontum = await this.unit('62');
    const quangngai = await this.unit('51', '2025-07-01');
    const roles = this.app.get(RolesService);
    const make = async (key: keyof typeof STAFF) => {
      const person = await this.app.get(PeopleService).create(null, { name: STAFF[key].name, birthYear: null, sex: 'female', phone: STAFF[key].phone });
      if (key === 'owner') await roles.give(null, person.id, 'owner', null);
      else for (const unit of [kontum, quangngai]) await roles.give(null, person.id, key === 'admin' ? 'unit-admin' : key, unit.id);
      return this.actor(person.id);
    };
    return { owner: await make('owner'), admin: await make('admin'), registrar: await make('registrar'), approver: await make('approver'), editor: await make('editor'), reviewer: await make('reviewer') };
  }

  private async openAccounts(): Promise<void> {
    for (const [key, s] of Object.entries(STAFF)) await this.activate(this.staff[key as keyof typeof STAFF].personId, s.secret);
    for (const { id } of await this.showcase()) await this.activate(id, DEMO_PIN);
  }

  private async activate(personId: string, secret: string): Promise<void> {
    const person = await this.app.get(PeopleService).find(personId);
    const activation = this.app.get(ActivationService);
    const { items } = await activation.issue(null, { body: { personIds: [personId] } });
    await activation.activate({ body: { proof: { login: person.code, code: items[0]?.code as string }, secret, consent: '2026-11' } }, { address: 'demo', label: 'demo' });
  }

  /** A trainer of a district class, and a learner for whom a refresher waits. */
  private showcase(): Promise<{ role: string; id: string; phone: string }[]> {
    return this.db.rows(
      `(select 'trainer' as role, p.id, p.phone from class_trainer t join training_class c on c.id = t.class_id join person p on p.id = t.person_id where p.phone is not null order by c.starts_on, c.code, p.id limit 1)
        union all (select 'learner', p.id, p.phone from refresher r join person p on p.id = r.person_id
          where p.phone is not null and r.due_on <= $1::date and not exists (select 1 from attempt a where a.sitting_id = r.id) order by r.due_on desc, p.sort_key, p.id limit 1)`, [addDays(clock.today(), 3)]);
  }

  /** Up to two people of a district with the right to teach on a day, those of the district's own Women's Union first. */
  async certifiedIn(unitId: string, day: string, tier: Tier): Promise<string[]> {
    const rows = await this.db.rows<{ id: string }>(
      `select e.person_id as id from register_entry e join posting p on p.person_id = e.person_id join unit_version v on v.unit_id = p.unit_id and v.valid @> $2::date
        where e.kind = 'issue' and e.type_id = $3 and (p.unit_id = $1 or v.parent_id = $1) order by p.unit_id = $1 desc, p.body = 'Hội LHPN' desc, p.position, e.seq limit 2`, [unitId, day, tier.certificateTypeId]);
    return rows.map((r) => r.id);
  }

  unit(code: string, day: string = CALENDAR.prepared): Promise<{ id: string; name: string }> {
    return this.db.row('select unit_id as id, name from unit_version where code = $1 and valid @> $2::date', [code, day]);
  }

  actor(personId: string): Promise<Actor> {
    return this.app.get(RolesService).actorOf(personId);
  }

  at<T>(day: string, work: () => Promise<T>): Promise<T> {
    return clock.at(new Date(`${day}T02:00:00Z`), work);
  }
}
