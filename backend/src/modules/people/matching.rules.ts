import { editDistance, fold } from '@lantoa/shared/rules/text';

/** What is known of a person when two records are compared. */
export interface Traits { name: string; birthYear: number | null; phone: string | null; unitId: string | null }

export type Likeness = 'same' | 'maybe' | 'shared-phone' | 'different';

/** Nearly the same name: one slip of the pen in eight letters, or a middle name that one of the two leaves out (`Nguyễn Thị Hoa`, `Nguyễn Hoa`). */
export function isNearName(a: string, b: string): boolean {
  const [x, y] = [fold(a), fold(b)];
  if (x === y) return true;
  const [short, long] = [x.split(' '), y.split(' ')].sort((p, q) => p.length - q.length) as [string[], string[]];
  if (short.length >= 2 && long.length > short.length && short[0] === long[0] && short.at(-1) === long.at(-1)) return true;
  const allowed = Math.max(1, Math.floor(Math.max(x.length, y.length) / 8));
  return x.length > 3 && Math.abs(x.length - y.length) <= allowed && editDistance(x, y) <= allowed;
}

/**
 * Is it the same person? `same`: phone, folded name and birth year agree, or folded name, birth year and unit do while no phone speaks
 * against it. `maybe`, a human must say: phone and a like name agree but the year does not or is missing; name, year and unit agree but the phones
 * differ; year and unit agree and the name nearly does; name and unit agree and one year is not known. `shared-phone`: the phone belongs
 * to another name, which is legal. Everything else is `different`.
 */
export function likeness(a: Traits, b: Traits): Likeness {
  const name = fold(a.name) === fold(b.name);
  const phone = a.phone !== null && a.phone === b.phone;
  const phonesDiffer = a.phone !== null && b.phone !== null && a.phone !== b.phone;
  const year = a.birthYear !== null && a.birthYear === b.birthYear;
  const yearUnknown = a.birthYear === null || b.birthYear === null;
  const unit = a.unitId !== null && a.unitId === b.unitId;
  if (phone && name) return year ? 'same' : 'maybe';
  if (phone) return isNearName(a.name, b.name) ? 'maybe' : 'shared-phone';
  if (name && year && unit) return phonesDiffer ? 'maybe' : 'same';
  if (name && unit && yearUnknown && !phonesDiffer) return 'maybe';
  return year && unit && !phonesDiffer && isNearName(a.name, b.name) ? 'maybe' : 'different';
}
