import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Who did what to which thing. A trigger refuses UPDATE and DELETE. */
@Entity()
export class AuditRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id: number;
  @Column('timestamptz') at: Date;
  /** `null`: the program itself (migration, demonstration, command line). */
  @Column('uuid', { nullable: true }) @Index() actorId: string | null;
  @Column('text') action: string;
  @Column('text') objectType: string;
  @Column('text') @Index() objectId: string;
  @Column('jsonb', { default: {} }) data: object;
  @Column('text', { nullable: true }) requestId: string | null;
}
