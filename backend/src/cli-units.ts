import { readFile } from 'node:fs/promises';
import { parse as parseCsv } from 'csv-parse/sync';
import { Stop } from '#platform/config';
import { readReform, UnitReformService } from '#modules/organisation';
import type { Verb } from './cli-verb.ts';

async function rowsOf(file: string): Promise<Record<string, string>[]> {
  const bytes = await readFile(file, 'utf8').catch(() => { throw new Stop('bad-setting', `The file ${file} cannot be read.`); });
  try {
    const read: unknown = file.endsWith('.json') ? JSON.parse(bytes) : parseCsv(bytes, { columns: true, bom: true, trim: true, skip_empty_lines: true, relax_column_count_less: true });
    if (!Array.isArray(read)) throw new Error('it must be a list of changes');
    return read.map((r) => Object.fromEntries(Object.entries(r as object).map(([k, v]) => [k, Array.isArray(v) ? v.join(';') : String(v ?? '')])));
  } catch (e) {
    throw new Stop('bad-content', `${file} cannot be read as a list of changes: ${(e as Error).message}.`);
  }
}

/** Verbs about units. */
export const unitVerbs: Record<string, Verb> = {
  'units reform': {
    usage: 'units reform FILE [--dry-run]', about: 'Records the dated changes of a .csv or .json file (on, kind, document, from, to, name, unit_kind, parent, localities, note; units by official code), all or none; safe to run twice. Exit code 9 when a row is wrong.', needsDatabase: true,
    async run(app, options, [file]) {
      if (!file) throw new Stop('bad-setting', 'units reform needs the path of a file.');
      const read = readReform(await rowsOf(file));
      if ('faults' in read) return { value: { recorded: {}, known: 0, postings: 0, faults: read.faults, dryRun: options['dry-run'] ?? false }, failed: true };
      const report = await app.get(UnitReformService).apply(null, read.steps, options['dry-run'] ?? false);
      return { value: { ...report, dryRun: options['dry-run'] ?? false }, failed: report.faults.length > 0 };
    },
  },
};
