import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was last taken over from the content folder: as long as its fingerprint is the same, nothing is read again at the start. */
@Entity()
export class ContentLoad {
  @PrimaryColumn('text') name: string;
  @Column('text') fingerprint: string;
  @Column('timestamptz') at: Date;
}
