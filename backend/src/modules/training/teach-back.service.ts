import { Injectable } from '@nestjs/common';
import type { saveTeachBack, TeachBackSheet } from '@lantoa/shared/class-papers';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { type TrainingClass, TeachBack } from './class.entity.ts';
import { ClassesQueries } from './classes.queries.ts';
import { ClassesService } from './classes.service.ts';
import { Enrolment } from './enrolment.entity.ts';
import { rubricOf } from './passing.rules.ts';
import { ProgrammesService } from './programmes.service.ts';

/** Future trainers teach a part back, and two observers score it line by line. */
@Injectable()
export class TeachBackService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly classes: ClassesService, private readonly queries: ClassesQueries, private readonly programmes: ProgrammesService) {}

  async sheet(actor: Actor, classId: string): Promise<TeachBackSheet> {
    return this.sheetOf((await this.classes.see(actor, classId)).cls);
  }

  save(actor: Actor, { params, body }: ArgsOf<typeof saveTeachBack>): Promise<TeachBackSheet> {
    return this.db.transaction(async () => {
      const cls = await this.classes.forWork(actor, params.classId);
      const lines = new Set(((await this.programmes.tier(cls.tierId)).rubric ?? []).map((l) => l.id));
      const known = new Set((await this.db.repo(Enrolment).findBy({ classId: cls.id })).map((e) => e.id));
      for (const m of body.marks) {
        if (!known.has(m.enrolmentId)) throw problem('training.not-enrolled');
        if (!Object.keys(m.scores).every((l) => lines.has(l))) throw problem('training.rubric-unknown');
      }
      await this.db.repo(TeachBack).createQueryBuilder().insert().orIgnore().values(body.marks.map((m) => ({ ...m, note: m.note?.trim() || null, at: clock.now(), byPersonId: actor.personId }))).execute();
      await this.audit.record(actor, 'teach-back.scored', { type: 'class', id: cls.id }, { people: new Set(body.marks.map((m) => m.enrolmentId)).size });
      return this.sheetOf(cls);
    });
  }

  private async sheetOf(cls: TrainingClass): Promise<TeachBackSheet> {
    const tier = await this.programmes.tier(cls.tierId);
    const lines = tier.rubric ?? [];
    const least = (await this.programmes.rule(tier.id, cls.startsOn)).minRubric;
    const observed = await this.queries.teachBacks(cls.id);
    const people = (await this.db.repo(Enrolment).find({ where: { classId: cls.id }, order: { sortKey: 'ASC' } })).filter((e) => e.duplicateOfId === null);
    return {
      lines, least,
      people: people.map((e) => {
        const own = observed.filter((o) => o.enrolmentId === e.id);
        const result = rubricOf(lines.map((l) => l.id), own.map((o) => o.scores));
        return { enrolmentId: e.id, name: e.name, unitName: e.unitName, observed: own.map(({ enrolmentId: _e, ...o }) => o), result, passed: result?.every((r) => r.mean >= least - 1e-9) ?? null };
      }),
    };
  }
}
