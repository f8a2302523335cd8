import type { Layout } from '@lantoa/shared/templates';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** How certificates look, under a name. */
@Entity()
export class CertificateTemplate {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('timestamptz') madeAt: Date;
  /** The file name of a starter. */
  @Column('text', { nullable: true, unique: true }) starter: string | null;
}

/** A layout as it was kept. Never changed: a certificate names the one that it was issued with. */
@Entity()
@Unique('template_version_once', ['templateId', 'number'])
export class TemplateVersion {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('CertificateTemplate') @Index() @Column('uuid') templateId: string;
  @Column('int') number: number;
  @Column('jsonb') layout: Layout;
  @Column('text') note: string;
  @Column('uuid', { nullable: true }) madeBy: string | null;
  @Column('timestamptz') madeAt: Date;
}

/** A picture of a signature or a seal. Used only in layouts that somebody with the right to seal has kept. */
@Entity()
export class StampImage {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: 'signature' | 'seal';
  @Column('text') name: string;
  @Column('text') type: 'image/png' | 'image/jpeg';
  @Column('text') fileKey: string;
  @Column('uuid') addedBy: string;
  @Column('timestamptz') addedAt: Date;
}

/** The PDF made from an entry. A lost one is made again; the number never. */
@Entity()
export class Paper {
  @ForeignKey('RegisterEntry') @PrimaryColumn('uuid') entryId: string;
  @Column('text') fileKey: string;
  @Column('timestamptz') madeAt: Date;
}
