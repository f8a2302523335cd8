import { type Actor, type Reach, reaches } from '#platform/http';
import type { Standing } from './class-lifecycle.rules.ts';

/** What the rule needs to know of a class. */
export interface ClassFacts { unitId: string; createdBy: string; trainerIds: readonly string[] }

/**
 * Who a person is to a class. The team: its trainers, who opened it, and those who run classes in its unit. Overseers decide on classes of their
 * units; one who has a part in the class (opened it or teaches it) is `involved` and never decides on it.
 */
export function standing(actor: Pick<Actor, 'personId'>, c: ClassFacts, run: Reach, approve: Reach): Standing {
  const involved = c.createdBy === actor.personId || c.trainerIds.includes(actor.personId);
  return { involved, team: involved || reaches(run, c.unitId), oversees: reaches(approve, c.unitId) };
}

/** May somebody see the class at all? */
export const canSee = (actor: Pick<Actor, 'personId'>, c: ClassFacts, read: Reach): boolean => c.createdBy === actor.personId || c.trainerIds.includes(actor.personId) || reaches(read, c.unitId);

/** The same rule as a filter of `training_class c`, with the reach and the person as parameters `$1` and `$2`. */
export const visibleTo = `($1::uuid[] is null or c.unit_id = any($1) or c.created_by = $2 or exists (select 1 from class_trainer t where t.class_id = c.id and t.person_id = $2))`;
export const visibleParams = (actor: Pick<Actor, 'personId'>, read: Reach): [string[] | null, string] => [read === 'everywhere' ? null : [...read], actor.personId];
