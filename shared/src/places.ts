import { z } from 'zod';
import { UnitMap } from './cascade.ts';
import { Day, endpoint, Id } from './endpoint.ts';

const Scope = z.object({ programme: z.string().max(80), asOf: Day.optional(), unitId: Id.optional() });

/** A commune as a square. `row` and `col` are where it was put on the grid, from 0; `null`: nowhere yet. */
export const Tile = z.object({ unitId: Id, name: z.string(), areaName: z.string(), row: z.int().nullable(), col: z.int().nullable(), places: z.int(), covered: z.int(), passed: z.int(), target: z.int(), reach: z.number().nullable() }).meta({ id: 'Tile' });
export type Tile = z.infer<typeof Tile>;
export const getTiles = endpoint({ name: 'cascade.getTiles', method: 'GET', path: '/cascade/tiles', query: Scope.extend({ map: UnitMap.default('then') }), response: z.object({ asOf: Day, items: z.array(Tile) }) });

/** Puts communes on the grid. Two may stand in one square until one of them is moved on. */
export const placeTiles = endpoint({ name: 'cascade.placeTiles', method: 'PUT', path: '/cascade/tiles', body: z.object({ tiles: z.array(z.object({ unitId: Id, row: z.int().min(0).max(60), col: z.int().min(0).max(60) })).min(1).max(400) }), response: z.object({}) });

/** A village, or a commune where none are known, with the certified people who have a posting there. `lapsing`: every certificate runs out within 60 days. */
export const Place = z.object({
  unitId: Id, name: z.string(), locality: z.string().nullable(), state: z.enum(['covered', 'lapsing', 'none']),
  people: z.array(z.object({ personId: Id, name: z.string(), position: z.string(), phone: z.string().nullable(), validUntil: Day.nullable() })),
}).meta({ id: 'Place' });
export type Place = z.infer<typeof Place>;
export const getPlaces = endpoint({ name: 'cascade.getPlaces', method: 'GET', path: '/cascade/places/:unitId', params: z.object({ unitId: Id }), query: z.object({ programme: z.string().max(80), asOf: Day.optional() }), response: z.object({ asOf: Day, unitName: z.string(), items: z.array(Place) }) });

export const overdueKinds = ['refresher', 'certificate', 'report'] as const;
/** Whom to call, the latest first. `subjectId` names the case: an enrolment, a register entry or a class. */
export const OverdueCase = z.object({ subjectId: Id, title: z.string(), unitName: z.string(), what: z.string(), dueOn: Day, daysLate: z.int(), personId: Id.nullable(), phone: z.string().nullable(), calledAt: z.iso.datetime().nullable(), calledBy: z.string().nullable() }).meta({ id: 'OverdueCase' });
export type OverdueCase = z.infer<typeof OverdueCase>;
export const listOverdue = endpoint({ name: 'cascade.listOverdue', method: 'GET', path: '/cascade/overdue', query: Scope.extend({ kind: z.enum(overdueKinds) }), response: z.object({ asOf: Day, total: z.int(), items: z.array(OverdueCase) }) });

/** Notes that somebody was called about a case, or takes the note back. */
export const markCalled = endpoint({ name: 'cascade.markCalled', method: 'POST', path: '/cascade/overdue/calls', body: z.object({ kind: z.enum(overdueKinds), subjectId: Id, called: z.boolean() }), response: z.object({}) });
