import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { orProblem, PublicUrl } from '#platform/http';
import { CertificateType, type Evidence, type Issuer } from '../register/register.entity.ts';
import { RegisterService } from '../register/register.service.ts';
import { classRecordOf, credentialOf, didOf, digestOf, documentPath, type Json } from './documents.ts';
import { KeysService } from './keys.service.ts';
import { SignedDocument } from './signing.entity.ts';

type Wanted = { kind: SignedDocument['kind']; wording: string; entryId: string | null; classId: string | null; make: (at: { id: string; url: string; seq: number }) => Promise<Json> };

/** Signed documents: the credential of a certificate and the record of its class, made once and served as the same bytes for ever. */
@Injectable()
export class DocumentsService {
  constructor(private readonly db: Db, private readonly register: RegisterService, private readonly keys: KeysService, private readonly url: PublicUrl) {}

  /** The credential of a certificate as it is worded now, made if it is not there yet. */
  async credential(entryId: string): Promise<SignedDocument> {
    const [entry] = await this.register.worded([entryId]);
    const e = orProblem(entry ?? null, 'credentials.not-found');
    const issuer = await this.register.issuer(e.issuerId);
    const [last] = await this.db.rows<{ id: string }>('select id from register_entry where corrects = $1 order by seq desc limit 1', [e.id]);
    return this.once(issuer, {
      kind: 'credential', wording: last?.id ?? e.id, entryId: e.id, classId: null,
      make: async ({ url, seq }) => {
        const record = e.evidence ? await this.classRecord(issuer, e.evidence) : null;
        const { slug: typeSlug } = await this.db.repo(CertificateType).findOneByOrFail({ id: e.typeId });
        return credentialOf(e, { url, base: this.url.value, issuer, salt: randomBytes(16).toString('base64url'), seq, record, typeSlug });
      },
    });
  }

  /** The bytes behind an address of ours. */
  async bytes(kind: SignedDocument['kind'], id: string): Promise<string> {
    return orProblem(await this.db.repo(SignedDocument).findOneBy({ id, kind }), 'credentials.not-found').bytes;
  }

  byUrl(url: string): Promise<SignedDocument | null> {
    return this.db.repo(SignedDocument).findOneBy({ url });
  }

  /** The record of a class as an issuer vouches for it. Trainers above come first: their credentials are part of it. */
  private classRecord(issuer: Issuer, evidence: Evidence): Promise<SignedDocument> {
    const wording = createHash('sha256').update(JSON.stringify([evidence.class, evidence.trainers])).digest('hex');
    return this.once(issuer, {
      kind: 'class-record', wording, entryId: null, classId: evidence.class.id,
      make: async ({ url }) => {
        const trainers = [];
        for (const t of evidence.trainers) trainers.push(t.entryId ? await this.credential(t.entryId) : null);
        return classRecordOf(evidence, { url, base: this.url.value, issuer, trainers });
      },
    });
  }

  /** Makes a document unless it is there. Of two that want it at once, one makes it and both have it. */
  private async once(issuer: Issuer, w: Wanted): Promise<SignedDocument> {
    const found = () => this.db.repo(SignedDocument).findOneBy({ kind: w.kind, issuerId: issuer.id, wording: w.wording });
    return (await found()) ?? this.db.transaction(async () => {
      await this.db.lock(`document:${w.kind}:${w.wording}`);
      const there = await found();
      if (there) return there;
      const id = randomUUID();
      const url = this.url.to(documentPath(w.kind, id));
      const { seq } = await this.db.row<{ seq: number }>("select nextval('signed_document_seq')::int as seq");
      const bytes = await this.keys.sign(issuer.id, didOf(this.url.value, issuer.slug), await w.make({ id, url, seq }));
      const made = { id, url, kind: w.kind, issuerId: issuer.id, entryId: w.entryId, classId: w.classId, wording: w.wording, seq, bytes, digest: digestOf(bytes), madeAt: clock.now() };
      await this.db.repo(SignedDocument).insert(made);
      return made;
    });
  }
}
