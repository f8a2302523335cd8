import type { ReportTable } from '@lantoa/shared/reports';
import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
import { dhis2Period } from './indicators.rules.ts';
import { FILTERS, type Language, SHEETS } from './report-words.ts';
import type { Report } from './reports.service.ts';

const FORMATS: Partial<Record<ReportTable['columns'][number]['kind'], string>> = { int: '#,##0', points: '0.0', share: '0.0%' };

/** A workbook: the numbers unrounded, what each column counts, and what was asked for. */
export async function workbook(t: ReportTable, language: Language, madeOn: string): Promise<Uint8Array> {
  const text = (value: string) => ({ value, type: String });
  const bold = (value: string) => ({ ...text(value), fontWeight: 'bold' as const, wrap: true });
  const cell = (value: string | number | null, kind: ReportTable['columns'][number]['kind']) => (value === null ? null : typeof value === 'number' ? { value, type: Number, ...(FORMATS[kind] && { format: FORMATS[kind] }) } : text(value));
  const line = (key: keyof typeof FILTERS, value: string) => [text(FILTERS[key][language]), text(value)];
  const file = (await writeExcelFile([
    { sheet: SHEETS.data[language], data: [t.columns.map((c) => bold(c.label)), ...t.rows.map((r) => r.map((v, i) => cell(v, t.columns[i]?.kind ?? 'text')))], columns: t.columns.map((c) => ({ width: c.kind === 'text' ? 34 : 14 })), stickyRowsCount: 1 },
    { sheet: SHEETS.definitions[language], data: t.columns.map((c) => [bold(c.label), { ...text(c.definition), wrap: true }]), columns: [{ width: 26 }, { width: 90 }] },
    { sheet: SHEETS.filters[language], data: [[bold(t.title)], line('programme', t.programme), line('unit', t.unitName), line('from', t.from), line('to', t.to), line('made', madeOn), line('hidden', String(t.hidden)), ...t.notes.map((n) => [text(n)])], columns: [{ width: 30 }, { width: 60 }] },
  ] as never)) as unknown as { toBuffer(): Promise<Buffer> };
  return new Uint8Array(await file.toBuffer());
}

/** Open data: RFC 4180, UTF-8, the keys of the columns as head. A text that a spreadsheet would run is made harmless. */
export const openData = (t: ReportTable): Uint8Array => Buffer.from(stringify([t.columns.map((c) => c.key), ...t.rows.map((r) => r.map((v) => v ?? ''))], { escape_formulas: true, record_delimiter: 'windows' }), 'utf8');

/** Columns of the table of units that become data elements. */
const UNIT_ELEMENTS: Record<string, string> = { target: 'LT_TARGET', enrolled: 'LT_TRAINED', passed: 'LT_PASSED', certified: 'LT_CERTIFIED', inForce: 'LT_IN_FORCE', post: 'LT_SCORE', places: 'LT_PLACES', emptyPlaces: 'LT_EMPTY' };
export interface DataValues { period: string; dataValues: { dataElement: string; period: string; orgUnit: string; value: string }[] }

/**
 * DHIS2 data values (to be sent with `orgUnitIdScheme=CODE&dataElementIdScheme=CODE`): units by their official code, elements by the codes of the indicator set or of the columns. What is hidden or has no code is left
 * out. `unitCode`: of the unit that the whole report is about. `null` for a stretch that is no DHIS2 period, or a kind that has no data elements.
 */
export function dataValues({ table: t }: Report, unitCode: string | null): DataValues | null {
  const period = dhis2Period(t.from, t.to);
  if (!period || (t.kind !== 'indicators' && t.kind !== 'units')) return null;
  const at = (key: string) => t.columns.findIndex((c) => c.key === key);
  const value = (dataElement: string, orgUnit: string, v: string | number | null | undefined) => (v === null || v === undefined ? [] : [{ dataElement, period, orgUnit, value: String(v) }]);
  const values = t.kind === 'indicators'
    ? t.rows.flatMap((r) => (unitCode ? value(String(r[at('code')]), unitCode, r[at('value')]) : []))
    : t.rows.flatMap((r) => (r[at('code')] ? Object.entries(UNIT_ELEMENTS).flatMap(([key, element]) => value(element, String(r[at('code')]), r[at(key)])) : []));
  return { period, dataValues: values };
}
