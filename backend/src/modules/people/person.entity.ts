import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A person, once. Where they work is a posting (organisation), how they sign in an account (access). */
@Entity()
export class Person {
  @PrimaryColumn('uuid') id: string;
  /** Short code to sign in with and to read over the phone. */
  @Column('text', { unique: true }) code: string;
  @Column('text') name: string;
  @Column('text') @Index() nameFolded: string;
  /** Given name first, as Vietnamese lists are sorted. */
  @Column({ type: 'text', collation: 'vi-x-icu' }) @Index() sortKey: string;
  @Column('smallint', { nullable: true }) birthYear: number | null;
  @Column('text', { nullable: true }) sex: 'female' | 'male' | null;
  /** E.164. Several people may share one phone. */
  @Column('text', { nullable: true }) @Index() phone: string | null;
  @Column('timestamptz') createdAt: Date;
  @Column('int', { default: 1 }) version: number;
}

/** Sensitive, so apart: kept only with the person's consent, read only in counts. */
@Entity()
export class PersonEthnicity {
  @PrimaryColumn('uuid') personId: string;
  @Column('text') ethnicity: string;
  @Column('timestamptz') consentedAt: Date;
}
