import { readPhone } from '@lantoa/shared/rules/phone';
import type { RosterProblem } from '@lantoa/shared/training';

/** Mobile prefixes of eleven digits that became ten-digit ones in September 2018. */
const OLD_PREFIXES = new Map([
  ['0162', '032'], ['0163', '033'], ['0164', '034'], ['0165', '035'], ['0166', '036'], ['0167', '037'], ['0168', '038'], ['0169', '039'], ['0120', '070'], ['0121', '079'], ['0122', '077'], ['0126', '076'], ['0128', '078'],
  ['0123', '083'], ['0124', '084'], ['0125', '085'], ['0127', '081'], ['0129', '082'], ['0186', '056'], ['0188', '058'], ['0199', '059'],
]);

export interface PhoneCell { phone: string | null; problems: RosterProblem[] }

/**
 * The phone number in a cell as offices write it: spaces, dots, +84, a lost zero, an eleven-digit prefix of before 2018, words around it, or two numbers
 * in one cell, of which the first that is whole counts.
 */
export function readPhoneCell(typed: string): PhoneCell {
  if (!typed) return { phone: null, problems: [] };
  const whole = readOne(typed);
  if (whole.phone) return whole;
  const parts = split(typed).map(readOne);
  const good = parts.filter((p) => p.phone);
  const first = good[0];
  if (!first) return whole;
  return { phone: first.phone, problems: [...first.problems, ...(parts.length > 1 ? (['phone-two'] as const) : [])] };
}

/** Numbers that stand beside each other, or two of ten digits that were glued together. */
function split(typed: string): string[] {
  const parts = typed.split(/[;,/|\n&]|\s[-–]\s|\s{2,}|\bhoặc\b|\bvà\b/i).map((p) => p.trim()).filter((p) => /\d/.test(p));
  if (parts.length > 1) return parts;
  const digits = typed.replace(/\D/g, '');
  if (digits.length === 20) return [digits.slice(0, 10), digits.slice(10)];
  // `0905 123 456 0912 345 678`
  return typed.match(/0\d(?:[\s.-]?\d){8}/g) ?? parts;
}

function readOne(typed: string): PhoneCell {
  const bare = typed.normalize('NFKC').replace(/(?<=\d)[oO]|[oO](?=\d)/g, '0').replace(/[^\d+\s.()-]/g, ' ').trim();
  const told = scientific(typed) ?? bare;
  const national = told.replace(/[\s.()-]/g, '').replace(/^(\+?84|0084)(?=1\d{9}$)/, '0');
  const old = /^01\d{9}$/.test(national) ? OLD_PREFIXES.get(national.slice(0, 4)) : undefined;
  const read = readPhone(old ? old + national.slice(4) : told);
  if ('phone' in read) return { phone: read.phone, problems: old ? ['phone-old-prefix'] : read.note ? ['phone-lost-zero'] : [] };
  return { phone: null, problems: [/\p{L}/u.test(typed) || !/\d/.test(typed) ? 'phone-format' : read.error] };
}

/** `9.05123456E8`, as a spreadsheet shows a number that was too wide. */
const scientific = (typed: string): string | null => (/^\d(\.\d+)?e\+?\d{1,2}$/i.test(typed.trim()) ? String(Number(typed)) : null);
