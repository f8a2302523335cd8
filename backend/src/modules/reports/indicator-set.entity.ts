import type { Indicator } from '@lantoa/shared/reports';
import type { Period } from '@lantoa/shared/rules/days';
import { Column, Entity, Exclusion, ForeignKey, PrimaryColumn } from 'typeorm';
import { periodColumn } from '#platform/db';

/** The indicators of a programme while they held. A version is never edited: a new one ends it. */
@Entity()
@Exclusion('indicator_set_no_overlap', 'USING gist (programme_id WITH =, valid WITH &&)')
export class IndicatorSetVersion {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Programme') @Column('uuid') programmeId: string;
  @Column('text') name: string;
  @Column('jsonb') indicators: Indicator[];
  @Column(periodColumn) valid: Period;
  @Column('timestamptz') madeAt: Date;
  @ForeignKey('Person') @Column('uuid') madeBy: string;
}
