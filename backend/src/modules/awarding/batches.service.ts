import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { approveBatch, Batch as BatchView, getEligibility, prepareBatch } from '@lantoa/shared/awarding';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, reaches } from '#platform/http';
import { RolesService } from '#modules/access';
import { CertificatesService, type Evidence, PapersService, RegisterService } from '#modules/credentials';
import { CoursesService } from '#modules/curriculum';
import { ClassesService, ProgrammesService, TrainingClass } from '#modules/training';
import { Batch, BatchEntry } from './batch.entity.ts';
import { BatchesQueries, type BatchRow } from './batches.queries.ts';
import { mayApprove, reasonsAgainst } from './eligibility.rules.ts';

/** Who has earned what, and giving it: one prepares, another approves, and only then are numbers taken. */
@Injectable()
export class BatchesService {
  constructor(private readonly db: Db, private readonly queries: BatchesQueries, private readonly audit: Audit, private readonly roles: RolesService, private readonly classes: ClassesService, private readonly programmes: ProgrammesService, private readonly courses: CoursesService, private readonly register: RegisterService, private readonly certificates: CertificatesService, private readonly papers: PapersService) {}

  async eligibility(actor: Actor, { params }: ArgsOf<typeof getEligibility>) {
    const { cls } = await this.classes.see(actor, params.classId);
    const tier = await this.programmes.tier(cls.tierId);
    const items = (await this.queries.standings(cls.id)).map((s) => {
      const reasons = reasonsAgainst(s);
      return { enrolmentId: s.enrolmentId, name: s.name, unitName: s.unitName, eligible: !reasons.length, reasons };
    });
    return { certificateTitle: tier.certificateTitle, items };
  }

  async list(actor: Actor) {
    const reach = await actor.reach('register.read');
    const units = reach === 'everywhere' ? null : [...reach];
    const items = await Promise.all((await this.queries.list(units)).map((b) => this.view(actor, b)));
    return { items, ready: await this.queries.ready(units) };
  }

  async get(actor: Actor, batchId: string): Promise<BatchView> {
    return this.view(actor, await this.visible(actor, batchId));
  }

  prepare(actor: Actor, { body }: ArgsOf<typeof prepareBatch>): Promise<BatchView> {
    return this.db.transaction(async () => {
      const { cls, summary } = await this.classes.see(actor, body.classId);
      if (!reaches(await actor.reach('batch.prepare'), cls.unitId)) throw problem('training.class-not-found');
      if (summary.status !== 'completed') throw problem('training.wrong-state', { state: summary.status });
      if (body.issuedOn > clock.today() || body.issuedOn < cls.endsOn) throw problem('awarding.future-date', { from: cls.endsOn, until: clock.today() });
      if (!(await this.queries.standings(cls.id)).some((s) => !reasonsAgainst(s).length)) throw problem('awarding.nothing-eligible');
      const id = randomUUID();
      await this.db.repo(Batch).insert({ id, ...body, status: 'prepared', preparedBy: actor.personId, preparedAt: clock.now(), approvedBy: null, approvedAt: null });
      await this.audit.record(actor, 'batch.prepared', { type: 'batch', id }, { classId: cls.id, decisionNo: body.decisionNo });
      return this.get(actor, id);
    });
  }

  /** Takes the numbers and writes the book, in one transaction; papers follow by jobs. A second approval changes nothing. */
  approve(actor: Actor, { params }: ArgsOf<typeof approveBatch>): Promise<BatchView> {
    return this.db.transaction(async () => {
      await this.db.lock(`batch:${params.batchId}`);
      const row = await this.visible(actor, params.batchId);
      if (!reaches(await actor.reach('batch.approve'), row.unitId)) throw problem('awarding.batch-not-found');
      if (row.status !== 'prepared') throw problem('awarding.wrong-state');
      if (!mayApprove(row, actor)) throw problem('awarding.same-person');
      const cls = await this.db.repo(TrainingClass).findOneByOrFail({ id: row.classId });
      const tier = await this.programmes.tier(cls.tierId);
      const given = (await this.queries.standings(cls.id)).filter((s) => !reasonsAgainst(s).length);
      const [evidence, course] = [await this.evidence(cls), await this.courses.version(cls.courseVersionId)];
      const entries = await this.register.issue(given.map((s) => ({
        typeId: tier.certificateTypeId, personId: s.personId, holderName: s.name, unitId: s.unitId, unitName: s.unitName, title: tier.certificateTitle, hours: course.hours, issuedOn: row.issuedOn, decisionNo: row.decisionNo, signerTitle: row.signerTitle, signerName: row.signerName, evidence,
      })));
      await this.db.repo(BatchEntry).insert(entries.map((e, i) => ({ batchId: row.id, enrolmentId: given[i]?.enrolmentId as string, entryId: e.id })));
      if (await this.queries.endorses(tier.certificateTypeId)) for (const s of given) await this.roles.give(actor, s.personId, 'trainer', s.unitId);
      await this.db.repo(Batch).update({ id: row.id }, { status: 'approved', approvedBy: actor.personId, approvedAt: clock.now() });
      await this.audit.record(actor, 'batch.approved', { type: 'batch', id: row.id }, { certificates: entries.length });
      return this.get(actor, row.id);
    });
  }

  /** All papers of a batch as one document. */
  async print(actor: Actor, batchId: string): Promise<Uint8Array> {
    const row = await this.visible(actor, batchId);
    return this.papers.together(await this.queries.entryIds(row.id));
  }

  private async evidence(cls: TrainingClass): Promise<Evidence> {
    const trainers = await this.queries.trainers(cls.id);
    return { class: { id: cls.id, code: cls.code, title: cls.title, unitName: cls.unitName, from: cls.startsOn, until: cls.endsOn }, trainers };
  }

  private async visible(actor: Actor, batchId: string): Promise<BatchRow> {
    const row = orProblem(await this.queries.one(batchId), 'awarding.batch-not-found');
    if (!reaches(await actor.reach('register.read'), row.unitId)) throw problem('awarding.batch-not-found');
    return row;
  }

  private async view(actor: Actor, b: BatchRow): Promise<BatchView> {
    const ids = await this.queries.entryIds(b.id);
    const planned = b.status === 'prepared' ? (await this.queries.standings(b.classId)).filter((s) => !reasonsAgainst(s).length).length : ids.length;
    return { ...b, preparedBy: b.preparedByName, certificates: planned, papersReady: await this.certificates.papersMade(ids), approvedBy: b.approvedByName, mayApprove: actor.can('batch.approve') && mayApprove(b, actor) };
  }
}
