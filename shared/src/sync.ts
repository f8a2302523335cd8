import { z } from 'zod';
import { endpoint, Id, listOf } from './endpoint.ts';

/** Something that was done on a phone, to be done on the server by the contract of that name. `seq` counts what was done on this phone, from 1, without gaps. */
export const Operation = z.object({
  opId: Id, seq: z.int().min(1), endpoint: z.string().max(80), input: z.object({ params: z.record(z.string(), z.string()).optional(), body: z.unknown() }), deviceAt: z.iso.datetime(),
}).meta({ id: 'Operation' });
export type Operation = z.infer<typeof Operation>;

/**
 * What became of an operation. `done`: it is kept for ever, the phone may forget it. `refused`: it never will be as it is, a person must look. `again`: not now; the phone keeps it and sends it again.
 */
export const OperationResult = z.discriminatedUnion('outcome', [
  z.object({ opId: Id, outcome: z.literal('done'), output: z.unknown() }),
  z.object({ opId: Id, outcome: z.literal('refused'), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  z.object({ opId: Id, outcome: z.literal('again') }),
]).meta({ id: 'OperationResult' });
export type OperationResult = z.infer<typeof OperationResult>;

/** How many operations one request carries at most. */
export const BATCH = 200;

/**
 * Does what was done on a phone while it had no network, in its order, each operation once however often it is sent. `sentAt`: the phone's clock as it sends; `pending`: how many operations it keeps, with these.
 * `missing`: numbers below the highest that never arrived, at most fifty.
 */
export const sync = endpoint({
  name: 'sync.sync', method: 'POST', path: '/sync',
  body: z.object({ deviceId: Id, sentAt: z.iso.datetime(), pending: z.int().min(0), operations: z.array(Operation).max(BATCH) }),
  response: z.object({ serverAt: z.string(), results: z.array(OperationResult), missing: z.array(z.int()) }),
});

/** Work of a class's people that is not with the server: what their phones said they keep, what never arrived, and what could not be taken. Phones that were heard of in the last sixty days. */
export const listUnsent = endpoint({
  name: 'sync.listUnsent', method: 'GET', path: '/classes/:classId/unsent', params: z.object({ classId: Id }),
  response: listOf(z.object({ personId: Id, name: z.string(), deviceId: Id, pending: z.int(), missing: z.int(), refused: z.int(), heardAt: z.iso.datetime(), skewMinutes: z.int() })),
});
