import { writeFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { reportFormats, reportKinds } from '@lantoa/shared/reports';
import { Stop } from '#platform/config';
import { Db } from '#platform/db';
import { Ledger, ScopesService } from '#modules/cascade';
import { ExportsService, ReportsService } from '#modules/reports';
import { dayOf, type Options, type Verb } from './cli-verb.ts';

/** One of a list, or a sentence that names them. */
function oneOf<T extends string>(name: string, given: string | undefined, of: readonly T[]): T {
  const found = of.find((x) => x === given);
  if (!found) throw new Stop('bad-setting', `--${name} is "${given ?? ''}"; it must be one of ${of.join(', ')}.`);
  return found;
}

async function unitOf(app: INestApplicationContext, code: string, day: string): Promise<string> {
  const [unit] = await app.get(Db).rows<{ id: string }>('select unit_id as id from unit_version where code = $1 and valid @> $2::date', [code, day]);
  if (!unit) throw new Stop('bad-setting', `No unit has the code ${code} on ${day}. Codes were reused: it must hold on the last day of the period.`);
  return unit.id;
}

async function programmeOf(app: INestApplicationContext, options: Options): Promise<string> {
  if (options.programme) return options.programme;
  const all = await app.get(Db).rows<{ slug: string }>('select slug from programme order by starts_on desc');
  if (all.length !== 1) throw new Stop('bad-setting', `report export needs --programme SLUG, one of ${all.map((p) => p.slug).join(', ')}.`);
  return (all[0] as { slug: string }).slug;
}

/** Verbs about reports. */
export const reportVerbs: Record<string, Verb> = {
  'report export': {
    usage: 'report export --kind KIND --unit CODE --from DATE --to DATE --format xlsx|csv|dhis2 --out FILE [--programme SLUG]', about: `Writes a report as a workbook with definitions and filters, as open data, or as DHIS2 data values. KIND: ${reportKinds.join(', ')}. Without --unit: everything.`, needsDatabase: true,
    async run(app, options) {
      const kind = oneOf('kind', options.kind, reportKinds);
      const format = oneOf('format', options.format, reportFormats);
      if (!options.out) throw new Stop('bad-setting', 'report export needs --out FILE.');
      if (!options.from || !options.to) throw new Stop('bad-setting', 'report export needs --from DATE and --to DATE.');
      const [from, to] = [dayOf({ 'as-of': options.from }), dayOf({ 'as-of': options.to })];
      const unitId = options.unit ? await unitOf(app, options.unit, to) : undefined;
      await app.get(Ledger).catchUp();
      const report = await app.get(ReportsService).of({ kind, programme: await programmeOf(app, options), ...(unitId && { unitId }), from, to, language: 'vi', roots: unitId ? await app.get(ScopesService).one(unitId, to) : null });
      const file = await app.get(ExportsService).file(report, format, { language: 'vi', unitId, actor: null });
      await writeFile(options.out, file.bytes).catch((e: Error) => { throw new Stop('bad-setting', `${options.out} cannot be written: ${e.message}.`); });
      return { value: { file: options.out, kind, format, rows: report.table.rows.length, hidden: report.table.hidden, bytes: file.bytes.length } };
    },
  },
};
