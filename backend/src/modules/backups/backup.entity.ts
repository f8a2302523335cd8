import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A copy of everything that was begun, and what came of it. */
@Entity()
export class Backup {
  @PrimaryColumn('uuid') id: string;
  @Index() @Column('timestamptz') startedAt: Date;
  @Column('timestamptz', { nullable: true }) finishedAt: Date | null;
  @Column('text') state: 'running' | 'good' | 'failed';
  /** In words for the operator, in English: what went wrong. */
  @Column('text', { nullable: true }) fault: string | null;
  /** `null`: the program itself, by its calendar. */
  @Column('uuid', { nullable: true }) byPersonId: string | null;
  /** Name in the folder of backups. */
  @Column('text') file: string;
  @Column('bigint', { default: 0 }) bytes: number;
  @Column('bigint', { default: 0 }) rows: number;
  @Column('int', { default: 0 }) files: number;
  @Column('timestamptz', { nullable: true }) checkedAt: Date | null;
  @Column('timestamptz', { nullable: true }) takenAt: Date | null;
}
