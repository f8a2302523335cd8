import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { ClassDetail, ClassRow, moveClass } from '@lantoa/shared/training';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { ResultsQueries, SittingsService } from '#modules/assessment';
import { actsFor, addWorkingDays, DECIDE_WORKING_DAYS, isOpenForWork, moveOf, nextStep, phaseOn, reportDueOn, type Standing } from './class-lifecycle.rules.ts';
import { ClassMove, TrainingClass } from './class.entity.ts';
import { canSee, standing, visibleParams } from './classes.policy.ts';
import { ClassesQueries, type ClassSummary } from './classes.queries.ts';
import { OpeningService } from './opening.service.ts';
import { ProgrammesService } from './programmes.service.ts';

type Act = Parameters<typeof moveOf>[0];
/** A whole class of at least this many without one mistake is worth a look. */
const SUSPICIOUS_FROM = 10;

/** Seeing classes and moving them through their lifecycle. */
@Injectable()
export class ClassesService {
  constructor(private readonly db: Db, private readonly queries: ClassesQueries, private readonly audit: Audit, private readonly opening: OpeningService, private readonly programmes: ProgrammesService, private readonly sittings: SittingsService, private readonly results: ResultsQueries) {}

  async list(actor: Actor) {
    const rows = await this.queries.visible(visibleParams(actor, await actor.reach('class.read')));
    const items = await Promise.all(rows.map(async (r) => rowView(r, await this.standingOf(actor, r))));
    return { items, mayOpen: await this.mayOpen(actor) };
  }

  async detail(actor: Actor, classId: string): Promise<ClassDetail> {
    const { summary, cls, who } = await this.see(actor, classId);
    const sessions = await this.queries.sessions(classId);
    const acts = actsFor(summary, who, clock.today()).filter((a) => a !== 'submit-report');
    const tier = await this.programmes.tier(cls.tierId);
    const rooms = await this.db.row<{ pre: string | null; post: string | null }>("select (select id from room where class_id = $1 and kind = 'pre') as pre, (select id from room where class_id = $1 and kind = 'post') as post", [classId]);
    const invitations = await this.db.rows<{ unitName: string; locality: string | null; people: number }>('select (select v.name from unit_version v where v.unit_id = i.unit_id order by v.valid @> $2::date desc, v.valid desc limit 1) as "unitName", i.locality, i.people from class_invitation i where i.class_id = $1 order by 1, 2', [classId, summary.startsOn]);
    const { n } = await this.db.row<{ n: number }>("select count(*)::int as n from register_entry where kind = 'issue' and evidence -> 'class' ->> 'id' = $1", [classId]);
    return {
      ...rowView(summary, who), tierId: cls.tierId, teachesBack: tier.rubric !== null, mayWalkIn: who.team && isOpenForWork(summary.status), rooms, invitations, programmeSlug: summary.programmeSlug, unitId: summary.unitId, place: summary.place,
      sessions: sessions.map((s) => ({ ...s, closedAt: s.closedAt?.toISOString() ?? null })), trainers: await this.queries.trainers(classId),
      pre: await this.testState(cls.preSittingId), post: await this.testState(cls.postSittingId), acts, mayRun: who.team && isOpenForWork(summary.status), certificates: n,
    };
  }

  move(actor: Actor, { params, body }: ArgsOf<typeof moveClass>): Promise<ClassDetail> {
    return this.db.transaction(async () => {
      await this.take(actor, params.classId, body.act, body.note);
      return this.detail(actor, params.classId);
    });
  }

  /** Takes a step of the lifecycle; the class is held until the transaction ends, so that two people cannot both decide. */
  async take(actor: Actor, classId: string, act: Act, note: string | null): Promise<void> {
    await this.db.repo(TrainingClass).findOne({ where: { id: classId }, lock: { mode: 'pessimistic_write' } });
    const { summary, who } = await this.see(actor, classId);
    const move = moveOf(act);
    if (move.who === 'approver' && who.oversees && !who.involved && !move.from.includes(summary.status)) await this.refuseDecided(classId);
    if (!actsFor(summary, who, clock.today()).includes(act)) throw problem(move.who === 'approver' && who.involved && move.from.includes(summary.status) ? 'training.own-class' : 'training.wrong-state', { state: summary.status });
    if (move.needsNote && !note?.trim()) throw problem('training.reason-needed');
    await this.db.repo(TrainingClass).update({ id: classId }, { status: move.to });
    await this.db.repo(ClassMove).insert({ id: randomUUID(), classId, act, to: move.to, byPersonId: actor.personId, at: clock.now(), note: note?.trim() || null });
    await this.audit.record(actor, `class.${act}`, { type: 'class', id: classId }, { from: summary.status, to: move.to, note });
  }

  /** Somebody else has just decided: who and when. */
  private async refuseDecided(classId: string): Promise<void> {
    const [last] = await this.db.rows<{ name: string; at: Date }>("select p.name, m.at from class_move m join person p on p.id = m.by_person_id where m.class_id = $1 and m.act in ('approve', 'return', 'approve-report', 'return-report', 'cancel') order by m.at desc limit 1", [classId]);
    if (last) throw problem('training.already-decided', { name: last.name, at: last.at.toISOString() });
  }

  /** Checks in words before a decision. */
  async checks(actor: Actor, classId: string) {
    const { summary, cls } = await this.see(actor, classId);
    const { toMatch, sheets } = await this.db.row<{ toMatch: number; sheets: number }>('select (select count(*) from enrolment where class_id = $1 and to_match and duplicate_of_id is null)::int as "toMatch", (select count(*) from class_file where class_id = $1 and removed_at is null)::int as sheets', [classId]);
    const scores = await this.db.row<{ n: number; full: number }>('select count(*)::int as n, count(*) filter (where right_count = total_count)::int as full from attempt where sitting_id = $1 and counts', [cls.postSittingId]);
    const invited = await this.queries.invited(classId);
    const trainers = await this.queries.trainers(classId);
    const clashes = await this.queries.clashes(classId);
    const sessions = await this.queries.sessions(classId);
    const unqualified = trainers.filter((t) => t.personId && !t.entryId);
    return {
      items: [
        { code: 'trainers-qualified', ok: !unqualified.length, params: { names: unqualified.map((t) => t.name).join(', ') } },
        { code: 'no-clash', ok: !clashes.length, params: { classes: clashes.map((c) => c.code).join(', ') } },
        { code: 'roster-present', ok: summary.enrolled > 0, params: { n: summary.enrolled } },
        { code: 'identities-settled', ok: !toMatch, params: { n: toMatch } },
        { code: 'sheet-attached', ok: sheets > 0, params: { n: sheets } },
        ...(invited.all ? [{ code: 'villages-needed', ok: !invited.covered, params: { covered: invited.covered, of: invited.all } }] : []),
        { code: 'scores-plausible', ok: !(scores.n >= SUSPICIOUS_FROM && scores.full === scores.n), params: { n: scores.n } },
        { code: 'attendance-closed', ok: sessions.every((s) => s.closedAt), params: { open: sessions.filter((s) => !s.closedAt).length } },
      ],
    };
  }

  /** The class, for those who may see it; for all others it does not exist. */
  async see(actor: Actor, classId: string): Promise<{ summary: ClassSummary; cls: TrainingClass; who: Standing }> {
    const summary = orProblem(await this.queries.summary(classId), 'training.class-not-found');
    if (!canSee(actor, summary, await actor.reach('class.read'))) throw problem('training.class-not-found');
    return { summary, cls: await this.db.repo(TrainingClass).findOneByOrFail({ id: classId }), who: await this.standingOf(actor, summary) };
  }

  /** The class, for its team, while it can be worked on. */
  async forWork(actor: Actor, classId: string): Promise<TrainingClass> {
    const { summary, cls, who } = await this.see(actor, classId);
    if (!who.team) throw problem('training.class-not-found');
    if (!isOpenForWork(summary.status)) throw problem('training.wrong-state', { state: summary.status });
    return cls;
  }

  private async standingOf(actor: Actor, c: ClassSummary): Promise<Standing> {
    return standing(actor, c, await actor.reach('class.run'), await actor.reach('class.approve'));
  }

  private async mayOpen(actor: Actor) {
    const { items } = await this.programmes.list();
    const office = (await actor.reach('class.open')) === 'everywhere' || ((await actor.reach('class.open')) as ReadonlySet<string>).size > 0;
    const out = [];
    for (const p of items) {
      for (const t of p.tiers) {
        const allowed = office || (await this.opening.mayPlan(actor.personId, await this.programmes.tier(t.id)));
        out.push({ programmeId: p.id, tierId: t.id, tierName: t.name, allowed });
      }
    }
    return out;
  }

  private async testState(sittingId: string | null) {
    if (!sittingId) return { state: 'not-open' as const, seats: 0, started: 0, submitted: 0 };
    const sitting = await this.sittings.find(sittingId);
    return { state: sitting.closedAt ? ('closed' as const) : ('open' as const), ...(await this.results.progress(sittingId)) };
  }
}

function rowView(c: ClassSummary, who: Standing): ClassRow {
  const phase = phaseOn(c, clock.today());
  const due = reportDueOn(c.endsOn, c.reportDays);
  const decideBy = (phase === 'submitted' || phase === 'report-submitted') && c.askedAt ? addWorkingDays(clock.dayOf(c.askedAt), DECIDE_WORKING_DAYS) : null;
  return {
    id: c.id, code: c.code, title: c.title, phase, tierName: c.tierName, unitName: c.unitName, startsOn: c.startsOn, endsOn: c.endsOn, enrolled: c.enrolled, expected: c.expected, reportDueOn: due, decideBy,
    overdue: (phase === 'report-due' || phase === 'report-returned') && clock.today() > due ? 'report' : decideBy && clock.today() > decideBy ? 'decision' : null,
    note: phase === 'returned' || phase === 'report-returned' || phase === 'cancelled' ? c.note : null, next: nextStep(phase, c.enrolled, actsFor(c, who, clock.today())),
  };
}
