import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { applyRoster, decideRoster, readRoster, RosterReview, RosterRow } from '@lantoa/shared/training';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { PostingsService, type UnitMatch, UnitsService } from '#modules/organisation';
import { likeness, PeopleService } from '#modules/people';
import type { TrainingClass } from './class.entity.ts';
import { ClassesService } from './classes.service.ts';
import { Enrolment } from './enrolment.entity.ts';
import { EnrolmentsService } from './enrolments.service.ts';
import { type Applied, RosterImport } from './roster.entity.ts';
import { readRosterFile } from './roster-file.ts';
import { type Known, review, type UnitFound } from './roster-review.rules.ts';

const UNDO_HOURS = 24;

/** A roster's way into a class: read → reviewed → applied → (undone within 24 h). Nothing but the import itself is written before "applied". */
@Injectable()
export class RostersService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly classes: ClassesService, private readonly enrolments: EnrolmentsService, private readonly people: PeopleService, private readonly postings: PostingsService, private readonly units: UnitsService) {}

  async read(actor: Actor, { params, body }: ArgsOf<typeof readRoster>): Promise<RosterReview> {
    const cls = await this.classes.forWork(actor, params.classId);
    const reading = await readRosterFile(Buffer.from(body.contentBase64, 'base64'));
    const roster = this.db.repo(RosterImport).create({ id: randomUUID(), classId: cls.id, fileName: body.fileName, reading, decisions: {}, status: 'read', createdBy: actor.personId, createdAt: clock.now(), appliedAt: null, applied: null });
    await this.db.repo(RosterImport).insert(roster);
    return this.view(roster, cls);
  }

  async get(actor: Actor, rosterId: string): Promise<RosterReview> {
    const { roster, cls } = await this.find(actor, rosterId);
    return this.view(roster, cls);
  }

  /** Adds decisions to the ones made before; a later one about a row adds to the earlier one. */
  decide(actor: Actor, { params, body }: ArgsOf<typeof decideRoster>): Promise<RosterReview> {
    return this.db.transaction(async () => {
      const { roster, cls } = await this.find(actor, params.rosterId, true);
      if (roster.status !== 'read') throw problem('training.roster-already-applied');
      for (const d of body.decisions) {
        if (d.unitId) await this.units.validOn(d.unitId, cls.startsOn);
        roster.decisions = { ...roster.decisions, [d.row]: { ...roster.decisions[d.row], ...d } };
      }
      await this.db.repo(RosterImport).update({ id: roster.id }, { decisions: roster.decisions as never });
      return this.view(roster, cls);
    });
  }

  /** Writes every ready row, or nothing at all. Rows with errors stay out and can be fetched; rows that wait for a decision stop it. */
  apply(actor: Actor, { params, body }: ArgsOf<typeof applyRoster>) {
    return this.db.transaction(async () => {
      const { roster, cls } = await this.find(actor, params.rosterId, true);
      if (roster.status !== 'read') throw problem('training.roster-already-applied');
      await this.classes.forWork(actor, cls.id);
      await this.db.lock(`rosters:${cls.id}`);
      const rows = await this.review(roster, cls);
      const waiting = rows.filter((r) => r.state === 'check');
      if (waiting.length) throw problem('training.roster-rows-open', { n: waiting.length, rows: waiting.slice(0, 10).map((r) => r.row).join(', ') });
      const applied: Applied = { people: [], postings: [], enrolments: [] };
      const match = await this.matcher(cls);
      let known = 0;
      for (const r of rows.filter((x) => x.state === 'ready')) known += Number(await this.enrolRow(actor, cls, r, match(r.unit), body.ethnicityConsent, applied));
      await this.db.repo(RosterImport).update({ id: roster.id }, { status: 'applied', appliedAt: clock.now(), applied: applied as never });
      await this.audit.record(actor, 'roster.applied', { type: 'class', id: cls.id }, { rosterId: roster.id, enrolled: applied.enrolments.length, newPeople: applied.people.length });
      return { enrolled: applied.enrolments.length, newPeople: applied.people.length, knownPeople: known, leftOut: rows.filter((r) => r.state !== 'ready').length };
    });
  }

  /** Takes back what applying wrote, within a day and while nothing builds on it. */
  undo(actor: Actor, rosterId: string) {
    return this.db.transaction(async () => {
      const { roster, cls } = await this.find(actor, rosterId, true);
      const applied = roster.applied;
      if (roster.status !== 'applied' || !applied || !roster.appliedAt) throw problem('training.roster-not-found');
      if (clock.now().getTime() - roster.appliedAt.getTime() > UNDO_HOURS * 3_600_000) throw problem('training.roster-undo-late', { hours: UNDO_HOURS });
      const used = await this.db.rows(
        `select 1 from enrolment e where e.id = any($1::uuid[]) and (exists (select 1 from attendance_mark m where m.enrolment_id = e.id) or exists (select 1 from seat s where s.person_id = e.person_id)) 
          union all select 1 from account where person_id = any($2::uuid[]) union all select 1 from enrolment e where e.person_id = any($2::uuid[]) and e.id <> all($1::uuid[]) limit 1`, [applied.enrolments, applied.people]);
      if (used.length) throw problem('training.roster-undo-used');
      await this.db.rows('delete from enrolment where id = any($1::uuid[])', [applied.enrolments]);
      await this.db.rows('delete from activation_slip where person_id = any($1::uuid[])', [applied.people]);
      await this.postings.remove(applied.postings);
      await this.people.remove(applied.people);
      await this.db.repo(RosterImport).update({ id: roster.id }, { status: 'undone' });
      await this.audit.record(actor, 'roster.undone', { type: 'class', id: cls.id }, { rosterId });
      return {};
    });
  }

  /** The rows that did not get in, as they were written, with the reasons. */
  async failedRows(actor: Actor, rosterId: string): Promise<RosterRow[]> {
    const { roster, cls } = await this.find(actor, rosterId);
    return (await this.review(roster, cls)).filter((r) => r.state !== 'ready');
  }

  private async enrolRow(actor: Actor, cls: TrainingClass, r: RosterRow, place: UnitMatch, ethnicityConsent: boolean, applied: Applied): Promise<boolean> {
    const person = r.person ? await this.people.find(r.person.id) : await this.people.create(actor, { name: r.name, birthYear: r.birthYear, sex: r.sex, phone: r.phone });
    if (!r.person) applied.people.push(person.id);
    if (ethnicityConsent && r.ethnicity) await this.people.keepEthnicity(person.id, r.ethnicity);
    const position = r.position || 'Học viên';
    const posting = await this.postings.open({ personId: person.id, unitId: r.unitId as string, position, body: 'body' in place ? place.body : null, locality: 'locality' in place ? place.locality : null, from: cls.startsOn });
    if (posting) applied.postings.push(posting);
    const enrolment = await this.enrolments.enrol(cls, person, { unitId: r.unitId as string, unitName: r.unitName as string, position }, 'roster');
    if (enrolment) applied.enrolments.push(enrolment);
    return r.person !== null;
  }

  private async view(roster: RosterImport, cls: TrainingClass): Promise<RosterReview> {
    const rows = await this.review(roster, cls);
    const count = (state: RosterRow['state']) => rows.filter((r) => r.state === state).length;
    const ready = rows.filter((r) => r.state === 'ready');
    return {
      id: roster.id, classId: cls.id, fileName: roster.fileName, sheet: roster.reading.sheet, status: roster.status, columns: roster.reading.columns, unusedHeaders: roster.reading.unusedHeaders, rows, ignored: roster.reading.ignored,
      counts: { ready: ready.length, check: count('check'), error: count('error'), skipped: count('skipped'), newPeople: ready.filter((r) => !r.person).length, knownPeople: ready.filter((r) => r.person).length },
      hasEthnicity: rows.some((r) => r.ethnicity), undoUntil: roster.status === 'applied' && roster.appliedAt ? new Date(roster.appliedAt.getTime() + UNDO_HOURS * 3_600_000).toISOString() : null,
    };
  }

  private async review(roster: RosterImport, cls: TrainingClass): Promise<RosterRow[]> {
    const { rows } = roster.reading;
    const match = await this.matcher(cls);
    const people = await this.people.findLike(rows.map((r) => ({ name: roster.decisions[r.row]?.name ?? r.name, phone: r.phone })));
    const postings = await this.postings.current(people.map((p) => p.id), cls.startsOn);
    const known: Known[] = people.map((p) => ({ id: p.id, name: p.name, birthYear: p.birthYear, phone: p.phone, unitId: postings.get(p.id)?.unitId ?? null, unitName: postings.get(p.id)?.unitName ?? null }));
    const chosen = [...new Set(Object.values(roster.decisions).flatMap((d) => d.unitId ?? []))];
    const names = new Map(await Promise.all(chosen.map(async (id) => [id, (await this.units.validOn(id, cls.startsOn)).name] as const)));
    const enrolled = new Set((await this.db.repo(Enrolment).findBy({ classId: cls.id })).map((e) => e.personId));
    const unitOf = (text: string): UnitFound => {
      const found = match(text);
      return 'problem' in found ? { unitId: null, unitName: null, problem: found.problem, former: false, suggestions: found.suggestions } : { unitId: found.unitId, unitName: found.unitName, problem: null, former: found.former, suggestions: [] };
    };
    return review(rows, roster.decisions, { year: Number(cls.startsOn.slice(0, 4)), unitOf, known, enrolled, compare: likeness, unitNameOf: (id) => names.get(id) ?? null });
  }

  /** Reads unit names as of the class's first day, preferring the units under the class's own. */
  private matcher(cls: TrainingClass) {
    return this.units.matcher(cls.startsOn, cls.unitId);
  }

  private async find(actor: Actor, id: string, lock = false): Promise<{ roster: RosterImport; cls: TrainingClass }> {
    const roster = orProblem(await this.db.repo(RosterImport).findOne({ where: { id }, ...(lock && { lock: { mode: 'pessimistic_write' as const } }) }), 'training.roster-not-found');
    const { cls, who } = await this.classes.see(actor, roster.classId).catch(() => { throw problem('training.roster-not-found'); });
    if (!who.team) throw problem('training.roster-not-found');
    return { roster, cls };
  }
}
