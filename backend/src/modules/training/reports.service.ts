import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { ClassDetail, ClassResults, moveClass, submitReport } from '@lantoa/shared/training';
import { IsNull } from 'typeorm';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { Outbox } from '#platform/outbox';
import { ResultsQueries } from '#modules/assessment';
import { ClassRefresher, ClassReport, type TrainingClass } from './class.entity.ts';
import { ClassesQueries } from './classes.queries.ts';
import { ClassesService } from './classes.service.ts';
import { Enrolment } from './enrolment.entity.ts';
import { outcomeOf } from './passing.rules.ts';
import { ProgrammesService } from './programmes.service.ts';

const mean = (values: readonly number[]): number | null => (values.length ? values.reduce((a, b) => a + b, 0) / values.length : null);

/** What came out of a class, and handing it in. */
@Injectable()
export class ReportsService {
  constructor(private readonly db: Db, private readonly outbox: Outbox, private readonly classes: ClassesService, private readonly queries: ClassesQueries, private readonly programmes: ProgrammesService, private readonly results: ResultsQueries) {}

  async resultsFor(actor: Actor, classId: string): Promise<ClassResults> {
    return this.resultsOf((await this.classes.see(actor, classId)).cls);
  }

  /** The state of the report: what was written, and what is still missing before it can be handed in. */
  async report(actor: Actor, classId: string) {
    const { cls } = await this.classes.see(actor, classId);
    const written = await this.db.repo(ClassReport).findOneBy({ classId });
    return { good: written?.good ?? '', difficult: written?.difficult ?? '', support: written?.support ?? '', submittedAt: written?.submittedAt.toISOString() ?? null, missing: await this.missing(cls) };
  }

  submit(actor: Actor, { params, body }: ArgsOf<typeof submitReport>): Promise<ClassDetail> {
    return this.db.transaction(async () => {
      const cls = await this.classes.forWork(actor, params.classId);
      const missing = await this.missing(cls);
      if (missing.length) throw problem('training.report-incomplete', { missing: missing.map((m) => m.code).join(',') });
      await this.classes.take(actor, cls.id, 'submit-report', null);
      await this.db.repo(ClassReport).upsert({ classId: cls.id, ...body, submittedAt: clock.now(), submittedBy: actor.personId }, ['classId']);
      return this.classes.detail(actor, cls.id);
    });
  }

  /** Approving a report fixes what each person has achieved; a returned report fixes nothing. */
  move(actor: Actor, input: ArgsOf<typeof moveClass>): Promise<ClassDetail> {
    return this.db.transaction(async () => {
      const detail = await this.classes.move(actor, input);
      if (input.body.act === 'approve-report') await this.settle(input.params.classId, await this.resultsFor(actor, input.params.classId));
      return detail;
    });
  }

  private async settle(classId: string, results: ClassResults): Promise<void> {
    await this.db.rows('update enrolment e set outcome = r.outcome from unnest($1::uuid[], $2::text[]) as r(id, outcome) where e.id = r.id', [results.people.map((p) => p.enrolmentId), results.people.map((p) => p.outcome)]);
    await this.outbox.emit('class-completed', { classId });
  }

  private async missing(cls: TrainingClass): Promise<{ code: string; sessionId: string | null }[]> {
    const open = (await this.queries.sessions(cls.id)).filter((s) => !s.closedAt).map((s) => ({ code: 'session-open', sessionId: s.id }));
    const enrolled = await this.db.repo(Enrolment).countBy({ classId: cls.id });
    const unsettled = await this.db.repo(Enrolment).countBy({ classId: cls.id, toMatch: true, duplicateOfId: IsNull() });
    return [...(enrolled ? [] : [{ code: 'no-roster', sessionId: null }]), ...open, ...(unsettled ? [{ code: 'to-match', sessionId: null }] : []), ...(cls.postSittingId ? [] : [{ code: 'no-post-test', sessionId: null }])];
  }

  private async resultsOf(cls: TrainingClass): Promise<ClassResults> {
    const tier = await this.programmes.tier(cls.tierId);
    const dated = await this.programmes.rule(tier.id, cls.startsOn);
    const rule = { minAttendance: Number(dated.minAttendance), passMark: Number(dated.passMark), ...(tier.rubric && { rubric: { lines: tier.rubric.map((l) => l.id), least: Number(dated.minRubric) } }) };
    const observed = tier.rubric ? await this.queries.teachBacks(cls.id) : [];
    const sessions = await this.queries.sessions(cls.id);
    const marks = new Map((await this.queries.marks(cls.id)).map((m) => [`${m.sessionId} ${m.enrolmentId}`, m.status]));
    const [pre, post] = [await this.scores(cls.preSittingId), await this.scores(cls.postSittingId)];
    const over = new Set((cls.postSittingId ? await this.results.ofSittings([cls.postSittingId]) : []).filter((r) => r.overtime).map((r) => r.personId));
    const enrolments = await this.db.repo(Enrolment).find({ where: { classId: cls.id, duplicateOfId: IsNull() }, order: { sortKey: 'ASC' } });
    const people = enrolments.map((e) => {
      const result = outcomeOf({ marks: sessions.map((s) => marks.get(`${s.id} ${e.id}`) ?? null), post: post.get(e.personId) ?? null, teachBack: observed.filter((o) => o.enrolmentId === e.id).map((o) => o.scores) }, rule);
      return { enrolmentId: e.id, name: e.name, sex: e.sex, unitName: e.unitName, sessionsPresent: result.present, sessions: sessions.length, pre: pre.get(e.personId) ?? null, post: post.get(e.personId) ?? null, outcome: e.outcome ?? result.outcome, reasons: result.reasons, overtime: over.has(e.personId) };
    });
    const pairs = people.filter((p) => p.pre !== null && p.post !== null);
    const there = people.filter((p) => p.outcome !== 'absent');
    return {
      refresher: await this.db.repo(ClassRefresher).existsBy({ classId: cls.id }), pairs: pairs.length, preMean: mean(pairs.map((p) => p.pre as number)), postMean: mean(pairs.map((p) => p.post as number)), people, questions: await this.questions(cls),
      figures: { enrolled: people.length, attended: there.length, passed: people.filter((p) => p.outcome === 'passed').length, women: there.filter((p) => p.sex === 'female').length, men: there.filter((p) => p.sex === 'male').length },
    };
  }

  private async lessonIds(courseVersionId: string): Promise<Map<string, string>> {
    return new Map((await this.db.rows<{ slug: string; id: string }>('select slug, id from lesson where course_version_id = $1', [courseVersionId])).map((l) => [l.slug, l.id]));
  }

  private async scores(sittingId: string | null): Promise<Map<string, number>> {
    return new Map(sittingId ? (await this.results.ofSittings([sittingId])).map((r) => [r.personId, r.score]) : []);
  }

  private async questions(cls: TrainingClass): Promise<ClassResults['questions']> {
    if (!cls.postSittingId) return [];
    const before = new Map(cls.preSittingId ? (await this.results.questions(cls.preSittingId)).map((q) => [q.questionVersionId, q.right / q.n]) : []);
    const lessons = await this.lessonIds(cls.courseVersionId);
    return (await this.results.questions(cls.postSittingId)).map((q) => ({ stem: q.stem, topic: q.topic, lessonSlug: q.lessonSlug, cardSlug: q.cardSlug, lessonId: lessons.get(q.lessonSlug ?? '') ?? null, n: q.n, wrong: q.n - q.right, pre: before.get(q.questionVersionId) ?? null, post: q.right / q.n, worstChoice: q.worstChoice, worstCount: q.worstCount }));
  }
}
