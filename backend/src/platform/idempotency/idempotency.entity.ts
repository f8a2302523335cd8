import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A command that was done, with its answer, so that a repeat gets the same answer and does nothing. */
@Entity()
export class IdempotencyKey {
  @PrimaryColumn('uuid') key: string;
  @PrimaryColumn('text') actor: string;
  @Column('text') requestHash: string;
  @Column('jsonb', { nullable: true }) response: object | null;
  @Column('timestamptz') at: Date;
}
