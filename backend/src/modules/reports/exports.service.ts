import { Injectable } from '@nestjs/common';
import type { reportFormats } from '@lantoa/shared/reports';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { type Actor, problem } from '#platform/http';
import { dataValues, openData, workbook } from './report-files.ts';
import type { Language } from './report-words.ts';
import { ReportsQueries } from './reports.queries.ts';
import type { Report } from './reports.service.ts';

/** A report as a file. */
@Injectable()
export class ExportsService {
  constructor(private readonly queries: ReportsQueries, private readonly audit: Audit) {}

  /** `unitId`: the unit that the whole report is about. Data values of a report about all units need the code of one. */
  async file(report: Report, format: (typeof reportFormats)[number], o: { language: Language; unitId?: string | undefined; actor: Pick<Actor, 'personId'> | null }): Promise<{ bytes: Uint8Array; name: string; type: string }> {
    const { table } = report;
    const name = `${table.kind}-${table.from}-${table.to}`;
    // Lists of names leave the program: who took which is kept.
    if (table.kind === 'participants') await this.audit.record(o.actor, 'participants.exported', { type: 'unit', id: o.unitId ?? 'all' }, { from: table.from, to: table.to, rows: table.rows.length, format });
    if (format === 'xlsx') return { bytes: await workbook(table, o.language, clock.today()), name: `${name}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
    if (format === 'csv') return { bytes: openData(table), name: `${name}.csv`, type: 'text/csv; charset=utf-8' };
    const code = o.unitId ? ((await this.queries.codes([o.unitId], table.to)).get(o.unitId) ?? null) : null;
    if (table.kind === 'indicators' && !code) throw problem('reports.no-unit-code');
    const values = dataValues(report, code);
    if (!values) throw problem('reports.not-for-dhis2');
    return { bytes: Buffer.from(`${JSON.stringify(values, null, 1)}\n`), name: `${name}.json`, type: 'application/json' };
  }
}
