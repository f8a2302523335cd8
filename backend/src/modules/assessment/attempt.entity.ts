import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A test that is open to certain people for a time: the pre-test of a class, say. */
@Entity()
export class Sitting {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Form') @Column('uuid') formId: string;
  @Column('timestamptz') openedAt: Date;
  @Column('timestamptz', { nullable: true }) closedAt: Date | null;
  /** Under what name its results may be compared with others: the tier's, say. */
  @Column('text', { nullable: true }) cohort: string | null;
  /** Minutes from start to handing in, before any extra; `null` for no limit. */
  @Column('smallint', { nullable: true }) timeLimitMinutes: number | null;
  /** Half as much time again, for those who read slowly. */
  @Column('boolean', { default: false }) extraTime: boolean;
}

/** That a person may sit it. */
@Entity()
export class Seat {
  @ForeignKey('Sitting') @PrimaryColumn('uuid') sittingId: string;
  @ForeignKey('Person') @Index() @PrimaryColumn('uuid') personId: string;
}

/** One try at a form, with an id that the client made. Written once at the start and once when handed in. */
@Entity()
@Unique('attempt_number_once', ['personId', 'seriesId', 'number'])
@Index('attempt_counts_once', ['sittingId', 'personId'], { unique: true, where: 'counts' })
export class Attempt {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Form') @Column('uuid') formId: string;
  @ForeignKey('Person') @Column('uuid') personId: string;
  @ForeignKey('Sitting') @Column('uuid', { nullable: true }) sittingId: string | null;
  /** What tries are counted within: the sitting, or the form itself where there is none. */
  @Column('uuid') seriesId: string;
  @Column('smallint') number: number;
  @Column('text') channel: 'own-phone' | 'shared-phone' | 'paper';
  /** The language that it was heard or read in. */
  @Column('text', { default: 'vi' }) language: string;
  @Column('timestamptz') startedAt: Date;
  /** Seconds that were allowed when it was started; `null` for no limit. */
  @Column('int', { nullable: true }) allowedSeconds: number | null;
  @Column('timestamptz', { nullable: true }) submittedAt: Date | null;
  @Column('smallint', { nullable: true }) answeredCount: number | null;
  @Column('smallint', { nullable: true }) rightCount: number | null;
  /** Credit of all questions together; the score is this ÷ total. */
  @Column('double precision', { nullable: true }) points: number | null;
  @Column('smallint', { nullable: true }) totalCount: number | null;
  @Column('smallint', { nullable: true }) anchorRight: number | null;
  @Column('smallint', { nullable: true }) anchorTotal: number | null;
  @Column('numeric', { precision: 5, scale: 4, nullable: true }) score: number | null;
  @Column('boolean', { nullable: true }) passed: boolean | null;
  /** Handed in after the sitting was closed: kept, but it does not count by itself. */
  @Column('boolean', { default: false }) late: boolean;
  /** An answer was given after the time allowed (by the phone's own clock, with a minute's grace): kept and marked, shown to the trainer. */
  @Column('boolean', { default: false }) overtime: boolean;
  /** The one attempt of this person that stands for the sitting: the first that was handed in. */
  @Column('boolean', { default: false }) counts: boolean;
}

/** An answer as it was given. Rows are only added; the highest revision before handing in is the one that is marked. */
@Entity()
export class Answer {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Attempt') @Index() @Column('uuid') attemptId: string;
  @ForeignKey('QuestionVersion') @Column('uuid') questionVersionId: string;
  @Column('text') choice: string;
  @Column('smallint') revision: number;
  /** By the clock of the phone; nothing is refused for it. */
  @Column('timestamptz') answeredAt: Date;
  @Column('timestamptz') receivedAt: Date;
  /** Came after the attempt was handed in. */
  @Column('boolean') late: boolean;
}

/** What the marked answer to a question was worth. Written once, when the attempt is handed in; every analysis reads it here. */
@Entity()
export class Mark {
  @ForeignKey('Attempt') @PrimaryColumn('uuid') attemptId: string;
  @ForeignKey('QuestionVersion') @Index() @PrimaryColumn('uuid') questionVersionId: string;
  /** `null`: not answered. */
  @Column('text', { nullable: true }) choice: string | null;
  @Column('boolean') right: boolean;
  /** 0–1; only a whole 1 is right. */
  @Column('double precision') credit: number;
}
