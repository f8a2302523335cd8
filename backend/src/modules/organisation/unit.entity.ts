import type { Period } from '@lantoa/shared/rules/days';
import type { UnitKind } from '@lantoa/shared/organisation';
import { Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { periodColumn } from '#platform/db';

/** The identity of a place or body. What it is called and where it belongs is a version, because that changes. */
@Entity()
export class Unit {
  @PrimaryColumn('uuid') id: string;
}

/** A unit's name, kind, code and parent while they held. Codes were reused in 2025: one is unique only together with its validity. */
@Entity()
@Exclusion('unit_version_no_overlap', 'USING gist (unit_id WITH =, valid WITH &&)')
@Exclusion('unit_code_once_at_a_time', 'USING gist (code WITH =, valid WITH &&)')
export class UnitVersion {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Unit') @Index() @Column('uuid') unitId: string;
  @Column({ type: 'text', collation: 'vi-x-icu' }) name: string;
  @Column('text') @Index() nameFolded: string;
  @Column('text') kind: UnitKind;
  @Column('text', { nullable: true }) code: string | null;
  @ForeignKey('Unit') @Index() @Column('uuid', { nullable: true }) parentId: string | null;
  @Column(periodColumn) valid: Period;
}

/** Another spelling by which a unit is known (Đăk Plô for Đắk Blô). */
@Entity()
export class UnitAlias {
  @ForeignKey('Unit') @PrimaryColumn('uuid') unitId: string;
  @PrimaryColumn('text') name: string;
  @Column('text') @Index() nameFolded: string;
}

/** A change by a numbered document on a date. The past is never edited. */
@Entity()
export class Succession {
  @PrimaryColumn('uuid') id: string;
  @Column('date') @Index() on: string;
  @Column('text') kind: 'open' | 'rename' | 'move' | 'merge' | 'split' | 'close';
  @Column('text') document: string;
  @Column('text', { nullable: true }) note: string | null;
  /** When it was recorded in the program; empty for what came with the lists. */
  @Column('timestamptz', { nullable: true }) recordedAt: Date | null;
  @ForeignKey('Person') @Column('uuid', { nullable: true }) recordedById: string | null;
  /** What was written, so that exactly that can be taken back. */
  @Column('jsonb', { nullable: true }) effects: ChangeEffects | null;
  /** Taken back: it stands here, and nothing reads it any more. */
  @Column('timestamptz', { nullable: true }) undoneAt: Date | null;
}

export interface ChangeEffects {
  parts: { from: string; to: string }[];
  /** What they were called: of those from which, before; of those that they became, after. A unit whose beginning was taken back is no more. */
  before: Record<string, string>;
  after: Record<string, string>;
  units: string[];
  versions: string[];
  closed: { id: string; until: string | null }[];
  postings: { closedId: string; from: string; until: string | null; openedId: string | null }[];
}

/** Which unit went into which. */
@Entity()
export class SuccessionPart {
  @ForeignKey('Succession') @PrimaryColumn('uuid') successionId: string;
  @ForeignKey('Unit') @PrimaryColumn('uuid') fromUnitId: string;
  @ForeignKey('Unit') @Index() @PrimaryColumn('uuid') toUnitId: string;
}

/**
 * Who stands for a unit that is no more, from–to: the unit that it went into (`exact`), or the one above where it was split or closed. Derived from the events, never edited.
 */
@Entity()
export class UnitHeir {
  @ForeignKey('Unit') @PrimaryColumn('uuid') unitId: string;
  @ForeignKey('Unit') @Index() @Column('uuid') heirId: string;
  @Column('boolean') exact: boolean;
  @PrimaryColumn(periodColumn) valid: Period;
}
