import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { getEntry, listRegister, RegisterLine, RegisterVerdict } from '@lantoa/shared/register';
import { MoreThan } from 'typeorm';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, PublicUrl, reaches } from '#platform/http';
import { ChangesService } from './changes.service.ts';
import { entryHash } from './chain-hash.ts';
import { CertificateType, RegisterEntry } from './register.entity.ts';
import { RegisterQueries } from './register.queries.ts';
import { auditor } from './register.rules.ts';
import { RegisterService } from './register.service.ts';

/** Lines that are read at once while the chain is walked: memory stays flat. */
const AT_ONCE = 2000;

/** The book as it is read and checked. */
@Injectable()
export class BookService {
  constructor(private readonly db: Db, private readonly queries: RegisterQueries, private readonly register: RegisterService, private readonly changes: ChangesService, private readonly url: PublicUrl) {}

  async list(actor: Actor, { query }: ArgsOf<typeof listRegister>) {
    const reach = await actor.reach('register.read');
    const units = reach === 'everywhere' ? null : [...reach];
    return { ...(await this.queries.page(units, query, clock.today())), years: await this.queries.years(units) };
  }

  /** A certificate with every line that is tied to it, and the change that waits; also by the line of its revocation or correction. */
  async entry(actor: Actor, { params }: ArgsOf<typeof getEntry>) {
    const line = await this.db.repo(RegisterEntry).findOneBy({ id: params.entryId });
    const found = await this.register.visible(actor, (line?.kind === 'issue' ? line.id : (line?.refersTo ?? line?.corrects)) ?? params.entryId);
    const lines = await this.queries.tied(found.id, clock.today());
    const entry = lines.find((l) => l.id === found.id) as RegisterLine;
    const waiting = await this.changes.of(actor, found.id);
    const mayAsk = !waiting && entry.state !== 'revoked' && entry.state !== 'replaced' && reaches(await actor.reach('batch.prepare'), found.unitId);
    return { entry, lines, verifyUrl: this.url.to(`/v/${found.token}`), checks: await this.queries.checks(found.id), waiting, mayAsk };
  }

  verify(): Promise<RegisterVerdict> {
    return verifyRegister(this.db);
  }
}

/** Recomputes every hash of the register of a database in order and looks for missing numbers. */
export async function verifyRegister(db: Db): Promise<RegisterVerdict> {
  const types = new Map((await db.repo(CertificateType).find()).map((t) => [t.id, t.slug]));
  const { add, found } = auditor();
  for (let after = 0; ; ) {
    const some = await db.repo(RegisterEntry).find({ where: { seq: MoreThan(after) }, order: { seq: 'ASC' }, take: AT_ONCE });
    for (const e of some) add({ seq: e.seq, registerNo: e.registerNo, series: `${types.get(e.typeId)} ${e.year}`, number: e.number, previousHash: e.previousHash, hash: e.hash, expectedHash: entryHash(e) });
    if (some.length < AT_ONCE) return found;
    after = (some.at(-1) as RegisterEntry).seq;
  }
}
