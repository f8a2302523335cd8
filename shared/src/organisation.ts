import { z } from 'zod';
import { Day, endpoint, Id, Line, listOf, pageOf, Paging } from './endpoint.ts';
import { NewPerson, Person } from './people.ts';

export const UnitKind = z.enum(['province', 'district', 'commune', 'village', 'office', 'school']);
export type UnitKind = z.infer<typeof UnitKind>;

export const UnitRow = z.object({
  id: Id, name: z.string(), kind: UnitKind, code: z.string().nullable(), parentId: Id.nullable(), from: Day, until: Day.nullable(), children: z.int(), people: z.int(),
}).meta({ id: 'UnitRow' });
export type UnitRow = z.infer<typeof UnitRow>;

/** What happened to a unit, as one sentence's worth of facts. */
export const UnitEvent = z.object({
  on: Day, kind: z.enum(['open', 'rename', 'move', 'merge', 'split', 'close']), document: z.string(), note: z.string().nullable(),
  from: z.array(z.object({ id: Id, name: z.string() })), to: z.array(z.object({ id: Id, name: z.string() })),
}).meta({ id: 'UnitEvent' });
export type UnitEvent = z.infer<typeof UnitEvent>;

const AsOf = z.object({ asOf: Day.optional() });

/** The children of a unit (or the top level) on a day. */
export const listUnits = endpoint({
  name: 'organisation.listUnits', method: 'GET', path: '/units', query: AsOf.extend({ parentId: Id.optional() }), response: z.object({ asOf: Day, items: z.array(UnitRow), counts: z.record(z.string(), z.int()) }),
});

/** Finds units by name without marks; former names find the unit that followed. */
export const searchUnits = endpoint({
  name: 'organisation.searchUnits', method: 'GET', path: '/units/search', query: AsOf.extend({ q: z.string().min(1).max(100), kinds: z.string().max(60).optional() }),
  response: listOf(z.object({ id: Id, name: z.string(), kind: UnitKind, parentName: z.string().nullable(), formerName: z.string().nullable() })),
});

export const getUnit = endpoint({
  name: 'organisation.getUnit', method: 'GET', path: '/units/:unitId', params: z.object({ unitId: Id }), query: AsOf,
  response: z.object({ unit: UnitRow, path: z.array(z.object({ id: Id, name: z.string() })), aliases: z.array(z.string()), history: z.array(UnitEvent), validThen: z.boolean() }),
});

export const Posting = z.object({ id: Id, unitId: Id, unitName: z.string(), position: z.string(), body: z.string().nullable(), locality: z.string().nullable(), from: Day, until: Day.nullable() }).meta({ id: 'Posting' });
export type Posting = z.infer<typeof Posting>;

export const DirectoryRow = Person.extend({ unitName: z.string().nullable(), position: z.string().nullable() }).meta({ id: 'DirectoryRow' });
export type DirectoryRow = z.infer<typeof DirectoryRow>;

/** People with a posting in the asker's units: by name without marks, phone, code, or the name of a unit, also a former one. */
export const listPeople = endpoint({
  name: 'organisation.listPeople', method: 'GET', path: '/people', query: z.object({ q: z.string().max(100).optional(), unitId: Id.optional(), ...Paging }), response: pageOf(DirectoryRow),
});

export const getPerson = endpoint({
  name: 'organisation.getPerson', method: 'GET', path: '/people/:personId', params: z.object({ personId: Id }), response: z.object({ person: Person, postings: z.array(Posting) }),
});

/** Adds one person with a first posting. */
export const addPerson = endpoint({
  name: 'organisation.addPerson', method: 'POST', path: '/people',
  body: NewPerson.extend({ unitId: Id, position: Line(120), from: Day.optional() }), response: Person,
});

/** Corrects a person. `version` is the one that was shown; somebody else's change in between is refused, not overwritten. */
export const correctPerson = endpoint({
  name: 'organisation.correctPerson', method: 'PUT', path: '/people/:personId', params: z.object({ personId: Id }),
  body: NewPerson.extend({ version: z.int() }), response: Person,
});
