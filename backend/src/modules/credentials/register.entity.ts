import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** Who issues: the body as it stands on the paper. */
@Entity()
export class Issuer {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { unique: true }) slug: string;
  @ForeignKey('Unit') @Column('uuid') unitId: string;
  @Column('text') name: string;
  @Column('text') parentName: string;
  /** Where papers are signed, as it stands before the date. */
  @Column('text') place: string;
  @Column('text', { nullable: true }) phone: string | null;
}

/** A kind of certificate with its own numbers. */
@Entity()
export class CertificateType {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { unique: true }) slug: string;
  @ForeignKey('Issuer') @Column('uuid') issuerId: string;
  @Column('text') title: string;
  @Column('smallint') validityMonths: number;
  /** Does it carry the right to teach the next tier? */
  @Column('boolean') endorsesTeaching: boolean;
  /** `{number}/{year}/GCN-PN` */
  @Column('text') numberPattern: string;
  @Column('text') serialPrefix: string;
}

/** The last number given; the row is locked while the next is taken, so that there is no gap and no double. */
@Entity()
export class RegisterCounter {
  @ForeignKey('Issuer') @PrimaryColumn('uuid') issuerId: string;
  @ForeignKey('CertificateType') @PrimaryColumn('uuid') typeId: string;
  @PrimaryColumn('smallint') year: number;
  @Column('int') last: number;
}

/** What an entry rests on: the class and who taught it, as they were. */
export interface Evidence {
  class: { id: string; code: string; title: string; unitName: string; from: string; until: string };
  trainers: { name: string; body: string | null; entryId: string | null }[];
}

/** A line of the book. A trigger refuses UPDATE and DELETE; what changes later is a new line that points here. */
@Entity()
@Unique('register_number_once', ['issuerId', 'typeId', 'year', 'number'])
export class RegisterEntry {
  @PrimaryColumn('uuid') id: string;
  /** Place in the chain, without gaps from 1. */
  @Column('bigint', { unique: true }) seq: number;
  @Column('text') kind: 'issue' | 'revocation';
  @ForeignKey('Issuer') @Column('uuid') issuerId: string;
  @ForeignKey('CertificateType') @Column('uuid') typeId: string;
  @Column('smallint') year: number;
  /** `null` on a line that issues nothing. */
  @Column('int', { nullable: true }) number: number | null;
  @Column('text', { nullable: true, unique: true }) registerNo: string | null;
  @Column('text', { nullable: true, unique: true }) serialNo: string | null;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') holderName: string;
  @Column('text') @Index() holderFolded: string;
  @ForeignKey('Unit') @Column('uuid') unitId: string;
  @Column('text') unitName: string;
  @Column('text') title: string;
  @Column('numeric') hours: number;
  @Column('date') issuedOn: string;
  @Column('date') validUntil: string;
  @Column('text') decisionNo: string;
  @Column('text') signerTitle: string;
  @Column('text') signerName: string;
  @Column('jsonb', { nullable: true }) evidence: Evidence | null;
  @ForeignKey('RegisterEntry') @Index() @Column('uuid', { nullable: true }) refersTo: string | null;
  @Column('text', { nullable: true }) note: string | null;
  /** Random part of the verification address: 128 bits. */
  @Column('text', { nullable: true, unique: true }) token: string | null;
  @Column('timestamptz') recordedAt: Date;
  @Column('text') previousHash: string;
  @Column('text') hash: string;
}

/** The PDF made from an entry. A lost one is made again; the number never. */
@Entity()
export class Paper {
  @ForeignKey('RegisterEntry') @PrimaryColumn('uuid') entryId: string;
  @Column('text') fileKey: string;
  @Column('timestamptz') madeAt: Date;
}
