import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { addStampImage, Layout, makeTemplate, saveVersion, Template, TemplateVersion as VersionView, useTemplate } from '@lantoa/shared/templates';
import { In } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Files } from '#platform/files';
import { type Actor, orProblem, problem } from '#platform/http';
import { CertificateType, type RegisterEntry } from '../register/register.entity.ts';
import { STARTERS } from './starters.ts';
import { CertificateTemplate, StampImage, TemplateVersion } from './template.entity.ts';
import { pictureOf, stampSvg } from './stamp-picture.ts';

/** How certificates look: templates in versions that never change, and pictures of signatures and seals behind a right of their own. */
@Injectable()
export class TemplatesService {
  constructor(private readonly db: Db, private readonly files: Files, private readonly audit: Audit) {}

  /** Starters exist from the first start on. What exists already is left as it is. @returns the id of the first */
  async lay(): Promise<string> {
    for (const { starter, name, layout } of STARTERS) {
      if (await this.db.repo(CertificateTemplate).existsBy({ starter })) continue;
      const id = randomUUID();
      await this.db.repo(CertificateTemplate).insert({ id, name, madeAt: clock.now(), starter });
      await this.db.repo(TemplateVersion).insert({ id: randomUUID(), templateId: id, number: 1, layout, note: '', madeBy: null, madeAt: clock.now() });
    }
    return (await this.db.repo(CertificateTemplate).findOneByOrFail({ starter: STARTERS[0]?.starter as string })).id;
  }

  async list(actor: Actor) {
    const templates = await this.db.repo(CertificateTemplate).find({ order: { madeAt: 'ASC', name: 'ASC' } });
    const versions = await this.db.rows<VersionView & { templateId: string }>(
      `select v.id, v.template_id as "templateId", v.number, v.layout, v.note, (select name from person where id = v.made_by) as "madeBy", to_char(v.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt",
          (select count(*) from register_entry e where e.template_version_id = v.id and e.kind = 'issue')::int as certificates from template_version v order by v.number desc`);
    const types = await this.db.repo(CertificateType).find({ order: { slug: 'ASC' } });
    const items = templates.map((t): Template => ({
      id: t.id, name: t.name, usedBy: types.filter((y) => y.templateId === t.id).map((y) => ({ typeId: y.id, title: y.title })), versions: versions.filter((v) => v.templateId === t.id), mayEdit: actor.can('template.edit'), maySeal: actor.can('template.seal'),
    }));
    return { items, types: types.map((t) => ({ id: t.id, title: t.title, templateId: t.templateId })) };
  }

  make(actor: Actor, { body }: ArgsOf<typeof makeTemplate>): Promise<{ id: string }> {
    return this.db.transaction(async () => {
      this.sealed(actor, body.layout, null);
      const id = randomUUID();
      await this.db.repo(CertificateTemplate).insert({ id, name: body.name, madeAt: clock.now(), starter: null });
      await this.db.repo(TemplateVersion).insert({ id: randomUUID(), templateId: id, number: 1, layout: body.layout, note: '', madeBy: actor.personId, madeAt: clock.now() });
      await this.audit.record(actor, 'template.made', { type: 'template', id }, { name: body.name });
      return { id };
    });
  }

  save(actor: Actor, { params, body }: ArgsOf<typeof saveVersion>): Promise<VersionView> {
    return this.db.transaction(async () => {
      await this.db.lock(`template:${params.templateId}`);
      const last = orProblem(await this.newest(params.templateId), 'credentials.template-not-found');
      if (last.number !== body.base) throw problem('credentials.template-changed', { number: last.number });
      this.sealed(actor, body.layout, last.layout);
      const made = { id: randomUUID(), templateId: params.templateId, number: last.number + 1, layout: body.layout, note: body.note, madeBy: actor.personId, madeAt: clock.now() };
      await this.db.repo(TemplateVersion).insert(made);
      await this.audit.record(actor, 'template.saved', { type: 'template', id: params.templateId }, { number: made.number });
      const { name } = await this.db.row<{ name: string }>('select name from person where id = $1', [actor.personId]);
      return { ...made, madeBy: name, madeAt: made.madeAt.toISOString(), certificates: 0 };
    });
  }

  async use(actor: Actor, { params, body }: ArgsOf<typeof useTemplate>): Promise<Record<string, never>> {
    await this.db.transaction(async () => {
      orProblem(await this.newest(body.templateId), 'credentials.template-not-found');
      const { affected } = await this.db.repo(CertificateType).update({ id: params.typeId }, { templateId: body.templateId });
      if (!affected) throw problem('credentials.not-found');
      await this.audit.record(actor, 'template.used', { type: 'certificate-type', id: params.typeId }, { templateId: body.templateId });
    });
    return {};
  }

  addImage(actor: Actor, { body }: ArgsOf<typeof addStampImage>): Promise<{ id: string }> {
    const bytes = Buffer.from(body.base64, 'base64');
    const type = pictureOf(bytes);
    if (!type) throw problem('credentials.not-a-picture');
    return this.db.transaction(async () => {
      const id = randomUUID();
      const fileKey = `stamps/${id}`;
      await this.files.put(fileKey, bytes, type);
      await this.db.repo(StampImage).insert({ id, kind: body.kind, name: body.name, type, fileKey, addedBy: actor.personId, addedAt: clock.now() });
      await this.audit.record(actor, 'stamp.added', { type: 'stamp', id }, { kind: body.kind });
      return { id };
    });
  }

  async images() {
    return { items: await this.db.repo(StampImage).find({ select: { id: true, kind: true, name: true }, order: { addedAt: 'ASC' } }) };
  }

  /** The newest version of what a type of certificates uses. */
  async forType(typeId: string): Promise<{ versionId: string; name: string } | null> {
    const [row] = await this.db.rows<{ versionId: string; name: string }>('select v.id as "versionId", t.name from certificate_type y join certificate_template t on t.id = y.template_id join template_version v on v.template_id = t.id where y.id = $1 order by v.number desc limit 1', [typeId]);
    return row ?? null;
  }

  version(id: string): Promise<TemplateVersion | null> {
    return this.db.repo(TemplateVersion).findOneBy({ id });
  }

  /** The layout of each entry: that of the version it was issued with; before there were any, the first starter's. */
  async layoutsOf(entries: readonly RegisterEntry[]): Promise<Layout[]> {
    const versions = await this.db.repo(TemplateVersion).findBy({ id: In([...new Set(entries.flatMap((e) => e.templateVersionId ?? []))]) });
    const known = new Map(versions.map((v) => [v.id, v.layout]));
    return entries.map((e) => known.get(e.templateVersionId ?? '') ?? (STARTERS[0]?.layout as Layout));
  }

  /** The pictures of these layouts, as SVG by id. A picture that is gone is an empty one: the paper is signed by hand. */
  async stampsOf(layouts: readonly Layout[]): Promise<(imageId: string) => string> {
    const ids = [...new Set(layouts.flatMap((l) => [l.signature, l.seal].flatMap((s) => s?.imageId ?? [])))];
    const images = ids.length ? await this.db.repo(StampImage).findBy({ id: In(ids) }) : [];
    const svgs = new Map(await Promise.all(images.map(async (i) => [i.id, stampSvg(await this.files.get(i.fileKey), i.type)] as const)));
    return (id) => svgs.get(id) ?? stampSvg(null, 'image/png');
  }

  private newest(templateId: string): Promise<TemplateVersion | null> {
    return this.db.repo(TemplateVersion).findOne({ where: { templateId }, order: { number: 'DESC' } });
  }

  /** Pictures of signatures and seals come into a layout, or move in it, only by somebody with the right to seal. */
  private sealed(actor: Actor, layout: Layout, before: Layout | null): void {
    const stamps = (l: Layout | null) => JSON.stringify([l?.signature, l?.seal].map((s) => (s ? [s.imageId, s.x, s.y, s.width] : null)));
    if (stamps(layout) !== stamps(before) && (layout.signature || layout.seal) && !actor.can('template.seal')) throw problem('credentials.no-seal-right');
  }
}
