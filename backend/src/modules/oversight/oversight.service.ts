import { Injectable } from '@nestjs/common';
import type { AuditLine, exportAudit, listAudit } from '@lantoa/shared/audit';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import { stringify } from 'csv-stringify/sync';
import { Audit, AuditSeals, type AuditVerdict } from '#platform/audit';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { type Line, OversightQueries } from './oversight.queries.ts';

const PAGE = 100;
/** So many lines go into one file; a longer stretch is taken in parts, by day. */
const IN_FILE = 100_000;
const viewOf = ({ actorId, actorName, at, ...l }: Line): AuditLine => ({ ...l, at: at.toISOString(), actor: actorId ? { id: actorId, name: actorName ?? '' } : null });

/** Who did what, when: to read, to take along, to check. */
@Injectable()
export class OversightService {
  constructor(private readonly db: Db, private readonly queries: OversightQueries, private readonly seals: AuditSeals, private readonly audit: Audit) {}

  async list(actor: Actor, { query }: ArgsOf<typeof listAudit>): Promise<OutputOf<typeof listAudit>> {
    const lines = await this.queries.lines(await this.units(actor), query, PAGE + 1);
    const seal = await this.queries.lastSeal();
    return { items: lines.slice(0, PAGE).map(viewOf), more: lines.length > PAGE, groups: await this.queries.groups(), seal: seal && { ...seal, at: seal.at.toISOString() } };
  }

  /** The log as CSV; that it was taken along stands in it, too. */
  export(actor: Actor, { query }: ArgsOf<typeof exportAudit>): Promise<Buffer> {
    return this.db.transaction(async () => {
      const lines = await this.queries.lines(await this.units(actor), query, IN_FILE);
      const seal = await this.queries.lastSeal();
      await this.audit.record(actor, 'audit.exported', { type: 'installation', id: 'audit' }, { lines: lines.length, ...query });
      const head = seal ? [`# lantoa audit log; sealed up to line ${seal.toId} at ${seal.at.toISOString()}; sha256 ${seal.hash}`] : ['# lantoa audit log; not sealed yet'];
      const rows = lines.map((l) => [l.id, l.at.toISOString(), l.actorName ?? '', l.action, l.objectType, l.objectId, l.subject ?? '', JSON.stringify(l.data)]);
      return Buffer.from(stringify([head, ['line', 'at', 'who', 'act', 'kind', 'id', 'subject', 'details'], ...rows], { escape_formulas: true, record_delimiter: 'windows' }), 'utf8');
    });
  }

  verify(): Promise<AuditVerdict> {
    return this.seals.verify();
  }

  private async units(actor: Actor): Promise<string[] | null> {
    const reach = await actor.reach('audit.read');
    return reach === 'everywhere' ? null : [...reach];
  }
}
