import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { applyRoster, decideRoster, mapRoster, readRoster, RosterReview, RosterRow } from '@lantoa/shared/training';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Files } from '#platform/files';
import { type Actor, orProblem, problem } from '#platform/http';
import { PostingsService, type UnitMatch, UnitsService } from '#modules/organisation';
import { PeopleService } from '#modules/people';
import type { TrainingClass } from '../class.entity.ts';
import { ClassesService } from '../classes.service.ts';
import { EnrolmentsService } from '../enrolments.service.ts';
import { type Applied, RosterImport } from './roster.entity.ts';
import { type RosterReading, readRosterFile } from './roster-file.ts';
import { RosterMatching } from './roster-matching.ts';

const UNDO_HOURS = 24;
/** Rows that are matched between two words about how far it is. */
const CHUNK = 500;
const NOTHING: RosterReading = { sheets: [], rows: [], ignored: [], withoutHeader: [] };
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A roster's way into a class: read → reviewed → applied → (undone within 24 h). Nothing but the import itself is written before "applied". */
@Injectable()
export class RostersService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly files: Files, private readonly classes: ClassesService, private readonly enrolments: EnrolmentsService, private readonly people: PeopleService, private readonly postings: PostingsService, private readonly units: UnitsService, private readonly matching: RosterMatching) {}

  /** Reads a file; how far it is stands in the import's own row, so that whoever asks any process is told. The same id again gives the same reading. */
  async read(actor: Actor, { params, body }: ArgsOf<typeof readRoster>): Promise<RosterReview> {
    const cls = await this.classes.forWork(actor, params.classId);
    const id = body.id ?? randomUUID();
    const known = await this.db.repo(RosterImport).findOneBy({ id });
    if (known?.status === 'read') return this.get(actor, id);
    const bytes = Buffer.from(body.contentBase64, 'base64');
    const fresh = { id, classId: cls.id, fileName: body.fileName, reading: NOTHING, decisions: {}, status: 'reading' as const, rowsDone: 0, rowsTotal: 0, createdBy: actor.personId, createdAt: clock.now(), appliedAt: null, applied: null };
    if (known) throw problem('request.conflict');
    await this.db.repo(RosterImport).insert(fresh as never);
    try {
      const reading = await readRosterFile(bytes, { year: yearOf(cls) });
      await this.db.repo(RosterImport).update({ id }, { rowsTotal: reading.rows.length });
      const rows = await this.reviewed(cls, reading, id);
      await this.files.put(`rosters/${id}`, bytes, EXCEL);
      await this.db.repo(RosterImport).update({ id }, { reading: reading as never, status: 'read', rowsDone: reading.rows.length });
      return view({ ...fresh, reading, status: 'read' } as RosterImport, rows);
    } catch (e) {
      await this.db.repo(RosterImport).delete({ id });
      throw e;
    }
  }

  /** Rows done and rows in all; nothing yet for a file that has only just begun. */
  async progress(actor: Actor, rosterId: string): Promise<{ done: number; of: number }> {
    const roster = await this.db.repo(RosterImport).findOneBy({ id: rosterId });
    if (!roster) return { done: 0, of: 0 };
    await this.find(actor, rosterId);
    return { done: roster.rowsDone, of: roster.rowsTotal };
  }

  /** Reads the kept file again with the columns as a human has said. */
  map(actor: Actor, { params, body }: ArgsOf<typeof mapRoster>): Promise<RosterReview> {
    return this.db.transaction(async () => {
      const { roster, cls } = await this.find(actor, params.rosterId, true);
      if (roster.status !== 'read') throw problem('training.roster-already-applied');
      const bytes = orProblem(await this.files.get(`rosters/${roster.id}`), 'training.roster-not-found');
      roster.reading = await readRosterFile(Buffer.from(bytes), { year: yearOf(cls), mapping: body });
      await this.db.repo(RosterImport).update({ id: roster.id }, { reading: roster.reading as never });
      return this.view(roster, cls);
    });
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
      const checked = new Set<string>();
      for (const d of body.decisions) {
        if (d.unitId && !checked.has(d.unitId)) await this.units.validOn(d.unitId, cls.startsOn);
        if (d.unitId) checked.add(d.unitId);
        roster.decisions[d.line] = { ...roster.decisions[d.line], ...d };
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
      const match = await this.matching.matcher(cls);
      const rows = await this.matching.review(cls, roster.reading.rows, roster.decisions, match);
      const waiting = rows.filter((r) => r.state === 'check');
      if (waiting.length) throw problem('training.roster-rows-open', { n: waiting.length, rows: waiting.slice(0, 10).map((r) => r.line).join(', ') });
      const applied: Applied = { people: [], postings: [], enrolments: [] };
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
    return (await this.matching.review(cls, roster.reading.rows, roster.decisions)).filter((r) => r.state !== 'ready');
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
    return view(roster, await this.matching.review(cls, roster.reading.rows, roster.decisions));
  }

  /** The first look at a long list, in parts, with a word about each. */
  private async reviewed(cls: TrainingClass, reading: RosterReading, id: string): Promise<RosterRow[]> {
    const match = await this.matching.matcher(cls);
    for (let done = 0; done < reading.rows.length; done += CHUNK) {
      // The parts warm the matcher, which keeps what it has found; the review as a whole then sees duplicates across them.
      for (const r of reading.rows.slice(done, done + CHUNK)) match(r.unit);
      await this.db.repo(RosterImport).update({ id }, { rowsDone: done });
    }
    return this.matching.review(cls, reading.rows, {}, match);
  }

  private async find(actor: Actor, id: string, lock = false): Promise<{ roster: RosterImport; cls: TrainingClass }> {
    const roster = orProblem(await this.db.repo(RosterImport).findOne({ where: { id }, ...(lock && { lock: { mode: 'pessimistic_write' as const } }) }), 'training.roster-not-found');
    const { cls, who } = await this.classes.see(actor, roster.classId).catch(() => { throw problem('training.roster-not-found'); });
    if (!who.team) throw problem('training.roster-not-found');
    return { roster, cls };
  }
}

const yearOf = (cls: TrainingClass): number => Number(cls.startsOn.slice(0, 4));

function view(roster: RosterImport, rows: RosterRow[]): RosterReview {
  const count = (state: RosterRow['state']) => rows.filter((r) => r.state === state).length;
  const ready = rows.filter((r) => r.state === 'ready');
  return {
    id: roster.id, classId: roster.classId, fileName: roster.fileName, status: roster.status === 'reading' ? 'read' : roster.status, sheets: roster.reading.sheets, withoutHeader: roster.reading.withoutHeader, rows, ignored: roster.reading.ignored,
    counts: { ready: ready.length, check: count('check'), error: count('error'), skipped: count('skipped'), newPeople: ready.filter((r) => !r.person).length, knownPeople: ready.filter((r) => r.person).length },
    hasEthnicity: rows.some((r) => r.ethnicity), undoUntil: roster.status === 'applied' && roster.appliedAt ? new Date(roster.appliedAt.getTime() + UNDO_HOURS * 3_600_000).toISOString() : null,
  };
}
