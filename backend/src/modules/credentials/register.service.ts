import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { listRegister, RegisterVerdict, revokeEntry } from '@lantoa/shared/credentials';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { Day } from '@lantoa/shared/rules/days';
import { fold } from '@lantoa/shared/rules/text';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, reaches } from '#platform/http';
import { Outbox } from '#platform/outbox';
import { entryHash } from './chain-hash.ts';
import { CertificateType, type Evidence, Issuer, RegisterEntry } from './register.entity.ts';
import { auditChain, registerNo, serialNo, stateOn, validUntil } from './register.rules.ts';

/** What one certificate says. */
export interface ToIssue { typeId: string; personId: string; holderName: string; unitId: string; unitName: string; title: string; hours: number; issuedOn: Day; decisionNo: string; signerTitle: string; signerName: string; evidence: Evidence }

/** The book: numbers without gaps, lines that never change, each tied to the one before by a hash. */
@Injectable()
export class RegisterService {
  constructor(private readonly db: Db, private readonly outbox: Outbox, private readonly audit: Audit) {}

  /** Enters certificates in the given order. Number, line and news are one transaction: after a crash there is all of it or nothing. */
  issue(given: readonly ToIssue[]): Promise<RegisterEntry[]> {
    return this.db.transaction(async () => {
      const tail = await this.lockTail();
      const made: RegisterEntry[] = [];
      for (const g of given) {
        const type = orProblem(await this.db.repo(CertificateType).findOneBy({ id: g.typeId }), 'credentials.not-found');
        const year = Number(g.issuedOn.slice(0, 4));
        const number = await this.nextNumber(type, year);
        made.push(await this.append(tail, {
          kind: 'issue', issuerId: type.issuerId, typeId: type.id, year, number, registerNo: registerNo(type.numberPattern, number, year), serialNo: serialNo(type.serialPrefix, number, year), personId: g.personId, holderName: g.holderName, holderFolded: fold(g.holderName),
          unitId: g.unitId, unitName: g.unitName, title: g.title, hours: g.hours, issuedOn: g.issuedOn, validUntil: validUntil(g.issuedOn, type.validityMonths), decisionNo: g.decisionNo, signerTitle: g.signerTitle, signerName: g.signerName,
          evidence: g.evidence, refersTo: null, note: null, token: randomBytes(16).toString('base64url'),
        }));
      }
      return made;
    });
  }

  /** Revokes by a new line. The number is typed again, so that nobody revokes the wrong one by a slip of the hand. */
  revoke(actor: Actor, { params, body }: ArgsOf<typeof revokeEntry>): Promise<{ id: string }> {
    return this.db.transaction(async () => {
      const tail = await this.lockTail();
      const entry = await this.visible(actor, params.entryId);
      const state = await this.stateOf(entry, clock.today());
      if (entry.registerNo !== body.registerNo.trim() || state === 'revoked' || state === 'replaced') throw problem('credentials.not-in-force');
      const { id: _id, seq: _seq, hash: _hash, previousHash: _previous, recordedAt: _at, ...same } = entry;
      const line = await this.append(tail, { ...same, kind: 'revocation', year: clock.now().getFullYear(), number: null, registerNo: null, serialNo: null, token: null, evidence: null, issuedOn: clock.today(), decisionNo: body.decisionNo, refersTo: entry.id, note: body.reason });
      await this.audit.record(actor, 'certificate.revoked', { type: 'entry', id: entry.id }, { registerNo: entry.registerNo, reason: body.reason });
      return { id: line.id };
    });
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

  async list(actor: Actor, { query }: ArgsOf<typeof listRegister>) {
    const reach = await actor.reach('register.read');
    const rows = await this.db.rows<RegisterEntry & { total: number; refersToNo: string | null }>(
      `select e.id, e.seq, e.kind, e.register_no as "registerNo", e.holder_name as "holderName", e.unit_name as "unitName", e.title, e.issued_on as "issuedOn", e.valid_until as "validUntil", e.decision_no as "decisionNo", e.note,
          (select o.register_no from register_entry o where o.id = e.refers_to) as "refersToNo", count(*) over ()::int as total
        from register_entry e where ($1::uuid[] is null or e.unit_id = any($1)) and ($2::text is null or e.holder_folded like '%' || $2 || '%' or e.register_no ilike $2 || '%') and ($3::int is null or e.year = $3)
        order by e.seq desc limit $4 offset $5`,
      [reach === 'everywhere' ? null : [...reach], query.q ? fold(query.q).replace(/[%_\\]/g, '\\$&') : null, query.year ?? null, query.limit, query.offset]);
    const items = [];
    for (const { refersToNo, ...r } of rows) items.push({ ...r, refersTo: refersToNo, state: r.kind === 'issue' ? await this.stateOf(r, clock.today()) : null });
    return { items, total: rows[0]?.total ?? 0 };
  }

  /** Recomputes every hash in order and looks for missing numbers. */
  async verify(): Promise<RegisterVerdict> {
    const entries = await this.db.repo(RegisterEntry).find({ order: { seq: 'ASC' } });
    const types = new Map((await this.db.repo(CertificateType).find()).map((t) => [t.id, t.slug]));
    return auditChain(entries.map((e) => ({ seq: e.seq, registerNo: e.registerNo, series: `${types.get(e.typeId)} ${e.year}`, number: e.number, previousHash: e.previousHash, hash: e.hash, expectedHash: entryHash(e) })));
  }

  async stateOf(entry: { id: string; issuedOn: Day; validUntil: Day }, day: Day) {
    const later = await this.db.rows<{ kind: 'issue' | 'revocation'; issuedOn: Day }>('select kind, issued_on as "issuedOn" from register_entry where refers_to = $1', [entry.id]);
    return stateOn(entry, later, day);
  }

  async visible(actor: Actor, id: string): Promise<RegisterEntry> {
    const entry = orProblem(await this.db.repo(RegisterEntry).findOneBy({ id, kind: 'issue' }), 'credentials.not-found');
    const own = await this.db.rows('select 1 from person where id = $1 and $2 in (id, merged_into_id)', [entry.personId, actor.personId]);
    if (!own.length && !reaches(await actor.reach('register.read'), entry.unitId)) throw problem('credentials.not-found');
    return entry;
  }

  issuer(id: string): Promise<Issuer> {
    return this.db.repo(Issuer).findOneByOrFail({ id });
  }

  /** Only one transaction at a time writes at the end of the book. */
  private async lockTail(): Promise<{ seq: number; hash: string }> {
    await this.db.lock('register-tail');
    const [last] = await this.db.rows<{ seq: number; hash: string }>('select seq, hash from register_entry order by seq desc limit 1');
    return last ?? { seq: 0, hash: '' };
  }

  private async append(tail: { seq: number; hash: string }, line: Omit<RegisterEntry, 'id' | 'seq' | 'recordedAt' | 'previousHash' | 'hash'>): Promise<RegisterEntry> {
    const unsealed = { ...line, id: randomUUID(), seq: tail.seq + 1, recordedAt: clock.now(), previousHash: tail.hash };
    const entry = this.db.repo(RegisterEntry).create({ ...unsealed, hash: entryHash(unsealed) });
    await this.db.repo(RegisterEntry).insert(entry);
    tail.seq = entry.seq;
    tail.hash = entry.hash;
    if (entry.kind === 'issue') await this.outbox.emit('entry-recorded', { entryId: entry.id });
    return entry;
  }

  private async nextNumber(type: CertificateType, year: number): Promise<number> {
    const row = await this.db.row<{ last: number }>(
      `insert into register_counter (issuer_id, type_id, year, last) values ($1, $2, $3, 1)
        on conflict (issuer_id, type_id, year) do update set last = register_counter.last + 1 returning last`, [type.issuerId, type.id, year]);
    return row.last;
  }
}
