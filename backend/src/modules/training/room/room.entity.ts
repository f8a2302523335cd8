import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { RoomPhase } from './room.rules.ts';

/** A test taken together in a hall: what its three kinds of screens share. */
@Entity()
@Index('room_code_open_once', ['code'], { unique: true, where: "phase <> 'over'" })
@Index('room_of_class_once', ['classId', 'kind'], { unique: true })
export class Room {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('TrainingClass') @Column('uuid') classId: string;
  @Column('text') kind: 'pre' | 'post';
  /** Six digits that people type. */
  @Column('text') code: string;
  @Column('text') phase: RoomPhase;
  @Column('text') pace: 'own' | 'together';
  /** The question that everybody is at, from 0, when the pace is `together`. */
  @Column('smallint', { default: 0 }) question: number;
  @Column('smallint', { nullable: true }) timeLimitMinutes: number | null;
  @Column('boolean', { default: false }) extraTime: boolean;
  /** Six digits that open what phones have fetched before; `null` where nothing is sealed. */
  @Column('text', { nullable: true }) startCode: string | null;
  @ForeignKey('Person') @Column('uuid') hostId: string;
  @Column('timestamptz') openedAt: Date;
  @Column('timestamptz', { nullable: true }) startedAt: Date | null;
  /** Rises with every change that phones must hear of. */
  @Column('int', { default: 1 }) version: number;
}

/** That a device sits the test for a person. Released ones stay: who sat where can be told. */
@Entity()
@Index('room_seat_held_once', ['roomId', 'personId'], { unique: true, where: 'released_at is null' })
export class RoomSeat {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Room') @Column('uuid') roomId: string;
  @ForeignKey('Person') @Column('uuid') personId: string;
  @ForeignKey('Enrolment') @Column('uuid') enrolmentId: string;
  /** The attempt goes on when the person moves to another phone. */
  @Column('uuid') attemptId: string;
  @Column('bytea') @Index({ unique: true }) tokenHash: Buffer;
  @Column('text') channel: 'own-phone' | 'shared-phone';
  @Column('timestamptz') joinedAt: Date;
  @Column('timestamptz', { nullable: true }) releasedAt: Date | null;
}
