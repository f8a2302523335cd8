import type { FormKind } from '@lantoa/shared/assessment';

/** Kinds that anybody signed in may take, with feedback at once. */
const FREE: readonly FormKind[] = ['practice', 'lesson-check'];
/** Needs a seat in an open sitting. */
export const needsSeat = (kind: FormKind): boolean => !FREE.includes(kind);
/** Carries no key: what is right is said after handing in, or never. A refresher needs a seat and answers at once all the same. */
export const isGraded = (kind: FormKind): boolean => needsSeat(kind) && kind !== 'refresher';

interface Sat { closedAt: Date | null; formId: string }

/** May this person start this form here and now? The answer is the reason why not, or `null`. */
export function startRefusal(form: { id: string; kind: FormKind }, sitting: Sat | null, hasSeat: boolean): 'assessment.form-not-found' | 'assessment.not-open' | null {
  if (!needsSeat(form.kind)) return sitting ? 'assessment.form-not-found' : null;
  if (!sitting || !hasSeat || sitting.formId !== form.id) return 'assessment.form-not-found';
  return sitting.closedAt ? 'assessment.not-open' : null;
}

/** An attempt is its owner's alone; trainers see their class's results through the class, never an attempt. */
export const canSee = (actor: { personId: string }, attempt: { personId: string }): boolean => actor.personId === attempt.personId;
/** The same rule as a filter of rows. */
export const visibleTo = (actor: { personId: string }): { personId: string } => ({ personId: actor.personId });
