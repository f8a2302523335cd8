import { z } from 'zod';
import { Score } from './cascade.ts';
import { Day, endpoint, Id } from './endpoint.ts';

const Trainer = z.object({ personId: Id.nullable(), name: z.string() });
/** A class as a node of the lineage. */
const ClassNode = z.object({ classId: Id, code: z.string(), title: z.string(), tier: z.string(), endedOn: Day, learners: z.int(), passed: z.int(), post: Score });
export type ClassNode = z.infer<typeof ClassNode>;

/**
 * Around one person: the classes they learned in and who taught those (two steps up), the classes they taught, and everybody reached through them, at any depth. Only what came
 * later counts: whoever somebody trained before they were trained themselves is not in the line.
 */
export const getLineage = endpoint({
  name: 'cascade.getLineage', method: 'GET', path: '/cascade/people/:personId', params: z.object({ personId: Id }),
  response: z.object({
    name: z.string(),
    learnedIn: z.array(ClassNode.extend({
      /** Is it the class that gave the newest certificate? */
      current: z.boolean(),
      trainers: z.array(Trainer.extend({ learnedIn: z.array(z.object({ classId: Id, code: z.string(), title: z.string(), endedOn: Day, trainers: z.array(z.string()) })) })),
    })),
    taught: z.array(ClassNode.extend({ trainers: z.array(Trainer) })),
    /** Distinct people by how many hand-overs away they are; each once, at the nearest. */
    reached: z.array(z.object({ depth: z.int(), people: z.int() })),
    descendants: z.int(),
    /** Since the first certificate with the right to teach: whole months, and people reached in each. */
    since: z.object({ day: Day, months: z.int(), perMonth: z.number() }).nullable(),
    /** Why somebody should call: may teach and never has, has not for half a year, or the certificate has run out. */
    alarm: z.enum(['never-taught', 'no-class', 'expired']).nullable(),
  }),
});
/** The same around whoever asks: a trainer sees how far the own teaching went. */
export const getOwnLineage = endpoint({ name: 'cascade.getOwnLineage', method: 'GET', path: '/cascade/own-line', response: getLineage.response });
export type Lineage = z.infer<(typeof getLineage)['response']>;

/** The people of a class in the lineage, with how many each has trained since. */
export const getLineageClass = endpoint({
  name: 'cascade.getLineageClass', method: 'GET', path: '/cascade/classes/:classId/people', params: z.object({ classId: Id }),
  response: z.object({ items: z.array(z.object({ personId: Id, name: z.string(), unitName: z.string(), outcome: z.enum(['passed', 'not-passed', 'absent']).nullable(), taught: z.int(), descendants: z.int() })) }),
});

/** Those who may teach or have taught, with what their learners gained and why one should call them. */
export const TrainerFigures = z.object({
  personId: Id, name: z.string(), unitName: z.string().nullable(), phone: z.string().nullable(), classes: z.int(), learners: z.int(), lastTaughtOn: Day.nullable(), validUntil: Day.nullable(),
  alarm: z.enum(['never-taught', 'no-class', 'expired']).nullable(),
  /** Mean gain in points of the learners who sat both tests; hidden below 10. */
  gain: z.number().nullable(), pairs: z.int(),
  /** Points more or less than the tiers that they taught gain on the whole: what the funnel compares. */
  against: z.number().nullable(),
  /** The gain to expect of the next class: that of the tier, with what was more or less drawn towards it, the more the fewer learners there were. */
  expected: z.number().nullable(),
  /** Outside the 95 % limits for this number of learners? */
  outside: z.enum(['above', 'below']).nullable(),
}).meta({ id: 'TrainerFigures' });
export type TrainerFigures = z.infer<typeof TrainerFigures>;

export const getTrainers = endpoint({
  name: 'cascade.getTrainers', method: 'GET', path: '/cascade/trainers', query: z.object({ programme: z.string().max(80), asOf: Day.optional(), unitId: Id.optional() }),
  response: z.object({
    asOf: Day, items: z.array(TrainerFigures), total: z.int(),
    /** Mean (about 0) and spread of what single learners gained beyond their tier's mean, in points; from them come the limits at any number of learners. `null` with fewer than two trainers to compare. */
    funnel: z.object({ mean: z.number(), spread: z.number(), limits: z.array(z.object({ n: z.int(), low: z.number(), high: z.number() })) }).nullable(),
    alarms: z.object({ 'never-taught': z.int(), 'no-class': z.int(), expired: z.int() }),
  }),
});
export type Trainers = z.infer<(typeof getTrainers)['response']>;
