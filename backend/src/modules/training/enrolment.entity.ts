import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A person in a class, with name, unit and position as they were then. */
@Entity()
@Unique('enrolment_once', ['classId', 'personId'])
export class Enrolment {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Column('uuid') classId: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') name: string;
  @Column({ type: 'text', collation: 'vi-x-icu' }) sortKey: string;
  @Column('smallint', { nullable: true }) birthYear: number | null;
  @Column('text', { nullable: true }) sex: 'female' | 'male' | null;
  @ForeignKey('Unit') @Index() @Column('uuid') unitId: string;
  @Column('text') unitName: string;
  @Column('text') position: string;
  @Column('text') source: 'roster' | 'walk-in';
  @Column('timestamptz') addedAt: Date;
  /** Came without being on the list and was not known: who it is has yet to be settled. */
  @Column('boolean', { default: false }) toMatch: boolean;
  /** The same person stood in the class twice; this line is kept but counts no more, and its marks count for the other. */
  @ForeignKey('Enrolment') @Column('uuid', { nullable: true }) duplicateOfId: string | null;
  /** Written once, when the report is approved. */
  @Column('text', { nullable: true }) outcome: 'passed' | 'not-passed' | 'absent' | null;
}

/** One mark of attendance, with an id that the device made. Rows are only added; a trainer's last mark counts, without one the person's own scan; who wrote which stays visible. */
@Entity()
export class AttendanceMark {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('ClassSession') @Index() @Column('uuid') sessionId: string;
  @ForeignKey('Enrolment') @Index() @Column('uuid') enrolmentId: string;
  @Column('text') status: 'present' | 'late' | 'absent' | 'excused';
  /** When it was made, by the device's clock as corrected when it was sent. */
  @Column('timestamptz') at: Date;
  @Column('timestamptz', { nullable: true }) receivedAt: Date | null;
  @Column('text', { default: 'tap' }) source: 'tap' | 'scan' | 'self';
  /** Order within the same instant. */
  @Column('bigint', { generated: 'increment' }) seq: number;
  @Column('uuid') byPersonId: string;
  @Column('text', { nullable: true }) reason: string | null;
}
