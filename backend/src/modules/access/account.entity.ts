import type { Period } from '@lantoa/shared/rules/days';
import type { Role } from '@lantoa/shared/permissions';
import { Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { periodColumn } from '#platform/db';

/** How a person signs in: one secret, a PIN or (staff) a password, as argon2id. */
@Entity()
export class Account {
  @ForeignKey('Person') @PrimaryColumn('uuid') personId: string;
  /** A name of its own for the row, which stays when two records of a person are put together. */
  @Column('uuid', { generated: 'uuid' }) secretId: string;
  @Column('text') secretKind: 'pin' | 'password';
  @Column('text') secretHash: string;
  @Column('timestamptz') activatedAt: Date;
}

/** A role held from–to, at a unit, or (owner) for the whole installation. */
@Entity()
@Exclusion('role_grant_no_overlap', 'USING gist (person_id WITH =, role WITH =, unit_id WITH =, valid WITH &&)')
export class RoleGrant {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') role: Role;
  @ForeignKey('Unit') @Column('uuid', { nullable: true }) unitId: string | null;
  @Column(periodColumn) valid: Period;
  @Column('uuid', { nullable: true }) grantedBy: string | null;
}

/** An opaque session; only the hash of its token is kept. */
@Entity()
export class Session {
  @PrimaryColumn('uuid') id: string;
  @Column('bytea') @Index({ unique: true }) tokenHash: Buffer;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') label: string;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') seenAt: Date;
  @Column('timestamptz') expiresAt: Date;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
}

/** A printed slip that lets one person in once. Its code and its QR secret are kept as hashes. */
@Entity()
export class ActivationSlip {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('bytea') codeHash: Buffer;
  @Column('bytea') @Index({ unique: true }) secretHash: Buffer;
  @Column('timestamptz') issuedAt: Date;
  @Column('timestamptz') expiresAt: Date;
  @Column('timestamptz', { nullable: true }) usedAt: Date | null;
  @Column('timestamptz', { nullable: true }) voidedAt: Date | null;
}

/** Which text a person agreed to, and when. Rows are added, never changed. */
@Entity()
export class Consent {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('text') purpose: string;
  @Column('text') textVersion: string;
  @Column('timestamptz') at: Date;
}

/** The one-time link of an empty installation. At most one row. */
@Entity()
export class OwnerClaim {
  @PrimaryColumn('boolean') only: boolean;
  @Column('bytea') tokenHash: Buffer;
}

/** The second step of signing in. `sealed`: the secret of the authenticator app, encrypted with a key that is not in the database. */
@Entity()
export class SecondStep {
  @ForeignKey('Person') @PrimaryColumn('uuid') personId: string;
  @Column('bytea') sealed: Buffer;
  /** `null`: begun, and no code has shown yet that the app has the secret. */
  @Column('timestamptz', { nullable: true }) confirmedAt: Date | null;
  /** The last thirty seconds whose code was used. */
  @Column('bigint', { default: 0 }) lastStep: number;
}

/** Gets somebody in once who does not have the phone at hand. */
@Entity()
export class RecoveryCode {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Person') @Index() @Column('uuid') personId: string;
  @Column('bytea') hash: Buffer;
  @Column('timestamptz', { nullable: true }) usedAt: Date | null;
}
