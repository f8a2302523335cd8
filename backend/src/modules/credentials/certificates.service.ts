import { Injectable } from '@nestjs/common';
import type { Certificate } from '@lantoa/shared/credentials';
import { In } from 'typeorm';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { PapersService } from './papers.service.ts';
import { Paper, RegisterEntry } from './register.entity.ts';
import { RegisterService } from './register.service.ts';

/** What a person holds, and who holds what. */
@Injectable()
export class CertificatesService {
  constructor(private readonly db: Db, private readonly register: RegisterService, private readonly papers: PapersService) {}

  async mine(actor: Actor): Promise<{ items: Certificate[] }> {
    const own = await this.db.rows<{ id: string }>('select id from person where id = $1 or merged_into_id = $1', [actor.personId]);
    const entries = await this.db.repo(RegisterEntry).find({ where: { personId: In(own.map((p) => p.id)), kind: 'issue' }, order: { seq: 'DESC' } });
    const items = await Promise.all(entries.map(async (e): Promise<Certificate> => ({
      id: e.id, registerNo: e.registerNo ?? '', serialNo: e.serialNo ?? '', title: e.title, holderName: e.holderName, unitName: e.unitName, hours: e.hours, issuedOn: e.issuedOn, validUntil: e.validUntil,
      issuerName: (await this.register.issuer(e.issuerId)).name, state: await this.register.stateOf(e, clock.today()), verifyUrl: this.papers.address(e), qrSvg: await this.papers.qr(e), paperReady: await this.db.repo(Paper).existsBy({ entryId: e.id }),
    })));
    return { items };
  }

  /** How many papers of these entries exist. */
  async papersMade(entryIds: string[]): Promise<number> {
    return (await this.db.row<{ n: number }>('select count(*)::int as n from paper where entry_id = any($1::uuid[])', [entryIds])).n;
  }
}
