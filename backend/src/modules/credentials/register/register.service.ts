import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Wording } from '@lantoa/shared/register';
import { chunks } from '@lantoa/shared/rules/lists';
import type { Day } from '@lantoa/shared/rules/days';
import { fold } from '@lantoa/shared/rules/text';
import { In } from 'typeorm';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, reaches } from '#platform/http';
import { Outbox } from '#platform/outbox';
import { entryHash } from './chain-hash.ts';
import { CertificateType, type Evidence, Issuer, RegisterEntry } from './register.entity.ts';
import { type Ending, registerNo, serialNo, stateOn, validUntil } from './register.rules.ts';

/** What one certificate says. `replaces`: the certificate that ends with it, and why; `validUntil` where the type's own validity does not hold. */
export interface ToIssue extends Wording {
  typeId: string; personId: string; unitId: string; title: string; hours: number; issuedOn: Day; decisionNo: string; signerTitle: string; signerName: string; evidence: Evidence | null; templateVersionId: string | null;
  replaces?: { entryId: string; reason: string; note: string | null }; validUntil?: Day;
}
type Line = Omit<RegisterEntry, 'id' | 'seq' | 'format' | 'recordedAt' | 'previousHash' | 'hash'>;

/** Certificates that one job works on: few enough that progress is seen, and that a crash repeats little. */
export const PER_JOB = 20;

/** The book: numbers without gaps, lines that never change, each tied to the one before by a hash. */
@Injectable()
export class RegisterService {
  constructor(private readonly db: Db, private readonly outbox: Outbox) {}

  /** Enters certificates in the given order. Numbers, lines and news are one transaction: after a crash there is all of it or nothing. */
  issue(given: readonly ToIssue[]): Promise<RegisterEntry[]> {
    return this.append(async () => {
      const types = new Map((await this.db.repo(CertificateType).findBy({ id: In([...new Set(given.map((g) => g.typeId))]) })).map((t) => [t.id, t]));
      const typeOf = (g: ToIssue) => orProblem(types.get(g.typeId) ?? null, 'credentials.not-found');
      const next = await this.takeNumbers(given.map((g) => ({ type: typeOf(g), year: Number(g.issuedOn.slice(0, 4)) })));
      return given.map((g, i): Line => {
        const [type, year, number] = [typeOf(g), Number(g.issuedOn.slice(0, 4)), next[i] as number];
        const { replaces, validUntil: until, ...said } = g;
        return {
          ...said, kind: 'issue', issuerId: type.issuerId, year, number, registerNo: registerNo(type.numberPattern, number, year), serialNo: serialNo(type.serialPrefix, number, year), holderFolded: fold(g.holderName),
          validUntil: until ?? validUntil(g.issuedOn, type.validityMonths), refersTo: replaces?.entryId ?? null, corrects: null, reason: replaces?.reason ?? null, note: replaces?.note ?? null, token: randomBytes(16).toString('base64url'),
        };
      });
    });
  }

  /** The same certificate under a new number, in place of one that was lost or spoilt. It is valid as long as that one was. */
  async reissue(e: RegisterEntry, said: { reason: string; note: string; decisionNo: string }): Promise<RegisterEntry> {
    const [again] = await this.issue([{
      typeId: e.typeId, personId: e.personId, holderName: e.holderName, birthYear: e.birthYear, sex: e.sex, unitId: e.unitId, unitName: e.unitName, title: e.title, hours: e.hours, evidence: e.evidence, templateVersionId: e.templateVersionId, signerTitle: e.signerTitle, signerName: e.signerName,
      decisionNo: said.decisionNo, issuedOn: clock.today(), validUntil: e.validUntil, replaces: { entryId: e.id, reason: said.reason, note: said.note },
    }]);
    return again as RegisterEntry;
  }

  /** A line that issues nothing: it ends a certificate or words it anew. */
  async remark(entry: RegisterEntry, said: { kind: 'revocation' | 'correction'; reason: string; note: string; decisionNo: string; wording: Wording | null }): Promise<RegisterEntry> {
    const { id, seq: _seq, format: _format, hash: _hash, previousHash: _previous, recordedAt: _at, ...same } = entry;
    const today = clock.today();
    const words = said.wording ?? same;
    const [line] = await this.append(async () => [{
      ...same, holderName: words.holderName, holderFolded: fold(words.holderName), birthYear: words.birthYear, sex: words.sex, unitName: words.unitName, kind: said.kind, year: Number(today.slice(0, 4)), number: null, registerNo: null, serialNo: null, token: null, evidence: null,
      issuedOn: today, decisionNo: said.decisionNo, refersTo: said.kind === 'revocation' ? id : null, corrects: said.kind === 'correction' ? id : null, reason: said.reason, note: said.note,
    }]);
    return line as RegisterEntry;
  }

  /** The entry that lets a person teach on a day: of one of these types, with the endorsement, in force then. */
  async endorsementOn(personId: string, typeId: string, day: Day): Promise<RegisterEntry | null> {
    const entries = await this.db.rows<{ id: string }>(
      `select e.id from register_entry e join certificate_type t on t.id = e.type_id and t.endorses_teaching
        where e.kind = 'issue' and e.person_id in (select id from person where id = $1 or merged_into_id = $1) and e.type_id = $2 and e.issued_on <= $3::date order by e.issued_on desc`, [personId, typeId, day]);
    for (const { id } of entries) {
      const entry = await this.db.repo(RegisterEntry).findOneByOrFail({ id });
      if ((await this.stateOf(entry, day)) === 'in-force') return entry;
    }
    return null;
  }

  /** Has a person ever been given the right to teach with a certificate of this type? */
  async everEndorsed(personId: string, typeId: string): Promise<boolean> {
    return (await this.db.rows("select 1 from register_entry e join certificate_type t on t.id = e.type_id and t.endorses_teaching where e.kind = 'issue' and e.person_id in (select id from person where id = $1 or merged_into_id = $1) and e.type_id = $2 limit 1", [personId, typeId])).length > 0;
  }

  async stateOf(entry: { id: string; issuedOn: Day; validUntil: Day }, day: Day) {
    return stateOn(entry, await this.db.rows<Ending>('select kind, issued_on as "issuedOn" from register_entry where refers_to = $1', [entry.id]), day);
  }

  /** A certificate that the actor holds or may read. */
  async visible(actor: Actor, id: string): Promise<RegisterEntry> {
    const entry = orProblem(await this.db.repo(RegisterEntry).findOneBy({ id, kind: 'issue' }), 'credentials.not-found');
    const own = await this.db.rows('select 1 from person where id = $1 and $2 in (id, merged_into_id)', [entry.personId, actor.personId]);
    if (!own.length && !reaches(await actor.reach('register.read'), entry.unitId)) throw problem('credentials.not-found');
    return entry;
  }

  /** Certificates with the words of their last correction, in the order of the book. */
  async worded(ids: readonly string[]): Promise<RegisterEntry[]> {
    const entries = await this.db.repo(RegisterEntry).find({ where: { id: In([...ids]), kind: 'issue' }, order: { seq: 'ASC' } });
    const corrections = await this.db.repo(RegisterEntry).find({ where: { corrects: In([...ids]) }, order: { seq: 'ASC' } });
    const last = new Map(corrections.map((c) => [c.corrects, c]));
    return entries.map((e) => { const c = last.get(e.id); return c ? { ...e, holderName: c.holderName, birthYear: c.birthYear, sex: c.sex, unitName: c.unitName } : e; });
  }

  issuer(id: string): Promise<Issuer> {
    return this.db.repo(Issuer).findOneByOrFail({ id });
  }

  /** Who issues certificates of a type. */
  async issuerOf(typeId: string): Promise<Issuer> {
    return this.issuer((await this.db.repo(CertificateType).findOneByOrFail({ id: typeId })).issuerId);
  }

  /** The number that the next certificate of a type and year would get, if nobody comes before. */
  async nextNumber(type: CertificateType, year: number): Promise<number> {
    const [row] = await this.db.rows<{ last: number }>('select last from register_counter where issuer_id = $1 and type_id = $2 and year = $3', [type.issuerId, type.id, year]);
    return (row?.last ?? 0) + 1;
  }

  /** Writes at the end of the book; only one transaction at a time does. */
  private append(make: () => Promise<Line[]>): Promise<RegisterEntry[]> {
    return this.db.transaction(async () => {
      await this.db.lock('register-tail');
      let [tail] = await this.db.rows<{ seq: number; hash: string }>('select seq, hash from register_entry order by seq desc limit 1');
      const entries = (await make()).map((line) => {
        const unsealed = { ...line, format: 2, id: randomUUID(), seq: (tail?.seq ?? 0) + 1, recordedAt: clock.now(), previousHash: tail?.hash ?? '' };
        const entry = this.db.repo(RegisterEntry).create({ ...unsealed, hash: entryHash(unsealed) });
        tail = entry;
        return entry;
      });
      for (const some of chunks(entries, 500)) await this.db.repo(RegisterEntry).insert(some);
      const ids = (of: (e: RegisterEntry) => string | null) => [...new Set(entries.flatMap((e) => of(e) ?? []))];
      for (const entryIds of chunks(ids((e) => (e.kind === 'issue' ? e.id : null)), PER_JOB)) await this.outbox.emit('certificates-issued', { entryIds });
      for (const entryIds of chunks(ids((e) => e.refersTo ?? e.corrects), PER_JOB)) await this.outbox.emit('certificates-changed', { entryIds });
      return entries;
    });
  }

  /** The next numbers of each type and year, in the given order. The counters stay locked until the transaction ends. */
  private async takeNumbers(wanted: readonly { type: CertificateType; year: number }[]): Promise<number[]> {
    const series = new Map<string, { type: CertificateType; year: number; count: number; next: number }>();
    const key = (w: { type: CertificateType; year: number }) => `${w.type.id} ${w.year}`;
    for (const w of wanted) series.set(key(w), { ...w, count: (series.get(key(w))?.count ?? 0) + 1, next: 0 });
    for (const s of series.values()) {
      const { last } = await this.db.row<{ last: number }>(
        `insert into register_counter (issuer_id, type_id, year, last) values ($1, $2, $3, $4)
          on conflict (issuer_id, type_id, year) do update set last = register_counter.last + excluded.last returning last`, [s.type.issuerId, s.type.id, s.year, s.count]);
      s.next = last - s.count + 1;
    }
    return wanted.map((w) => (series.get(key(w)) as { next: number }).next++);
  }
}
