import { z } from 'zod';
import { Day, endpoint, Id } from './endpoint.ts';

/** A mean share right on anchor questions, on 0–100, over `n` people, with the half-width of its 95 % interval. Hidden (`null`) below 10 people. */
export const Score = z.object({ mean: z.number().nullable(), n: z.int(), margin: z.number().nullable() });
/** A share 0–1 with its 95 % interval. */
const Share = z.object({ share: z.number(), low: z.number(), high: z.number() });
/** Mean of post − pre, in points, over people who sat both. */
const Gain = z.object({ points: z.number().nullable(), pairs: z.int(), margin: z.number().nullable() });
/** Three separate counts: refreshers due more than 14 days ago, people whose certificates have run out, reports past their day. */
const Overdue = z.object({ refreshers: z.int(), certificates: z.int(), reports: z.int() });
export const TierFigures = z.object({
  name: z.string(), audience: z.string(), target: z.int(), enrolled: z.int(), passed: z.int(), certified: z.int(), inForce: z.int(), trainers: z.int(),
  /** People with the right to teach from this tier's certificate who have not taught. */
  idle: z.int(), planned: z.int(), classes: z.int(), pre: Score, post: Score, gain: Gain,
  /** Share of the target that passed; `null` without a target. */
  reach: z.number().nullable(),
  /** Share of those trained who passed. */
  passRate: Share.nullable(),
  /** Points lost between the tier before and this one (positive: lost) with the 95 % interval; `null` when either is hidden. */
  drop: z.object({ points: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** What was kept of the post-test after 90 ± 14 days: 1 is all. */
  kept: z.object({ share: z.number().nullable(), n: z.int() }),
  /** The same about 30, 90 and 180 days after. */
  retention: z.array(z.object({ days: z.int(), share: z.number().nullable(), n: z.int() })), overdue: Overdue,
}).meta({ id: 'TierFigures' });
export type TierFigures = z.infer<typeof TierFigures>;

const Scope = z.object({ programme: z.string().max(80), asOf: Day.optional(), unitId: Id.optional() });

/** The whole cascade on a day: the answers on top, and one row per tier. */
export const getCascade = endpoint({
  name: 'cascade.getCascade', method: 'GET', path: '/cascade', query: Scope,
  response: z.object({
    asOf: Day, programme: z.object({ slug: z.string(), name: z.string() }), unitName: z.string().nullable(), anchors: z.int(), tiers: z.array(TierFigures),
    answers: z.object({
      target: z.int(), passed: z.int(), reach: z.number().nullable(), planned: z.int(), behind: z.int(), idle: z.int(),
      /** Lowest units on the day, those without enough certified people in post, and the share that has them. */
      places: z.object({ all: z.int(), empty: z.int(), share: Share.nullable() }), overdue: Overdue,
    }),
    /** Does it stand for everything that was sent? If not, in a few seconds. */
    upToDate: z.boolean(),
  }),
});
export type Cascade = z.infer<(typeof getCascade)['response']>;

export const UnitMap = z.enum(['then', 'now']);
export const UnitFigures = z.object({
  unitId: Id, name: z.string(), kind: z.string(), parentId: Id.nullable(), children: z.int(), target: z.int(), enrolled: z.int(), passed: z.int(), reach: z.number().nullable(), planned: z.int(), certified: z.int(), inForce: z.int(),
  post: Score, gain: Gain, places: z.int(), emptyPlaces: z.int(), overdue: Overdue, lastClassOn: Day.nullable(),
}).meta({ id: 'UnitFigures' });
export type UnitFigures = z.infer<typeof UnitFigures>;

/** By what rows are made: the units right below, or communes gathered in their districts (or, where districts are no more, in what these were: clusters). */
export const UnitGrouping = z.enum(['units', 'areas']);

/**
 * The children of a unit with their figures for one tier or all: people by the unit that they came from. `map`: by the units of the day (`then`), or carried to those of today (`now`); the people are the same.
 */
export const getUnitTable = endpoint({ name: 'cascade.getUnitTable', method: 'GET', path: '/cascade/units', query: Scope.extend({ tier: z.coerce.number().int().min(1).max(9).optional(), parentId: Id.optional(), map: UnitMap.default('then'), by: UnitGrouping.default('units') }), response: z.object({ asOf: Day, items: z.array(UnitFigures) }) });

/** Reach and plan of each tier, added up week by week (named by its Monday). */
export const getProgress = endpoint({
  name: 'cascade.getProgress', method: 'GET', path: '/cascade/progress', query: Scope,
  response: z.object({ asOf: Day, tiers: z.array(z.object({ name: z.string(), target: z.int(), weeks: z.array(z.object({ week: Day, passed: z.int(), planned: z.int() })) })) }),
});
export type Progress = z.infer<(typeof getProgress)['response']>;

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
  /** Its anchor questions: share right in each tier's post-test (hidden below 10), the one that lost most first. */
  questions: z.array(z.object({ questionId: Id, stem: z.string(), means: z.array(z.object({ mean: z.number().nullable(), n: z.int() })), drop: z.number().nullable() })),
  steps: z.array(z.object({ from: z.int(), to: z.int(), points: z.number(), low: z.number(), high: z.number(), place: LossPlace })),
}).meta({ id: 'TopicLoss' });
export type TopicLoss = z.infer<typeof TopicLoss>;

/** Topic by tier on anchor questions of post-tests, what was lost at each hand-over, and where to look first. */
export const getLosses = endpoint({ name: 'cascade.getLosses', method: 'GET', path: '/cascade/losses', query: Scope, response: z.object({ asOf: Day, programme: z.string(), tiers: z.array(z.string()), topics: z.array(TopicLoss) }) });
