import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { TemplatesService } from '../papers/templates.service.ts';
import { CertificateType, Issuer } from './register.entity.ts';

export type IssuerDefinition = Omit<Issuer, 'id'>;
export type TypeDefinition = Omit<CertificateType, 'id' | 'issuerId' | 'templateId'>;

/** Who issues which kinds of certificate, as the programme's file says. What exists already is left as it is. */
@Injectable()
export class IssuersService {
  constructor(private readonly db: Db, private readonly templates: TemplatesService) {}

  all(): Promise<Issuer[]> {
    return this.db.repo(Issuer).find({ order: { slug: 'ASC' } });
  }

  /** @returns the ids of the types by slug */
  async define(issuer: IssuerDefinition, types: readonly TypeDefinition[]): Promise<Map<string, string>> {
    const { id: issuerId } = (await this.db.repo(Issuer).findOneBy({ slug: issuer.slug })) ?? (await this.db.repo(Issuer).save({ id: randomUUID(), ...issuer }));
    const templateId = await this.templates.lay();
    const ids = new Map<string, string>();
    for (const t of types) {
      const { id } = (await this.db.repo(CertificateType).findOneBy({ slug: t.slug })) ?? (await this.db.repo(CertificateType).save({ id: randomUUID(), issuerId, templateId, ...t }));
      ids.set(t.slug, id);
    }
    return ids;
  }
}
