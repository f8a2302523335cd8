import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** News that was told: written in the transaction of the act, never changed. */
@Entity()
export class OutboxRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id: number;
  @Column('text') name: string;
  @Column('jsonb') payload: object;
  @Column('timestamptz') at: Date;
}
