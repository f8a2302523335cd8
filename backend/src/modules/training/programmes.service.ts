import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { parse as parseYaml } from 'yaml';
import * as clock from '#platform/clock';
import { Stop } from '#platform/config';
import { Db } from '#platform/db';
import { orProblem } from '#platform/http';
import { IssuersService } from '#modules/credentials';
import { Programme, type RubricLine, Tier, TierRule, TierTarget } from './programme.entity.ts';

interface TierSource { name: string; audience: string; course: string; preForm: string; postForm: string; certificate: { slug: string; title: string; validityMonths: number; endorsesTeaching: boolean; numberPattern: string; serialPrefix: string }; minAttendance: number; passMark: number; openTeaching?: boolean; rubric?: RubricLine[]; reportDays: number; targets: { unit: string; people: number }[] }
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
    return { items: await Promise.all(programmes.map((p) => this.withTiers(p))) };
  }

  async one(id: string) {
    return this.withTiers(await this.find(id));
  }

  private async withTiers(p: Programme) {
    return { ...p, tiers: await this.tiersWithTargets(p.id) };
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

  /** The rule of a tier on a day; before the first one, the first. */
  async rule(tierId: string, day: string): Promise<TierRule> {
    const [rule] = await this.db.repo(TierRule).createQueryBuilder('r').where('r.tier_id = :tierId', { tierId }).orderBy('r.valid @> :day::date', 'DESC').addOrderBy('r.valid', 'ASC').setParameter('day', day).limit(1).getMany();
    return orProblem(rule, 'training.programme-not-found');
  }

  /** The tier whose certificate lets people teach this one; `null` for the first. */
  async tierBefore(tier: Tier): Promise<Tier | null> {
    return this.db.repo(Tier).findOneBy({ programmeId: tier.programmeId, position: tier.position - 1 });
  }

  private tiersWithTargets(programmeId: string) {
    return this.db.rows<{ id: string; position: number; name: string; audience: string; courseSlug: string; certificateTitle: string; passMark: number; minAttendance: number; minRubric: number; openTeaching: boolean; rubric: RubricLine[] | null; target: number }>(
      `select t.id, t.position, t.name, t.audience, t.course_slug as "courseSlug", t.certificate_title as "certificateTitle", r.pass_mark as "passMark", r.min_attendance as "minAttendance", r.min_rubric as "minRubric", t.open_teaching as "openTeaching", t.rubric,
          coalesce((select sum(g.people) from tier_target g where g.tier_id = t.id and g.valid @> greatest($2::date, p.starts_on)), 0)::int as target
        from tier t join programme p on p.id = t.programme_id left join lateral (select * from tier_rule x where x.tier_id = t.id order by x.valid @> $2::date desc, x.valid desc limit 1) r on true where t.programme_id = $1 order by t.position`, [programmeId, clock.today()]);
  }

  private async create(file: string, source: ProgrammeSource): Promise<void> {
    await this.db.lock('programmes');
    if (await this.db.repo(Programme).existsBy({ slug: source.slug })) return;
    const unitOf = await this.unitsByCode(file, source.startsOn);
    const programme = { id: randomUUID(), slug: source.slug, name: source.name, unitId: unitOf(source.unit), startsOn: source.startsOn, indicatorsFrom: null, indicatorsUntil: null, version: 1 };
    await this.db.repo(Programme).insert(programme);
    const issuer = { ...source.issuer, phone: source.issuer.phone ?? null, unitId: programme.unitId };
    const types = await this.issuers.define(issuer, source.tiers.map((t) => t.certificate));
    for (const [i, t] of source.tiers.entries()) {
      const tier = { id: randomUUID(), programmeId: programme.id, position: i + 1, name: t.name, audience: t.audience, courseSlug: t.course, preFormSlug: t.preForm, postFormSlug: t.postForm, certificateTypeId: types.get(t.certificate.slug) as string, certificateTitle: t.certificate.title, openTeaching: t.openTeaching ?? false, rubric: t.rubric ?? null };
      await this.db.repo(Tier).insert(tier);
      await this.db.repo(TierRule).insert({ id: randomUUID(), tierId: tier.id, minAttendance: t.minAttendance, passMark: t.passMark, minRubric: 3, reportDays: t.reportDays, valid: { from: source.startsOn, until: null } });
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
