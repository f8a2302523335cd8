import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Certificates that are given together: prepared by one person, approved by another. */
@Entity()
export class Batch {
  @PrimaryColumn('uuid') id: string;
  /** What people call it by: `2026-07`. */
  @Column('text', { unique: true }) code: string;
  @Column('text') kind: 'classes' | 'renewals';
  @ForeignKey('CertificateType') @Column('uuid') typeId: string;
  @Column('text') status: 'prepared' | 'approved' | 'withdrawn';
  @Column('text') decisionNo: string;
  @Column('date') issuedOn: string;
  @Column('text') signerTitle: string;
  @Column('text') signerName: string;
  @ForeignKey('TemplateVersion') @Column('uuid', { nullable: true }) templateVersionId: string | null;
  @Column('uuid') preparedBy: string;
  @Column('timestamptz') preparedAt: Date;
  @Column('uuid', { nullable: true }) approvedBy: string | null;
  @Column('timestamptz', { nullable: true }) approvedAt: Date | null;
  @Column('uuid', { nullable: true }) withdrawnBy: string | null;
  @Column('text', { nullable: true }) withdrawnNote: string | null;
}

/** A class whose people are in a batch. A class is in at most one that waits. */
@Entity()
@Index('batch_class_waits_once', ['classId'], { unique: true, where: 'waits' })
export class BatchClass {
  @ForeignKey('Batch') @PrimaryColumn('uuid') batchId: string;
  @ForeignKey('TrainingClass') @PrimaryColumn('uuid') classId: string;
  @Column('boolean') waits: boolean;
}

/** Somebody in a batch, as it was prepared; with the line of the book that it became. */
@Entity()
@Index('batch_place_waits_once', ['renewsId'], { unique: true, where: 'waits and renews_id is not null' })
export class BatchPlace {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Batch') @Index() @Column('uuid') batchId: string;
  @Column('int') position: number;
  /** Whose reach covers it: the unit of the class, or of the certificate that is renewed. */
  @ForeignKey('Unit') @Column('uuid') scopeUnitId: string;
  @ForeignKey('Enrolment') @Index() @Column('uuid', { nullable: true }) enrolmentId: string | null;
  /** The certificate in whose place the new one comes. */
  @ForeignKey('RegisterEntry') @Column('uuid', { nullable: true }) renewsId: string | null;
  @Column('boolean') waits: boolean;
  @Column('text') verdict: 'given' | 'override' | 'left-out';
  @Column('text', { nullable: true }) reason: string | null;
  @ForeignKey('RegisterEntry') @Index({ unique: true }) @Column('uuid', { nullable: true }) entryId: string | null;
}

/** Somebody was called about a certificate that lapses. Rows are only added. */
@Entity()
export class LapsingCall {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('RegisterEntry') @Index() @Column('uuid') entryId: string;
  @Column('timestamptz') at: Date;
  @Column('uuid') byPersonId: string;
}
