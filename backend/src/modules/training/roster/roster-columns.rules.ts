import type { RosterField } from '@lantoa/shared/training';
import { fold, tidy } from '@lantoa/shared/rules/text';

export type Cell = string | number | boolean | Date | null;
export interface Column { field: RosterField; header: string; column: number }

/** How offices call the columns, folded and without punctuation. The first that fits counts. */
const HEADERS: readonly [RosterField, RegExp][] = [
  ['serial', /^(stt|tt|so tt|so thu tu|so|no)$/],
  ['familyName', /^ho( va)?( ten)? (dem|lot|chu lot|ten lot)$|^ho va dem$/],
  ['name', /^(ho va ten|ho ten|ho & ten|ho, ten|ho - ten|ten hoc vien|ten dai bieu|ten nguoi du|hoc vien|dai bieu)( (hoc vien|dai bieu|nguoi du|can bo|khai sinh|viet hoa))?$/],
  ['givenName', /^ten$/],
  ['age', /^(tuoi|do tuoi|so tuoi)$/],
  ['birthYear', /^(nam sinh|ngay sinh|sinh nam|sinh ngay|ngay,? thang,? nam sinh|ngay thang nam, sinh|ngay,? thang,? nam|namsinh|ns)( .*)?$/],
  ['sex', /^(gioi tinh|gioi|phai|nam,? nu|gioi tinh nam,? nu)$/],
  ['female', /^nu$/],
  ['ethnicity', /^(dan toc|d toc|dtoc)$/],
  ['positionUnit', /^(chuc vu|chuc danh|vi tri|nghe nghiep).*(don vi|noi|co quan|cong tac tai)|^don vi.*chuc (vu|danh)/],
  ['position', /^(chuc vu|chuc danh|nghe nghiep|vi tri|cong viec|nhiem vu|vai tro)( .*)?$/],
  ['village', /^(ten )?(thon|lang|buon|ban|to dan pho|tdp|khu dan cu|khoi)(,? (thon|lang|buon|ban|to|to dan pho|tdp|khoi pho|plei|kon))*$/],
  ['district', /^(ten )?(huyen|quan|thanh pho)(,? (huyen|quan|thi xa|thanh pho|tp|tx))*$/],
  ['address', /^(dia chi|noi o|cho o|noi cu tru|thuong tru|ho khau|que quan|dia chi (thuong tru|lien he|noi o|cu tru))( .*)?$/],
  ['unit', /^(ten )?(don vi|noi cong tac|noi lam viec|co quan|dia ban|xa|phuong|thon,? xa|thon,? lang,? xa|xa,? thon)(,? (cong tac|phuong|thi tran|xa|dac khu|co quan|don vi|to chuc|thi tran,? xa))*$/],
  ['phone', /^(so )?(dien thoai|dt|sdt|di dong|so may|mobile|phone|zalo)( .*)?$|^(so|sdt|dt) lien he$|^lien he$|^dtdd$/],
  ['note', /^ghi chu$/],
];

/** The text of a cell as it is compared: one line, NFC, single spaces. */
export const textOf = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : tidy(String(cell)));

/** What a header names; `Nam` is a man and `Năm` a year, which only their marks tell apart. */
export function fieldOf(header: string): RosterField | null {
  const plain = header.normalize('NFC').toLowerCase().trim();
  if (plain === 'nam') return 'male';
  if (plain === 'năm') return 'birthYear';
  const folded = fold(header).replace(/[:.*()/_-]+/g, ' ').replace(/\s+/g, ' ').trim();
  return HEADERS.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/** Fields of which several columns may stand side by side. */
const SEVERAL: readonly RosterField[] = ['phone'];

export function columnsOf(header: readonly string[]): Column[] {
  const seen = new Set<RosterField>();
  return header.flatMap((text, column) => {
    const field = text ? fieldOf(text) : null;
    if (!field || (seen.has(field) && !SEVERAL.includes(field))) return [];
    seen.add(field);
    return [{ field, header: text, column }];
  });
}

/** A header names people, by one column or two, and at least two more things that we know. */
export function isHeader(row: readonly string[]): boolean {
  const fields = columnsOf(row).map((c) => c.field);
  const named = fields.includes('name') || (fields.includes('familyName') && fields.includes('givenName'));
  return named && fields.length >= 3;
}

/** `(1) (2) (3)` or `A B 1 2` below a header: the numbers of the columns, not a person. */
export const isNumbering = (row: readonly string[]): boolean => {
  const filled = row.filter(Boolean);
  return filled.length >= 3 && filled.every((t) => /^\(?([A-Z]|\d{1,2})\)?$/.test(t)) && !filled.some((t, i) => i > 0 && t === filled[i - 1]) && isRising(filled);
};
const isRising = (texts: readonly string[]): boolean => {
  const numbers = texts.map((t) => t.replace(/[()]/g, '')).filter((t) => /^\d+$/.test(t)).map(Number);
  return numbers.every((n, i) => i === 0 || n === (numbers[i - 1] as number) + 1);
};

/** Day and month below `Ngày sinh`, beside the year. */
const DATE_PART = /^(ngay|thang)$/;

export interface Header { columns: Column[]; titles: string[]; unused: string[]; rows: 1 | 2 }

/** The header that begins at a row: alone, or with a second row that names the parts of merged cells. `null` when there is none. */
export function headerAt(table: readonly (readonly string[])[], at: number): Header | null {
  const [top, below] = [table[at] ?? [], table[at + 1] ?? []];
  const parts = below.some(Boolean) && !isNumbering(below) && !below.some((t) => /\d{3}/.test(t)) && columnsOf(below).length >= 1 && !isHeader(below) && below.filter((t) => fieldOf(t) || DATE_PART.test(fold(t))).length * 2 >= below.filter(Boolean).length;
  const both = parts ? merged(top, below) : top;
  if (!isHeader(top) && !(parts && isHeader(both) && columnsOf(top).length)) return null;
  const columns = columnsOf(both);
  const used = new Set(columns.map((c) => c.column));
  return { columns: withSplitName(table, at + (parts ? 2 : 1), both, columns), titles: [...both], unused: both.filter((h, i) => h && !used.has(i)), rows: parts ? 2 : 1 };
}

const merged = (top: readonly string[], below: readonly string[]): string[] => Array.from({ length: Math.max(top.length, below.length) }, (_, i) => below[i] || top[i] || '');

/** `Họ và tên` merged over two columns: the given names stand in the next one, which has no header of its own. */
function withSplitName(table: readonly (readonly string[])[], from: number, header: readonly string[], columns: Column[]): Column[] {
  const name = columns.find((c) => c.field === 'name');
  if (!name || columns.some((c) => c.field === 'givenName')) return columns;
  const next = name.column + 1;
  if (header[next]) return columns;
  const body = table.slice(from).filter((row) => row[name.column] && row.filter(Boolean).length >= 3);
  const given = body.filter((row) => /^\p{Lu}[\p{L}\p{M}'’ʼ]*$/u.test(row[next] ?? ''));
  return body.length > 0 && given.length >= body.length * 0.8 ? [...columns, { field: 'givenName', header: '', column: next }] : columns;
}
