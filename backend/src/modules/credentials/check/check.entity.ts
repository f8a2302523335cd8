import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** Stands for "no entry" in a count of checks. */
export const NO_ENTRY = '00000000-0000-0000-0000-000000000000';

/** How often a certificate was checked on a day, by which way, and what was said. Nothing about who checked. */
@Entity()
export class CheckCount {
  @PrimaryColumn('date') day: string;
  @PrimaryColumn('text') via: 'code' | 'form' | 'machine';
  @PrimaryColumn('text') outcome: string;
  @PrimaryColumn('uuid') entryId: string;
  @Column('int') times: number;
}

/** Somebody thinks that a paper is forged. Nothing about who says so. */
@Entity()
export class ForgeryReport {
  @PrimaryColumn('uuid') id: string;
  @Column('text') registerNo: string;
  @Column('text') holderName: string;
  @Column('text') seenAt: string;
  @Column('text') message: string;
  /** The certificate of that number, if there is one. */
  @ForeignKey('RegisterEntry') @Column('uuid', { nullable: true }) entryId: string | null;
  @Column('timestamptz') reportedAt: Date;
  @Column('uuid', { nullable: true }) closedBy: string | null;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  @Column('text', { nullable: true }) finding: string | null;
}
