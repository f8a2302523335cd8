import type { RosterDecision } from '@lantoa/shared/training';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { RosterReading } from './roster-file.ts';

/** What applying wrote, so that it can be undone. */
export interface Applied { people: string[]; postings: string[]; enrolments: string[] }

/** A roster on its way into a class: what was read and what people said about it. Nothing else is written before it is applied. */
@Entity()
export class RosterImport {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Index() @Column('uuid') classId: string;
  @Column('text') fileName: string;
  /** Empty while the file is being read. */
  @Column('jsonb') reading: RosterReading;
  @Column('jsonb', { default: {} }) decisions: Record<string, RosterDecision>;
  @Column('text') status: 'reading' | 'read' | 'applied' | 'undone';
  /** How far the reading is, in rows. */
  @Column('int', { default: 0 }) rowsDone: number;
  @Column('int', { default: 0 }) rowsTotal: number;
  @Column('uuid') createdBy: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz', { nullable: true }) appliedAt: Date | null;
  @Column('jsonb', { nullable: true }) applied: Applied | null;
}
