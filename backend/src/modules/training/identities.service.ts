import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { settleIdentity } from '@lantoa/shared/class-papers';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { Audit } from '#platform/audit';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { MergesService, PeopleService } from '#modules/people';
import { ClassesService } from './classes.service.ts';
import { Enrolment } from './enrolment.entity.ts';
import { CandidatesQuery } from './roster/candidates.query.ts';

/** Who somebody is that came without being on the list. The record made at the door goes into the one that was there before, with all that it has. */
@Injectable()
export class IdentitiesService implements OnModuleInit {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly classes: ClassesService, private readonly people: PeopleService, private readonly merges: MergesService, private readonly candidates: CandidatesQuery) {}

  onModuleInit(): void {
    this.merges.follows({ table: 'enrolment', key: 'id', clash: 'exists (select 1 from enrolment k where k.person_id = $1 and k.class_id = x.class_id)', fold: { column: 'duplicate_of_id', to: 'select k.id from enrolment k where k.person_id = $1 and k.class_id = x.class_id' } });
    this.merges.follows({ table: 'class_trainer', key: 'id', clash: 'exists (select 1 from class_trainer k where k.person_id = $1 and k.class_id = x.class_id)' });
    this.merges.follows({ table: 'room_seat', key: 'id', clash: 'exists (select 1 from room_seat k where k.person_id = $1 and k.room_id = x.room_id)' });
  }

  async list(actor: Actor, classId: string) {
    const { cls } = await this.classes.see(actor, classId);
    const open = await this.db.repo(Enrolment).find({ where: { classId, toMatch: true }, order: { sortKey: 'ASC' } });
    const people = await this.people.findAll(open.map((e) => e.personId));
    const items = await Promise.all(open.filter((e) => e.duplicateOfId === null).map(async (e) => {
      const phone = people.get(e.personId)?.phone ?? null;
      const like = (await this.candidates.like({ name: e.name, birthYear: e.birthYear, phone, unitId: e.unitId }, cls.startsOn)).filter((k) => k.id !== e.personId);
      return { enrolmentId: e.id, name: e.name, birthYear: e.birthYear, phone, unitName: e.unitName, candidates: like.map(({ unitId: _unit, ...k }) => k) };
    }));
    return { items };
  }

  settle(actor: Actor, { params, body }: ArgsOf<typeof settleIdentity>) {
    return this.db.transaction(async () => {
      const enrolment = orProblem(await this.db.repo(Enrolment).findOne({ where: { id: params.enrolmentId }, lock: { mode: 'pessimistic_write' } }), 'training.not-enrolled');
      const cls = await this.classes.forWork(actor, enrolment.classId).catch((e) => { throw (e as { code?: string }).code === 'training.class-not-found' ? problem('training.not-enrolled') : e; });
      if (!enrolment.toMatch) throw problem('people.merge-refused');
      await this.db.repo(Enrolment).update({ id: enrolment.id }, { toMatch: false });
      if (body.person !== 'new') {
        const here = await this.people.find(enrolment.personId);
        // Only somebody who was offered as a likeness: a class is no way to look into strange records.
        const like = await this.candidates.like({ name: enrolment.name, birthYear: enrolment.birthYear, phone: here.phone, unitId: enrolment.unitId }, cls.startsOn);
        const chosen = orProblem(like.find((k) => k.id === body.person && k.id !== here.id), 'people.not-found');
        const kept = await this.people.find(chosen.id);
        await this.merges.merge(actor, kept.id, here.id, { name: kept.name, birthYear: kept.birthYear ?? here.birthYear, sex: kept.sex ?? here.sex, phone: kept.phone ?? here.phone });
      }
      await this.audit.record(actor, 'identity.settled', { type: 'class', id: cls.id }, { enrolmentId: enrolment.id, person: body.person });
      return {};
    });
  }
}
