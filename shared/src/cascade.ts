import { z } from 'zod';
import { Day, endpoint, Id } from './endpoint.ts';

/** A mean share right on anchor questions, on 0–100, over `n` people. Hidden (`null`) below 10 people. */
export const Score = z.object({ mean: z.number().nullable(), n: z.int() });
export const TierFigures = z.object({
  name: z.string(), audience: z.string(), target: z.int(), enrolled: z.int(), passed: z.int(), certified: z.int(), trainers: z.int(), planned: z.int(), pre: Score, post: Score,
  /** Share of the target that passed; `null` without a target. */
  reach: z.number().nullable(),
  /** Mean of post − pre, in points, over people who sat both. */
  gain: z.object({ points: z.number().nullable(), pairs: z.int() }),
  /** Points lost between the tier before and this one (positive: lost); `null` when either is hidden. */
  dropFromPrevious: z.number().nullable(),
}).meta({ id: 'TierFigures' });
export type TierFigures = z.infer<typeof TierFigures>;

const Scope = z.object({ programme: z.string().max(80), asOf: Day.optional(), unitId: Id.optional() });

/** The whole cascade on a day: one row per tier, and the four sentences. */
export const getCascade = endpoint({
  name: 'cascade.getCascade', method: 'GET', path: '/cascade', query: Scope,
  response: z.object({ asOf: Day, programme: z.object({ slug: z.string(), name: z.string() }), unitName: z.string().nullable(), anchors: z.int(), tiers: z.array(TierFigures), lateReports: z.int(), expiredCertificates: z.int(), trainersIdle: z.int() }),
});
export type Cascade = z.infer<(typeof getCascade)['response']>;

export const UnitMap = z.enum(['then', 'now']);
export const UnitFigures = z.object({ unitId: Id, name: z.string(), kind: z.string(), parentId: Id.nullable(), target: z.int(), passed: z.int(), enrolled: z.int(), certified: z.int(), reach: z.number().nullable(), post: Score, lastClassOn: Day.nullable(), children: z.int() }).meta({ id: 'UnitFigures' });
export type UnitFigures = z.infer<typeof UnitFigures>;

/**
 * The children of a unit with their figures for one tier: people by the unit that they came from. `map`: by the units of the day (`then`), or carried to those of today (`now`); the people are the same.
 */
export const getUnitTable = endpoint({ name: 'cascade.getUnitTable', method: 'GET', path: '/cascade/units', query: Scope.extend({ tier: z.coerce.number().int().min(1).max(9).optional(), parentId: Id.optional(), map: UnitMap.default('then') }), response: z.object({ asOf: Day, items: z.array(UnitFigures) }) });

/** Who trained a person, and whom they trained in turn, one step each way. */
export const getLineage = endpoint({
  name: 'cascade.getLineage', method: 'GET', path: '/cascade/people/:personId', params: z.object({ personId: Id }),
  response: z.object({ learnedIn: z.array(z.object({ classId: Id, code: z.string(), title: z.string(), endedOn: Day, trainers: z.array(z.string()) })), taught: z.array(z.object({ classId: Id, code: z.string(), title: z.string(), endedOn: Day, learners: z.int(), passed: z.int() })), descendants: z.int() }),
});

/** The place to look first when a topic lost points between two tiers: nowhere (it lost none), chance, one question, some classes, the lesson, or the tier as a whole. */
const LossPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('chance') }),
  z.object({ kind: z.literal('question'), questionId: Id, stem: z.string(), points: z.number() }),
  z.object({ kind: z.literal('trainer'), lowest: z.number(), highest: z.number(), classes: z.array(z.object({ id: Id, code: z.string() })) }),
  z.object({ kind: z.literal('lesson'), grew: z.number(), others: z.number() }),
  z.object({ kind: z.literal('tier'), startedLower: z.number().nullable() }),
]);
export const TopicLoss = z.object({
  topic: z.string(), means: z.array(Score),
  /** Points from the first tier that may be shown to the last. */
  drop: z.number().nullable(),
  steps: z.array(z.object({ from: z.int(), to: z.int(), points: z.number(), low: z.number(), high: z.number(), place: LossPlace })),
}).meta({ id: 'TopicLoss' });
export type TopicLoss = z.infer<typeof TopicLoss>;

/** Topic by tier on anchor questions of post-tests, what was lost at each hand-over, and where to look first. */
export const getLosses = endpoint({ name: 'cascade.getLosses', method: 'GET', path: '/cascade/losses', query: Scope, response: z.object({ asOf: Day, programme: z.string(), tiers: z.array(z.string()), topics: z.array(TopicLoss) }) });
