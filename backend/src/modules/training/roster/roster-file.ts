import { parse as parseCsv } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { problem } from '#platform/http';
import { decodeText, delimiterOf } from './csv-text.rules.ts';
import type { Cell } from './roster-columns.rules.ts';
import { type Mapping, type ReadRow, readTable, type SheetReading } from './roster-table.rules.ts';

/** A whole file: people of all its sheets, in order. */
export interface RosterReading {
  sheets: (Pick<SheetReading, 'sheet' | 'columns' | 'headers' | 'unusedHeaders' | 'said'> & { rows: number })[];
  rows: ReadRow[];
  ignored: { sheet: string; row: number; text: string }[];
  /** Sheets with something in them but no header that we know. */
  withoutHeader: string[];
}

const MAX_BYTES = 5_000_000;
const MAX_UNPACKED = 60_000_000;
const MAX_ROWS = 5000;
const ZIP = Buffer.from('PK\x03\x04');
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** Reads the bytes of an .xlsx or .csv roster. Every way in which a file can be wrong has a code of its own. `year` is what ages count from. */
export async function readRosterFile(bytes: Buffer, o: { year: number; mapping?: { sheet: string; columns: Mapping } | undefined }): Promise<RosterReading> {
  refuseByContent(bytes);
  const sheets = bytes.subarray(0, 4).equals(ZIP) ? await excelSheets(bytes) : csvSheets(bytes);
  if (!sheets.some((s) => s.data.some((row) => row.some((c) => c !== null && c !== '')))) throw problem('training.roster-empty');
  const read = sheets.map(({ sheet, data }) => ({ sheet, filled: data.some((row) => row.some((c) => c !== null && c !== '')), reading: readTable(sheet, data, { year: o.year, mapping: o.mapping?.sheet === sheet ? o.mapping.columns : undefined }) }));
  const found = read.flatMap((r) => r.reading ?? []);
  if (!found.length) throw problem('training.roster-no-header');
  const rows = found.flatMap((r) => r.rows).map((r, i) => ({ ...r, line: i + 1 }));
  if (!rows.length) throw problem('training.roster-empty');
  if (rows.length > MAX_ROWS) throw problem('training.roster-too-large', { rows: rows.length, max: MAX_ROWS });
  return { sheets: found.filter((r) => r.rows.length).map(summary), rows, ignored: found.flatMap((r) => r.ignored), withoutHeader: read.filter((r) => r.filled && !r.reading).map((r) => r.sheet) };
}

const summary = ({ sheet, columns, headers, unusedHeaders, rows, said }: SheetReading) => ({ sheet, columns, headers, unusedHeaders, rows: rows.length, said });

function refuseByContent(bytes: Buffer): void {
  if (!bytes.length) throw problem('training.roster-empty');
  if (bytes.length > MAX_BYTES) throw problem('training.roster-too-large', { megabytes: Math.ceil(bytes.length / 1_000_000), max: MAX_BYTES / 1_000_000 });
  // An encrypted .xlsx and an old .xls are both OLE containers; only the first names an encrypted package.
  if (bytes.subarray(0, 8).equals(OLE)) throw problem(bytes.includes(ENCRYPTED) ? 'training.roster-protected' : 'training.roster-old-format');
  if (bytes.subarray(0, 4).equals(ZIP) && unpackedSize(bytes) > MAX_UNPACKED) throw problem('training.roster-too-large', { megabytes: Math.ceil(unpackedSize(bytes) / 1_000_000), max: MAX_UNPACKED / 1_000_000 });
}

/** The sum of the sizes that the zip's central directory promises: a bomb is refused before it is unpacked. */
function unpackedSize(bytes: Buffer): number {
  let total = 0;
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && at + 28 <= bytes.length; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')) total += bytes.readUInt32LE(at + 24);
  return total;
}

async function excelSheets(bytes: Buffer): Promise<{ sheet: string; data: Cell[][] }[]> {
  try {
    return (await readExcelFile(bytes)) as unknown as { sheet: string; data: Cell[][] }[];
  } catch {
    throw problem('training.roster-unreadable');
  }
}

function csvSheets(bytes: Buffer): { sheet: string; data: Cell[][] }[] {
  const text = decodeText(bytes);
  if (text === null) throw problem('training.roster-not-excel');
  const delimiter = delimiterOf(text);
  // One column is no table: a letter, a page, a picture.
  if (delimiter === null) throw problem('training.roster-not-excel');
  try {
    return [{ sheet: 'csv', data: parseCsv(text, { delimiter, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: false, bom: true }) as string[][] }];
  } catch {
    throw problem('training.roster-unreadable');
  }
}
