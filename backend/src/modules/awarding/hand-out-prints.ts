import { Injectable } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Printer } from '#platform/print';
import { RegisterQueries, shortDay } from '#modules/credentials';
import type { BatchRow } from './batches.queries.ts';

/** The list to sign when papers are handed out. */
@Injectable()
export class HandOutPrints {
  constructor(private readonly db: Db, private readonly lines: RegisterQueries, private readonly printer: Printer) {}

  async sheet(row: BatchRow, entryIds: readonly string[]): Promise<Uint8Array> {
    const lines = await this.lines.some(entryIds, clock.today());
    const issuer = await this.db.row<{ name: string; parentName: string }>('select i.name, i.parent_name as "parentName" from issuer i join certificate_type t on t.issuer_id = i.id where t.id = $1', [row.typeId]);
    const numbers = row.firstNo === row.lastNo ? (row.firstNo ?? '') : `${row.firstNo} – ${row.lastNo}`;
    return this.printer.pdf('hand-out', { parent: issuer.parentName, agency: issuer.name, title: row.title, numbers, decisionNo: row.decisionNo, issuedOn: shortDay(row.issuedOn), rows: lines.map((l) => ({ no: l.registerNo ?? '', name: l.holderName, unit: l.unitName })) });
  }
}
