import type { ChangeAct, LineKind, Wording } from '@lantoa/shared/register';
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
  /** How the next ones look: the newest version of this template. */
  @ForeignKey('CertificateTemplate') @Column('uuid', { nullable: true }) templateId: string | null;
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

/**
 * A line of the book. A trigger refuses UPDATE and DELETE; what changes later is a new line that points here: a revocation, another certificate in its place (re-issue, renewal), or a correction, which says everything anew and
 * ends nothing.
 */
@Entity()
@Unique('register_number_once', ['issuerId', 'typeId', 'year', 'number'])
export class RegisterEntry {
  @PrimaryColumn('uuid') id: string;
  /** Place in the chain, without gaps from 1. */
  @Column('bigint', { unique: true }) seq: number;
  @Column('text') kind: LineKind;
  /** Which fields the hash covers: 1 until November 2026, 2 with those that came then. */
  @Column('smallint', { default: 1 }) format: number;
  @ForeignKey('Issuer') @Column('uuid') issuerId: string;
  @ForeignKey('CertificateType') @Column('uuid') typeId: string;
  @Column('smallint') year: number;
  /** `null` on a line that issues nothing. */
  @Column('int', { nullable: true }) number: number | null;
  @Column('text', { nullable: true, unique: true }) registerNo: string | null;
  @Column('text', { nullable: true, unique: true }) serialNo: string | null;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') holderName: string;
  @Column('smallint', { nullable: true }) birthYear: number | null;
  @Column('text', { nullable: true }) sex: 'female' | 'male' | null;
  @Column('text') @Index() holderFolded: string;
  @ForeignKey('Unit') @Column('uuid') unitId: string;
  @Column('text') unitName: string;
  @Column('text') title: string;
  @Column('numeric') hours: number;
  @Column('date') issuedOn: string;
  @Index() @Column('date') validUntil: string;
  @Column('text') decisionNo: string;
  @Column('text') signerTitle: string;
  @Column('text') signerName: string;
  @Column('jsonb', { nullable: true }) evidence: Evidence | null;
  /** The certificate that this line ends. */
  @ForeignKey('RegisterEntry') @Index() @Column('uuid', { nullable: true }) refersTo: string | null;
  /** The certificate that this line words anew. */
  @ForeignKey('RegisterEntry') @Index() @Column('uuid', { nullable: true }) corrects: string | null;
  /** Why, by a closed list of the contract. */
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text', { nullable: true }) note: string | null;
  /** How the paper looks. An issued one never changes its template. */
  @ForeignKey('TemplateVersion') @Column('uuid', { nullable: true }) templateVersionId: string | null;
  /** Random part of the verification address: 128 bits. */
  @Column('text', { nullable: true, unique: true }) token: string | null;
  @Column('timestamptz') recordedAt: Date;
  @Column('text') previousHash: string;
  @Column('text') hash: string;
}

/** A change that one person asks for and another decides: revoke, correct, issue again. An entry has at most one that waits. */
@Entity()
@Index('register_request_waits_once', ['entryId'], { unique: true, where: 'verdict is null' })
export class RegisterRequest {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('RegisterEntry') @Index() @Column('uuid') entryId: string;
  @Column('text') act: ChangeAct;
  @Column('text') reason: string;
  @Column('text') note: string;
  @Column('text') decisionNo: string;
  /** What a correction says instead. */
  @Column('jsonb', { nullable: true }) content: Wording | null;
  @Column('uuid') askedBy: string;
  @Column('timestamptz') askedAt: Date;
  @Column('text', { nullable: true }) verdict: 'approved' | 'refused' | null;
  @Column('text', { nullable: true }) verdictNote: string | null;
  @Column('uuid', { nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt: Date | null;
  /** The line that an approval wrote. */
  @ForeignKey('RegisterEntry') @Column('uuid', { nullable: true }) lineId: string | null;
}

/** Who took a paper and signed for it. Rows are only added; the last one of an entry counts. */
@Entity()
export class PaperReceipt {
  @PrimaryColumn('uuid') id: string;
  @Column('bigint', { generated: 'increment' }) seq: number;
  @ForeignKey('RegisterEntry') @Index() @Column('uuid') entryId: string;
  @Column('text') receivedBy: string;
  @Column('date') receivedOn: string;
  @Column('uuid') recordedBy: string;
  @Column('timestamptz') recordedAt: Date;
}
