import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { applyTargets, setRule, updateProgramme, updateTier } from '@lantoa/shared/programmes';
import readExcelFile from 'read-excel-file/node';
import { Audit } from '#platform/audit';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, reaches } from '#platform/http';
import { UnitsService } from '#modules/organisation';
import { Programme, Tier, TierRule, TierTarget } from '../programme.entity.ts';
import { ProgrammesService } from '../programmes.service.ts';
import type { Cell } from '../roster/roster-columns.rules.ts';
import { spreadsheet } from '../roster/roster-sheets.ts';
import { readTargets, type TargetLine } from './targets-sheet.rules.ts';

/** Setting a programme up: names, rules from a day on, targets from a day on. What held before that day is never changed. */
@Injectable()
export class ProgrammeSetupService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly programmes: ProgrammesService, private readonly units: UnitsService) {}

  update(actor: Actor, { params, body }: ArgsOf<typeof updateProgramme>) {
    return this.db.transaction(async () => {
      const programme = await this.programmes.find(params.programmeId);
      await this.mayEdit(actor, programme);
      if (body.indicatorsFrom && body.indicatorsUntil && body.indicatorsFrom > body.indicatorsUntil) throw problem('training.rule-in-past', { day: body.indicatorsFrom });
      const { version, ...next } = body;
      const done = await this.db.repo(Programme).update({ id: programme.id, version }, { ...next, version: version + 1 });
      if (!done.affected) throw problem('training.programme-changed');
      await this.audit.record(actor, 'programme.changed', { type: 'programme', id: programme.id }, { before: { name: programme.name, from: programme.indicatorsFrom, until: programme.indicatorsUntil }, after: next });
      return this.programmes.one(programme.id);
    });
  }

  updateTier(actor: Actor, { params, body }: ArgsOf<typeof updateTier>) {
    return this.db.transaction(async () => {
      const { tier, programme } = await this.tierFor(actor, params.tierId);
      await this.db.repo(Tier).update({ id: tier.id }, { name: body.name, audience: body.audience, rubric: body.rubric as never });
      await this.audit.record(actor, 'tier.changed', { type: 'tier', id: tier.id }, { before: { name: tier.name, audience: tier.audience, rubric: tier.rubric }, after: body });
      return this.programmes.one(programme.id);
    });
  }

  async rules(tierId: string) {
    const rules = await this.db.repo(TierRule).find({ where: { tierId }, order: { valid: 'ASC' } });
    return { items: rules.map((r) => ({ id: r.id, from: r.valid.from, until: r.valid.until, passMark: Number(r.passMark), minAttendance: Number(r.minAttendance), minRubric: Number(r.minRubric), reportDays: r.reportDays })) };
  }

  /** Ends the rule of now and begins a new one. A rule that begins on the same day is replaced only while no class has begun under it. */
  setRule(actor: Actor, { params, body }: ArgsOf<typeof setRule>) {
    return this.db.transaction(async () => {
      const { tier } = await this.tierFor(actor, params.tierId);
      await this.db.lock(`tier-rules:${tier.id}`);
      const newest = (await this.rules(tier.id)).items.at(-1);
      if (newest && body.from < newest.from) throw problem('training.rule-in-past', { day: newest.from });
      if (newest && body.from === newest.from) {
        const [begun] = await this.db.rows("select 1 from training_class where tier_id = $1 and starts_on >= $2::date and status not in ('draft', 'cancelled') limit 1", [tier.id, body.from]);
        if (begun) throw problem('training.rule-in-past', { day: newest.from });
        await this.db.repo(TierRule).delete({ id: newest.id });
      } else if (newest) await this.db.repo(TierRule).update({ id: newest.id }, { valid: { from: newest.from, until: body.from } });
      const { from, ...rule } = body;
      await this.db.repo(TierRule).insert({ id: randomUUID(), tierId: tier.id, ...rule, valid: { from, until: null } });
      await this.audit.record(actor, 'rule.set', { type: 'tier', id: tier.id }, { before: newest ?? null, after: body });
      return this.rules(tier.id);
    });
  }

  async targets(tierId: string) {
    const items = await this.db.rows<{ unitId: string; unitName: string; people: number; from: string }>(
      `select g.unit_id as "unitId", (select v.name from unit_version v where v.unit_id = g.unit_id order by v.valid @> lower(g.valid) desc, v.valid desc limit 1) as "unitName", g.people, lower(g.valid) as "from"
        from tier_target g where g.tier_id = $1 and upper_inf(g.valid) order by 2`, [tierId]);
    return { items };
  }

  async previewTargets(actor: Actor, input: ArgsOf<typeof applyTargets>) {
    const { tier, programme } = await this.tierFor(actor, input.params.tierId);
    return this.look(tier, programme, input.body);
  }

  /** All rows or none: one that is wrong stops the sheet, with its place. */
  applyTargets(actor: Actor, { params, body }: ArgsOf<typeof applyTargets>) {
    return this.db.transaction(async () => {
      const { tier, programme } = await this.tierFor(actor, params.tierId);
      await this.db.lock(`targets:${tier.id}`);
      const preview = await this.look(tier, programme, body);
      if (preview.errors) throw problem('training.targets-unreadable', { rows: preview.rows.filter((r) => r.problem).map((r) => r.row).slice(0, 10).join(', ') });
      for (const r of preview.rows) {
        if (r.people === r.before) continue;
        const [held] = await this.db.rows<{ id: string; from: string }>('select id, lower(valid) as "from" from tier_target where tier_id = $1 and unit_id = $2 and upper_inf(valid)', [tier.id, r.unitId]);
        if (held && held.from > body.from) throw problem('training.rule-in-past', { day: held.from });
        if (held?.from === body.from) await this.db.repo(TierTarget).update({ id: held.id }, { people: r.people as number });
        else {
          if (held) await this.db.rows('update tier_target set valid = daterange(lower(valid), $2::date) where id = $1', [held.id, body.from]);
          await this.db.repo(TierTarget).insert({ id: randomUUID(), tierId: tier.id, unitId: r.unitId as string, people: r.people as number, valid: { from: body.from, until: null } });
        }
      }
      await this.audit.record(actor, 'targets.applied', { type: 'tier', id: tier.id }, { from: body.from, changes: preview.changes, total: preview.total });
      return preview;
    });
  }

  /** A sheet to fill in, with the units and numbers that hold now. */
  async template(tierId: string): Promise<Uint8Array> {
    const { items } = await this.targets(tierId);
    return spreadsheet([6, 44, 14], [['STT', 'Đơn vị', 'Chỉ tiêu']], items.map((t, i) => [i + 1, t.unitName, t.people]));
  }

  private async look(tier: Tier, programme: Programme, body: { from: string; contentBase64: string }) {
    const lines = await readSheet(Buffer.from(body.contentBase64, 'base64'));
    const match = await this.units.matcher(body.from, programme.unitId);
    const held = new Map((await this.targets(tier.id)).items.map((t) => [t.unitId, t.people]));
    const seen = new Set<string>();
    const rows = lines.map((l) => {
      const m = match(l.typed);
      const unit = 'problem' in m ? null : m;
      const again = unit !== null && seen.has(unit.unitId);
      if (unit) seen.add(unit.unitId);
      const fault = 'problem' in m ? m.problem : l.odd ? ('number-odd' as const) : l.people === null ? ('number-missing' as const) : again ? ('duplicate-row' as const) : null;
      return { row: l.row, typed: l.typed, unitId: unit?.unitId ?? null, unitName: unit?.unitName ?? null, people: l.people, before: unit ? (held.get(unit.unitId) ?? null) : null, problem: fault };
    });
    const good = rows.filter((r) => !r.problem);
    return { rows, changes: good.filter((r) => r.people !== r.before).length, unchanged: good.filter((r) => r.people === r.before).length, errors: rows.length - good.length, total: good.reduce((sum, r) => sum + (r.people ?? 0), 0) };
  }

  private async tierFor(actor: Actor, tierId: string): Promise<{ tier: Tier; programme: Programme }> {
    const tier = await this.programmes.tier(tierId);
    const programme = await this.programmes.find(tier.programmeId);
    await this.mayEdit(actor, programme);
    return { tier, programme };
  }

  private async mayEdit(actor: Actor, programme: Programme): Promise<void> {
    if (!reaches(await actor.reach('programme.edit'), programme.unitId)) throw problem('training.programme-not-found');
  }
}

async function readSheet(bytes: Buffer): Promise<TargetLine[]> {
  let sheets: { data: Cell[][] }[];
  try {
    sheets = (await readExcelFile(bytes)) as unknown as { data: Cell[][] }[];
  } catch {
    throw problem('training.roster-unreadable');
  }
  const lines = sheets.map((s) => readTargets(s.data)).find((l) => l !== null);
  return orProblem(lines?.length ? lines : null, 'training.targets-unreadable');
}
