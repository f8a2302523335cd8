import type { RosterField, RosterProblem } from '@lantoa/shared/training';
import { readPhone } from '@lantoa/shared/rules/phone';
import { fold, tidy } from '@lantoa/shared/rules/text';

export type Cell = string | number | boolean | Date | null;
export interface Column { field: RosterField; header: string; column: number }
/** A row as the file says it, before any question of who and where. `row` is its number in the sheet, from 1. */
export interface ReadRow { row: number; name: string; birthYear: number | null; sex: 'female' | 'male' | null; ethnicity: string | null; position: string; unit: string; phone: string | null; phoneTyped: string | null; problems: RosterProblem[] }
export interface RosterReading { sheet: string; columns: Column[]; unusedHeaders: string[]; rows: ReadRow[]; ignored: { row: number; text: string }[]; said: number | null }

/** How offices call the columns, folded. */
const HEADERS: [RosterField, RegExp][] = [
  ['serial', /^(stt|tt|so tt|so thu tu|so)$/],
  ['name', /^(ho (va|&) ten|ho ten|ho, ten|ten hoc vien|ho va ten (hoc vien|dai bieu|nguoi du))( .*)?$/],
  ['birthYear', /^(nam sinh|ngay sinh|ngay thang nam sinh|ngay, thang, nam sinh|sinh nam|tuoi)$/],
  ['male', /^nam$/],
  ['female', /^nu$/],
  ['sex', /^gioi tinh$/],
  ['ethnicity', /^dan toc$/],
  ['position', /^(chuc vu|chuc danh|nghe nghiep|chuc vu, don vi cong tac|vi tri( cong tac)?)$/],
  ['unit', /^(don vi|don vi cong tac|dia chi|noi cong tac|co quan|thon|thon, xa|xa|xa, phuong|noi o)$/],
  ['phone', /^(so dien thoai|dien thoai|sdt|so dt|dt|di dong|so di dong)$/],
  ['note', /^ghi chu$/],
];
const HEADER_WITHIN_ROWS = 40;
const LONGEST_CELL = 300;

const text = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : tidy(String(cell)));
const fieldOf = (header: string): RosterField | null => HEADERS.find(([, pattern]) => pattern.test(fold(header).replace(/[:.*()]/g, ' ').replace(/\s+/g, ' ').trim()))?.[0] ?? null;

/**
 * Finds the header among title rows and reads the people below it. A header may take two rows (`Giới tính` over `Nam` and `Nữ`).
 * Returns `null` when no row has a name column and at least two more that we know.
 */
export function readTable(sheet: string, table: readonly (readonly Cell[])[]): RosterReading | null {
  const at = table.slice(0, HEADER_WITHIN_ROWS).findIndex((row) => isHeader(row));
  if (at < 0) return null;
  const second = table[at + 1] ?? [];
  const twoRows = !text(second[columnsOf(table[at] ?? []).find((c) => c.field === 'name')?.column ?? 0]) && second.some((c) => ['male', 'female'].includes(fieldOf(text(c)) ?? ''));
  const header = twoRows ? merged(table[at] ?? [], second) : (table[at] ?? []);
  const columns = columnsOf(header);
  const used = new Set(columns.map((c) => c.column));
  const body = table.slice(at + (twoRows ? 2 : 1)).map((cells, i) => ({ row: at + (twoRows ? 3 : 2) + i, cells })).filter(({ cells }) => cells.some((c) => text(c)));
  const people = body.filter(({ cells }) => isPerson(cells, columns));
  const ignored = body.filter(({ cells }) => !isPerson(cells, columns)).map(({ row, cells }) => ({ row, text: cells.map(text).filter(Boolean).join(' ').slice(0, 200) }));
  return {
    sheet, columns, unusedHeaders: header.map(text).filter((h, i) => h && !used.has(i)), rows: people.map(({ row, cells }) => readRow(row, cells, columns)), ignored,
    said: ignored.map((r) => Number(/(\d+)\s*(nguoi|hoc vien|dai bieu)/.exec(fold(r.text))?.[1] ?? Number.NaN)).find((n) => !Number.isNaN(n)) ?? null,
  };
}

function isHeader(row: readonly Cell[]): boolean {
  const fields = columnsOf(row).map((c) => c.field);
  return fields.includes('name') && fields.length >= 3;
}

function columnsOf(row: readonly Cell[]): Column[] {
  const seen = new Set<RosterField>();
  return row.flatMap((cell, column) => {
    const header = text(cell);
    const field = header ? fieldOf(header) : null;
    if (!field || seen.has(field)) return [];
    seen.add(field);
    return [{ field, header, column }];
  });
}

const merged = (top: readonly Cell[], below: readonly Cell[]): Cell[] => Array.from({ length: Math.max(top.length, below.length) }, (_, i) => (text(below[i]) ? (below[i] as Cell) : (top[i] ?? null)));

/** A person has a serial number, or at least two cells that say something; a total or a signature line has one. */
function isPerson(cells: readonly Cell[], columns: readonly Column[]): boolean {
  const value = (field: RosterField) => text(cells[columns.find((c) => c.field === field)?.column ?? -1]);
  if (/^\d+$/.test(value('serial'))) return true;
  const filled = (['name', 'birthYear', 'unit', 'phone', 'position'] as const).filter((f) => value(f));
  return filled.includes('name') && filled.length >= 2 && !/^(tong|cong)\b/.test(fold(value('name')));
}

function readRow(row: number, cells: readonly Cell[], columns: readonly Column[]): ReadRow {
  const raw = (field: RosterField) => cells[columns.find((c) => c.field === field)?.column ?? -1];
  const value = (field: RosterField) => text(raw(field)).slice(0, LONGEST_CELL);
  const problems: RosterProblem[] = [];
  const all = columns.map((c) => text(cells[c.column]));
  if (all.some((t) => /<[a-z/!]/i.test(t))) problems.push('cell-markup');
  if (all.some((t) => /^[=@]|^\+(?!\d)|^-(?!\s|\d|$)/.test(t))) problems.push('cell-formula');
  if (all.some((t) => t.length > LONGEST_CELL)) problems.push('cell-too-long');
  const name = value('name');
  if (!name) problems.push('name-missing');
  const birthYear = yearOf(raw('birthYear'));
  if (birthYear === null) problems.push('birth-year-missing');
  const sex = sexOf(value('male'), value('female'), value('sex'));
  if (sex === 'both') problems.push('sex-both');
  if (sex === null) problems.push('sex-missing');
  const unit = value('unit');
  if (!unit) problems.push('unit-missing');
  const typed = value('phone');
  const phone = typed ? readPhone(typed) : null;
  if (phone && 'error' in phone) problems.push(phone.error);
  else if (phone?.note) problems.push('phone-lost-zero');
  return { row, name, birthYear, sex: sex === 'both' ? null : sex, ethnicity: value('ethnicity') || null, position: value('position'), unit, phone: phone && 'phone' in phone ? phone.phone : null, phoneTyped: typed || null, problems };
}

/** A year, or the year of a date in any form that offices write (`1/12/1987`, `1987`, a spreadsheet date). Two digits mean the last century. */
export function yearOf(cell: Cell | undefined): number | null {
  if (cell instanceof Date) return cell.getUTCFullYear();
  const t = text(cell);
  const four = /(?:^|\D)((?:19|20)\d{2})(?:\D|$)/.exec(t);
  if (four) return Number(four[1]);
  const two = /^\d{1,2}[/.-]\d{1,2}[/.-](\d{2})$/.exec(t);
  return two ? 1900 + Number(two[1]) : null;
}

const ticked = (t: string): boolean => t !== '' && !/^(0|khong|-)$/.test(fold(t));

function sexOf(male: string, female: string, sex: string): 'female' | 'male' | 'both' | null {
  if (ticked(male) && ticked(female)) return 'both';
  if (ticked(male)) return 'male';
  if (ticked(female)) return 'female';
  const word = fold(sex);
  return word === 'nam' ? 'male' : word === 'nu' ? 'female' : null;
}
