import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Who did what to which thing. A trigger refuses UPDATE and DELETE. */
@Entity()
export class AuditRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id: number;
  @Column('timestamptz') at: Date;
  /** `null`: the program itself (migration, demonstration, command line). */
  @Column('uuid', { nullable: true }) @Index() actorId: string | null;
  @Column('text') @Index() action: string;
  @Column('text') objectType: string;
  @Column('text') @Index() objectId: string;
  @Column('jsonb', { default: {} }) data: object;
  @Column('text', { nullable: true }) requestId: string | null;
}

/** Covers the rows of the log from one number to another, and the seal before it. Rows are only added. */
@Entity()
export class AuditSeal {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id: number;
  @Column('bigint', { unique: true }) fromId: number;
  @Column('bigint') toId: number;
  @Column('int') rows: number;
  /** SHA-256 as hexadecimal; empty for the first. */
  @Column('text') previousHash: string;
  @Column('text') hash: string;
  @Column('timestamptz') at: Date;
}
