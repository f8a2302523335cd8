import readExcelFile from 'read-excel-file/node';
import { problem } from '#platform/http';
import { type Cell, readTable, type RosterReading } from './roster-table.rules.ts';

const MAX_BYTES = 5_000_000;
const MAX_UNPACKED = 60_000_000;
const MAX_ROWS = 1000;
const ZIP = Buffer.from('PK\x03\x04');
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** Reads the bytes of an .xlsx roster. Every way in which a file can be wrong has a code of its own. */
export async function readRosterFile(bytes: Buffer): Promise<RosterReading> {
  refuseByContent(bytes);
  const reading = await firstTable(bytes);
  if (!reading) throw problem('training.roster-no-header');
  if (!reading.rows.length) throw problem('training.roster-empty');
  if (reading.rows.length > MAX_ROWS) throw problem('training.roster-too-large', { rows: reading.rows.length, max: MAX_ROWS });
  return reading;
}

function refuseByContent(bytes: Buffer): void {
  if (!bytes.length) throw problem('training.roster-empty');
  if (bytes.length > MAX_BYTES) throw problem('training.roster-too-large', { megabytes: Math.ceil(bytes.length / 1_000_000), max: MAX_BYTES / 1_000_000 });
  // An encrypted .xlsx and an old .xls are both OLE containers; only the first names an encrypted package.
  if (bytes.subarray(0, 8).equals(OLE)) throw problem(bytes.includes(ENCRYPTED) ? 'training.roster-protected' : 'training.roster-old-format');
  if (!bytes.subarray(0, 4).equals(ZIP)) throw problem('training.roster-not-excel');
  if (unpackedSize(bytes) > MAX_UNPACKED) throw problem('training.roster-too-large', { megabytes: Math.ceil(unpackedSize(bytes) / 1_000_000), max: MAX_UNPACKED / 1_000_000 });
}

/** The sum of the sizes that the zip's central directory promises: a bomb is refused before it is unpacked. */
function unpackedSize(bytes: Buffer): number {
  let total = 0;
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && at + 28 <= bytes.length; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')) total += bytes.readUInt32LE(at + 24);
  return total;
}

async function firstTable(bytes: Buffer): Promise<RosterReading | null> {
  let sheets: { sheet: string; data: Cell[][] }[];
  try {
    sheets = (await readExcelFile(bytes)) as unknown as { sheet: string; data: Cell[][] }[];
  } catch {
    throw problem('training.roster-unreadable');
  }
  if (!sheets.some((s) => s.data.length)) throw problem('training.roster-empty');
  for (const { sheet, data } of sheets) {
    const reading = readTable(sheet, data);
    if (reading) return reading;
  }
  return null;
}
