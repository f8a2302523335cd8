import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A key that an issuer signs with. Its public half is published for ever: what was signed with it must verify for ever. */
@Entity()
@Unique('signing_key_once', ['issuerId', 'number'])
export class SigningKey {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Issuer') @Column('uuid') issuerId: string;
  @Column('smallint') number: number;
  @Column('text') publicKey: string;
  /** The private half, sealed. */
  @Column('bytea') sealed: Buffer;
  @Column('timestamptz') madeAt: Date;
  /** From when another signs. */
  @Column('timestamptz', { nullable: true }) retiredAt: Date | null;
}

/** A signed document, kept as the exact bytes that are served: others hold their hash. Never changed; a corrected certificate gets another one. */
@Entity()
@Unique('signed_document_once', ['kind', 'issuerId', 'wording'])
export class SignedDocument {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { unique: true }) url: string;
  @Column('text') kind: 'credential' | 'class-record';
  @ForeignKey('Issuer') @Column('uuid') issuerId: string;
  @ForeignKey('RegisterEntry') @Index() @Column('uuid', { nullable: true }) entryId: string | null;
  @Index() @Column('uuid', { nullable: true }) classId: string | null;
  /** The words that it was made from: a certificate that is worded anew gets a new one. */
  @Column('text') wording: string;
  /** Place in the status lists, from a sequence, because it stands in the document before that is stored. */
  @Column('bigint') seq: number;
  @Column('text') bytes: string;
  @Column('text') digest: string;
  @Column('timestamptz') madeAt: Date;
}

/** A list of bits, one a credential: set when it is no longer good. Made from the register, so it can be made again. */
@Entity()
@Unique('status_list_once', ['issuerId', 'number'])
export class StatusList {
  @PrimaryColumn('text') url: string;
  @ForeignKey('Issuer') @Column('uuid') issuerId: string;
  @Column('int') number: number;
  /** The places whose bit is set. */
  @Column('int', { array: true }) ended: number[];
  @Column('text') bytes: string;
  @Column('timestamptz') madeAt: Date;
}
