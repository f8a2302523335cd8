import type { IncidentData, StepKind } from '@lantoa/shared/incidents';
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

/** A breach of personal data. Rows are only added; what becomes of it stands in its steps. */
@Entity()
export class DataIncident {
  @PrimaryColumn('uuid') id: string;
  @Column('timestamptz') foundAt: Date;
  @Column('text') what: string;
  @Column('text', { array: true }) data: IncidentData[];
  @Column('integer', { nullable: true }) people: number | null;
  @ForeignKey('Person') @Column('uuid') notedBy: string;
  @Column('timestamptz') notedAt: Date;
}

/** What was found, done or told of it. Rows are only added. */
@Entity()
export class DataIncidentStep {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('DataIncident') @Index() @Column('uuid') incidentId: string;
  @Column('text') kind: StepKind;
  @Column('text') words: string;
  @ForeignKey('Person') @Column('uuid') by: string;
  @Column('timestamptz') at: Date;
}
