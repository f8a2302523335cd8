import type { Period } from '@lantoa/shared/rules/days';
import { Column, Entity, Exclusion, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { periodColumn } from '#platform/db';

/** One cascade: its tiers, rules, targets and period. */
@Entity()
export class Programme {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { unique: true }) slug: string;
  @Column('text') name: string;
  @ForeignKey('Unit') @Column('uuid') unitId: string;
  @Column('date') startsOn: string;
  /** The period that its indicators are counted over; `null` for from the start until today. */
  @Column('date', { nullable: true }) indicatorsFrom: string | null;
  @Column('date', { nullable: true }) indicatorsUntil: string | null;
  @Column('int', { default: 1 }) version: number;
}

/** One level of the cascade. Names, number and rules are data, because they change by decree. */
@Entity()
@Unique('tier_position_once', ['programmeId', 'position'])
export class Tier {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Programme') @Column('uuid') programmeId: string;
  @Column('smallint') position: number;
  @Column('text') name: string;
  @Column('text') audience: string;
  @Column('text') courseSlug: string;
  @Column('text') preFormSlug: string;
  @Column('text') postFormSlug: string;
  @ForeignKey('CertificateType') @Column('uuid') certificateTypeId: string;
  @Column('text') certificateTitle: string;
  /** May be taught without a credential of the tier before (the first tier: trainers come from outside). */
  @Column('boolean') openTeaching: boolean;
  /** What two observers look at when somebody teaches back; `null` where nobody has to. */
  @Column('jsonb', { nullable: true }) rubric: RubricLine[] | null;
}

export interface RubricLine { id: string; text: string }

/** What it takes to pass a tier, and since when that holds. A class goes by the rule of its first day. */
@Entity()
@Exclusion('tier_rule_no_overlap', 'USING gist (tier_id WITH =, valid WITH &&)')
export class TierRule {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Tier') @Column('uuid') tierId: string;
  /** Share of sessions that must be attended, 0–1. */
  @Column('numeric') minAttendance: number;
  /** Share right in the post-test, 0–1. */
  @Column('numeric') passMark: number;
  /** The least that each line of the rubric must reach, 1–4. */
  @Column('numeric', { default: 3 }) minRubric: number;
  /** Days after the last session in which the report is in time. */
  @Column('smallint') reportDays: number;
  @Column(periodColumn) valid: Period;
}

/** How many people of a tier a unit should reach, and since when that holds. */
@Entity()
@Exclusion('tier_target_no_overlap', 'USING gist (tier_id WITH =, unit_id WITH =, valid WITH &&)')
export class TierTarget {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Tier') @Column('uuid') tierId: string;
  @ForeignKey('Unit') @Column('uuid') unitId: string;
  @Column('int') people: number;
  @Column(periodColumn) valid: Period;
}
