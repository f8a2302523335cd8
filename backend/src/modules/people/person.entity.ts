import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

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
  /** The record that this one was found to be a double of; it stays, and its past with it. */
  @ForeignKey('Person') @Index() @Column('uuid', { nullable: true }) mergedIntoId: string | null;
  /** When the person was made nameless because they asked for it. */
  @Column('timestamptz', { nullable: true }) erasedAt: Date | null;
}

/** Rows that a merger moved from one record to the other, by table and column, so that it can be taken back. */
export interface Moved { table: string; column: string; ids: string[] }

/** Two records of one person put together. It can be undone for thirty days. */
@Entity()
export class PersonMerge {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') keptId: string;
  @ForeignKey('Person') @Index() @Column('uuid') mergedId: string;
  @Column('timestamptz') at: Date;
  @Column('uuid') byPersonId: string;
  /** What the kept record was before, where a field was taken from the other. */
  @Column('jsonb') before: object;
  @Column('jsonb') moved: Moved[];
  @Column('timestamptz', { nullable: true }) undoneAt: Date | null;
}

/** Two records that a human has looked at and found to be two people. */
@Entity()
export class PersonApart {
  @ForeignKey('Person') @PrimaryColumn('uuid') oneId: string;
  @ForeignKey('Person') @PrimaryColumn('uuid') otherId: string;
  @Column('uuid') byPersonId: string;
  @Column('timestamptz') at: Date;
}

/** Sensitive, so apart: kept only with the person's consent, read only in counts, and sealed with a key that is not in the database. */
@Entity()
export class PersonEthnicity {
  @PrimaryColumn('uuid') personId: string;
  @Column('bytea') sealed: Buffer;
  @Column('timestamptz') consentedAt: Date;
}
