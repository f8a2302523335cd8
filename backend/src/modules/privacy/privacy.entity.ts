import type { RequestKind } from '@lantoa/shared/privacy';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What somebody has asked for of their own data, and what came of it. */
@Entity()
export class PrivacyRequest {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') kind: RequestKind;
  @Column('text') note: string;
  @Column('text') state: 'open' | 'answered' | 'prepared' | 'done' | 'refused';
  @Column('date') askedOn: string;
  @Column('date') answerBy: string;
  @Column('date') doneBy: string;
  @Column('date', { nullable: true }) answeredOn: string | null;
  @Column('text', { nullable: true }) answer: string | null;
  @Column('uuid', { nullable: true }) preparedBy: string | null;
  @Column('uuid', { nullable: true }) closedBy: string | null;
  @Column('date', { nullable: true }) closedOn: string | null;
}

/** An agreement that was withdrawn. Rows are only added. */
@Entity()
export class ConsentEnd {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') purpose: 'learning' | 'ethnicity';
  @Column('timestamptz') at: Date;
}
