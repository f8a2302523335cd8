import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { readPhone } from '@lantoa/shared/rules/phone';
import { nameSortKey } from '@lantoa/shared/rules/text';
import type { addEnrolment, issueClassSlips } from '@lantoa/shared/training';
import { IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { ActivationService } from '#modules/access';
import { SittingsService } from '#modules/assessment';
import { PostingsService, UnitsService } from '#modules/organisation';
import { likeness, PeopleService, type Person } from '#modules/people';
import type { TrainingClass } from './class.entity.ts';
import { ClassesService } from './classes.service.ts';
import { Enrolment } from './enrolment.entity.ts';
import { CandidatesQuery } from './roster/candidates.query.ts';

export interface Place { unitId: string; unitName: string; position: string }

/** Who is in a class. */
@Injectable()
export class EnrolmentsService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly classes: ClassesService, private readonly people: PeopleService, private readonly postings: PostingsService, private readonly units: UnitsService, private readonly sittings: SittingsService, private readonly activation: ActivationService, private readonly candidates: CandidatesQuery) {}

  async list(actor: Actor, classId: string) {
    await this.classes.see(actor, classId);
    return { items: await this.db.repo(Enrolment).find({ where: { classId, duplicateOfId: IsNull() }, order: { sortKey: 'ASC' } }) };
  }

  /** Adds one person by hand. Somebody who is surely known is not made twice; who may be known is let in at once, and matched later. */
  addOne(actor: Actor, { params, body }: ArgsOf<typeof addEnrolment>) {
    return this.db.transaction(async () => {
      const cls = await this.classes.forWork(actor, params.classId);
      const { id: lineId, unitId, position, ...given } = body;
      const before = lineId ? await this.db.repo(Enrolment).findOneBy({ id: lineId, classId: cls.id }) : null;
      if (before) return before;
      const unit = await this.units.validOn(unitId, cls.startsOn);
      const read = given.phone ? readPhone(given.phone) : null;
      const traits = { name: given.name, birthYear: given.birthYear, phone: read && 'phone' in read ? read.phone : null, unitId };
      const like = await this.candidates.like(traits, cls.startsOn);
      const known = like.find((k) => likeness(traits, k) === 'same');
      const person = known ? await this.people.find(known.id) : await this.people.create(actor, given);
      await this.postings.open({ personId: person.id, unitId, position, body: null, locality: null, from: cls.startsOn });
      const id = await this.enrol(cls, person, { unitId, unitName: unit.name, position }, 'walk-in', !known && like.length > 0, lineId);
      if (!id && lineId) return this.db.repo(Enrolment).findOneByOrFail({ classId: cls.id, personId: person.id });
      if (!id) throw problem('request.conflict');
      await this.audit.record(actor, 'enrolment.added', { type: 'class', id: cls.id }, { enrolmentId: id });
      return this.db.repo(Enrolment).findOneByOrFail({ id });
    });
  }

  /** Enrols, unless the person is in the class already (`null`). Tests that are open get a seat. */
  async enrol(cls: TrainingClass, person: Person, at: Place, source: Enrolment['source'], toMatch = false, id: string = randomUUID()): Promise<string | null> {
    const done = await this.db.repo(Enrolment).createQueryBuilder().insert().orIgnore()
      .values({ id, classId: cls.id, personId: person.id, name: person.name, sortKey: nameSortKey(person.name), birthYear: person.birthYear, sex: person.sex, ...at, source, addedAt: clock.now(), toMatch, duplicateOfId: null, outcome: null }).returning('id').execute();
    if (!done.raw.length) return null;
    for (const sitting of [cls.preSittingId, cls.postSittingId]) if (sitting) await this.sittings.seat(sitting, [person.id]);
    return id;
  }

  async slips(actor: Actor, { params, body }: ArgsOf<typeof issueClassSlips>) {
    const { who } = await this.classes.see(actor, params.classId);
    if (!who.team) throw problem('training.class-not-found');
    const enrolled = await this.db.repo(Enrolment).find({ where: { classId: params.classId, duplicateOfId: IsNull() }, order: { addedAt: 'ASC', sortKey: 'ASC' } });
    const wanted = body.personIds ? enrolled.filter((e) => body.personIds?.includes(e.personId)) : enrolled;
    if (!wanted.length || (body.personIds && wanted.length < body.personIds.length)) throw problem('training.not-enrolled');
    return this.activation.issue(actor, { body: { personIds: wanted.map((e) => e.personId) } });
  }
}
