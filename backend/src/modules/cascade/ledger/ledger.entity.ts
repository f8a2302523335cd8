import type { Period } from '@lantoa/shared/rules/days';
import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { periodColumn } from '#platform/db';
import { AMOUNTS } from './amounts.ts';

/** Gives a table one column for each amount. */
const withAmounts = (table: new () => object): void => {
  for (const amount of AMOUNTS) Column('double precision', { default: 0 })(table.prototype, amount);
};

/** Something that figures are made of has changed. Written by triggers, so that no way of writing can forget it; taken out when the sums have followed. */
@Entity()
export class CascadeNews {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) seq: number;
  @Column('text') kind: 'class' | 'attempt' | 'person' | 'place' | 'tier' | 'target' | 'units';
  @Column('uuid', { nullable: true }) id: string | null;
}

/** What one class, person, place or target adds, on a day, to a tier (or programme) at a unit. Derived: it may be thrown away and made again. */
@Entity()
export class CascadePart {
  @PrimaryColumn('uuid') sourceId: string;
  @PrimaryColumn('uuid') ofId: string;
  @Index() @PrimaryColumn('uuid') unitId: string;
  @PrimaryColumn('date') day: string;
}
withAmounts(CascadePart);

/** The parts of everything in a unit, added up by the span that begins on `day`. `valid`: on which days' map they lie in it. */
abstract class SumOfParts {
  @PrimaryColumn('uuid') ofId: string;
  @PrimaryColumn('uuid') unitId: string;
  @PrimaryColumn('date') day: string;
  @PrimaryColumn(periodColumn) valid: Period;
}
withAmounts(SumOfParts as unknown as new () => object);

/** By day. */
@Entity()
export class CascadeSum extends SumOfParts {}

/** By month (named by its first day). */
@Entity()
export class CascadeMonth extends SumOfParts {}

/** By year (named by its first day), so that a day long after the beginning is a few years, the months of one and the days of one of those. */
@Entity()
export class CascadeYear extends SumOfParts {}

/** In what a unit lies, from–to: itself, what is above it, and after its end its heir with what is above that. */
@Entity()
export class UnitAncestor {
  @PrimaryColumn('uuid') unitId: string;
  @Index() @PrimaryColumn('uuid') ancestorId: string;
  @PrimaryColumn(periodColumn) valid: Period;
}
