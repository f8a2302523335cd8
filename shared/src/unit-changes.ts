import { z } from 'zod';
import { Day, endpoint, Id, Line, listOf } from './endpoint.ts';
import { UnitEvent, UnitKind } from './organisation.ts';

/** A unit as it begins. */
const NewUnit = z.object({ name: Line(120), kind: UnitKind, code: Line(12).nullable().default(null), parentId: Id.nullable() });
const Head = { on: Day, document: Line(120), note: Line(300).nullable().default(null) };

/**
 * What happened to units on a day, by a numbered document. Never an edit of the past: what held until then goes on standing there.
 * `code`: left out, the unit keeps its own.
 */
export const UnitChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), ...Head, unit: NewUnit }),
  z.object({ kind: z.literal('rename'), ...Head, unitId: Id, name: Line(120), code: Line(12).optional() }),
  z.object({ kind: z.literal('move'), ...Head, unitId: Id, parentId: Id.nullable(), code: Line(12).optional() }),
  /** Several become one: a new unit, or one that there is already (which may be among them). */
  z.object({ kind: z.literal('merge'), ...Head, unitIds: z.array(Id).min(1).max(60), into: z.union([z.object({ unitId: Id, name: Line(120).optional(), code: Line(12).optional() }), NewUnit]) }),
  /** One becomes several. Whoever holds a posting in one of `localities` goes with it; who is left must be placed. Units below it say where they go in `children`. */
  z.object({ kind: z.literal('split'), ...Head, unitId: Id, into: z.array(NewUnit).min(2).max(20), localities: z.array(z.object({ locality: Line(120), into: z.int().min(0) })).max(300).default([]), children: z.array(z.object({ unitId: Id, into: z.int().min(0) })).max(300).default([]) }),
  /** It ends; what it did counts for the unit above. */
  z.object({ kind: z.literal('close'), ...Head, unitId: Id }),
]);
export type UnitChange = z.infer<typeof UnitChange>;

/** Why a change cannot be recorded. */
export const changeProblems = ['unit-unknown', 'not-valid-then', 'changed-that-day', 'changed-later', 'code-taken', 'parent-not-valid', 'parent-inside', 'children-left', 'place-unknown', 'same-name', 'nothing-changes'] as const;
export const ChangeProblem = z.object({ code: z.enum(changeProblems), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type ChangeProblem = z.infer<typeof ChangeProblem>;

/** What a change would do, counted: postings that pass to a successor, people to be placed by hand, whatever other modules count (classes, certificates, roles, targets). */
export const ChangeImpact = z.object({ closes: z.array(z.string()), opens: z.array(z.string()), follows: z.array(z.string()), postings: z.int(), toPlace: z.int(), counts: z.record(z.string(), z.int()) }).meta({ id: 'ChangeImpact' });
export type ChangeImpact = z.infer<typeof ChangeImpact>;

/** Looks before anything is written. */
export const previewUnitChange = endpoint({ name: 'organisation.previewUnitChange', method: 'POST', path: '/unit-changes/preview', body: UnitChange, response: z.object({ problems: z.array(ChangeProblem), impact: ChangeImpact }) });
/** Records a change: all of it or nothing. Recording the same again gives the one that is there. */
export const recordUnitChange = endpoint({ name: 'organisation.recordUnitChange', method: 'POST', path: '/unit-changes', body: UnitChange, response: z.object({ id: Id, toPlace: z.int() }) });

export const RecordedChange = UnitEvent.extend({ id: Id, recordedAt: z.iso.datetime(), by: z.string().nullable(), undoneAt: z.iso.datetime().nullable(), toPlace: z.int() }).meta({ id: 'RecordedChange' });
export type RecordedChange = z.infer<typeof RecordedChange>;
/** Changes that were recorded here, the newest first. */
export const listUnitChanges = endpoint({ name: 'organisation.listUnitChanges', method: 'GET', path: '/unit-changes', response: listOf(RecordedChange) });
/** Takes a change back while nothing depends on it. */
export const undoUnitChange = endpoint({ name: 'organisation.undoUnitChange', method: 'POST', path: '/unit-changes/:changeId/undo', params: z.object({ changeId: Id }), response: z.object({}) });

/** Who held a posting in a unit that was split, and is not placed yet. */
export const listToPlace = endpoint({
  name: 'organisation.listToPlace', method: 'GET', path: '/unit-changes/:changeId/people', params: z.object({ changeId: Id }),
  response: z.object({ on: Day, from: z.string(), into: z.array(z.object({ id: Id, name: z.string() })), items: z.array(z.object({ postingId: Id, name: z.string(), position: z.string(), locality: z.string().nullable() })) }),
});
export const placePeople = endpoint({ name: 'organisation.placePeople', method: 'POST', path: '/unit-changes/:changeId/people', params: z.object({ changeId: Id }), body: z.object({ postings: z.array(z.object({ postingId: Id, unitId: Id })).min(1).max(500) }), response: z.object({ placed: z.int(), left: z.int() }) });
