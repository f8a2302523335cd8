import { fold } from '@lantoa/shared/rules/text';
import { type Cell, textOf } from './roster-columns.rules.ts';

/** Days of a spreadsheet that can be a birthday: 1920 to 2020 counted from 30 December 1899. */
const SERIAL_FROM = 7306;
const SERIAL_UNTIL = 44_196;
const EPOCH = Date.UTC(1899, 11, 30);

/**
 * A year, or the year of a date in any form that offices write: `1/12/1987`, `1-12-87`, `12/1987`, `1987`, a spreadsheet date or its bare serial. Two
 * digits mean the last century, unless that would make somebody older than `year` allows and the young one is possible.
 */
export function yearOf(cell: Cell | undefined, year = 2030): number | null {
  if (cell instanceof Date) return cell.getUTCFullYear();
  const t = textOf(cell);
  const four = /(?:^|\D)((?:19|20)\d{2})(?:\D|$)/.exec(t);
  if (four) return Number(four[1]);
  if (/^\d{4,5}(\.\d+)?$/.test(t) && Number(t) >= SERIAL_FROM && Number(t) <= SERIAL_UNTIL) return new Date(EPOCH + Math.floor(Number(t)) * 86_400_000).getUTCFullYear();
  const two = /^(?:\d{1,2}[/.\- ]+){1,2}(\d{2})$/.exec(t) ?? /^['’]?(\d{2})$/.exec(t);
  if (!two) return null;
  const n = Number(two[1]);
  return n > (year % 100) - 10 ? 1900 + n : 2000 + n;
}

/** An age in years as a year of birth, counted from `year`. */
export function yearOfAge(cell: Cell | undefined, year: number): number | null {
  const age = /^(\d{1,3})( tuoi)?$/.exec(fold(textOf(cell)));
  return age && Number(age[1]) >= 10 && Number(age[1]) <= 110 ? year - Number(age[1]) : null;
}

/** Is a mark made in the cell? `x`, a tick, a one, a year; not a blank, a nought or a dash. */
export const ticked = (t: string): boolean => t !== '' && !/^(0|khong|-|–|k)$/.test(fold(t));

export function sexOf(male: string, female: string, word: string): 'female' | 'male' | 'both' | null {
  if (ticked(male) && ticked(female)) return 'both';
  if (ticked(male)) return 'male';
  if (ticked(female)) return 'female';
  const said = fold(word).replace(/[.\s]/g, '');
  return /^(nam|m|trai|ong)$/.test(said) ? 'male' : /^(nu|f|gai|ba)$/.test(said) ? 'female' : null;
}

const TITLE = /^(ông|bà|anh|chị|cô|đồng chí|đ\/c)[.:]?\s+(?=\S+\s+\S)/iu;
/** A name without the form of address in front, and what that says about the sex. */
export function withoutTitle(name: string): { name: string; sex: 'female' | 'male' | null } {
  const title = TITLE.exec(name)?.[1]?.toLowerCase();
  if (!title) return { name, sex: null };
  return { name: name.replace(TITLE, ''), sex: /^(ông|anh)$/.test(title) ? 'male' : /^(bà|chị|cô)$/.test(title) ? 'female' : null };
}

/** Is a name typed all in capitals? One word or one letter is too little to say. */
export const isShouted = (name: string): boolean => name === name.toUpperCase() && name !== name.toLowerCase() && /\p{L}{2,}.*\s|\s.*\p{L}{2,}/u.test(name);

/** A name with a capital only in front of each word: `Y BLŎ` → `Y Blŏ`, `KSOR H'NHŬNG` → `Ksor H'Nhŭng`. */
export const quietName = (name: string): string => name.toLowerCase().normalize('NFC').replace(/(^|[\s\-(]|(?<=\b\p{L})['’ʼ])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
