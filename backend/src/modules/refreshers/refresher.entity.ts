import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/**
 * A refresher that was planned for somebody: by the calendar of a certificate, or by a campaign. Which questions it asks was decided when it was planned. It is done when its attempt is handed in; form and sitting carry its own id and
 * are made when it is begun.
 */
@Entity()
@Unique('refresher_stage_once', ['entryId', 'stage'])
@Unique('refresher_round_once', ['campaignId', 'personId', 'stage'])
export class Refresher {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  /** The certificate whose calendar it stands in. */
  @ForeignKey('RegisterEntry') @Column('uuid', { nullable: true }) entryId: string | null;
  @ForeignKey('Campaign') @Column('uuid', { nullable: true }) campaignId: string | null;
  @Column('text') courseSlug: string;
  @Column('text') title: string;
  /** `d7`, `m12`, `before-expiry`; `c1`, `c2` of a campaign. */
  @Column('text') stage: string;
  @Index() @Column('date') dueOn: string;
  /** It came forward, because a topic had faded. */
  @Column('boolean', { default: false }) early: boolean;
  @Column('uuid', { array: true }) questionVersionIds: string[];
  @Column('timestamptz') plannedAt: Date;
  /** When it had arrived on a phone, and when it was begun. */
  @Column('timestamptz', { nullable: true }) receivedAt: Date | null;
  @Column('timestamptz', { nullable: true }) openedAt: Date | null;
}

/** Somebody was called about a refresher that is late. */
@Entity()
export class RefresherCall {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Refresher') @Index() @Column('uuid') refresherId: string;
  @Column('timestamptz') at: Date;
  @Column('uuid') byPersonId: string;
}

/** Refreshers for a group of people, once or week after week. */
@Entity()
export class Campaign {
  @PrimaryColumn('uuid') id: string;
  @Column('text') title: string;
  @Column('text') courseSlug: string;
  /** Empty: all topics of the course. */
  @Column('text', { array: true }) topics: string[];
  @ForeignKey('Unit') @Column('uuid') unitId: string;
  @Column('date', { nullable: true }) certifiedFrom: string | null;
  @Column('date', { nullable: true }) certifiedUntil: string | null;
  @Column('smallint') questions: number;
  /** One a week. */
  @Column('smallint') rounds: number;
  @Column('date') startsOn: string;
  @Column('text') status: 'running' | 'paused' | 'ended';
  @Column('uuid') madeBy: string;
  @Column('timestamptz') madeAt: Date;
}

@Entity()
export class CampaignMove {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Campaign') @Index() @Column('uuid') campaignId: string;
  @Column('text') to: Campaign['status'];
  @Column('text', { nullable: true }) note: string | null;
  @Column('uuid') byPersonId: string;
  @Column('timestamptz') at: Date;
}

/** What somebody remembers of a question, as all their answers say (`rules/memory`). Made from the answers, and can be made from them again. */
@Entity()
export class QuestionMemory {
  @ForeignKey('Person') @PrimaryColumn('uuid') personId: string;
  @ForeignKey('Question') @Index() @PrimaryColumn('uuid') questionId: string;
  @Column('double precision') stability: number;
  @Column('double precision') difficulty: number;
  @Column('date') lastDay: string;
  @Column('boolean') lastRight: boolean;
}

/** Attempts whose answers are in the memories. */
@Entity()
export class ReviewedAttempt {
  @ForeignKey('Attempt') @PrimaryColumn('uuid') attemptId: string;
}
