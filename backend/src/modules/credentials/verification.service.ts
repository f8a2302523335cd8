import { Injectable } from '@nestjs/common';
import { fold } from '@lantoa/shared/rules/text';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { ChainService } from './chain.service.ts';
import { Issuer, RegisterEntry } from './register.entity.ts';
import { RegisterService } from './register.service.ts';
import { formPage, resultPage, type Outcome } from './verification.page.ts';

/** Is this paper genuine and still in force? Trouble of ours must never read as "fake". */
@Injectable()
export class VerificationService {
  constructor(private readonly db: Db, private readonly register: RegisterService, private readonly chain: ChainService) {}

  byToken(token: string): Promise<string> {
    return this.page(() => this.db.repo(RegisterEntry).findOneBy({ token }));
  }

  /** Number and full name must both fit; without marks and capitals is enough. */
  byNumber(number: string, name: string): Promise<string> {
    return this.page(async () => {
      const entry = await this.db.repo(RegisterEntry).findOneBy({ registerNo: number.trim().toUpperCase() });
      return entry && entry.holderFolded === fold(name) ? entry : null;
    });
  }

  form(): string {
    return formPage();
  }

  private async page(find: () => Promise<RegisterEntry | null>): Promise<string> {
    const checkedAt = clock.now();
    try {
      const entry = await find();
      return resultPage(entry ? await this.outcome(entry) : { kind: 'not-found', phone: await this.phone() }, checkedAt);
    } catch {
      return resultPage({ kind: 'unavailable' }, checkedAt);
    }
  }

  private async outcome(entry: RegisterEntry): Promise<Outcome> {
    const day = clock.today();
    const state = await this.register.stateOf(entry, day);
    const [later] = await this.db.rows<{ on: string; registerNo: string | null }>('select issued_on as "on", register_no as "registerNo" from register_entry where refers_to = $1 order by seq desc limit 1', [entry.id]);
    const issuer = await this.register.issuer(entry.issuerId);
    return { kind: state, entry, issuer: issuer.name, phone: issuer.phone, later: later ?? null, chain: await this.chain.up(entry, day) };
  }

  private async phone(): Promise<string | null> {
    return (await this.db.repo(Issuer).find({ take: 1 }))[0]?.phone ?? null;
  }
}
