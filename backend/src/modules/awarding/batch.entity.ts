import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Certificates that are given together: prepared by one person, approved by another. A class has at most one batch that waits. */
@Entity()
@Index('batch_waits_once', ['classId'], { unique: true, where: "status = 'prepared'" })
export class Batch {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Column('uuid') classId: string;
  @Column('text') status: 'prepared' | 'approved';
  @Column('text') decisionNo: string;
  @Column('date') issuedOn: string;
  @Column('text') signerTitle: string;
  @Column('text') signerName: string;
  @Column('uuid') preparedBy: string;
  @Column('timestamptz') preparedAt: Date;
  @Column('uuid', { nullable: true }) approvedBy: string | null;
  @Column('timestamptz', { nullable: true }) approvedAt: Date | null;
}

/** The line of the book that a place in a batch became. */
@Entity()
export class BatchEntry {
  @ForeignKey('Batch') @PrimaryColumn('uuid') batchId: string;
  @ForeignKey('Enrolment') @Index({ unique: true }) @PrimaryColumn('uuid') enrolmentId: string;
  @ForeignKey('RegisterEntry') @Column('uuid') entryId: string;
}
