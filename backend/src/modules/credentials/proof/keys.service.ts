import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { orProblem } from '#platform/http';
import { Secrets } from '#platform/secrets';
import { Issuer } from '../register/register.entity.ts';
import { didDocument, type Json } from './documents.ts';
import { SigningKey } from './signing.entity.ts';
import { vcLibrary } from './vc-door.ts';

/** The keys of issuers: made when first needed, sealed in the database, published for ever. */
@Injectable()
export class KeysService {
  constructor(private readonly db: Db, private readonly secrets: Secrets, private readonly audit: Audit) {}

  /** What signs documents as an issuer, with the key of now. */
  async signer(issuerId: string, did: string): Promise<(credential: Json) => Promise<string>> {
    const key = await this.current(issuerId);
    const { sign } = await vcLibrary();
    const open = { id: `${did}#key-${key.number}`, controller: did, publicKeyMultibase: key.publicKey, secretKeyMultibase: this.secrets.open(key.sealed).toString('utf8') };
    return (credential) => sign(credential, open, clock.now());
  }

  /** The published document of an issuer, under the name that is asked for. */
  async published(slug: string, did: string): Promise<Json> {
    const issuer = orProblem(await this.db.repo(Issuer).findOneBy({ slug }), 'credentials.not-found');
    await this.current(issuer.id);
    return didDocument(did, await this.db.repo(SigningKey).find({ where: { issuerId: issuer.id }, order: { number: 'ASC' } }));
  }

  /** From now on another key signs. The old one stays published, because what it signed stays true. */
  rotate(issuerId: string): Promise<{ number: number; publicKey: string }> {
    return this.db.transaction(async () => {
      await this.db.lock(`signing-key:${issuerId}`);
      await this.db.repo(SigningKey).update({ issuerId, retiredAt: IsNull() }, { retiredAt: clock.now() });
      const { number, publicKey } = await this.make(issuerId);
      await this.audit.record(null, 'signing-key.rotated', { type: 'issuer', id: issuerId }, { number });
      return { number, publicKey };
    });
  }

  private async current(issuerId: string): Promise<SigningKey> {
    const found = () => this.db.repo(SigningKey).findOneBy({ issuerId, retiredAt: IsNull() });
    return (await found()) ?? this.db.transaction(async () => {
      await this.db.lock(`signing-key:${issuerId}`);
      return (await found()) ?? this.make(issuerId);
    });
  }

  private async make(issuerId: string): Promise<SigningKey> {
    const { publicKeyMultibase, secretKeyMultibase } = await (await vcLibrary()).generate();
    const number = 1 + (await this.db.repo(SigningKey).countBy({ issuerId }));
    return this.db.repo(SigningKey).save({ id: randomUUID(), issuerId, number, publicKey: publicKeyMultibase, sealed: this.secrets.seal(Buffer.from(secretKeyMultibase)), madeAt: clock.now(), retiredAt: null });
  }
}
