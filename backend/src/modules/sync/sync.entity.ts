import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A phone of a person, as it was last heard of. */
@Entity()
export class SyncDevice {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @PrimaryColumn('uuid') personId: string;
  @Column('timestamptz') heardAt: Date;
  /** What it still kept after that. */
  @Column('int') pending: number;
  /** Its clock minus ours, in milliseconds. Nothing is refused for its clock. */
  @Column('int') skewMs: number;
}

/** An operation of a phone and what became of it. */
@Entity()
export class SyncOperation {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Index() @Column('uuid') deviceId: string;
  @Column('int') seq: number;
  @Column('text') endpoint: string;
  /** When it was done, by the phone's clock, and by ours. */
  @Column('timestamptz') deviceAt: Date;
  @Column('timestamptz') correctedAt: Date;
  @Column('timestamptz') heardAt: Date;
  @Column('text') outcome: 'done' | 'refused' | 'again';
  @Column('text', { nullable: true }) code: string | null;
  /** What was refused, as it came: nothing that somebody did is thrown away. */
  @Column('jsonb', { nullable: true }) input: object | null;
  /** The answer of what was done, given again when it is sent again. */
  @Column('jsonb', { nullable: true }) output: object | null;
}
