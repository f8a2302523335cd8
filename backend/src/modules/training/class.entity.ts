import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ClassStatus } from './class-lifecycle.rules.ts';

/** A class of a programme and tier at a unit. */
@Entity()
export class TrainingClass {
  @PrimaryColumn('uuid') id: string;
  /** What people call it by, on paper and over the phone: `L22-014`. */
  @Column('text', { unique: true }) code: string;
  @ForeignKey('Tier') @Index() @Column('uuid') tierId: string;
  @ForeignKey('Unit') @Index() @Column('uuid') unitId: string;
  /** The unit's name on the first day. */
  @Column('text') unitName: string;
  @Column('text') title: string;
  @Column('text') place: string;
  @Column('smallint') expected: number;
  @Column('text') status: ClassStatus;
  @Column('date') startsOn: string;
  @Column('date') endsOn: string;
  @ForeignKey('CourseVersion') @Column('uuid') courseVersionId: string;
  @ForeignKey('Form') @Column('uuid') preFormId: string;
  @ForeignKey('Form') @Column('uuid') postFormId: string;
  @ForeignKey('Sitting') @Index() @Column('uuid', { nullable: true }) preSittingId: string | null;
  @ForeignKey('Sitting') @Index() @Column('uuid', { nullable: true }) postSittingId: string | null;
  @Column('uuid') createdBy: string;
  @Column('timestamptz') createdAt: Date;
}

/** A half-day. */
@Entity()
@Unique('class_session_once', ['classId', 'date', 'part'])
export class ClassSession {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Column('uuid') classId: string;
  @Column('date') date: string;
  @Column('text') part: 'morning' | 'afternoon';
  @Column('text') startsAt: string;
  @Column('text') endsAt: string;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  /** What the codes that learners scan are made from; made when they are first shown. */
  @Column('bytea', { nullable: true }) scanKey: Buffer | null;
}

/** A photo of a signed sheet, or another paper of the class. Removed ones stay, unseen. */
@Entity()
export class ClassFile {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Index() @Column('uuid') classId: string;
  @ForeignKey('ClassSession') @Column('uuid', { nullable: true }) sessionId: string | null;
  @Column('text') name: string;
  @Column('text') type: string;
  @Column('int') bytes: number;
  @Column('uuid') addedBy: string;
  @Column('timestamptz') addedAt: Date;
  @Column('timestamptz', { nullable: true }) removedAt: Date | null;
}

/** A village or unit that was asked to send people. */
@Entity()
export class ClassInvitation {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Index() @Column('uuid') classId: string;
  @ForeignKey('Unit') @Column('uuid') unitId: string;
  @Column('text', { nullable: true }) locality: string | null;
  @Column('smallint') people: number;
}

/** What one of two observers gave a future trainer for a lesson taught back. Rows are only added; the last of each observer counts. */
@Entity()
export class TeachBack {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Enrolment') @Index() @Column('uuid') enrolmentId: string;
  @Column('smallint') observer: 1 | 2;
  @Column('text') observerName: string;
  /** Line of the rubric → 1 to 4. */
  @Column('jsonb') scores: Record<string, number>;
  @Column('text', { nullable: true }) note: string | null;
  @Column('timestamptz') at: Date;
  @Column('bigint', { generated: 'increment' }) seq: number;
  @Column('uuid') byPersonId: string;
}

/** A refresher made of the questions that a class got wrong. */
@Entity()
export class ClassRefresher {
  @ForeignKey('TrainingClass') @PrimaryColumn('uuid') classId: string;
  @ForeignKey('Sitting') @Index() @Column('uuid') sittingId: string;
  @Column('smallint') questions: number;
  @Column('timestamptz') madeAt: Date;
  @Column('uuid') madeBy: string;
}

/** Who teaches: a person with a credential (`entryId`), or a named guest without the right to teach alone. */
@Entity()
export class ClassTrainer {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Index() @Column('uuid') classId: string;
  @ForeignKey('Person') @Index() @Column('uuid', { nullable: true }) personId: string | null;
  @Column('text') name: string;
  @Column('text', { nullable: true }) body: string | null;
  @ForeignKey('RegisterEntry') @Column('uuid', { nullable: true }) entryId: string | null;
}

/** A step of the lifecycle, with who took it and what was said. Rows are only added. */
@Entity()
export class ClassMove {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Index() @Column('uuid') classId: string;
  @Column('text') act: string;
  @Column('text') to: ClassStatus;
  @Column('uuid') byPersonId: string;
  @Column('timestamptz') at: Date;
  @Column('text', { nullable: true }) note: string | null;
}

@Entity()
export class ClassReport {
  @ForeignKey('TrainingClass') @PrimaryColumn('uuid') classId: string;
  @Column('text') good: string;
  @Column('text') difficult: string;
  @Column('text') support: string;
  @Column('timestamptz') submittedAt: Date;
  @Column('uuid') submittedBy: string;
}
