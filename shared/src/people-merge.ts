import { z } from 'zod';
import { Empty, endpoint, Id, listOf } from './endpoint.ts';
import { BirthYear, Person, Sex } from './people.ts';

const Side = Person.extend({ unitName: z.string().nullable(), classes: z.int(), certificates: z.int(), attempts: z.int(), hasAccount: z.boolean() });

/** Two records that may be one person, with what each has behind it. */
export const listDuplicates = endpoint({ name: 'organisation.listDuplicates', method: 'GET', path: '/people-duplicates', response: listOf(z.object({ one: Side, other: Side })) });

/** Puts two records together: the past of both is kept under the one that stays, field by field as chosen. Can be undone for thirty days. */
export const mergePeople = endpoint({
  name: 'organisation.mergePeople', method: 'POST', path: '/people/:personId/merges', params: z.object({ personId: Id }),
  body: z.object({ otherId: Id, keep: z.object({ name: z.string().max(240), birthYear: BirthYear.nullable(), sex: Sex.nullable(), phone: z.string().max(30).nullable() }) }), response: z.object({ mergeId: Id }),
});
export const listMerges = endpoint({ name: 'organisation.listMerges', method: 'GET', path: '/people/:personId/merges', params: z.object({ personId: Id }), response: listOf(z.object({ id: Id, name: z.string(), code: z.string(), at: z.iso.datetime(), undoUntil: z.iso.datetime(), undone: z.boolean() })) });
export const undoMerge = endpoint({ name: 'organisation.undoMerge', method: 'POST', path: '/people-merges/:mergeId/undo', params: z.object({ mergeId: Id }), response: Empty });
/** They are two people: never asked again. */
export const keepApart = endpoint({ name: 'organisation.keepApart', method: 'POST', path: '/people/:personId/apart', params: z.object({ personId: Id }), body: z.object({ otherId: Id }), response: Empty });
