import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { ClassDetail, closeTest, openTest } from '@lantoa/shared/training';
import { IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { SittingsService } from '#modules/assessment';
import { TrainingClass } from './class.entity.ts';
import { ClassesService } from './classes.service.ts';
import { Enrolment } from './enrolment.entity.ts';
import { ProgrammesService } from './programmes.service.ts';

/** The pre- and the post-test of a class: opened for everybody in it, closed, and opened again for who came late. */
@Injectable()
export class ClassTestsService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly classes: ClassesService, private readonly sittings: SittingsService, private readonly programmes: ProgrammesService) {}

  open(actor: Actor, { params, body }: ArgsOf<typeof openTest>): Promise<ClassDetail> {
    return this.db.transaction(async () => {
      await this.db.lock(`class-test:${params.classId}`);
      const cls = await this.classes.forWork(actor, params.classId);
      const pre = params.kind === 'pre';
      if (!pre && !cls.preSittingId) throw problem('training.wrong-state', { state: 'pre-first' });
      const people = (await this.db.repo(Enrolment).findBy({ classId: cls.id, duplicateOfId: IsNull() })).map((e) => e.personId);
      if (!people.length) throw problem('training.not-enrolled');
      const known = pre ? cls.preSittingId : cls.postSittingId;
      const { name: cohort } = await this.programmes.tier(cls.tierId);
      if (known) await this.sittings.reopen(known, body);
      else await this.db.repo(TrainingClass).update({ id: cls.id }, { [pre ? 'preSittingId' : 'postSittingId']: await this.sittings.open(pre ? cls.preFormId : cls.postFormId, people, { cohort, ...body }) });
      await this.audit.record(actor, 'test.opened', { type: 'class', id: cls.id }, { kind: params.kind, ...body });
      return this.classes.detail(actor, cls.id);
    });
  }

  close(actor: Actor, { params }: ArgsOf<typeof closeTest>): Promise<ClassDetail> {
    return this.db.transaction(async () => {
      const cls = await this.classes.forWork(actor, params.classId);
      const sitting = params.kind === 'pre' ? cls.preSittingId : cls.postSittingId;
      if (!sitting) throw problem('training.wrong-state', { state: 'not-open' });
      await this.sittings.close(sitting);
      await this.audit.record(actor, 'test.closed', { type: 'class', id: cls.id }, { kind: params.kind });
      return this.classes.detail(actor, cls.id);
    });
  }
}
