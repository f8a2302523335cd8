import type { INestApplicationContext } from '@nestjs/common';
import type { Actor } from '#platform/http';
import type { Tier } from '#modules/training';
import type { STAFF } from './parameters.ts';

export interface NewLearner { name: string; birthYear: number; sex: 'female' | 'male'; unitId: string; position: string; phone?: string }
/** Where a class stops on its way: planned, with its report handed in, completed, in a batch that waits. */
export type Stop = 'planned' | 'reported' | 'completed' | 'prepared';
export interface ClassPlan { key: string; tier: Tier; depth: number; unitId: string; title: string; place: string; days: string[]; learners: { roster: string } | { people: NewLearner[] }; trainers: ({ personId: string } | { guestName: string; body: string })[]; opener: Actor; certificatesOn: string; decisionNo: string; until?: Stop }

/** What parts of the demonstration build with: the program, its staff, and days on which things happen. */
export interface Stage {
  readonly app: INestApplicationContext;
  readonly staff: Record<keyof typeof STAFF, Actor>;
  at<T>(day: string, work: () => Promise<T>): Promise<T>;
  unit(code: string, day?: string): Promise<{ id: string; name: string }>;
  actor(personId: string): Promise<Actor>;
  /** Up to two people of a unit with a tier's certificate on a day. */
  certifiedIn(unitId: string, day: string, tier: Tier): Promise<string[]>;
  /** One class from the plan to the certificates, or until it stops. @returns its id */
  hold(plan: ClassPlan): Promise<string>;
}
