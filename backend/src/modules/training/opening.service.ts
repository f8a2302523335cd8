import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { openClass } from '@lantoa/shared/training';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { FormsService } from '#modules/assessment';
import { RegisterService } from '#modules/credentials';
import { CoursesService } from '#modules/curriculum';
import { UnitsService } from '#modules/organisation';
import { PeopleService } from '#modules/people';
import { ClassInvitation, ClassSession, ClassTrainer, TrainingClass } from './class.entity.ts';
import type { Tier } from './programme.entity.ts';
import { ProgrammesService } from './programmes.service.ts';

type Plan = ArgsOf<typeof openClass>['body'];

/** Opening a class: who may, what it is taught from, and who stands behind it. */
@Injectable()
export class OpeningService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly programmes: ProgrammesService, private readonly units: UnitsService, private readonly courses: CoursesService, private readonly forms: FormsService, private readonly register: RegisterService, private readonly people: PeopleService) {}

  /** A draft. The course version and the forms are pinned now: what changes later does not change this class. */
  open(actor: Actor, { body }: ArgsOf<typeof openClass>): Promise<{ id: string }> {
    return this.db.transaction(async () => {
      const tier = await this.programmes.tier(body.tierId);
      const days = body.sessions.map((s) => s.date).sort();
      const [startsOn, endsOn] = [days[0] as string, days.at(-1) as string];
      const unit = await this.units.validOn(body.unitId, startsOn);
      const reach = await actor.reach('class.open');
      if (!reaches(reach, body.unitId) && !(await this.teaches(actor, body, tier, startsOn))) throw problem('training.trainer-not-qualified', { name: '' });
      const course = await this.courses.currentOf(tier.courseSlug);
      const cls = {
        id: randomUUID(), code: await this.nextCode(startsOn), tierId: tier.id, unitId: body.unitId, unitName: unit.name, title: body.title, place: body.place, expected: body.expected, status: 'draft' as const, startsOn, endsOn, courseVersionId: course.versionId,
        preFormId: (await this.forms.current(tier.courseSlug, tier.preFormSlug)).id, postFormId: (await this.forms.current(tier.courseSlug, tier.postFormSlug)).id, preSittingId: null, postSittingId: null, createdBy: actor.personId, createdAt: clock.now(),
      };
      await this.db.repo(TrainingClass).insert(cls);
      await this.db.repo(ClassSession).insert(body.sessions.map((s) => ({ id: randomUUID(), classId: cls.id, ...s, closedAt: null, scanKey: null })));
      await this.addTrainers(cls.id, body, tier, startsOn);
      for (const i of body.invitations) await this.units.validOn(i.unitId, startsOn);
      if (body.invitations.length) await this.db.repo(ClassInvitation).insert(body.invitations.map((i) => ({ id: randomUUID(), classId: cls.id, ...i })));
      await this.audit.record(actor, 'class.opened', { type: 'class', id: cls.id }, { code: cls.code });
      return { id: cls.id };
    });
  }

  /** Somebody without an office may open a class that they teach themselves, with a credential for it. */
  private async teaches(actor: Actor, plan: Plan, tier: Tier, day: string): Promise<boolean> {
    return plan.trainers.some((t) => 'personId' in t && t.personId === actor.personId) && (await this.credentialFor(actor.personId, tier, day)) !== null;
  }

  /** The credential that lets a person teach a tier on a day: of the tier before it, with the endorsement, in force on the class's first day. */
  async credentialFor(personId: string, tier: Tier, day: string): Promise<string | null> {
    const before = await this.programmes.tierBefore(tier);
    return before ? ((await this.register.endorsementOn(personId, before.certificateTypeId, day))?.id ?? null) : null;
  }

  /** May a person plan a class of this tier at all? Whether the certificate is in force on the first day is asked when the class is opened. */
  async mayPlan(personId: string, tier: Tier): Promise<boolean> {
    const before = await this.programmes.tierBefore(tier);
    return before !== null && this.register.everEndorsed(personId, before.certificateTypeId);
  }

  private async addTrainers(classId: string, plan: Plan, tier: Tier, startsOn: string): Promise<void> {
    for (const t of plan.trainers) {
      if ('guestName' in t) {
        await this.db.repo(ClassTrainer).insert({ id: randomUUID(), classId, personId: null, name: t.guestName, body: t.body, entryId: null });
        continue;
      }
      const person = await this.people.find(t.personId);
      const entryId = await this.credentialFor(person.id, tier, startsOn);
      if (!entryId && !tier.openTeaching) throw problem('training.trainer-not-qualified', { name: person.name });
      await this.db.repo(ClassTrainer).insert({ id: randomUUID(), classId, personId: person.id, name: person.name, body: null, entryId });
    }
    if (!tier.openTeaching && !plan.trainers.some((t) => 'personId' in t)) throw problem('training.trainer-not-qualified', { name: '' });
  }

  /** `L22-014`: the year and a running number. */
  private async nextCode(startsOn: string): Promise<string> {
    const year = startsOn.slice(2, 4);
    await this.db.lock(`class-code:${year}`);
    const { n } = await this.db.row<{ n: number }>("select coalesce(max(split_part(code, '-', 2)::int), 0) + 1 as n from training_class where code like $1", [`L${year}-%`]);
    return `L${year}-${String(n).padStart(3, '0')}`;
  }
}
