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
  /** Share of sessions that must be attended, 0–1. */
  @Column('numeric') minAttendance: number;
  /** Share right in the post-test, 0–1. */
  @Column('numeric') passMark: number;
  /** May be taught without a credential of the tier before (the first tier: trainers come from outside). */
  @Column('boolean') openTeaching: boolean;
  @Column('smallint') reportDays: number;
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
