import { fold } from '@lantoa/shared/rules/text';

/** What is known of a person when two records are compared. */
export interface Traits { name: string; birthYear: number | null; phone: string | null; unitId: string | null }

export type Likeness = 'same' | 'maybe' | 'shared-phone' | 'different';

/**
 * Is it the same person? `same`: phone, folded name and birth year agree, or folded name, birth year and unit do while no phone speaks
 * against it. `maybe`: a human must say (phone and name agree but a year is missing; name and year agree elsewhere). `shared-phone`: the phone belongs
 * to another name, which is legal. Everything else is `different`.
 */
export function likeness(a: Traits, b: Traits): Likeness {
  const name = fold(a.name) === fold(b.name);
  const phone = a.phone !== null && a.phone === b.phone;
  const phonesDiffer = a.phone !== null && b.phone !== null && a.phone !== b.phone;
  const year = a.birthYear !== null && a.birthYear === b.birthYear;
  const yearsDiffer = a.birthYear !== null && b.birthYear !== null && a.birthYear !== b.birthYear;
  const unit = a.unitId !== null && a.unitId === b.unitId;
  if (phone && name) return yearsDiffer ? 'maybe' : year ? 'same' : 'maybe';
  if (phone) return 'shared-phone';
  if (name && year && unit) return phonesDiffer ? 'maybe' : 'same';
  return 'different';
}
