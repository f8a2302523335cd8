import { fold } from '@lantoa/shared/rules/text';
import { type Cell, textOf } from '../roster/roster-columns.rules.ts';

export interface TargetLine { row: number; typed: string; people: number | null; odd: boolean }

const UNIT = /^(ten )?(don vi|xa|huyen|phuong|dia ban|noi|thon)\b/;
const NUMBER = /^(chi tieu|so nguoi|so luong|muc tieu|ke hoach|tong so|so hoc vien)\b/;
const TOTAL = /^(tong( cong| so)?|cong)\b/;
const HIGHEST = 1_000_000;

/** Reads a sheet of targets: a column of units and one of numbers, below any titles. `null` when no row is such a header. */
export function readTargets(table: readonly (readonly Cell[])[]): TargetLine[] | null {
  const rows = table.map((r) => r.map(textOf));
  const at = rows.findIndex((r) => r.some((t) => UNIT.test(fold(t))) && r.some((t) => NUMBER.test(fold(t))));
  if (at < 0) return null;
  const header = rows[at] as string[];
  const unit = header.findIndex((t) => UNIT.test(fold(t)));
  const number = header.findIndex((t) => NUMBER.test(fold(t)));
  return rows.slice(at + 1).flatMap((r, i): TargetLine[] => {
    const [typed = '', said = ''] = [r[unit], r[number]];
    if ((!typed && !said) || TOTAL.test(fold(typed)) || r.some((t) => TOTAL.test(fold(t)))) return [];
    const plain = said.replace(/[.\s](?=\d{3}\b)/g, '');
    const people = /^\d+$/.test(plain) ? Number(plain) : null;
    return [{ row: at + 2 + i, typed, people: people !== null && people <= HIGHEST ? people : null, odd: said !== '' && (people === null || people > HIGHEST) }];
  });
}
