import type { ReminderChannel, ReminderStage } from '@lantoa/shared/rules/reminders';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** How somebody wants to be reminded; without a row, by whatever reaches them. */
@Entity()
export class ReminderChoice {
  @ForeignKey('Person') @PrimaryColumn('uuid') personId: string;
  @Column('boolean') allowed: boolean;
  @Column('text', { nullable: true }) email: string | null;
  @Column('timestamptz') changedAt: Date;
}

/** A browser of somebody that may be pushed to. */
@Entity()
export class PushDevice {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text', { unique: true }) endpoint: string;
  @Column('text') p256dh: string;
  @Column('text') auth: string;
  @Column('timestamptz') addedAt: Date;
}

/** A reminder of a refresher, by one channel at one stage; there is never a second one. */
@Entity()
@Unique('reminder_once', ['refresherId', 'stage', 'channel'])
export class Reminder {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Refresher') @Column('uuid') refresherId: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') stage: ReminderStage;
  @Column('text') channel: ReminderChannel;
  @Column('text') text: string;
  @Column('text') status: 'waiting' | 'sent' | 'failed';
  /** Why it did not go out. */
  @Column('text', { nullable: true }) error: string | null;
  @Column('timestamptz') madeAt: Date;
  @Column('timestamptz', { nullable: true }) sentAt: Date | null;
}

/** Words of one's own for a reminder. */
@Entity()
export class ReminderTemplate {
  @PrimaryColumn('text') stage: ReminderStage;
  @PrimaryColumn('text') channel: ReminderChannel;
  @Column('text') text: string;
  @Column('uuid') changedBy: string;
  @Column('timestamptz') changedAt: Date;
}

/** The key by which push services know this installation (VAPID), its private half sealed. */
@Entity()
export class PushKey {
  @PrimaryColumn('smallint') id: number;
  @Column('text') publicKey: string;
  @Column('bytea') sealedPrivateKey: Buffer;
}
