import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { FormsService, ResultsQueries, SittingsService } from '#modules/assessment';
import { ClassRefresher } from './class.entity.ts';
import { ClassesService } from './classes.service.ts';
import { Enrolment } from './enrolment.entity.ts';
import { ProgrammesService } from './programmes.service.ts';

const QUESTIONS = 5;

/** One tap after the post-test: the questions that the class got wrong most, once more for everybody in it. */
@Injectable()
export class ClassRefreshersService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly classes: ClassesService, private readonly programmes: ProgrammesService, private readonly results: ResultsQueries, private readonly forms: FormsService, private readonly sittings: SittingsService) {}

  make(actor: Actor, classId: string): Promise<{ questions: number; people: number }> {
    return this.db.transaction(async () => {
      await this.db.lock(`class-refresher:${classId}`);
      const { cls, who } = await this.classes.see(actor, classId);
      if (!who.team) throw problem('training.class-not-found');
      if (await this.db.repo(ClassRefresher).existsBy({ classId })) throw problem('training.refresher-made');
      const wrong = cls.postSittingId ? (await this.results.questions(cls.postSittingId)).filter((q) => q.right < q.n).slice(0, QUESTIONS) : [];
      if (!wrong.length) throw problem('training.nothing-wrong');
      const tier = await this.programmes.tier(cls.tierId);
      const people = [...new Set((await this.db.repo(Enrolment).findBy({ classId })).filter((e) => e.duplicateOfId === null).map((e) => e.personId))];
      const formId = await this.forms.refresher({ courseSlug: tier.courseSlug, slug: `on-lai-${cls.code.toLowerCase()}`, title: `Ôn lại: ${cls.title}`.slice(0, 160), questionVersionIds: wrong.map((q) => q.questionVersionId) });
      const sittingId = await this.sittings.open(formId, people, { cohort: tier.name });
      await this.db.repo(ClassRefresher).insert({ classId, sittingId, questions: wrong.length, madeAt: clock.now(), madeBy: actor.personId });
      await this.audit.record(actor, 'refresher.made', { type: 'class', id: classId }, { questions: wrong.length, people: people.length });
      return { questions: wrong.length, people: people.length };
    });
  }
}
