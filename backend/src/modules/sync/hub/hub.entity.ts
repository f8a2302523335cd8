import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A class that this laptop holds, and what was there when it came: all else was done here. */
@Entity()
export class HubClass {
  @PrimaryColumn('uuid') classId: string;
  @Column('text') url: string;
  /** As which device the laptop speaks with the main server. */
  @Column('uuid') deviceId: string;
  @Column('timestamptz') fetchedAt: Date;
  @Column('uuid', { array: true }) known: string[];
}

/** A fact of a class on its way to the main server. */
@Entity()
@Unique('hub_fact_once', ['classId', 'factId', 'stage'])
export class HubOperation {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') classId: string;
  /** The enrolment, mark or attempt that it tells of; `stage` tells an attempt that was under way from the same one handed in. */
  @Column('uuid') factId: string;
  @Column('text') stage: string;
  @Column('int') seq: number;
  @Column('text') endpoint: string;
  @Column('jsonb') input: { params: Record<string, string>; body: Record<string, unknown> };
  @Column('text') about: string;
  @Column('timestamptz') doneAt: Date;
  @Column('text') outcome: 'waiting' | 'done' | 'refused';
  @Column('text', { nullable: true }) code: string | null;
  @Column('jsonb', { nullable: true }) output: Record<string, unknown> | null;
}
