import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { orProblem, PublicUrl } from '#platform/http';
import { CertificateType, type Evidence, Issuer, type RegisterEntry } from '../register/register.entity.ts';
import { RegisterService } from '../register/register.service.ts';
import { classRecordOf, credentialOf, didOf, digestOf, documentPath, type Json } from './documents.ts';
import { KeysService } from './keys.service.ts';
import { SignedDocument } from './signing.entity.ts';

/** A document that is to be there: of a kind, by an issuer, in these words. */
interface Wanted { kind: SignedDocument['kind']; issuerId: string; wording: string; entryId: string | null; classId: string | null; content: (at: { url: string; seq: number }) => Json }
const keyOf = (d: { kind: string; issuerId: string; wording: string }): string => `${d.kind} ${d.issuerId} ${d.wording}`;

/** Signed documents: the credential of a certificate and the record of its class, made once and served as the same bytes for ever. */
@Injectable()
export class DocumentsService {
  constructor(private readonly db: Db, private readonly register: RegisterService, private readonly keys: KeysService, private readonly url: PublicUrl) {}

  /** The credential of a certificate as it is worded now, made if it is not there yet. */
  async credential(entryId: string): Promise<SignedDocument> {
    return orProblem((await this.credentials([entryId])).get(entryId) ?? null, 'credentials.not-found');
  }

  /** The credentials of certificates, by certificate. What their classes rest on is made first: records of classes, and above them the credentials of those who taught. */
  async credentials(entryIds: readonly string[]): Promise<Map<string, SignedDocument>> {
    const entries = await this.register.worded(entryIds);
    const corrections = await this.db.rows<{ entryId: string; id: string }>('select distinct on (corrects) corrects as "entryId", id from register_entry where corrects = any($1::uuid[]) order by corrects, seq desc', [entryIds]);
    const wordingOf = (e: RegisterEntry) => corrections.find((c) => c.entryId === e.id)?.id ?? e.id;
    const wanted = entries.map((e) => ({ kind: 'credential' as const, issuerId: e.issuerId, wording: wordingOf(e) }));
    const there = await this.there(wanted);
    const missing = entries.filter((_, i) => !there.has(keyOf(wanted[i] as (typeof wanted)[number])));
    const records = await this.classRecords(missing);
    const issuers = await this.issuers();
    const types = new Map((await this.db.repo(CertificateType).find()).map((t) => [t.id, t.slug]));
    const made = await this.make(missing.map((e): Wanted => ({
      kind: 'credential', issuerId: e.issuerId, wording: wordingOf(e), entryId: e.id, classId: null,
      content: ({ url, seq }) => credentialOf(e, { url, base: this.url.value, issuer: issuers.get(e.issuerId) as Issuer, salt: randomBytes(16).toString('base64url'), seq, record: records.get(e.id) ?? null, typeSlug: types.get(e.typeId) as string }),
    })));
    return new Map([...there.values(), ...made.values()].map((d) => [d.entryId as string, d]));
  }

  /** The bytes behind an address of ours. */
  async bytes(kind: SignedDocument['kind'], id: string): Promise<string> {
    return orProblem(await this.db.repo(SignedDocument).findOneBy({ id, kind }), 'credentials.not-found').bytes;
  }

  byUrl(url: string): Promise<SignedDocument | null> {
    return this.db.repo(SignedDocument).findOneBy({ url });
  }

  /** The records of the classes in which these certificates were earned, as their issuers vouch for them, by certificate. */
  private async classRecords(entries: readonly RegisterEntry[]): Promise<Map<string, SignedDocument>> {
    const earned = entries.flatMap((e) => (e.evidence ? [{ entryId: e.id, issuerId: e.issuerId, evidence: e.evidence, kind: 'class-record' as const, wording: recordWording(e.evidence) }] : []));
    const once = [...new Map(earned.map((r) => [keyOf(r), r])).values()];
    const there = await this.there(once);
    const missing = once.filter((r) => !there.has(keyOf(r)));
    const above = missing.flatMap((r) => r.evidence.trainers.flatMap((t) => t.entryId ?? []));
    const trainers = above.length ? await this.credentials([...new Set(above)]) : new Map<string, SignedDocument>();
    const issuers = await this.issuers();
    const made = await this.make(missing.map((r): Wanted => ({
      kind: r.kind, issuerId: r.issuerId, wording: r.wording, entryId: null, classId: r.evidence.class.id,
      content: ({ url }) => classRecordOf(r.evidence, { url, base: this.url.value, issuer: issuers.get(r.issuerId) as Issuer, trainers: r.evidence.trainers.map((t) => (t.entryId ? (trainers.get(t.entryId) ?? null) : null)) }),
    })));
    return new Map(earned.map((r) => [r.entryId, (there.get(keyOf(r)) ?? made.get(keyOf(r))) as SignedDocument]));
  }

  private async there(wanted: readonly Pick<Wanted, 'kind' | 'issuerId' | 'wording'>[]): Promise<Map<string, SignedDocument>> {
    const rows = wanted.length ? await this.db.repo(SignedDocument).findBy({ kind: In([...new Set(wanted.map((w) => w.kind))]), wording: In(wanted.map((w) => w.wording)) }) : [];
    return new Map(rows.map((d) => [keyOf(d), d]));
  }

  /** Signs and keeps documents. Of two that make the same one at once the first is kept, and both get that one. */
  private async make(wanted: readonly Wanted[]): Promise<Map<string, SignedDocument>> {
    if (!wanted.length) return new Map();
    const places = await this.db.rows<{ seq: number }>("select nextval('signed_document_seq')::int as seq from generate_series(1, $1)", [wanted.length]);
    const signers = new Map<string, (content: Json) => Promise<string>>();
    for (const [id, issuer] of await this.issuers()) if (wanted.some((w) => w.issuerId === id)) signers.set(id, await this.keys.signer(id, didOf(this.url.value, issuer.slug)));
    const made: SignedDocument[] = [];
    for (const [i, { content, ...w }] of wanted.entries()) {
      const [id, seq] = [randomUUID(), (places[i] as { seq: number }).seq];
      const url = this.url.to(documentPath(w.kind, id));
      const bytes = await (signers.get(w.issuerId) as (content: Json) => Promise<string>)(content({ url, seq }));
      made.push({ id, url, ...w, seq, bytes, digest: digestOf(bytes), madeAt: clock.now() });
    }
    await this.db.repo(SignedDocument).createQueryBuilder().insert().values(made).orIgnore().execute();
    return this.there(wanted);
  }

  private async issuers(): Promise<Map<string, Issuer>> {
    return new Map((await this.db.repo(Issuer).find()).map((i) => [i.id, i]));
  }
}

const recordWording = (evidence: Evidence): string => createHash('sha256').update(JSON.stringify([evidence.class, evidence.trainers])).digest('hex');
