import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { RolesService } from '#modules/access';
import { CertificateType, type Evidence, RegisterEntry, RegisterService, renewedUntil, type ToIssue } from '#modules/credentials';
import { CoursesService } from '#modules/curriculum';
import { TrainingClass } from '#modules/training';
import { type BatchRow, BatchesQueries, type PlaceRow } from './batches.queries.ts';

/** From the places of an approved batch to lines of the book. */
@Injectable()
export class IssuingService {
  constructor(private readonly db: Db, private readonly queries: BatchesQueries, private readonly register: RegisterService, private readonly roles: RolesService, private readonly courses: CoursesService) {}

  /** Writes the certificates of a batch in its order, and gives the right to teach where the type carries it. @returns how many */
  async issue(actor: Actor, row: BatchRow): Promise<number> {
    const places = (await this.queries.places(row.id)).filter((p) => p.verdict !== 'left-out');
    await this.unchanged(places);
    const type = await this.db.repo(CertificateType).findOneByOrFail({ id: row.typeId });
    const entries = await this.register.issue(await this.drafts(row, places));
    await this.db.rows('update batch_place x set entry_id = n.entry_id from unnest($1::uuid[], $2::uuid[]) as n(id, entry_id) where x.id = n.id', [places.map((p) => p.id), entries.map((e) => e.id)]);
    if (type.endorsesTeaching) for (const p of places) await this.roles.give(actor, p.personId, 'trainer', p.unitId);
    return entries.length;
  }

  /** What the certificates of these places would say. */
  drafts(row: BatchRow, places: readonly PlaceRow[]): Promise<ToIssue[]> {
    return row.kind === 'classes' ? this.fromClasses(row, places) : this.fromRenewals(row, places);
  }

  /** What was prepared must still be so: between preparing and approving an outcome may have been corrected, or a certificate ended. */
  private async unchanged(places: readonly PlaceRow[]): Promise<void> {
    const enrolled = new Map((await this.queries.standings([...new Set(places.flatMap((p) => p.classId ?? []))])).map((s) => [s.enrolmentId, s]));
    const ended = new Set((await this.db.rows<{ id: string }>('select refers_to as id from register_entry where refers_to = any($1::uuid[])', [places.flatMap((p) => p.renewsId ?? [])])).map((r) => r.id));
    const changed = places.filter((p) => {
      if (p.renewsId) return ended.has(p.renewsId);
      const now = enrolled.get(p.enrolmentId as string);
      return !now || now.hasCertificate || (p.verdict === 'given' && now.outcome !== 'passed');
    });
    if (changed.length) throw problem('awarding.changed', { names: changed.slice(0, 5).map((p) => p.name).join(', ') });
  }

  private async fromClasses(row: BatchRow, places: readonly PlaceRow[]): Promise<ToIssue[]> {
    const said = new Map<string, { evidence: Evidence; hours: number }>();
    for (const { id } of row.classes) {
      const cls = await this.db.repo(TrainingClass).findOneByOrFail({ id });
      const { hours } = await this.courses.version(cls.courseVersionId);
      said.set(id, { hours, evidence: { class: { id, code: cls.code, title: cls.title, unitName: cls.unitName, from: cls.startsOn, until: cls.endsOn }, trainers: await this.queries.trainers(id) } });
    }
    return places.map((p) => ({ ...this.common(row, p), title: row.title, ...(said.get(p.classId as string) as { evidence: Evidence; hours: number }) }));
  }

  private async fromRenewals(row: BatchRow, places: readonly PlaceRow[]): Promise<ToIssue[]> {
    const type = await this.db.repo(CertificateType).findOneByOrFail({ id: row.typeId });
    const old = new Map((await this.register.worded(places.flatMap((p) => p.renewsId ?? []))).map((e) => [e.id, e]));
    return places.map((p) => {
      const e = old.get(p.renewsId as string) as RegisterEntry;
      return { ...this.common(row, p), title: e.title, hours: e.hours, evidence: e.evidence, validUntil: renewedUntil(e.validUntil, row.issuedOn, type.validityMonths), replaces: { entryId: e.id, reason: 'renewal', note: null } };
    });
  }

  private common(row: BatchRow, p: PlaceRow) {
    return { typeId: row.typeId, personId: p.personId, holderName: p.name, birthYear: p.birthYear, sex: p.sex, unitId: p.unitId, unitName: p.unitName, issuedOn: row.issuedOn, decisionNo: row.decisionNo, signerTitle: row.signerTitle, signerName: row.signerName, templateVersionId: row.templateVersionId };
  }
}
