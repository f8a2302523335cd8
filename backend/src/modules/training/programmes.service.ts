import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { parse as parseYaml } from 'yaml';
import { Stop } from '#platform/config';
import { Db } from '#platform/db';
import { orProblem } from '#platform/http';
import { IssuersService } from '#modules/credentials';
import { Programme, Tier, TierTarget } from './programme.entity.ts';

interface TierSource { name: string; audience: string; course: string; preForm: string; postForm: string; certificate: { slug: string; title: string; validityMonths: number; endorsesTeaching: boolean; numberPattern: string; serialPrefix: string }; minAttendance: number; passMark: number; openTeaching?: boolean; reportDays: number; targets: { unit: string; people: number }[] }
interface ProgrammeSource { slug: string; name: string; unit: string; startsOn: string; issuer: { slug: string; name: string; parentName: string; place: string; phone?: string }; tiers: TierSource[] }

/** Programmes with their tiers, rules and targets, loaded from `content/programmes`. One that exists is left as it is. */
@Injectable()
export class ProgrammesService {
  constructor(private readonly db: Db, private readonly issuers: IssuersService) {}

  async load(folder: string): Promise<void> {
    for (const file of (await readdir(folder)).filter((f) => f.endsWith('.yaml')).sort()) {
      const source = parseYaml((await readFile(path.join(folder, file), 'utf8')).normalize('NFC')) as ProgrammeSource;
      await this.db.transaction(() => this.create(file, source));
    }
  }

  async list() {
    const programmes = await this.db.repo(Programme).find({ order: { startsOn: 'DESC' } });
    const items = await Promise.all(programmes.map(async (p) => ({ ...p, tiers: await this.tiersWithTargets(p.id) })));
    return { items };
  }

  async bySlug(slug: string): Promise<Programme> {
    return orProblem(await this.db.repo(Programme).findOneBy({ slug }), 'training.programme-not-found');
  }

  async find(id: string): Promise<Programme> {
    return orProblem(await this.db.repo(Programme).findOneBy({ id }), 'training.programme-not-found');
  }

  tiers(programmeId: string): Promise<Tier[]> {
    return this.db.repo(Tier).find({ where: { programmeId }, order: { position: 'ASC' } });
  }

  async tier(id: string): Promise<Tier> {
    return orProblem(await this.db.repo(Tier).findOneBy({ id }), 'training.programme-not-found');
  }

  /** The tier whose certificate lets people teach this one; `null` for the first. */
  async tierBefore(tier: Tier): Promise<Tier | null> {
    return this.db.repo(Tier).findOneBy({ programmeId: tier.programmeId, position: tier.position - 1 });
  }

  private tiersWithTargets(programmeId: string) {
    return this.db.rows<{ id: string; position: number; name: string; audience: string; courseSlug: string; certificateTitle: string; passMark: number; minAttendance: number; openTeaching: boolean; target: number }>(
      `select t.id, t.position, t.name, t.audience, t.course_slug as "courseSlug", t.certificate_title as "certificateTitle", t.pass_mark as "passMark", t.min_attendance as "minAttendance", t.open_teaching as "openTeaching",
          coalesce((select sum(g.people) from tier_target g where g.tier_id = t.id), 0)::int as target
        from tier t where t.programme_id = $1 order by t.position`, [programmeId]);
  }

  private async create(file: string, source: ProgrammeSource): Promise<void> {
    await this.db.lock('programmes');
    if (await this.db.repo(Programme).existsBy({ slug: source.slug })) return;
    const unitOf = await this.unitsByCode(file, source.startsOn);
    const programme = { id: randomUUID(), slug: source.slug, name: source.name, unitId: unitOf(source.unit), startsOn: source.startsOn };
    await this.db.repo(Programme).insert(programme);
    const issuer = { ...source.issuer, phone: source.issuer.phone ?? null, unitId: programme.unitId };
    const types = await this.issuers.define(issuer, source.tiers.map((t) => t.certificate));
    for (const [i, t] of source.tiers.entries()) {
      const tier = { id: randomUUID(), programmeId: programme.id, position: i + 1, name: t.name, audience: t.audience, courseSlug: t.course, preFormSlug: t.preForm, postFormSlug: t.postForm, certificateTypeId: types.get(t.certificate.slug) as string, certificateTitle: t.certificate.title, minAttendance: t.minAttendance, passMark: t.passMark, openTeaching: t.openTeaching ?? false, reportDays: t.reportDays };
      await this.db.repo(Tier).insert(tier);
      for (const target of t.targets) await this.db.repo(TierTarget).insert({ id: randomUUID(), tierId: tier.id, unitId: unitOf(target.unit), people: target.people, valid: { from: source.startsOn, until: null } });
    }
  }

  /** Official codes are unique only together with a day. */
  private async unitsByCode(file: string, day: string): Promise<(code: string) => string> {
    const rows = await this.db.rows<{ code: string; id: string }>('select code, unit_id as id from unit_version where valid @> $1::date', [day]);
    const ids = new Map(rows.map((r) => [r.code, r.id]));
    return (code) => {
      const id = ids.get(String(code));
      if (!id) throw new Stop('bad-content', `${file} names the unit ${code}, which does not exist on ${day}.`);
      return id;
    };
  }
}
