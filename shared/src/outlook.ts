import { z } from 'zod';
import { Day, endpoint, Id } from './endpoint.ts';

const Scope = z.object({ programme: z.string().max(80), asOf: Day.optional(), unitId: Id.optional() });

/** How reach will grow: week by week from the classes that are planned and the pace of the last half year, with a 95 % interval. */
export const getOutlook = endpoint({
  name: 'cascade.getOutlook', method: 'GET', path: '/cascade/outlook', query: Scope,
  response: z.object({
    asOf: Day, tiers: z.array(z.object({
      name: z.string(), target: z.int(), passed: z.int(),
      /** People who passed a week, over the last half year; places of classes that are planned or wait for approval. */
      pace: z.number(), planned: z.int(), weeks: z.array(z.object({ until: Day, expected: z.int(), low: z.int(), high: z.int() })),
      /** The day by which the target is expected to be reached: `null` when not within a year. */
      reachedBy: Day.nullable(),
    })),
  }),
});
export type OutlookFigures = z.infer<(typeof getOutlook)['response']>;

const Seat = z.object({ unitId: Id, name: z.string(), people: z.int(), nobody: z.boolean() });
export const ClassProposal = z.object({
  rank: z.int(), tier: z.int(), tierName: z.string(), areaId: Id, areaName: z.string(), days: z.number(), people: z.int(), perDay: z.number(), places: z.array(Seat),
  /** Who could teach it: the nearest with the right to; `null` where the tier needs none. */
  teacher: z.object({ personId: Id, name: z.string(), near: z.boolean(), validUntil: Day, expectedGain: z.number().nullable() }).nullable(),
  reach: z.number().nullable(),
}).meta({ id: 'ClassProposal' });
export type ClassProposal = z.infer<typeof ClassProposal>;

/** Which classes to hold, best first, within so many class-days: those that close most of the gap a day. */
export const getNext = endpoint({
  name: 'cascade.getNext', method: 'GET', path: '/cascade/next', query: Scope.extend({ classDays: z.coerce.number().int().min(1).max(200).default(20) }),
  response: z.object({
    asOf: Day, classDays: z.int(),
    /** People that are missing to the targets, and how many of them these classes would reach. */
    missing: z.int(), closes: z.int(), used: z.number(), seats: z.int(), proposals: z.array(ClassProposal),
    /** Areas where nobody with a valid right may teach the tier. */
    withoutTeacher: z.array(z.object({ areaId: Id, areaName: z.string(), tier: z.int(), tierName: z.string(), missing: z.int() })),
  }),
});
export type NextClasses = z.infer<(typeof getNext)['response']>;
