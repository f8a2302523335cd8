import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { handOverAttempt } from '@lantoa/shared/hub';
import { IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { Attempt, AttemptsService, SittingsService } from '#modules/assessment';
import { ClassesService, Enrolment, ProgrammesService, TrainingClass } from '#modules/training';

/** What a laptop hands over of tests, on the side of the main server. */
@Injectable()
export class HandOverService {
  constructor(private readonly db: Db, private readonly classes: ClassesService, private readonly programmes: ProgrammesService, private readonly sittings: SittingsService, private readonly attempts: AttemptsService, private readonly audit: Audit) {}

  attempt(actor: Actor, { params, body }: ArgsOf<typeof handOverAttempt>): Promise<{ counts: boolean }> {
    return this.db.transaction(async () => {
      const { cls, who } = await this.classes.see(actor, params.classId);
      if (!who.team) throw problem('training.class-not-found');
      await this.db.lock(`class-test:${cls.id}`);
      const line = orProblem(await this.db.repo(Enrolment).findOneBy({ id: body.enrolmentId, classId: cls.id }), 'training.not-enrolled');
      const { personId } = line.duplicateOfId ? await this.db.repo(Enrolment).findOneByOrFail({ id: line.duplicateOfId }) : line;
      const sittingId = await this.sitting(cls.id, body.kind);
      await this.sittings.seat(sittingId, [personId]);
      const learner = { personId };
      const given = { params: { attemptId: body.id }, body: { answers: body.answers } };
      await this.attempts.start(learner, { body: { id: body.id, formId: body.kind === 'pre' ? cls.preFormId : cls.postFormId, sittingId, channel: body.channel, language: 'vi', begunAt: body.startedAt } }, { evenClosed: true });
      if (body.submitted) await this.attempts.handIn(learner, given);
      else if (body.answers.length) await this.attempts.save(learner, given);
      return { counts: body.submitted && (await this.count(actor, body.id)) };
    });
  }

  /** It was sat in time, only carried later: it counts like one that came at once, unless another one does. */
  private async count(actor: Actor, attemptId: string): Promise<boolean> {
    const attempt = await this.db.repo(Attempt).findOneByOrFail({ id: attemptId });
    if (attempt.counts || !attempt.late) return attempt.counts;
    if (await this.db.repo(Attempt).existsBy({ personId: attempt.personId, seriesId: attempt.seriesId, counts: true })) return false;
    await this.attempts.accept(actor, attemptId);
    return true;
  }

  /** The sitting of the class; where the test was held on the laptop only, one that is closed already. */
  private async sitting(classId: string, kind: 'pre' | 'post'): Promise<string> {
    const cls = await this.db.repo(TrainingClass).findOneByOrFail({ id: classId });
    const known = kind === 'pre' ? cls.preSittingId : cls.postSittingId;
    if (known) return known;
    const people = (await this.db.repo(Enrolment).findBy({ classId, duplicateOfId: IsNull() })).map((e) => e.personId);
    const { name: cohort } = await this.programmes.tier(cls.tierId);
    const id = await this.sittings.open(kind === 'pre' ? cls.preFormId : cls.postFormId, people, { cohort });
    await this.sittings.close(id);
    await this.db.repo(TrainingClass).update({ id: classId }, { [kind === 'pre' ? 'preSittingId' : 'postSittingId']: id });
    await this.audit.record(null, 'test.opened', { type: 'class', id: classId }, { kind, handedOver: true });
    return id;
  }
}
