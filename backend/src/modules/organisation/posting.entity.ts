import type { Period } from '@lantoa/shared/rules/days';
import { Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { periodColumn } from '#platform/db';

/** A person in a position at a unit, from–to. A person can hold several at once. The unit is text in the rule, so that its index is not taken to look for a unit's postings, which it does badly. */
@Entity()
@Exclusion('posting_no_overlap', 'USING gist (person_id WITH =, (unit_id::text || position) WITH =, valid WITH &&)')
export class Posting {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @ForeignKey('Unit') @Index() @Column('uuid') unitId: string;
  @Column('text') position: string;
  /** The office within the unit, as people write it: `Hội LHPN`, `Trung tâm Y tế`. */
  @Column('text', { nullable: true }) body: string | null;
  /** The village or street group, where it is not a unit of its own. */
  @Column('text', { nullable: true }) locality: string | null;
  @Column(periodColumn) valid: Period;
}
