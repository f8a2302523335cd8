import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Where a commune stands on the grid of squares. It may outlive a unit that was taken back, and does no harm. */
@Entity()
export class UnitTile {
  @PrimaryColumn('uuid') unitId: string;
  @Column('smallint') row: number;
  @Column('smallint') col: number;
}

/** Somebody was called about something overdue, or that was taken back. Rows are only added; the last one holds. */
@Entity()
@Index(['kind', 'subjectId'])
export class OverdueCall {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: 'refresher' | 'certificate' | 'report';
  @Column('uuid') subjectId: string;
  @Column('boolean') called: boolean;
  @Column('timestamptz') at: Date;
  @ForeignKey('Person') @Column('uuid') byPersonId: string;
}
